"""What a file is when it is no .xlsx workbook, told by its content."""

from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks import ole

_TEXT_SIGNS = (b"<!doctype html", b"<html", b"<table", b"<?xml")

_GIVE_WORKBOOK = Text("请改用工作簿", "give the workbook instead")
_OTHERS = {
    "sheet.binary": (
        Text("这是二进制的 .xlsb 工作簿", "this is a binary .xlsb workbook"),
        Text("请另存为 .xlsx", "save it as .xlsx"),
    ),
    "wordprocessing": (
        Text("这是 Word 文档", "this is a Word document"),
        _GIVE_WORKBOOK,
    ),
    "presentation": (
        Text("这是 PowerPoint 文件", "this is a PowerPoint file"),
        _GIVE_WORKBOOK,
    ),
}
"""Word of a content type → what the document is, and what to do."""


def not_a_package(data: bytes, where: str) -> WorkbookError:
    """Say what the file is instead of an .xlsx workbook."""
    if not data:
        return WorkbookError(
            Text("文件是空的", "the file is empty"),
            where=where,
            hint=Text("请等它复制或同步完成", "wait until it is copied or synced"),
        )
    if data.startswith(ole.SIGN):
        return _ole(data, where)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower().startswith(_TEXT_SIGNS):
        return WorkbookError(
            Text(
                "这是网页或 XML 文本，只是用了工作簿的扩展名",
                "this is a web page or XML text under a workbook's name",
            ),
            where=where,
            hint=Text(
                "请用 Excel 或 WPS 打开，另存为 .xlsx",
                "open it in Excel or WPS and save it as .xlsx",
            ),
        )
    return WorkbookError(
        Text("这不是 .xlsx 工作簿", "this is not an .xlsx workbook"),
        where=where,
        hint=Text(
            "请用 Excel 或 WPS 打开，另存为 .xlsx",
            "open it in Excel or WPS and save it as .xlsx",
        ),
    )


def _ole(data: bytes, where: str) -> WorkbookError:
    if ole.has_stream(data, "EncryptedPackage"):
        return WorkbookError(
            Text(
                "工作簿设了打开密码", "the workbook is protected by a password to open"
            ),
            where=where,
            hint=Text(
                "请去掉密码（“文件 > 信息 > 保护工作簿”），保存后再运行",
                "remove the password (File > Info > Protect Workbook), "
                "save, and run again",
            ),
        )
    if ole.has_stream(data, "Workbook") or ole.has_stream(data, "Book"):
        return WorkbookError(
            Text(
                "这是旧的 .xls 格式的工作簿",
                "this is a workbook in the old .xls format",
            ),
            where=where,
            hint=Text(
                "请用 Excel 或 WPS 打开，另存为 .xlsx",
                "open it in Excel or WPS and save it as .xlsx",
            ),
        )
    return WorkbookError(
        Text(
            "这是旧版 Office 文件，不是 .xlsx 工作簿",
            "this is an old Office file, not an .xlsx workbook",
        ),
        where=where,
        hint=Text(
            "请用 Excel 或 WPS 打开，另存为 .xlsx",
            "open it in Excel or WPS and save it as .xlsx",
        ),
    )


def other_document(declared: str, where: str) -> WorkbookError:
    """Say which other Office document the file is.

    Args:
        declared: The content type of its main part.
        where: What to call it in messages.
    """
    for sign, (what, hint) in _OTHERS.items():
        if sign in declared:
            return WorkbookError(what, where=where, hint=hint)
    return WorkbookError(
        Text(
            "这不是 Excel 工作簿，而是“{declared}”",
            "this is not an Excel workbook but {declared!r}",
            {"declared": declared},
        ),
        where=where,
        hint=Text(
            "请用 Excel 或 WPS 打开，另存为 .xlsx",
            "open it in Excel or WPS and save it as .xlsx",
        ),
    )
