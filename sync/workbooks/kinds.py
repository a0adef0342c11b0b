"""What a file is, told by its content: names lie, and are renamed by people."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Literal, NamedTuple

from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks import ole

Kind = Literal["excel", "xlsb", "xls", "ods", "text"]
"""Every kind of file that can be read."""

_SAVE_AS = Text(
    "请用 Excel 或 WPS 打开，另存为 .xlsx",
    "open it in Excel or WPS and save it as .xlsx",
)
_GIVE_WORKBOOK = Text(
    "请提供工作簿本身：.xlsx、.xlsm、.xls、.xlsb、.ods 或 .csv",
    "give the workbook itself: .xlsx, .xlsm, .xls, .xlsb, .ods or .csv",
)
_GIVE_PRINTED = Text(
    "请提供打印出它的那个工作簿", "give the workbook that it was printed from"
)
_GIVE_SHOWN = Text("请提供图中的那个工作簿", "give the workbook that it shows")
_UNPACK = Text("请解压，使用里面的工作簿", "unpack it and give the workbook")
_PICTURE = Text("这是图片", "this is a picture")
_ARCHIVE = Text("这是压缩包（.{kind}）", "this is an archive (.{kind})")
_OLD = Text("这个工作簿来自 Excel {of}", "this workbook comes from Excel {of}")
_SAMPLE = 64 * 1024
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1a\x1b")
_OWNER_FILES = (162, 165, 171)
_OWNER_PLACES = 54
_MOSTLY_TEXT = 0.005
"""Share of control characters that a text file may have."""


class _Sign(NamedTuple):
    """How files that we cannot read begin."""

    start: bytes
    what: Text
    hint: Text = _GIVE_WORKBOOK


_SIGNS = (
    _Sign(b"%PDF", Text("这是 PDF 文件", "this is a PDF"), _GIVE_PRINTED),
    _Sign(b"\x89PNG", _PICTURE, _GIVE_SHOWN),
    _Sign(b"\xff\xd8\xff", _PICTURE, _GIVE_SHOWN),
    _Sign(b"GIF8", _PICTURE, _GIVE_SHOWN),
    _Sign(b"{\\rtf", Text("这是文字文档（.rtf）", "this is a text document (.rtf)")),
    _Sign(b"Rar!", _ARCHIVE.fill(kind="rar"), _UNPACK),
    _Sign(b"7z\xbc\xaf", _ARCHIVE.fill(kind="7z"), _UNPACK),
    _Sign(b"\x1f\x8b", _ARCHIVE.fill(kind="gz"), _UNPACK),
    _Sign(b"SQLite format 3", Text("这是数据库文件", "this is a database")),
    _Sign(b"\x09\x08", _OLD.fill(of=Text("95 或更早", "95 or older")), _SAVE_AS),
    _Sign(b"\x09\x04", _OLD.fill(of=4), _SAVE_AS),
    _Sign(b"\x09\x02", _OLD.fill(of=3), _SAVE_AS),
    _Sign(
        b"MIME-Version:",
        Text(
            "这是网页存档，只是用了工作簿的扩展名",
            "this is a web archive under a workbook's name",
        ),
        _SAVE_AS,
    ),
    _Sign(b"ID;PWXL", Text("这是 SYLK 文件", "this is a SYLK file"), _SAVE_AS),
)

_PAGE = Text(
    "这是网页，只是用了工作簿的扩展名", "this is a web page under a workbook's name"
)
_MARKUP = (
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        Text("这是 2003 版的 XML 表格", "this is an XML spreadsheet of 2003"),
    ),
    (b"<html", _PAGE),
    (b"<!doctype html", _PAGE),
    (b"<table", _PAGE),
    (b"<?xml", Text("这是 XML 文件", "this is an XML file")),
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
            Text("文件是空的", "the file is empty"),
            where=where,
            hint=Text(
                "请等它复制或同步完成，再运行一次",
                "wait until it is copied or synced in full, then run again",
            ),
        )
    if _is_owner_file(data):
        raise WorkbookError(
            Text(
                "这是工作簿打开时产生的锁定文件，不是工作簿本身",
                "this is the lock file of an open workbook, not the workbook",
            ),
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
            manifest = _small(archive, "META-INF/manifest.xml")
    # The last is zipfile's own, for a part packed in a way that it does not know.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "excel"
    if declared.startswith(_ODS):
        if b":encryption-data" in manifest:
            raise _locked(where)
        return "ods"
    if declared.startswith(b"application/vnd.oasis"):
        raise WorkbookError(
            Text(
                "这是 OpenDocument 文件，但不是电子表格",
                "this is an OpenDocument file, but no spreadsheet",
            ),
            where=where,
            hint=_GIVE_WORKBOOK,
        )
    if any(name.endswith(".iwa") for name in names):
        raise WorkbookError(
            Text(
                "这是苹果 Numbers、Pages 或 Keynote 的文稿",
                "this is a document of Apple's Numbers, Pages or Keynote",
            ),
            where=where,
            hint=Text(
                "请在 Numbers 中选“文件 > 导出为 > Excel”，使用导出的文件",
                "in Numbers choose File > Export To > Excel, and give that file",
            ),
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
    if ole.has_stream(data, "EncryptedPackage") or ole.has_encrypted_records(data):
        raise _locked(where)
    if ole.has_stream(data, "Workbook") or ole.has_stream(data, "Book"):
        return "xls"
    if ole.has_stream(data, "WordDocument"):
        raise WorkbookError(
            Text("这是 Word 文档", "this is a Word document"),
            where=where,
            hint=_GIVE_WORKBOOK,
        )
    raise WorkbookError(
        Text(
            "这是旧版 Office 文件，但不是工作簿",
            "this is an old Office file, but no workbook",
        ),
        where=where,
        hint=_GIVE_WORKBOOK,
    )


def _locked(where: str) -> WorkbookError:
    return WorkbookError(
        Text("工作簿设了打开密码", "the workbook is protected by a password to open"),
        where=where,
        hint=Text(
            "请去掉密码（“文件 > 信息 > 保护工作簿”），保存后再运行",
            "remove the password (File > Info > Protect Workbook), save, and run again",
        ),
    )


def _text(data: bytes, where: str) -> Kind:
    """Tell text with separators from markup and from binary data."""
    sample = data[:_SAMPLE]
    if sample[:2] in {b"\xff\xfe", b"\xfe\xff"} or _is_wide(sample):
        return "text"
    n_controls = sum(byte < ord(" ") and byte not in _TEXT_CONTROLS for byte in sample)
    if n_controls > len(sample) * _MOSTLY_TEXT:
        raise WorkbookError(
            Text(
                "这既不是工作簿，也不是文本文件", "this is no workbook and no text file"
            ),
            where=where,
            hint=_GIVE_WORKBOOK,
        )
    start = sample.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        for sign, what in _MARKUP:
            if sign in start:
                raise WorkbookError(what, where=where, hint=_SAVE_AS)
    if start.startswith((b'{"', b"[{")):
        raise WorkbookError(
            Text("这是 JSON 文件", "this is a JSON file"),
            where=where,
            hint=_GIVE_WORKBOOK,
        )
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
