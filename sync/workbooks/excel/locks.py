"""Who has a workbook open, by the lock files that spreadsheet programs put beside it."""

from pathlib import Path

from sync.errors import InUseError
from sync.wording import Text

_EXCEL_SIZES = {165, 171}
_LIBRE_FIELDS = 4


def check_not_open(path: Path) -> None:
    """Refuse when somebody has the workbook open.

    Excel and WPS write ``~$name.xlsx``, LibreOffice ``.~lock.name.xlsx#``; both hold
    the user's name and are removed when the program closes the file.

    Raises:
        InUseError: If a lock file stands beside the workbook.
    """
    for lock, reader in (
        (path.with_name("~$" + path.name), _excel_user),
        # Excel drops the first two characters of long names.
        (path.with_name("~$" + path.name[2:]), _excel_user),
        (path.with_name(f".~lock.{path.name}#"), _libre_user),
    ):
        try:
            content = lock.read_bytes()
        except FileNotFoundError:
            continue
        except OSError:
            # Windows and some shares do not even let others read a lock file.
            content = b""
        who = reader(content) or Text("有人", "somebody")
        raise InUseError(
            Text(
                "{who}正打开着这个工作簿", "{who} has the workbook open", {"who": who}
            ),
            where=str(path),
            hint=Text(
                "请关闭后再运行；如果并没有人打开，那是有程序异常退出时留"
                "下的，请删除“{name}”",
                "close it and run again; if nobody has it open, a "
                "program ended without tidying up: delete {name!r}",
                {"name": lock.name},
            ),
        )


def _excel_user(content: bytes) -> str:
    """Read the user's name from Excel's owner file; empty when it is not readable.

    It holds a length byte and the name in the system's code page, and from byte 54 on a
    length of two bytes and the name again in UTF-16.
    """
    if len(content) not in _EXCEL_SIZES:
        return ""
    length = content[54]
    wide = content[56 : 56 + 2 * length].decode("utf-16-le", "ignore").strip("\0 ")
    if wide.isprintable() and wide:
        return wide
    narrow = content[1 : 1 + content[0]].decode("ascii", "ignore").strip("\0 ")
    return narrow if narrow.isprintable() else ""


def _libre_user(content: bytes) -> str:
    """Read ``name,login,host,when,profile;`` as LibreOffice writes it."""
    fields = content.decode("utf-8", "replace").strip(";\n ").split(",")
    if len(fields) < _LIBRE_FIELDS:
        return ""
    name, login, host = (field.strip() for field in fields[:3])
    who = name or login
    return f"{who} ({host})" if who and host else who
