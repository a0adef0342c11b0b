"""People and the sync at one workbook, in any order: the promises hold throughout.

``EXAMPLES=500 pytest tests/properties/test_stateful.py`` tries more than the suite does.
"""

import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sync import pipeline
from sync.assess.labels import label
from sync.assess.rulebook import rule_name
from sync.config.mail import Mail
from sync.config.model import Config
from sync.errors import ChangedSinceReadError, TableError
from sync.history.store import History
from sync.undo import EditedSinceError, NothingToUndoError, undo
from sync.workbooks.backups import Backups
from sync.workbooks.excel.workbook import ExcelWorkbook
from sync.workbooks.memory import MemoryWorkbook
from sync.workbooks.plan import Committed, Plan
from tests.properties.desk import Cell, Desk

EXAMPLES = int(os.environ.get("EXAMPLES", "12"))
STEPS = 18
CONFIG = Config(mail=Mail(hr=["hr@example.com"]))
HEADS = ["编号", "姓名", "邮箱", "目标内容", "目标值", "当前值", "开始日期", "截止日期", "状态"]  # fmt: skip
OTHER_NAMES = {
    "目标内容": "工作目标", "目标值": "指标值", "当前值": "实际完成值",
    "截止日期": "完成时间", "状态": "进展状态", "姓名": "员工姓名",
}  # fmt: skip
PEOPLE = (("王芳", "fang@example.com"), ("李雷", "lei@example.com"))

numbers = st.integers(0, 30)
pieces = st.sampled_from
points = pieces(["before", "raced", "after", "remembered", "written"])


class CrashError(Exception):
    """The machine stopped here."""


class Interrupted(ExcelWorkbook):
    """A workbook at whose writing something happens."""

    desk: Desk
    point = ""

    def commit(self, plan: Plan) -> Committed:
        if self.point == "before":
            raise CrashError
        if self.point == "raced":
            at = (self.desk.header_row + 1, self.desk.column("编号"))
            self.desk.type(at, f"{self.desk.typed.get(at, '')}改")
        committed = super().commit(plan)
        if self.point == "after":
            raise CrashError
        return committed


