"""What a file is when it is no .xlsx workbook, told by its content."""

from sync.errors import WorkbookError
from sync.workbooks import ole

_TEXT_SIGNS = (b"<!doctype html", b"<html", b"<table", b"<?xml")


def not_a_package(data: bytes, where: str) -> WorkbookError:
    """Say what the file is instead of an .xlsx workbook."""
    if not data:
        return WorkbookError(
            "the file is empty", where=where, hint="wait until it is copied or synced"
        )
    if data.startswith(ole.SIGN):
        return _ole(data, where)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(_TEXT_SIGNS):
        return WorkbookError(
            "this is a web page or XML text under a workbook's name",
            where=where,
            hint="open it in Excel or WPS and save it as .xlsx",
        )
    return WorkbookError(
        "this is not an .xlsx workbook",
        where=where,
        hint="open it in Excel or WPS and save it as .xlsx",
    )


def _ole(data: bytes, where: str) -> WorkbookError:
    if ole.has_stream(data, "EncryptedPackage"):
        return WorkbookError(
            "the workbook is protected by a password to open",
            where=where,
            hint="remove the password (File > Info > Protect Workbook), save, and "
            "run again",
        )
    if ole.has_stream(data, "Workbook") or ole.has_stream(data, "Book"):
        return WorkbookError(
            "this is a workbook in the old .xls format",
            where=where,
            hint="open it in Excel or WPS and save it as .xlsx",
        )
    return WorkbookError(
        "this is an old Office file, not an .xlsx workbook",
        where=where,
        hint="open it in Excel or WPS and save it as .xlsx",
    )
