import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.model import Observation
from sync.errors import HistoryError
from sync.history import letters, migrations, schema
from sync.history.store import History, RunRecord
from sync.records.model import Status

AT = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 30)
BOOK = "/hr/目标 2026.xlsx"


@dataclass(frozen=True)
class Fate:
    key: str
    state: str = "written"
    path: Path | None = None


@dataclass(frozen=True)
class Recipient:
    email: str


@dataclass(frozen=True)
class Letter:
    key: str
    audience: str = "employee"
    person_key: str = "E1"
    subject: str = "您的目标"
    recipient: Recipient = Recipient("wang@example.com")


def seen(day: date = DAY, **fields: object) -> Observation:
    known: dict[str, object] = {"status": Status.ON_TRACK, "progress": 0.5}
    return Observation(on=day, **{**known, **fields})  # type: ignore[arg-type]


def run(
    day: date = DAY, /, outcome: str = "nothing", **goals: Observation
) -> RunRecord:
    return RunRecord(
        as_of=day, started_at=AT, finished_at=AT, outcome=outcome, goals=goals
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.sqlite3"


def count(path: Path, table: str) -> int:
    with sqlite3.connect(path) as connection:
        (n,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(n)


def test_the_past_of_a_day_is_what_earlier_days_were(path: Path) -> None:
    monday, tuesday = date(2026, 6, 29), date(2026, 6, 30)
    with History.open(str(path)) as history:
        history.record(BOOK, run(monday, a=seen(progress=0.4, title="销售额")))
        history.record(BOOK, run(tuesday, a=seen(progress=0.5), b=seen()))
        past = history.past(BOOK, tuesday)

    assert past.previous_run_on == monday
    assert past.goals == {"a": (seen(monday, progress=0.4, title="销售额"),)}


def test_what_was_counted_is_known_of_the_days_before_the_latest_of_each(
    path: Path,
) -> None:
    def counted(on: date, n: int) -> RunRecord:
        return replace(run(on, a=seen()), figures={"people_missing_talks": (n, 9)})

    with History.open(str(path)) as history:
        for on, n in ((DAY, 5), (DAY + timedelta(7), 3), (DAY, 4)):
            history.record(BOOK, counted(on, n))
        history.record(BOOK, run(DAY + timedelta(9)))
        points = history.past(BOOK, DAY + timedelta(10)).figures["people_missing_talks"]
        earlier = history.past(BOOK, DAY + timedelta(7)).figures

    assert [(one.on, one.n, one.of) for one in points] == [
        (DAY, 4, 9),
        (DAY + timedelta(7), 3, 9),
    ]
    assert [one.n for one in earlier["people_missing_talks"]] == [4]


def test_a_source_never_seen_has_no_past(path: Path) -> None:
    with History.open(str(path)) as history:
        history.record("/other.xlsx", run(a=seen()))
        past = history.past(BOOK, date(2026, 7, 1))

    assert (past.previous_run_on, dict(past.goals)) == (None, {})


def test_every_fact_survives_being_remembered(path: Path) -> None:
    full = seen(
        status=Status.OVERDUE,
        progress=1 / 3,
        current="12 家",
        target="≥98%",
        weight=0.1 + 0.2,
        due_on=date(2026, 12, 31),
        title="“目标”'; DROP TABLE x --",
        person_key="E1",
        owner="王芳",
    )
    with History.open(str(path)) as history:
        history.record(BOOK, run(a=full))

        assert history.past(BOOK, date(2026, 7, 1)).goals["a"] == (full,)


def test_equal_facts_on_the_same_day_do_not_make_the_history_grow(path: Path) -> None:
    with History.open(str(path)) as history:
        for _ in range(50):
            history.record(BOOK, run(a=seen(), b=seen()))

    assert count(path, "followup_span") == 2
    assert count(path, "followup_run") == 1


def test_equal_facts_on_many_days_do_not_make_the_history_grow(path: Path) -> None:
    with History.open(str(path)) as history:
        for n in range(30):
            history.record(BOOK, run(DAY + timedelta(n), a=seen()))
        line = history.goal_line(BOOK, "a")

    assert count(path, "followup_span") == 1
    assert line == (seen(DAY), seen(DAY + timedelta(29)))


def test_the_latest_run_of_a_day_replaces_the_earlier_ones(path: Path) -> None:
    with History.open(str(path)) as history:
        history.record(BOOK, run(a=seen(progress=0.1), gone=seen()))
        history.record(BOOK, run(a=seen(progress=0.9)))
        past = history.past(BOOK, date(2026, 7, 1))

    assert past.goals == {"a": (seen(progress=0.9),)}


OBSERVED = st.builds(
    lambda status, progress: seen(status=status, progress=progress),
    st.sampled_from([Status.ON_TRACK, Status.BEHIND]),
    st.sampled_from([None, 0.25]),
)
RECORDED = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.dictionaries(st.sampled_from("abc"), OBSERVED, max_size=3),
    ),
    max_size=12,
)


