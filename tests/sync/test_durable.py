"""Files that are whole or not there."""

import os
import sys
from pathlib import Path

import pytest

from sync.durable import halves_in, sync_folder, write_whole


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert sys.platform == "win32" or path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such rights")
def test_a_file_for_others_has_the_rights_that_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "metrics.prom"
    write_whole(path, b"new", mode=0o644)

    assert path.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_finished_leaves_the_old_file_and_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_half_of_a_killed_process_is_found_with_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A killed process runs no clean-up.
    monkeypatch.setattr(Path, "replace", lambda *_: None)
    write_whole(tmp_path / "letter.eml", b"new")
    (tmp_path / ".somebody's.part").write_bytes(b"not ours")
    (tmp_path / "7-theirs.part").write_bytes(b"not ours")

    assert list(halves_in(tmp_path).values()) == [os.getpid()]


def test_a_disk_that_loses_names_is_told_of_and_one_that_cannot_say_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(number: int) -> None:
        def fsync(_descriptor: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fsync)

    refuse(22)  # EINVAL: network file systems say so
    sync_folder(tmp_path)
    refuse(5)  # EIO
    with pytest.raises(OSError, match="Input/output"):
        sync_folder(tmp_path)
