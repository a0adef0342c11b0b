"""One office in a folder, what must always be true of it, and how it comes to rest."""

import email
import hashlib
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.policy import default
from pathlib import Path
from typing import NamedTuple

from xlsxwriter import Workbook

from tests.faults.crash.forks import Forks

DAY = date(2026, 9, 28)
COMMAND = ("--quiet", "sync", "--yes", "--as-of", DAY.isoformat())
MODE = 0o664
BOOK = "goals.xlsx"
_HEADER = ("编号", "姓名", "邮箱", "直接上级", "目标内容", "目标值", "当前值")
_DATES = ("开始日期", "截止日期", "状态")
_CONFIG = """
[[source]]
path = "goals.xlsx"
[office]
time_zone = "UTC"
[mail]
hr = ["hr@example.com"]
"""


class Rest(NamedTuple):
    """How an office is when a run has ended that nothing disturbed."""

    old: str
    """Fingerprint of the workbook before the run."""
    new: str
    letters: frozenset[str]
    """What every letter says, without its date."""


@dataclass(slots=True)
class Scene:
    """A folder with a workbook, a history and an outbox."""

    folder: Path
    forks: Forks
    bug: str = ""

    @property
    def book(self) -> Path:
        """The workbook."""
        return self.folder / BOOK

    def run(self) -> int:
        """Sync once, undisturbed; give the exit code."""
        return self.forks.run(self.folder, COMMAND, self.bug)

    def rest(self) -> Rest:
        """Sync once, and give what everything must come to."""
        old = digest(self.book)
        code = self.run()
        assert code == 0, (self.folder / "said.txt").read_text("utf-8")
        return Rest(old, digest(self.book), frozenset(self.letters().values()))

    def files(self) -> dict[str, bytes]:
        """Give what the office begins with: file → content."""
        return {path.name: path.read_bytes() for path in self.folder.glob("*.*")}

    def letters(self) -> dict[str, str]:
        """Give the outbox: file name → what the letter says, without its date."""
        return {
            path.name: _said(path.read_bytes())
            for path in sorted((self.folder / "outbox").glob("*.eml"))
        }

    def wrong_now(self, rest: Rest) -> list[str]:
        """Name every promise that does not hold at this moment."""
        if not self.book.exists():
            return ["the workbook is missing"]
        found = digest(self.book)
        wrong = []
        if found not in (rest.old, rest.new):
            wrong.append(f"the workbook is torn ({self.book.stat().st_size} bytes)")
        if found == rest.new and rest.old not in self._backups():
            wrong.append("the workbook was replaced and no copy kept")
        mode = self.book.stat().st_mode & 0o777
        if mode != MODE:
            wrong.append(f"the workbook's mode became {mode:o}")
        letters = self.letters()
        if letters and found != rest.new:
            wrong.append("a letter speaks of what the workbook does not show")
        if set(letters.values()) - rest.letters:
            wrong.append("a letter is torn or says something else")
        return wrong + self._wrong_history(found, rest)

    def wrong_after(self, rest: Rest) -> list[str]:
        """Sync twice: the first comes to the same end, the second does nothing."""
        code = self.run()
        wrong = self.wrong_now(rest)
        if code:
            return [*wrong, f"the next run ended with {code}"]
        if digest(self.book) != rest.new:
            wrong.append("the next run did not come to the same bytes")
        letters = self.letters()
        if sorted(letters.values()) != sorted(rest.letters):
            wrong.append(f"{len(letters)} letters instead of {len(rest.letters)}")
        litter = [one.name for one in self.folder.glob(".*")]
        litter += [one.name for one in self.folder.rglob("*.part")]
        if litter:
            wrong.append(f"left behind: {', '.join(litter)}")
        before = self.book.stat(), self._outbox()
        if self.run() or (self.book.stat(), self._outbox()) != before:
            wrong.append("the run after that was not idle")
        return wrong

    def _outbox(self) -> list[tuple[str, int]]:
        letters = (self.folder / "outbox").glob("*.eml")
        return sorted((path.name, path.stat().st_mtime_ns) for path in letters)

    def _backups(self) -> set[str]:
        return {digest(one) for one in (self.folder / "state/backups").rglob("*.xlsx")}

    def _wrong_history(self, found: str, rest: Rest) -> list[str]:
        if not list((self.folder / "state").glob("*.sqlite3")):
            return []
        # A copy: looking must not repair what the next run has to cope with.
        with tempfile.TemporaryDirectory() as name:
            for part in (self.folder / "state").glob("*.sqlite3*"):
                shutil.copy(part, name)
            (store,) = Path(name).glob("*.sqlite3")
            return _wrong_store(store, is_new=found == rest.new)


def _wrong_store(store: Path, *, is_new: bool) -> list[str]:
    done = "SELECT 1 FROM followup_run WHERE outcome = 'applied'"
    try:
        with closing(sqlite3.connect(store)) as connection:
            check = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if check != "ok":
                return [f"the history is damaged: {check}"]
            names = {
                row[0] for row in connection.execute("SELECT name FROM sqlite_master")
            }
            if "followup_run" not in names or is_new:
                return []
            if connection.execute(done).fetchone():
                return ["the history knows a write that the workbook does not show"]
    except sqlite3.DatabaseError as problem:
        return [f"the history is damaged: {problem}"]
    return []


@contextmanager
def office(forks: Forks, bug: str = "", within: Path | None = None) -> Iterator[Scene]:
    """Set up an office, and clear it away; always in one place, which letters name."""
    folder = (within or forks.folder) / "office"
    try:
        folder.mkdir()
        make_workbook(folder / BOOK)
        (folder / "config.toml").write_text(_CONFIG, "utf-8")
        # Made beforehand: the folder of a state is not what is at stake.
        (folder / "state").mkdir(mode=0o700)
        yield Scene(folder, forks, bug)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_workbook(path: Path, reached: int = 60) -> None:
    """Write a goal sheet of six goals of three people."""
    with Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001
        sheet = book.add_worksheet("目标")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, (*_HEADER, *_DATES))
        for number in range(1, 7):
            who = ("王芳", "李雷", "赵敏")[number % 3]
            title = f"第{number}号门店月均销售额提升到{90 + number}万元"
            names = (f"G{number}", who, f"p{number % 3}@example.com", "钱总")
            sheet.write_row(number, 0, (*names, title, 90 + number, reached + number))
            sheet.write_datetime(number, 7, date(2026, 1, 1), day)
            sheet.write_datetime(number, 8, date(2026, 12, 31), day)
            sheet.write_string(number, 9, "正常")
    path.chmod(MODE)


def digest(path: Path) -> str:
    """Name a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _said(data: bytes) -> str:
    """Give what a letter says to whom, without its date; half a letter says less."""
    letter = email.message_from_bytes(data, policy=default)
    parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
    boundary = letter.get_boundary() or ""
    whole = data.rstrip().endswith(b"--" + boundary.encode() + b"--")
    return repr(
        (letter["To"], letter["Subject"], re.sub(r"\s+", " ", str(parts)), whole)
    )