@given(recorded=RECORDED, before=st.integers(0, 8))
def test_history_knows_what_a_plain_diary_would(
    recorded: list[tuple[int, dict[str, Observation]]], before: int
) -> None:
    diary: dict[date, Mapping[str, Observation]] = {}
    with History.open("sqlite://") as history:
        for n, goals in recorded:
            history.record(BOOK, run(DAY + timedelta(n), "nothing", **goals))
            diary[DAY + timedelta(n)] = goals
        limit = DAY + timedelta(before)
        past = history.past(BOOK, limit)

    days = sorted(day for day in diary if day < limit)
    assert past.previous_run_on == (days[-1] if days else None)
    for key in "abc":
        told = past.goals.get(key, ())
        assert [one.on for one in told] == sorted({one.on for one in told})
        for one in told:
            assert one == seen(
                one.on,
                status=diary[one.on][key].status,
                progress=diary[one.on][key].progress,
            )
        # Nothing is left out but days that repeat both of their neighbours.
        facts = [(day, diary[day].get(key)) for day in days]
        for n, (day, fact) in enumerate(facts):
            edge = n in {0, len(facts) - 1} or not (
                facts[n - 1][1] == fact == facts[n + 1][1]
            )
            if fact is not None and edge:
                assert day in {one.on for one in told}


def test_what_we_wrote_is_replaced_as_a_whole(path: Path) -> None:
    with History.open(str(path)) as history:
        assert dict(history.written(BOOK)) == {}
        history.remember_written(BOOK, {("a", "status"): "● 正常", ("b", "why"): "x"})
        history.remember_written(BOOK, {("a", "status"): "▼ 滞后", ("c", "why"): "y"})

        assert history.written(BOOK) == {
            ("a", "status"): "▼ 滞后",
            ("c", "why"): "y",
        }
        assert dict(history.written("/other.xlsx")) == {}


def test_letters_keep_their_order_when_the_clock_is_set_back(path: Path) -> None:
    with History.open(str(path)) as history:
        for key, at in [
            ("z", AT),
            ("y", AT),
            ("x", AT - timedelta(hours=1)),
            ("w", AT + timedelta(hours=1)),
        ]:
            history.remember_letters(BOOK, [Fate(key)], at)

        assert history.told_before(BOOK) == ("z", "y", "x", "w")


def test_a_letter_that_was_told_is_never_untold(path: Path) -> None:
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate("k1"), Fate("k2", "held")], AT)
        history.remember_letters(
            BOOK,
            [Fate("k1", "failed"), Fate("k2", "written"), Fate("k3", "unknown")],
            AT,
        )

        assert history.told(["k1", "k2", "k3", "k4"]) == {"k1", "k2", "k3"}


def test_a_letter_held_for_want_of_an_address_is_not_told(path: Path) -> None:
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate("k", "held")], AT)

        assert history.told(["k"]) == set()


