"""Workbooks we made: how they are marked, and whether anybody worked in one since."""

from datetime import datetime
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from xlsxwriter import Workbook

CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (equal content, equal bytes)
_MAX_TEXT: Final = 32_000
"""A cell holds 32,767 characters."""
_CORE: Final = "docProps/core.xml"
_CUSTOM: Final = "docProps/custom.xml"
_LARGEST_PART: Final = 100_000
_TERMS: Final = "{http://purl.org/dc/terms/}"


def sign(book: Workbook, mark: str) -> None:
    """Write into a new workbook that we made it, and as what."""
    book.set_properties({"created": CREATED, "author": "Followup"})
    book.set_custom_property(mark, "1", "text")


def writable(value: str) -> str:
    """Cut what no cell can hold, and replace halves of characters."""
    return value[:_MAX_TEXT].encode("utf-8", "replace").decode("utf-8")


def may_replace(path: Path, mark: str) -> bool:
    """Tell whether a file may be written over: we made it and nobody saved it since.

    A spreadsheet program notes when it saved a file. One that was saved after we made
    it may hold somebody's typing, and is left alone.
    """
    try:
        with ZipFile(path) as package:
            names = package.namelist()
            if _CUSTOM not in names or _CORE not in names:
                return False
            if package.getinfo(_CUSTOM).file_size > _LARGEST_PART:
                return False
            if mark.encode() not in package.read(_CUSTOM):
                return False
            if package.getinfo(_CORE).file_size > _LARGEST_PART:
                return False
            core = package.read(_CORE)
    # The last two are zipfile's own: for a part that is encrypted, and for one packed in
    # a way that it does not know.
    except (OSError, BadZipFile, RuntimeError, NotImplementedError):
        return False
    return _is_as_made(core)


def _is_as_made(core: bytes) -> bool:
    if b"<!DOCTYPE" in core or b"<!ENTITY" in core:
        return False
    try:
        root = ET.fromstring(core)  # noqa: S314 (no entities: checked above)
    except ET.ParseError:
        return False
    created = root.findtext(f"{_TERMS}created")
    return created is not None and created == root.findtext(f"{_TERMS}modified")
