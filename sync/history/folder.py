"""The folder in which Followup keeps what it remembers."""

import os
from pathlib import Path

from platformdirs import user_state_path

VARIABLE = "FOLLOWUP_STATE"
"""Environment variable that names another folder."""


def state_folder() -> Path:
    """Give the user's state folder, made for them alone when it is new.

    Raises:
        OSError: If it cannot be made.
    """
    named = os.environ.get(VARIABLE)
    folder = (
        Path(named).expanduser()
        if named
        else user_state_path("followup", appauthor=False)
    )
    private_folder(folder)
    return folder


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; leave one that exists alone.

    Raises:
        OSError: If it cannot be made.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone, or take others' rights to one away.

    SQLite gives its side files the rights of the main one, so that this is enough.

    Raises:
        OSError: If it cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.close(descriptor)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)
