"""Workbooks of other formats, read only: .xls, .xlsb and .ods."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from sync.cells import Area
from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.snapshot import Decision, RawValue, Row, Sheet, Snapshot

ForeignFormat = Literal["xls", "xlsb", "ods"]

TIME_LIMIT = 180.0
"""Seconds after which reading is given up."""

NOT_EDITABLE = Text(
    "“.{format}”格式只能读取，不能原样写回，所以结果写在旁边的新工作簿里。"
    "想直接写回原文件，请在 Excel 或 WPS 里另存为 .xlsx。",
    "A .{format} workbook can be read but not edited without losses, so the results "
    "go into a new workbook beside it. To have them in the file itself, save it in "
    "Excel or WPS as .xlsx.",
)
LOST_IN_READING = Text(
    "从“.{format}”文件里读不到百分比格式、批注和公式错误：100% 会读成 1，"
    "出错的公式会读成空单元格。另存为 .xlsx 后可以完整读取。",
    "Percent formats, notes and formula errors cannot be read from a .{format} file: "
    "100% is read as 1 and a formula with an error as an empty cell. Saved as .xlsx "
    "it is read in full.",
)

_CHILD = Path(__file__).with_name("calamine_child.py")
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_SECONDS_A_DAY = 86_400
_SAVE_AS = Text(
    "请用 Excel 或 WPS 打开，另存为 .xlsx",
    "open it in Excel or WPS and save it as .xlsx",
)


def read(data: bytes, locator: str, fingerprint: str, kind: ForeignFormat) -> Snapshot:
    """Read a workbook that we cannot edit.

    Args:
        data: The whole file.
        locator: The path the user gave.
        fingerprint: What the file's bytes were.
        kind: Its format, by content.

    Raises:
        WorkbookError: If it is encrypted, damaged, or too large to read safely.
    """
    tabs = list(_tabs(_printed_by_child(data, locator), locator))
    return Snapshot(
        locator=locator,
        format=kind,
        fingerprint=fingerprint,
        sheets=tuple(_sheet(tab) for tab in tabs),
        writing=Decision(allowed=False, why=NOT_EDITABLE.fill(format=kind)),
        remarks=(LOST_IN_READING.fill(format=kind),),
    )


def _printed_by_child(data: bytes, locator: str) -> bytes:
    """Have a child process read the bytes; it may die, we do not.

    The child runs as a script with a safe path (``-P``), so that neither the current
    folder nor this package's can put other modules in its way.
    """
    try:
        done = subprocess.run(  # noqa: S603 (our own script, no shell, no arguments)
            [sys.executable, "-P", str(_CHILD)],
            input=data,
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise WorkbookError(
            Text(
                "读取超过了 {seconds:.0f} 秒，已放弃",
                "reading took longer than {seconds:.0f} seconds and was given up",
                {"seconds": TIME_LIMIT},
            ),
            where=locator,
            hint=_SAVE_AS,
        ) from None
    if done.returncode != 0:
        raise WorkbookError(
            Text(
                "工作簿无法读取：它已损坏，或者离表格很远处有一个多余的单"
                "元格，使工作表大到内存放不下",
                "the workbook cannot be read: it is damaged, or a stray "
                "cell far away from the table stretches a sheet beyond "
                "what fits in memory",
            ),
            where=locator,
            hint=_SAVE_AS,
        )
    return done.stdout


def _tabs(printed: bytes, locator: str) -> Iterator[Mapping[str, Any]]:
    for line in printed.splitlines():
        tab: dict[str, Any] = json.loads(line)
        problem = tab.get("error")
        if problem == "password":
            raise WorkbookError(
                Text(
                    "工作簿设了打开密码",
                    "the workbook is protected by a password to open",
                ),
                where=locator,
                hint=Text(
                    "请在 Excel 或 WPS 中去掉密码，保存后再运行",
                    "remove the password in Excel or WPS, save, and run again",
                ),
            )
        if problem is not None:
            raise WorkbookError(
                Text(
                    "工作簿已损坏：{problem}",
                    "the workbook is damaged: {problem}",
                    {"problem": str(problem)},
                ),
                where=locator,
                hint=_SAVE_AS,
            )
        yield tab


def _sheet(tab: Mapping[str, Any]) -> Sheet:
    """Turn one line of the child into a sheet; its positions are 0-based."""
    rows = (
        Row(number, (None,) * (left - 1) + tuple(_value(value) for value in values))
        for number, left, values in tab["rows"]
    )
    merges = (
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in tab["merges"]
    )
    return Sheet(
        name=tab["name"],
        index=tab["index"],
        visibility=tab["visibility"],
        rows=tuple(rows),
        merges=tuple(sorted(merges)),
    )


def _value(value: Any) -> RawValue:
    if isinstance(value, list):
        kind, text = value
        if kind == "date":
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        return moment if moment.time() != datetime.min.time() else moment.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and value.startswith("PT"):
        return _days(value)
    return value  # type: ignore[no-any-return]


def _days(text: str) -> RawValue:
    """Read a duration as OpenDocument writes it, in days; other text stays text."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return text
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return (hours * 3600 + minutes * 60 + seconds) / _SECONDS_A_DAY