class Office(RuleBasedStateMachine):
    """A workbook with its people, and a sync that may die at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="office-"))
        self.desk = Desk(self.folder / "goals.xlsx", [[*HEADS], *map(goal, range(4))])
        self.today = date(2026, 9, 28)
        self.made = 4
        self.runs = 0
        self.said: defaultdict[str, set[str]] = defaultdict(set)
        self.told: dict[str, str] = {}
        self.left: set[bytes] = set()
        """The workbook as people left it, before each sync."""

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @property
    def source(self) -> str:
        return str(self.desk.path)

    @contextmanager
    def history(self) -> Iterator[History]:
        with History.open(f"sqlite:///{self.folder / 'history.sqlite3'}") as history:
            yield history

    def book(self) -> Interrupted:
        found = Interrupted(self.desk.path, Backups(self.folder / "backups", 20))
        found.desk = self.desk
        return found

    # What people do.

    @rule(which=numbers, head=pieces(["目标值", "当前值", "截止日期", "状态", "目标内容"]),
          what=numbers)  # fmt: skip
    def edits_a_goal(self, which: int, head: str, what: int) -> None:
        column = self.desk.column(head, OTHER_NAMES[head])
        values: dict[str, list[Cell | None]] = {
            "目标值": [100, 80, None, "待定"],
            "当前值": [0, 55, 100, None, "约一半", 130],
            "截止日期": [date(2026, 9, 1), date(2026, 12, 31), None, "年底"],
            "状态": ["正常", "已完成", "滞后", "暂停", None],
            "目标内容": ["门店销售额提升到100万元", "做好工作", "=1+1", None],
        }
        if column:
            value = values[head][what % len(values[head])]
            self.desk.type((self.row(which), column), value)

    @rule(which=numbers)
    def loses_an_id(self, which: int) -> None:
        self.desk.type((self.row(which), self.desk.column("编号")), None)

    @rule(which=numbers, other=numbers, ours=st.booleans())
    def copies_a_row(self, which: int, other: int, ours: bool) -> None:
        columns = self.desk.people_columns
        columns += list(self.desk.ours().values()) if ours else []
        for column in columns:
            self.desk.copy((self.row(which), column), (self.row(other), column))

    @rule(order=st.permutations(range(8)), with_ours=st.booleans())
    def sorts(self, order: list[int], with_ours: bool) -> None:
        rows = list(self.desk.rows)[: len(order)]
        ranks = sorted(range(len(rows)), key=lambda n: order[n])
        new = {rows[old]: rows[place] for place, old in enumerate(ranks)}
        self.desk.permute(new, with_ours=with_ours)

    @rule(which=numbers)
    def inserts_a_goal(self, which: int) -> None:
        at = self.row(which)
        self.desk.shift(row=lambda r: r + (r >= at))
        self.made += 1
        for head, value in zip(HEADS, goal(self.made), strict=True):
            column = self.desk.column(head, OTHER_NAMES.get(head, head))
            if column:
                self.desk.type((at, column), value)

    @rule()
    def inserts_a_row_above_all(self) -> None:
        self.desk.shift(row=lambda r: r + 1)

    @precondition(lambda self: len(self.desk.rows) > 2)
    @rule(which=numbers)
    def deletes_a_row(self, which: int) -> None:
        at = self.row(which)
        self.desk.shift(row=lambda r: None if r == at else r - (r > at))

    @precondition(lambda self: len(self.desk.rows) > 2)
    @rule(which=numbers)
    def empties_a_row_but_for_ours(self, which: int) -> None:
        self.desk.clear_row(self.row(which))

    @rule(head=pieces(sorted(OTHER_NAMES)))
    def renames_a_header(self, head: str) -> None:
        if column := self.desk.column(head):
            self.desk.type((self.desk.header_row, column), OTHER_NAMES[head])

    @rule(at=st.integers(2, 13))
    def inserts_a_column(self, at: int) -> None:
        self.desk.shift(column=lambda c: c + (c >= at))
        self.made += 1
        self.desk.type((self.desk.header_row, at), f"自用{self.made}")
        self.desk.type((self.row(self.made), at), f"记{self.made}")

    @rule(one=st.integers(1, 13), other=st.integers(1, 13))
    def swaps_two_columns(self, one: int, other: int) -> None:
        self.desk.shift(column=lambda c: {one: other, other: one}.get(c, c))

    @precondition(lambda self: self.desk.ours())
    @rule(which=numbers)
    def deletes_one_of_our_columns(self, which: int) -> None:
        at = sorted(self.desk.ours().values())[which % len(self.desk.ours())]
        self.desk.shift(column=lambda c: None if c == at else c - (c > at))

    @precondition(lambda self: self.desk.ours())
    @rule(which=numbers, key=numbers, what=pieces(["已和员工谈过", "0", "正常", None]))
    def types_into_our_column(self, which: int, key: int, what: str | None) -> None:
        column = sorted(self.desk.ours().values())[key % len(self.desk.ours())]
        self.desk.type((self.row(which), column), what)

    @rule(days=st.integers(1, 40))
    def lets_days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    # What the program does.

    @rule()
    def syncs(self) -> None:
        if self.sync():
            self.says_what_is_true()
            before = self.files()
            self.sync()

            after = self.files()
            assert after == before

    @rule(point=points)
    def sync_dies(self, point: str) -> None:
        self.sync(point)

    @rule()
    def takes_back(self) -> None:
        before = self.desk.shown()
        typed = dict(self.desk.typed)
        with self.history() as history:
            try:
                undo(
                    *(self.book(), CONFIG, (), history),
                    source=self.source,
                    at=self.now,
                )
            except (NothingToUndoError, EditedSinceError, TableError):
                assert self.desk.shown() == before
                return
        if self.desk.path.read_bytes() in self.left:
            # All of it came back: what stood beside what, people had put there.
            return
        changed = {
            at: value
            for at, value in self.desk.shown().items()
            if before.get(at) != value and at not in typed
        }
        for (row, column), value in changed.items():
            if row > self.desk.header_row and column in self.desk.ours().values():
                name = self.id_of(row)
                assert str(value) in self.said[name], (row, column, value)

    @precondition(lambda self: self.desk.has_no_gap)
    @rule()
    def cleans(self) -> None:
        columns = self.desk.ours().values()
        own = {at for at in self.desk.typed if at[1] in columns}
        self.book().clean()
        # All that stands in our columns goes, and the question before it says so.
        shown = self.desk.shown()
        self.desk.typed = {
            at: value
            for at, value in self.desk.typed.items()
            if at not in own or at in shown
        }

        assert not self.desk.ours()

    # What is always true.

    @invariant()
    def cells_of_people_are_as_they_typed_them(self) -> None:
        shown = self.desk.shown()
        ours = set(self.desk.ours().values())

        assert {at: shown.get(at) for at in self.desk.typed} == self.desk.typed
        strangers = {at for at in shown if at not in self.desk.typed}
        assert not {at: shown[at] for at in strangers if at[1] not in ours}

    def says_what_is_true(self) -> None:
        """Compare our columns with a judgement of what people typed, and only that."""
        ours = self.desk.ours()
        people = {
            at: v for at, v in self.desk.typed.items() if at[1] not in ours.values()
        }
        wide = max(column for _, column in people)
        table = [
            [people.get((row, column)) for column in range(1, wide + 1)]
            for row in range(1, self.desk.rows.stop)
        ]
        with self.history() as history:
            understood = pipeline.understand(
                MemoryWorkbook({"目标": table}), CONFIG, ()
            )
            past = history.past(self.source, self.today)
            judged = pipeline.judge(understood, CONFIG, past=past, today=self.today)
        said = {
            one.goal.place.row: {
                "status": label(one.status, "zh"),
                "why": f"{one.reason.in_('zh')} [{rule_name(one.rule).zh}]",
                "next": one.next_on,
            }
            for one in judged.goals
        }
        shown = self.desk.shown()
        for row in range(self.desk.header_row + 1, max(self.desk.rows.stop, 20)):
            for key, column in ours.items():
                # A day is told to be ours by the reason beside it; without, it is kept.
                bare = key == "next" and (row, ours.get("why", 0)) in self.desk.typed
                if (row, column) in self.desk.typed or bare:
                    continue
                found = shown.get((row, column))
                if found is not None:
                    self.said[self.id_of(row)].add(str(found))
                if key != "smart" or row not in said:
                    assert found == said.get(row, {}).get(key), (row, key)

    # How it is done.

    @property
    def now(self) -> datetime:
        # No two runs are at one moment: which letter was the last one goes by time.
        return datetime.combine(self.today, time(9), UTC) + timedelta(minutes=self.runs)

    def row(self, which: int) -> int:
        return self.desk.rows[which % len(self.desk.rows)]

    def id_of(self, row: int) -> str:
        return str(self.desk.typed.get((row, self.desk.column("编号")), ""))

    def files(self) -> dict[str, tuple[int, int]]:
        """What must not change: file → which file it is, and when it was written."""
        files = [self.desk.path, *(self.folder / "outbox").glob("*.eml")]
        stats = {one.name: one.stat() for one in files}
        return {name: (one.st_ino, one.st_mtime_ns) for name, one in stats.items()}

    def sync(self, point: str = "") -> bool:
        """Sync once; tell whether it came to its end."""
        self.runs += 1
        self.left.add(self.desk.path.read_bytes())
        book = self.book()
        book.point = point
        with self.history() as history:
            try:
                self.one_run(book, history, point)
            except (CrashError, ChangedSinceReadError):
                return False
            except TableError:
                return False
        return True

    def one_run(self, book: Interrupted, history: History, point: str) -> None:
        understood = pipeline.understand(book, CONFIG, ())
        past = history.past(self.source, self.today)
        judged = pipeline.judge(understood, CONFIG, past=past, today=self.today)
        remembered = history.written(self.source)
        intention = pipeline.plan(understood, judged, CONFIG, remembered)
        pipeline.commit(
            *(book, intention, judged, history),
            source=self.source,
            started_at=self.now,
            finished_at=self.now,
        )
        if point == "remembered":
            raise CrashError
        origin = pipeline.Origin(source=self.source, name="goals.xlsx", lang="zh")
        letters = pipeline.letters(judged, CONFIG, history, origin)
        stop = CrashError if point == "written" else None
        outbox = self.folder / "outbox"
        with (
            patch.object(History, "remember_letters", side_effect=stop)
            if stop
            else (nothing_happens())
        ):
            receipts = pipeline.tell(
                *(letters, CONFIG, history),
                source=self.source,
                outbox=outbox,
                at=self.now,
            )
        for receipt in receipts:
            if receipt.state == "written":
                assert receipt.key not in self.told, "somebody gets a letter twice"
                self.told[receipt.key] = str(receipt.path)


@contextmanager
def nothing_happens() -> Iterator[Any]:
    yield


def goal(number: int) -> list[Cell | None]:
    name, email = PEOPLE[number % 2]
    return [
        f"G-{number:03}", name, email, f"第{number}号门店月均销售额提升到{90 + number}万元",
        90 + number, 40 + number, date(2026, 1, 1), date(2026, 12, 31), "正常",
    ]  # fmt: skip


def test_promises_hold_whatever_people_do_and_wherever_the_program_stops() -> None:
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=EXAMPLES,
            derandomize=True,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
