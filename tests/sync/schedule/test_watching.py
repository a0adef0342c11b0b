"""When a workbook counts as changed."""

import hashlib
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import SignInError, UnreachableError
from sync.schedule.watching import FileLook, RemoteLook, Watcher
from sync.wording import same

SETTLE = 3.0


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Clock:
    """A watcher of one file, and seconds that pass."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = 0.0
        self.watcher = Watcher(SETTLE)
        self.watcher.follow([str(path)], lambda name: FileLook(Path(name)))

    def wait(self, seconds: int) -> list[float]:
        """Look every second; give the times at which a round was due."""
        due = []
        for _ in range(seconds):
            self.now += 1
            if self.watcher.due(self.now):
                due.append(self.now)
                self.rounded()
        return due

    def rounded(self, left: Mapping[str, str] | None = None) -> None:
        now = {str(self.path): digest(self.path.read_bytes())}
        self.watcher.rounded(now if left is None else left)


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    path = tmp_path / "goals.xlsx"
    path.write_bytes(b"one")
    clock = Clock(path)
    clock.rounded()

    assert clock.wait(10) == []
    return clock


def test_a_change_is_due_once_it_was_left_alone(clock: Clock) -> None:
    clock.path.write_bytes(b"two!")

    assert clock.wait(20) == [clock.now - 20 + 1 + SETTLE]


def test_while_somebody_saves_again_and_again_nothing_is_due(clock: Clock) -> None:
    for n in range(10):
        clock.path.write_bytes(b"x" * n)

        assert clock.wait(2) == []
    assert len(clock.wait(10)) == 1


def test_a_save_that_puts_a_new_file_in_the_place_of_the_old_is_seen(
    clock: Clock,
) -> None:
    spare = clock.path.with_suffix(".tmp")
    spare.write_bytes(b"new")
    stamp = clock.path.stat()
    os.utime(spare, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    clock.path.unlink()

    assert clock.wait(5) == []
    spare.rename(clock.path)
    assert len(clock.wait(10)) == 1


def test_what_we_wrote_ourselves_is_no_change(clock: Clock) -> None:
    clock.path.write_bytes(b"theirs")
    assert len(clock.wait(10)) == 1
    clock.path.write_bytes(b"ours")
    clock.rounded()

    assert clock.wait(60) == []


def test_what_a_person_saves_right_after_our_write_is_a_change(clock: Clock) -> None:
    ours = digest(b"ours")
    clock.path.write_bytes(b"theirs after ours")
    clock.rounded({str(clock.path): ours})

    assert len(clock.wait(10)) == 1


def test_a_file_that_is_only_touched_is_no_change(clock: Clock) -> None:
    clock.path.touch()

    assert clock.wait(10) == []


def test_an_open_workbook_is_waited_for(clock: Clock) -> None:
    lock = clock.path.with_name(f".~lock.{clock.path.name}#")
    lock.write_text("Ann,ann,pc,,;")
    clock.path.write_bytes(b"saved and still open")

    assert clock.wait(30) == []
    lock.unlink()
    assert len(clock.wait(2)) == 1


def test_a_round_that_could_not_be_made_is_made_again_later(clock: Clock) -> None:
    clock.path.write_bytes(b"two!")
    clock.now += 1
    while not clock.watcher.due(clock.now):
        clock.now += 1
    clock.watcher.rounded({})
    clock.watcher.again([str(clock.path), "another"], clock.now)

    assert len(clock.wait(10)) == 1


def test_a_round_that_failed_for_good_is_not_made_again(clock: Clock) -> None:
    clock.path.write_bytes(b"broken")
    clock.now += 1
    while not clock.watcher.due(clock.now):
        clock.now += 1
    clock.watcher.rounded({})

    assert clock.wait(60) == []


def test_a_new_workbook_is_due_and_one_that_is_gone_is_forgotten(
    clock: Clock, tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"other")
    clock.watcher.follow([str(other)], lambda name: FileLook(Path(name)))
    clock.path.write_bytes(b"not watched")
    due = [now for now in range(20, 40) if clock.watcher.due(now)]

    assert len(due) == 1


def today() -> date:
    return date(2026, 11, 22)


class Sheet:
    """A remote workbook that tells its version."""

    def __init__(self) -> None:
        self.at = "1"

    def version(self) -> str:
        if not self.at:
            raise UnreachableError(same("offline"))
        if self.at == "refused":
            raise SignInError(same("the Drive API is not enabled"))
        return self.at


def rounds(watcher: Watcher, seconds: range) -> list[int]:
    due = []
    for now in seconds:
        if watcher.due(now):
            due.append(now)
            watcher.rounded({})
    return due


def test_a_url_is_synced_again_every_so_often() -> None:
    watcher = Watcher(SETTLE)
    watcher.follow(["https://s"], lambda _: RemoteLook(100, object(), today))

    assert rounds(watcher, range(400)) == [3, 103, 203, 303]


def test_a_url_that_tells_its_version_is_synced_when_that_changes() -> None:
    sheet = Sheet()
    watcher = Watcher(SETTLE)
    watcher.follow(["https://s"], lambda _: RemoteLook(100, sheet, today))

    assert rounds(watcher, range(400)) == [3]
    sheet.at = "2"
    assert rounds(watcher, range(400, 800)) == [403]
    sheet.at = ""
    assert rounds(watcher, range(800, 900)) == []


def test_a_url_that_may_not_tell_its_version_is_synced_every_so_often() -> None:
    sheet = Sheet()
    sheet.at = "refused"
    watcher = Watcher(SETTLE)
    watcher.follow(["https://s"], lambda _: RemoteLook(100, sheet, today))

    assert rounds(watcher, range(400)) == [3, 103, 203, 303]


def test_a_new_day_is_a_reason_to_read_what_nobody_changed() -> None:
    days = [date(2026, 11, 22)]
    watcher = Watcher(SETTLE)
    watcher.follow(["https://s"], lambda _: RemoteLook(100, Sheet(), lambda: days[-1]))

    assert rounds(watcher, range(400)) == [3]
    days.append(date(2026, 11, 23))
    assert rounds(watcher, range(400, 800)) == [403]


@given(st.lists(st.sampled_from(["human", "ours", "wait", "touch"]), max_size=30))
def test_after_some_quiet_the_last_round_was_about_what_stands_there(
    steps: list[str],
) -> None:
    """Whatever happens in whatever order: no change is missed, none is made up."""
    content = [0]

    class Memory:
        def sign(self, now: float) -> str | None:  # noqa: ARG002
            return f"{content[0]} {stamp[0]}"

        def content(self, sign: str) -> str | None:  # noqa: ARG002
            return str(content[0])

    stamp = [0]
    watcher = Watcher(SETTLE)
    watcher.follow(["m"], lambda _: Memory())
    watcher.rounded({"m": "0"})
    about, now, n_rounds, n_changes = 0, 0, 0, 0
    for step in [*steps, "wait", "wait"]:
        stamp[0] += step in {"human", "touch"}
        if step == "human":
            content[0] += 1
            n_changes += 1
        if step == "ours":
            content[0] += 1
            about = content[0]
            watcher.rounded({"m": str(about)})
        if step == "wait":
            for _ in range(5):
                now += 1
                if watcher.due(now):
                    about = content[0]
                    n_rounds += 1
                    watcher.rounded({"m": str(about)})

    assert about == content[0]
    assert n_rounds <= n_changes
