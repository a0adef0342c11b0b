"""Rules of ECMA-376 and of the Open XML SDK that a workbook breaks after, not before.

The validator is a port of Microsoft's own to Python (openxml-audit on PyPI, MIT). Where
it is not installed, no rule is looked at.
"""

import collections
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import import_module, util
from pathlib import Path
from typing import Any

_NUMBER = re.compile(r"[0-9]+")
_NO_FAULTS = ("inline-string cell(s)", "sharedStrings.xml is missing")
"""A workbook without shared strings has texts nowhere else; and programs take names of
parts without regard to case, which the validator does not."""
MAX_UNPACKED = 250_000
"""Bytes; the validator takes minutes for a few times more."""


def has_validator() -> bool:
    """Whether rules can be looked at."""
    return util.find_spec("openxml_audit") is not None


def new_faults(before: bytes, after: bytes) -> Iterator[str]:
    """Say which faults a workbook has now and had not before."""
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        unpacked = sum(one.file_size for one in archive.infolist())
    if unpacked > MAX_UNPACKED or not has_validator():
        return
    try:
        old = _faults(before)
    except Exception:  # noqa: BLE001 (the validator itself gives up on some)
        return
    for (part, what), count in _faults(after).items():
        if count > old[part, what] and not any(one in what for one in _NO_FAULTS):
            yield f"schema: {part}: {what}"


def _faults(data: bytes) -> collections.Counter[tuple[str, str]]:
    validator = import_module("openxml_audit").OpenXmlValidator(max_errors=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        path.write_bytes(data)
        errors: list[Any] = validator.validate(str(path)).errors
    # A number that was too large before may be another one that is too large now.
    kinds = ((str(one.part_uri), _NUMBER.sub("#", one.description)) for one in errors)
    return collections.Counter(kinds)