def test_a_letter_found_in_the_outbox_without_being_known_counts_as_told(
    path: Path,
) -> None:
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate("k", "skipped")], AT)

        assert history.told(["k"]) == {"k"}


def test_a_letter_stays_told_when_its_workbook_moves(path: Path) -> None:
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate("k")], AT)
        history.remember_letters("/moved/目标.xlsx", [Fate("k", "skipped")], AT)

        assert history.told(["k"]) == {"k"}


def test_thousands_of_keys_are_asked_for_in_one_call(path: Path) -> None:
    keys = [f"k{n}" for n in range(3 * letters.CHUNK + 1)]
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate(key) for key in keys], AT)

        assert history.told(keys) == set(keys)


def test_letters_are_listed_with_whom_they_were_for_and_told_in_order(
    path: Path,
) -> None:
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate("z")], AT, [Letter("z")])
        history.remember_letters(BOOK, [Fate("a")], AT + timedelta(hours=1))
        (newest, oldest) = history.letters(BOOK)

        assert history.told_before(BOOK) == ("z", "a")
        assert history.told_before(BOOK, since=date(2026, 7, 1)) == ()
    assert (newest.key, newest.recipient) == ("a", "")
    assert (oldest.recipient, oldest.subject) == ("wang@example.com", "您的目标")
    assert (oldest.period, oldest.at) == ("2026-W27", AT)


def test_runs_are_listed_newest_first(path: Path) -> None:
    with History.open(str(path)) as history:
        for n in range(3):
            at = AT + timedelta(hours=n)
            history.record(
                BOOK,
                RunRecord(
                    as_of=DAY,
                    started_at=at,
                    finished_at=at,
                    outcome="applied",
                    n_cells=n,
                ),
            )
        history.record("/other.xlsx", run())

        assert [one.n_cells for one in history.runs(BOOK)] == [2, 1, 0]
        assert len(history.runs(limit=2)) == 2
        assert {one.source for one in history.runs()} == {BOOK, "/other.xlsx"}


def test_somebody_can_be_forgotten(path: Path) -> None:
    with History.open(str(path)) as history:
        history.record(
            BOOK,
            run(
                a=seen(person_key="E1", owner="王芳", title="秘密目标"),
                b=seen(person_key="E2"),
            ),
        )
        history.remember_written(BOOK, {("a", "why"): "王芳的原因", ("b", "why"): "y"})
        history.remember_letters(BOOK, [Fate("k")], AT, [Letter("k", subject="致王芳")])

        assert history.forget("E1") == 3
        assert history.forget("E1") == 0
        assert set(history.past(BOOK, date(2026, 7, 1)).goals) == {"b"}
        assert set(history.written(BOOK)) == {("b", "why")}
        assert history.told(["k"]) == {"k"}
    for file in path.parent.iterdir():
        content = file.read_bytes()
        for word in ("王芳", "秘密目标", "wang@example.com"):
            assert word.encode() not in content


def test_nobody_is_not_somebody_to_forget(path: Path) -> None:
    with History.open(str(path)) as history:
        history.remember_letters(BOOK, [Fate("k")], AT, [Letter("k", person_key="")])

        assert history.forget("") == 0
        assert history.letters(BOOK)[0].recipient == "wang@example.com"


