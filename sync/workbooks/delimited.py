"""Text files with separators: .csv and .tsv, whatever program wrote them.

Every value stays the text it is. What a number or a date looks like is for the parser
to decide, which knows what the column means.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import NamedTuple

from sync.cells import MAX_COLUMNS, MAX_ROWS
from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.encodings import decode
from sync.workbooks.snapshot import Decision, Row, Sheet, Snapshot

SEPARATORS = (",", ";", "\t", "|")

_SAMPLE = 300
"""Records that decide which separator it is."""
_NAME_LIMIT = 31
"""Excel shows a text file as one sheet with the file's name, cut to this length."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

NOT_EDITABLE = Text(
    "文本文件（CSV）里不能设置颜色和批注，所以结果写在旁边的新工作簿里。"
    "想直接写回原文件，请在 Excel 里另存为 .xlsx。",
    "A text file (CSV) can hold no colours or notes, so the results go into a new "
    "workbook beside it. To have them in the file itself, save it in Excel as .xlsx.",
)
_LOOSE_QUOTES = Text(
    "文件里有一个引号没有成对，已把引号当作普通文字读取。",
    "A quotation mark in the file is never closed; quotation marks were read as plain "
    "text.",
)


class Records(NamedTuple):
    """A text file cut into its values."""

    rows: tuple[Row, ...]
    separator: str
    quotes_are_text: bool = False


def read(data: bytes, locator: str, fingerprint: str) -> Snapshot:
    """Read a text file as a workbook of one sheet.

    Args:
        data: The whole file.
        locator: The path the user gave; its name becomes the sheet's.
        fingerprint: What the file's bytes were.

    Raises:
        WorkbookError: If it has more rows or columns than a sheet.
    """
    decoded = decode(data)
    records = split(decoded.text, locator)
    remarks = decoded.remarks
    if records.quotes_are_text:
        remarks = (*remarks, _LOOSE_QUOTES)
    return Snapshot(
        locator=locator,
        format="csv",
        fingerprint=fingerprint,
        sheets=(Sheet(name=_sheet_name(locator), index=0, rows=records.rows),),
        writing=Decision(allowed=False, why=NOT_EDITABLE),
        remarks=remarks,
    )


def split(text: str, where: str) -> Records:
    """Cut text into rows and values.

    A first line ``sep=;`` names the separator, as Excel has it, and is not a row.

    Args:
        text: The decoded file, with any line ends.
        where: What to name in errors.

    Raises:
        WorkbookError: If it has more rows or columns than a sheet.
    """
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    stated = first.rstrip("\r")
    separator = ""
    if stated.lower().startswith("sep=") and len(stated) == len("sep=x"):
        separator, text = stated[-1], rest
    separator = separator or find_separator(text)
    records, quotes_are_text = _records(text, separator)
    return Records(_rows(records, where), separator, quotes_are_text)


def find_separator(text: str) -> str:
    """Find the separator by which most records have equally many values.

    Title lines above the table have none, and a decimal comma splits only some rows,
    so the separator that fits most rows wins, then the one that gives more columns.
    """
    sample = _head(text)
    best, best_score = SEPARATORS[0], (0.0, 0)
    for separator in SEPARATORS:
        if separator not in sample:
            continue
        records, _ = _records(sample, separator)
        counts = Counter(len(record) for record in records[:_SAMPLE] if record)
        several = {n: times for n, times in counts.items() if n > 1}
        if not several:
            continue
        width, times = max(several.items(), key=lambda pair: (pair[1], pair[0]))
        score = (round(times / counts.total(), 1), width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _head(text: str) -> str:
    """The first lines of the file, with quoted line breaks counted as lines."""
    lines = io.StringIO(text[: 1 << 20], newline="")
    return "".join(line for line, _ in zip(lines, range(_SAMPLE * 2), strict=False))


def _records(text: str, separator: str) -> tuple[list[list[str]], bool]:
    """Cut text, falling back to plain text for quotes that are never closed.

    Returns:
        The records, and whether quotes had to be read as text.
    """
    try:
        return list(_reader(text, separator, strict=True)), False
    except csv.Error as problem:
        unclosed = "unexpected end" in str(problem)
    plain = [line.split(separator) for line in _LINE_END.split(text)]
    if unclosed:
        return plain, True
    try:
        lenient = list(_reader(text, separator, strict=False))
    except csv.Error:  # a value beyond the module's limit, which is not ours to move
        return plain, True
    if _evenness(plain) > _evenness(lenient):
        return plain, True
    return lenient, False


def _evenness(records: list[list[str]]) -> float:
    """Share of records that have the commonest number of values."""
    counts = Counter(len(record) for record in records if record)
    return max(counts.values(), default=0) / (counts.total() or 1)


def _reader(text: str, separator: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _rows(records: list[list[str]], where: str) -> tuple[Row, ...]:
    """Number the records as Excel would; blank ones count and are left out."""
    width = max(map(len, records), default=0)
    if len(records) > MAX_ROWS or width > MAX_COLUMNS:
        raise WorkbookError(
            Text(
                "文件有 {n:,} 行、{width:,} 列，超出了一张工作表的容量",
                "the file has {n:,} rows and {width:,} columns, more "
                "than a sheet can hold",
                {"n": len(records), "width": width},
            ),
            where=where,
            hint=Text(
                "请只提供有目标的那部分", "give only the part that holds the goals"
            ),
        )
    rows: list[Row] = []
    for number, record in enumerate(records, start=1):
        values: list[str | None] = [value or None for value in record]
        while values and values[-1] is None:
            values.pop()
        if values:
            rows.append(Row(number, tuple(values)))
    return tuple(rows)


def _sheet_name(locator: str) -> str:
    """The file's name, without what Excel does not allow in a sheet's."""
    name = _NOT_IN_NAMES.sub("_", PurePath(locator).stem)[:_NAME_LIMIT]
    return name.strip("'") or "Sheet1"
