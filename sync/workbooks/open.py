"""From what the user gave to the workbook behind it."""

import stat
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from sync.causes import cause
from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks import delimited, foreign
from sync.workbooks.backups import Backups
from sync.workbooks.base import Workbook
from sync.workbooks.beside import Read, ReadOnlyWorkbook
from sync.workbooks.excel.workbook import ExcelWorkbook
from sync.workbooks.google.address import is_google
from sync.workbooks.kinds import Kind, kind_of
from sync.workbooks.sheets import WebSheets

MAX_BYTES = 512 << 20
"""No workbook that people work in is larger; it would not fit in memory."""

_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")

Open = Callable[[Path, str, Backups | None], Workbook]
"""Opens a file, given where it is, what the user called it, and where copies go."""


def _beside(read: Read) -> Open:
    # What is never written itself needs no copy.
    return lambda path, locator, _backups: ReadOnlyWorkbook(path, locator, read)


def _foreign(kind: foreign.ForeignFormat) -> Open:
    return _beside(partial(foreign.read, kind=kind))


FORMATS: Mapping[Kind, Open] = {
    "excel": lambda path, _locator, backups: ExcelWorkbook(path, backups),
    "xls": _foreign("xls"),
    "xlsb": _foreign("xlsb"),
    "ods": _foreign("ods"),
    "text": _beside(delimited.read),
}
"""Which workbook stands behind which kind of file."""


def open_workbook(
    locator: str, backups: Backups | None = None, web: WebSheets | None = None
) -> Workbook:
    """Open the workbook at a path, by its content and not by its name, or on the web.

    Args:
        locator: A path, absolute or from the current folder; ``~`` is the home folder.
            Or the address of a Google Sheet.
        backups: Where copies from before a write are kept; ``None`` keeps none.
        web: Opens what is on the web; ``None`` opens nothing there.

    Raises:
        WorkbookError: If there is nothing, or nothing we can read; the message names
            the file and says what to do.
    """
    if locator.startswith(("http://", "https://")):
        if web is None or not is_google(locator):
            raise _web_address(locator)
        return web.open(locator)
    # Not every "~" is a home folder: "~$goals.xlsx" is a lock file.
    is_home = locator.startswith(("~/", "~\\"))
    path = Path(locator).expanduser() if is_home else Path(locator)
    data = _content(path, locator)
    return FORMATS[kind_of(data, locator)](path, locator, backups)


def _content(path: Path, locator: str) -> bytes:
    """Read the file, or say why there is none to read."""
    if path.name.startswith(("~$", ".~lock.")):
        raise WorkbookError(
            Text(
                "这是工作簿打开时产生的锁定文件，不是工作簿本身",
                "this is the lock file of an open workbook, not the workbook",
            ),
            where=locator,
            hint=Text(
                "请改用“{name}”",
                "give {name!r} instead",
                {"name": _locked_name(path.name)},
            ),
        )
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise _folder(path, locator)
        if not stat.S_ISREG(about.st_mode):
            raise WorkbookError(
                Text("这不是普通文件", "this is no ordinary file"),
                where=locator,
                hint=Text("请提供工作簿", "give a workbook"),
            )
        if about.st_size > MAX_BYTES:
            raise WorkbookError(
                Text(
                    "文件超过了 {n} MiB",
                    "the file is larger than {n} MiB",
                    {"n": MAX_BYTES >> 20},
                ),
                where=locator,
                hint=Text(
                    "请拆分工作簿，或删除存放原始数据的工作表",
                    "split the workbook, or delete the sheets that hold raw data",
                ),
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(path, locator) from None
    except (OSError, ValueError) as problem:  # ValueError: a zero byte in the name
        reason = cause(problem) if isinstance(problem, OSError) else str(problem)
        raise WorkbookError(
            Text(
                "文件无法读取：{reason}",
                "the file cannot be read: {reason}",
                {"reason": reason},
            ),
            where=locator,
            hint=Text(
                "请确认有读取权限，并且磁盘或网络盘已连接",
                "check that you may read it and that its drive is connected",
            ),
        ) from None


def _locked_name(name: str) -> str:
    if name.startswith("~$"):
        return name.removeprefix("~$")
    return name.removeprefix(".~lock.").removesuffix("#")


def _missing(path: Path, locator: str) -> WorkbookError:
    """Say that there is no such file, and name one that may be meant."""
    similar = get_close_matches(path.name, _workbooks_in(path.parent), n=1)
    hint = Text("请检查路径", "check the path")
    if similar:
        hint = Text(
            "是不是同一文件夹里的“{name}”？",
            "is it {name!r} in the same folder?",
            {"name": similar[0]},
        )
    return WorkbookError(
        Text("没有这个文件", "there is no such file"), where=locator, hint=hint
    )


def _folder(path: Path, locator: str) -> WorkbookError:
    found = _workbooks_in(path)
    hint = Text("请写工作簿的路径", "give the path of a workbook")
    if found:
        hint = Text(
            "请写明工作簿，例如“{path}”",
            "give a workbook, for example {path!r}",
            {"path": str(path / found[0])},
        )
    return WorkbookError(
        Text("这是文件夹", "this is a folder"),
        where=locator,
        hint=hint,
    )


def _workbooks_in(folder: Path) -> list[str]:
    try:
        names = sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []
    return [
        name
        for name in names
        if name.lower().endswith(_SUFFIXES) and not name.startswith(("~$", "."))
    ]


def _web_address(locator: str) -> WorkbookError:
    return WorkbookError(
        Text(
            "这是网址，但不是 Google 表格的地址",
            "this is a web address, but not that of a Google Sheet",
        ),
        where=locator,
        hint=Text(
            "请下载工作簿或同步它所在的文件夹，再写文件的路径",
            "download the workbook or sync its folder, and give the file's path",
        ),
    )
