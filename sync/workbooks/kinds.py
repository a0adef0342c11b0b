"""What a file is, told by its content: names lie, and are renamed by people."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Literal, NamedTuple

from sync.errors import WorkbookError
from sync.workbooks import ole

Kind = Literal["excel", "xlsb", "xls", "ods", "text"]
"""Every kind of file that can be read."""

_SAVE_AS = "open it in Excel or WPS and save it as .xlsx"
_GIVE_WORKBOOK = "give the workbook itself: .xlsx, .xlsm, .xls, .xlsb, .ods or .csv"
_SAMPLE = 64 * 1024
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1a\x1b")
_OWNER_FILES = (162, 165, 171)
_OWNER_PLACES = 54
_MOSTLY_TEXT = 0.005
"""Share of control characters that a text file may have."""


class _Sign(NamedTuple):
    """How files that we cannot read begin."""

    start: bytes
    what: str
    hint: str = _GIVE_WORKBOOK


_SIGNS = (
    _Sign(b"%PDF", "this is a PDF", "give the workbook that it was printed from"),
    _Sign(b"\x89PNG", "this is a picture", "give the workbook that it shows"),
    _Sign(b"\xff\xd8\xff", "this is a picture", "give the workbook that it shows"),
    _Sign(b"GIF8", "this is a picture", "give the workbook that it shows"),
    _Sign(b"{\\rtf", "this is a text document (.rtf)"),
    _Sign(b"Rar!", "this is an archive (.rar)", "unpack it and give the workbook"),
    _Sign(b"7z\xbc\xaf", "this is an archive (.7z)", "unpack it and give the workbook"),
    _Sign(b"\x1f\x8b", "this is an archive (.gz)", "unpack it and give the workbook"),
    _Sign(b"SQLite format 3", "this is a database"),
    _Sign(b"\x09\x08", "this workbook comes from Excel 95 or older", _SAVE_AS),
    _Sign(b"\x09\x04", "this workbook comes from Excel 4", _SAVE_AS),
    _Sign(b"\x09\x02", "this workbook comes from Excel 3", _SAVE_AS),
    _Sign(b"MIME-Version:", "this is a web archive under a workbook's name", _SAVE_AS),
    _Sign(b"ID;PWXL", "this is a SYLK file", _SAVE_AS),
)

_MARKUP = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "an XML spreadsheet of 2003"),
    (b"<html", "a web page under a workbook's name"),
    (b"<!doctype html", "a web page under a workbook's name"),
    (b"<table", "a web page under a workbook's name"),
    (b"<?xml", "an XML file"),
)
"""What may stand near the beginning of text in angle brackets, most telling first."""

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(data: bytes, where: str) -> Kind:
    """Tell what a file is.

    Args:
        data: The whole file.
        where: What to call it in messages.

    Raises:
        WorkbookError: If it is nothing we can read; the message says what it is
            instead and what to do.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise WorkbookError(
            "the file is empty",
            where=where,
            hint="wait until it is copied or synced in full, then run again",
        )
    if _is_owner_file(data):
        raise WorkbookError(
            "this is the lock file of an open workbook, not the workbook",
            where=where,
            hint=_GIVE_WORKBOOK,
        )
    for begins, tell in _TELLERS:
        if data.startswith(begins):
            return tell(data, where)
    for sign in _SIGNS:
        if data.startswith(sign.start):
            raise WorkbookError(sign.what, where=where, hint=sign.hint)
    return _text(data, where)


def _is_owner_file(data: bytes) -> bool:
    """Recognise the file Excel lays beside an open workbook, whatever its name.

    It holds the user's name twice: 54 places after a count of its letters, then the
    same in UTF-16.
    """
    n_letters = data[0]
    if len(data) not in _OWNER_FILES or not 0 < n_letters <= _OWNER_PLACES:
        return False
    return data[n_letters + 1 : _OWNER_PLACES + 1].strip(b" \0") == b""


def _zip(data: bytes, where: str) -> Kind:
    """Look into a zip archive's directory.

    One that is damaged counts as Excel's: its own reader says best what is wrong.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            declared = _small(archive, "mimetype")
            content = _small(archive, "[Content_Types].xml")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "excel"
    if declared.startswith(_ODS):
        return "ods"
    if declared.startswith(b"application/vnd.oasis"):
        raise WorkbookError(
            "this is an OpenDocument file, but no spreadsheet",
            where=where,
            hint=_GIVE_WORKBOOK,
        )
    if any(name.endswith(".iwa") for name in names):
        raise WorkbookError(
            "this is a document of Apple's Numbers, Pages or Keynote",
            where=where,
            hint="in Numbers choose File > Export To > Excel, and give that file",
        )
    return "xlsb" if b"sheet.binary" in content else "excel"


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read the beginning of an entry; empty when it cannot be had."""
    try:
        with archive.open(name) as file:
            return file.read(_SAMPLE)
    except (KeyError, zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError):
        return b""


def _ole(data: bytes, where: str) -> Kind:
    """Look for the streams that Office programs keep in their old container."""
    if ole.has_stream(data, "EncryptedPackage"):
        raise WorkbookError(
            "the workbook is protected by a password to open",
            where=where,
            hint="remove the password (File > Info > Protect Workbook), save, and "
            "run again",
        )
    if ole.has_stream(data, "Workbook") or ole.has_stream(data, "Book"):
        return "xls"
    if ole.has_stream(data, "WordDocument"):
        raise WorkbookError("this is a Word document", where=where, hint=_GIVE_WORKBOOK)
    raise WorkbookError(
        "this is an old Office file, but no workbook", where=where, hint=_GIVE_WORKBOOK
    )


def _text(data: bytes, where: str) -> Kind:
    """Tell text with separators from markup and from binary data."""
    sample = data[:_SAMPLE]
    if sample[:2] in {b"\xff\xfe", b"\xfe\xff"} or _is_wide(sample):
        return "text"
    n_controls = sum(byte < ord(" ") and byte not in _TEXT_CONTROLS for byte in sample)
    if n_controls > len(sample) * _MOSTLY_TEXT:
        raise WorkbookError(
            "this is no workbook and no text file", where=where, hint=_GIVE_WORKBOOK
        )
    start = sample.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        for sign, what in _MARKUP:
            if sign in start:
                raise WorkbookError(f"this is {what}", where=where, hint=_SAVE_AS)
    if start.startswith((b'{"', b"[{")):
        raise WorkbookError("this is a JSON file", where=where, hint=_GIVE_WORKBOOK)
    return "text"


def _is_wide(sample: bytes) -> bool:
    """Tell UTF-16 without a mark: every other byte of its ASCII is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) == 0 or min(even, odd) * 4 > max(even, odd):
        return False
    text = sample.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    n_controls = sum(letter < " " and letter not in "\t\n\r" for letter in text)
    return n_controls <= len(text) * _MOSTLY_TEXT


_TELLERS: tuple[tuple[bytes, Callable[[bytes, str], Kind]], ...] = (
    (b"PK\x03\x04", _zip),
    (b"PK\x05\x06", _zip),
    (ole.SIGN, _ole),
)
"""Containers that hold several kinds of files."""
