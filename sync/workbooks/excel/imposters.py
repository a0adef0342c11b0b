"""What a file is when it is no .xlsx workbook, told by its content."""

from sync.errors import WorkbookError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_BLOCK = 128
_TEXT_SIGNS = (b"<!doctype html", b"<html", b"<table", b"<?xml")


def not_a_package(data: bytes, where: str) -> WorkbookError:
    """Say what the file is instead of an .xlsx workbook."""
    if not data:
        return WorkbookError(
            "the file is empty", where=where, hint="wait until it is copied or synced"
        )
    if data.startswith(_OLE):
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
    if _names_stream(data, "EncryptedPackage"):
        return WorkbookError(
            "the workbook is protected by a password to open",
            where=where,
            hint="remove the password (File > Info > Protect Workbook), save, and "
            "run again",
        )
    if _names_stream(data, "Workbook") or _names_stream(data, "Book"):
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


def _names_stream(data: bytes, name: str) -> bool:
    """Tell whether an OLE file's directory has that stream.

    Source:
        MS-CFB 2.6: directory entries are 128 bytes long, begin with the name in
        UTF-16, and sectors begin at multiples of 512.
    """
    sign = name.encode("utf-16-le") + b"\0\0"
    at = data.find(sign)
    while at >= 0:
        if at % _OLE_BLOCK == 0:
            return True
        at = data.find(sign, at + 1)
    return False
