"""Talking with the machine's own programs."""

import sys
from pathlib import Path

import pytest

from sync.schedule import scheduler
from sync.schedule.choose import usual_scheduler
from sync.schedule.files import content_of, put, take
from sync.schedule.scheduler import ScheduleError, ask, demand


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(ScheduleError, match="no program no-such-program"):
        ask(["no-such-program"])


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
def test_a_program_that_refuses_is_quoted_on_one_line() -> None:
    with pytest.raises(ScheduleError, match=r"sh refused: not you\n"):
        demand(["sh", "-c", "printf 'not\\nyou' >&2; exit 1"])


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
def test_a_program_that_hangs_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler, "_PATIENCE", 0.1)
    with pytest.raises(ScheduleError, match="TimeoutExpired"):
        ask(["sh", "-c", "sleep 30"])


@pytest.mark.parametrize(
    ("platform", "name"), [("win32", "windows"), ("darwin", "launchd")]
)
def test_every_kind_of_machine_has_its_usual_scheduler(
    monkeypatch: pytest.MonkeyPatch, platform: str, name: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)

    assert usual_scheduler() == name


def test_files_are_put_whole_and_taken_away_twice(tmp_path: Path) -> None:
    path = tmp_path / "units" / "a.timer"
    put(path, b"one")
    put(path, b"two")

    assert content_of(path) == b"two"
    assert list(path.parent.iterdir()) == [path]

    take(path)
    take(path)

    assert content_of(path) is None


def test_a_folder_that_cannot_be_made_is_an_error_with_its_fix(tmp_path: Path) -> None:
    (tmp_path / "units").write_text("in the way")
    with pytest.raises(ScheduleError, match="--with"):
        put(tmp_path / "units" / "a.timer", b"one")
