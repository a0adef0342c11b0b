"""What names a row, where our results find their row by its name and not by its place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sync.wording import Text, shorten
from sync.workbooks.snapshot import CellError, RawValue, Sheet, Uncalculated

BETWEEN = "|"
"""Stands between the parts of a name that is made of several cells."""
_EXACT = 10**10
"""Whole numbers below it look the same in every program once they are joined to text."""

_BLANK = Text(
    "这一行没有编号（或“员工＋目标”），跟进结果找不到它；请补上",
    "the row has no goal id (or employee and title) by which results could find it; "
    "please fill it in",
)
_DOUBLE = Text(
    "“{key}”在多行里出现（不区分大小写），跟进结果不知道该放哪一行；请改成各不相同",
    '"{key}" stands in several rows (capitals make no difference), so a result could '
    "not tell them apart; please make them different",
)
_NO_NAME = Text(
    "“{key}”是日期、小数或错误值，不能用来找到这一行；请写成文字或整数",
    '"{key}" is a date, a fraction or an error and cannot name the row; '
    "please write a text or a whole number",
)


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The names of the rows of one table."""

    named: Mapping[int, str | int]
    """Row → its name, as the cell types it: a number is not the text of its digits."""
    unnamed: Mapping[int, Text]
    """Row → why results cannot find it."""


def row_keys(sheet: Sheet, columns: Sequence[int], rows: Iterable[int]) -> RowKeys:
    """Read what names each row.

    Names that differ only in capitals, or in being a number or its digits, count as the
    same: a spreadsheet's lookup does not tell the first apart, and people not the other.

    Args:
        sheet: The sheet.
        columns: The columns whose values together name a row, 1-based.
        rows: Numbers of the rows that need a name, 1-based.
    """
    names: dict[int, str | int] = {}
    unnamed: dict[int, Text] = {}
    same: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        parts = [sheet.value(row, column) for column in columns]
        if all(part is None for part in parts):
            unnamed[row] = _BLANK
        elif not all(map(_can_name, parts)):
            wrong = next(part for part in parts if not _can_name(part))
            unnamed[row] = _NO_NAME.fill(key=shorten(str(wrong)))
        else:
            name = names[row] = _name(parts)
            same[str(name).strip().casefold()].append(row)
    for sharers in same.values():
        if len(sharers) > 1:
            for row in sharers:
                name = names.pop(row)
                unnamed[row] = _DOUBLE.fill(key=shorten(str(name)))
    return RowKeys(names, unnamed)


def _can_name(part: RawValue) -> bool:
    if isinstance(part, CellError | Uncalculated | bool | date):
        return False
    if isinstance(part, float):
        return False
    return not isinstance(part, int) or abs(part) < _EXACT


def _name(parts: Sequence[RawValue]) -> str | int:
    if len(parts) == 1:
        only = parts[0]
        return only if isinstance(only, int) else str(only)
    return BETWEEN.join("" if part is None else str(part) for part in parts)
