"""Eras: as long as one lasts, nothing that a database was told can have been undone.

A commit that need not wait for the disk survives the end of our process, `kill -9` too:
the system keeps what was written. What may undo it is the end of what keeps it, and
that begins a new era: for a file the next start of the machine, for a server its next
start after a crash. A disk that is pulled out while it is written to is neither.
"""

import secrets
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from sync.history import schema

_BEGUN = sa.text(
    "INSERT INTO followup_era (id, mark) VALUES (1, :mark) ON CONFLICT DO NOTHING"
)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
"""Made anew at every start (Linux, random(4))."""
_MAC = ("/usr/sbin/sysctl", "-n", "kern.bootsessionuuid")
_SECONDS = 10


def eras_are_known(connection: sa.Connection) -> bool:
    """Whether the end of an era would be noticed; some systems name none."""
    return connection.dialect.name != "sqlite" or bool(_boot())


def present_era(connection: sa.Connection) -> str:
    """Name the era that a database is in; empty when nobody can tell."""
    if connection.dialect.name == "sqlite":
        return _boot()
    return connection.scalar(sa.select(schema.eras.c.mark)) or ""


def begun_era(connection: sa.Connection) -> str:
    """Name the era, and begin one where a server's crash has ended the last."""
    if connection.dialect.name != "sqlite":
        # The table is unlogged: found empty after a crash (PostgreSQL, CREATE TABLE).
        connection.execute(_BEGUN, {"mark": secrets.token_hex(8)})
    return present_era(connection)


def _boot() -> str:
    """Name the present start of this machine; empty where systems keep no such name."""
    try:
        if sys.platform == "darwin":
            told = subprocess.run(  # noqa: S603 - the words are ours
                _MAC, capture_output=True, text=True, timeout=_SECONDS, check=True
            )
            return told.stdout.strip()
        return _BOOT_ID.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError, subprocess.SubprocessError):
        return ""
