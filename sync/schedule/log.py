"""The log of runs: one JSON document a line, of numbers and codes, never of people."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

NAME = "runs.jsonl"
MOST_BYTES = 1_000_000
"""A file that is larger is put away before the next line."""
KEPT = 4
"""How many files that were put away are kept, the newest as ``runs.1.jsonl``."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def write_line(
    folder: Path, at: datetime, event: str, facts: Mapping[str, object]
) -> None:
    """Add a line to the log.

    The caller gives no names, addresses, paths or texts: the log may be collected by
    machines whose keepers may not see people's goals.

    Args:
        folder: Where the log is.
        at: The moment, aware; written in UTC.
        event: What happened, as ``started`` or ``finished``.
        facts: Numbers, codes and digests.

    Raises:
        OSError: If it cannot be written.
    """
    path = folder / NAME
    with suppress(FileNotFoundError):
        if path.stat().st_size >= MOST_BYTES:
            _put_away(folder)
    line = {**facts, "at": at.astimezone(UTC).isoformat(), "event": event}
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _NO_LINK
    descriptor = os.open(path, flags, 0o600)
    try:
        # In one piece: runs on different sources write at the same time.
        os.write(descriptor, (json.dumps(line, ensure_ascii=False) + "\n").encode())
    finally:
        os.close(descriptor)


def _put_away(folder: Path) -> None:
    """Move every file one place on; the oldest is overwritten."""
    names = [NAME, *(f"runs.{n}.jsonl" for n in range(1, KEPT + 1))]
    for older, newer in reversed(list(zip(names[1:], names, strict=False))):
        # Another run may be doing the same.
        with suppress(FileNotFoundError):
            (folder / newer).replace(folder / older)