def test_text_that_no_database_holds_is_replaced_not_refused(path: Path) -> None:
    with History.open(str(path)) as history:
        history.record(BOOK, run(a=seen(title="\ud800目标\0")))
        history.remember_written("\ud800.xlsx", {("\ud800", "why"): "\ud800\0"})

        assert history.goal_line(BOOK, "a")[0].title == "?目标?"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_the_history_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWUP_STATE", str(tmp_path / "deep" / "state"))
    old = os.umask(0)
    try:
        with History.open(None) as history:
            history.record(BOOK, run(a=seen()))
            files = list((tmp_path / "deep" / "state").iterdir())
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in files}
    finally:
        os.umask(old)

    assert set(modes.values()) == {0o600}
    assert "history.sqlite3" in modes
    folder = (tmp_path / "deep" / "state").stat()
    assert stat.S_IMODE(folder.st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_history_that_others_could_read_is_closed_to_them(path: Path) -> None:
    History.open(str(path)).close()
    path.chmod(0o644)
    History.open(str(path)).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_history_of_a_newer_version_is_refused_untouched(path: Path) -> None:
    History.open(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE followup_version SET version = 99")
    connection.close()

    with pytest.raises(HistoryError, match="version 99") as caught:
        History.open(str(path))

    assert "upgrade" in caught.value.hint
    assert caught.value.where == str(path)


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("姓名,目标\n" * 500, encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(HistoryError, match="not a database") as caught:
        History.open(str(path))

    assert path.read_bytes() == before
    assert str(path) in str(caught.value)


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(HistoryError) as caught:
        History.open(str(tmp_path / "file" / "history.sqlite3"))

    assert "FOLLOWUP_STATE" in caught.value.hint


@pytest.mark.parametrize(
    "url",
    [
        "nonsense://user:geheim@host/x",
        "://geheim",
        "postgresql://u:geheim@127.0.0.1:1/x",
    ],
)
def test_an_unusable_url_is_one_clear_error_without_its_password(url: str) -> None:
    with pytest.raises(HistoryError) as caught:
        History.open(url)

    shown = f"{caught.value}{caught.value.__cause__ or ''}"
    assert "geheim" not in shown


def test_a_failure_halfway_leaves_what_was_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with History.open(str(path)) as history:
        history.record(BOOK, run(a=seen(progress=0.1)))

        def fail(*_: object) -> None:
            raise RuntimeError

        with monkeypatch.context() as patch:
            patch.setattr("sync.history.ledger.add", fail)
            with pytest.raises(RuntimeError):
                history.record(BOOK, run(a=seen(progress=0.9), b=seen()))

        assert history.goal_line(BOOK, "a") == (seen(progress=0.1),)
        assert history.goal_line(BOOK, "b") == ()


CHILD = """
import sys
from datetime import UTC, date, datetime
from sync.assess.model import Observation
from sync.history.store import History, RunRecord
from sync.records.model import Status

at = datetime(2026, 6, 30, tzinfo=UTC)
url, who = sys.argv[1:]
for n in range(10):
    with History.open(url) as history:
        goal = Observation(on=at.date(), status=Status.BEHIND, progress=n / 10)
        history.record(who, RunRecord(
            as_of=at.date(), started_at=at, finished_at=at, outcome="applied",
            goals={str(n): goal, "x": goal},
        ))
        history.remember_written(who, {(str(n), "why"): who})
"""


def test_two_processes_open_a_new_history_at_once_and_both_are_remembered(
    path: Path,
) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(path), who])
        for who in ("/one.xlsx", "/two.xlsx")
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    with History.open(str(path)) as history:
        for who in ("/one.xlsx", "/two.xlsx"):
            assert len(history.runs(who, limit=100)) == 10
            assert set(history.past(who, date(2026, 7, 1)).goals) == {"9", "x"}
            assert history.written(who) == {("9", "why"): who}


DYING = """
import os, sys
import sqlalchemy as sa
from datetime import UTC, date, datetime
from sqlalchemy import event
from sync.assess.model import Observation
from sync.history.store import History, RunRecord
from sync.records.model import Status

url, n = sys.argv[1], int(sys.argv[2])
left = [n]

def die(*args):
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)

history = History.open(url)
event.listen(sa.Engine, "after_cursor_execute", die)
event.listen(sa.Engine, "commit", die)
at = datetime(2026, 7, 1, tzinfo=UTC)
goals = {k: Observation(on=at.date(), status=Status.BEHIND, progress=.9) for k in "ab"}
history.record("/book", RunRecord(
    as_of=at.date(), started_at=at, finished_at=at, outcome="applied", goals=goals))
history.remember_written("/book", {("a", "why"): "new"})
"""


def test_a_process_killed_between_any_two_statements_leaves_old_or_new(
    path: Path,
) -> None:
    url, after = str(path), date(2026, 7, 2)
    for n in range(40):
        for file in path.parent.glob("*"):
            file.unlink()
        with History.open(url) as history:
            history.record("/book", run(a=seen(progress=0.1), c=seen()))
            history.remember_written("/book", {("a", "why"): "old"})
        died = subprocess.run([sys.executable, "-c", DYING, url, str(n)], check=False)
        with History.open(url) as history:
            goals = set(history.past("/book", after).goals)
            new_run = len(history.runs("/book")) == 2
            texts = history.written("/book")[("a", "why")]

            assert goals == ({"a", "b", "c"} if new_run else {"a", "c"})
            assert texts == "old" or new_run
        assert died.returncode in {0, 9}
        if died.returncode == 0:
            assert (new_run, texts) == (True, "new")
            assert n > 5
            break
    else:
        pytest.fail("the run never came to its end")


def test_a_history_of_version_1_is_brought_up_to_date_and_keeps_what_it_knew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "VERSION", 1)
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:1])
    History.open(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO followup_source (locator) VALUES (?)", (BOOK,))
        connection.execute(
            "INSERT INTO followup_run (source_id, as_of, started_at, finished_at, "
            "fingerprint_before, fingerprint_after, outcome, n_goals, n_findings, "
            "n_cells) VALUES (1, '2026-06-29', ?, ?, '', '', 'nothing', 1, 0, 0)",
            (AT.isoformat(), AT.isoformat()),
        )
        connection.execute(
            "INSERT INTO followup_span (source_id, goal_key, first_on, last_on, status, "
            "progress, current, target, title, owner) VALUES (1, 'a', '2026-06-29', "
            "'2026-06-29', 'on_track', 0.5, '', '100', '', '')"
        )
        connection.executemany(
            "INSERT INTO followup_written (source_id, goal_key, column_key, text) "
            "VALUES (1, 'a', ?, ?)",
            [("status", "● 正常"), ("why~", "进度正常")],
        )
    connection.close()
    monkeypatch.undo()
    with History.open(str(path)) as history:
        history.record(BOOK, run(a=seen(baseline="40", acknowledged=True)))
        old, new = history.goal_line(BOOK, "a")
        texts = history.written(BOOK)

    assert texts == {("a", "status"): "● 正常", ("a", "why~"): "进度正常"}
    assert (old.target, old.baseline, old.acknowledged) == ("100", None, None)
    assert (new.baseline, new.acknowledged) == ("40", True)


def test_what_is_about_to_be_written_is_ours_until_it_is_known_what_was(
    path: Path,
) -> None:
    stood, soon = {("a", "why"): "old", ("b", "why"): "x"}, {("a", "why~"): "new"}
    with History.open(str(path)) as history:
        history.remember_written(BOOK, stood)
        history.last_writes.begin(BOOK, soon)
        history.last_writes.begin(BOOK, {("c", "why~"): "newer"})

        assert history.written(BOOK) == stood | soon | {("c", "why~"): "newer"}
        assert dict(history.written("/other.xlsx")) == {}

        history.remember_written(BOOK, {("a", "why"): "new"})

        assert history.written(BOOK) == {("a", "why"): "new"}


def test_forgetting_a_person_forgets_what_was_about_to_be_written(path: Path) -> None:
    soon = {("a", "why~"): "王芳的原因", ("b", "why~"): "y"}
    with History.open(str(path)) as history:
        history.record(BOOK, run(a=seen(person_key="E1"), b=seen(person_key="E2")))
        history.last_writes.begin(BOOK, soon)
        history.forget("E1")

        assert history.written(BOOK) == {("b", "why~"): "y"}
