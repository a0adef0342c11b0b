"""What a row below a header is: a record, or one of the rows that are none."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import re
from typing import Literal

from sync.tables.evidence import fit
from sync.tables.grid import Grid, cells, is_text
from sync.tables.headers import Header
from sync.tables.normalise import clean, one_line
from sync.tables.profile import profile, word_lists
from sync.workbooks.snapshot import CellError, RawValue, Row, Uncalculated

RowClass = Literal[
    "record",
    "total",
    "section",
    "note",
    "repeated_header",
    "empty_slot",
    "subhead",
]

_TOTAL_END = re.compile(
    r".{0,14}(?:合计|小计|总计|总和|合计得分|总得分|平均|平均分|平均值|平均得分)"
    r"(?:[((].*[))])?"
)
_TOTAL_START = re.compile(
    r"(?:合计|小计|总计)(?:[((].*[))]|分|得分|权重)?"
    r"|(?:grand |sub ?)?totals?(?: for .*| of .*| ?\(.*\)| score| points| weight.*)?"
    r"|sub ?total .{0,30}"
)
_TOTAL_END_EN = re.compile(r".{1,30} (?:sub ?total|total)")
_HINTS_AT_TOTAL = re.compile(
    r"[计总均和分]|total|sum|average|avg|mean|overall|score|[:：_]|签", re.IGNORECASE
).search
_SECTION = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、.．]|[((][一二三四五六七八九十]+[))]|第.{1,3}[部章节类]"
    r"|[IVX]+[.)]\s|[A-Z][.)]\s|【.*】|part \d|section)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"[签簽][字名章]|[盖蓋]章|signature|sign here|_{4,}", re.IGNORECASE
)


class RowReader:
    """Tells the rows of one table apart."""

    def __init__(self, grid: Grid, header: Header, left: int, right: int) -> None:
        """Look at the columns of one table."""
        self.left = left
        self.right = right
        self._grid = grid
        self._header = {c: clean(text) for c, text in header.texts.items()}
        self._header_texts = frozenset(header.texts.values())
        self._n_columns = len(header.texts)
        self._header_row = header.row
        self._words = word_lists()
        self.begins_with_names = self._begins_with_names()

    def _begins_with_names(self) -> bool:
        """Whether the first column itself names the records, one by one."""
        rows = self._grid.between(self._header_row + 1, self._header_row + 40)
        full = [row for row in rows if len(self.cells(row)) >= 2]
        values = [
            row.values[self.left - 1] for row in full if len(row.values) >= self.left
        ]
        return len(full) > 1 and fit("title", profile(values)) > 0.3 and all(values)

    def cells(self, row: Row) -> list[tuple[int, RawValue]]:
        """Give the filled cells of the row within the table's columns."""
        return cells(row, self.left, self.right)

    def is_plainly_a_record(self, row: Row) -> bool:
        """Tell well-filled rows, nearly all there are, without a closer look."""
        values = row.values[self.left - 1 : self.right]
        if len(values) - values.count(None) < max(4, self._n_columns * 0.6):
            return False
        n_texts = 0
        for value in values:
            if isinstance(value, str):
                if value in self._header_texts or _HINTS_AT_TOTAL(value):
                    return False
                n_texts += 1
                if n_texts == 3:
                    break
        return n_texts == 3

    def classify(self, row: Row, *, opens: bool = False) -> RowClass:
        """Tell what a row is; in doubt it is a record, so that nothing gets lost.

        ``opens``: whether it stands right below the header or a blank row.
        """
        filled = self.cells(row)
        texts = [(c, str(v).strip()) for c, v in filled if is_text(v)]
        if texts and self._repeats_header(texts):
            return "repeated_header"
        if texts and self._is_total(filled, texts):
            return "total"
        if len(filled) <= 3 and texts and self._is_note(row, filled, texts):
            return "note"
        if len(filled) == 1 and self._n_columns >= 3:
            return self._single(row, filled[0], opens=opens)
        if self._is_empty_slot(filled, texts):
            return "empty_slot"
        return "record"

    def _repeats_header(self, texts: list[tuple[int, str]]) -> bool:
        column, first = texts[0]
        if self._header.get(column) != clean(first):
            return False
        same = sum(self._header.get(c) == clean(text) for c, text in texts)
        return same >= 2 and same >= len(texts) * 0.6

    def _is_total(
        self, filled: list[tuple[int, RawValue]], texts: list[tuple[int, str]]
    ) -> bool:
        words = [
            (column, text)
            for column, text in texts
            if not any(character.isdigit() for character in text)
        ]
        if len(words) > 2 and len(words) > len(filled) * 0.5:
            return False
        return any(self._names_total(text) for _, text in words[:2]) and (
            len(filled) > len(words) or len(texts) <= 2
        )

    def _names_total(self, text: str) -> bool:
        spelling = clean(text).rstrip(" =")
        return bool(
            spelling in self._words["total"]
            or _TOTAL_END.fullmatch(spelling)
            or _TOTAL_START.fullmatch(spelling)
            or _TOTAL_END_EN.fullmatch(spelling)
        )

    def _is_note(
        self,
        row: Row,
        filled: list[tuple[int, RawValue]],
        texts: list[tuple[int, str]],
    ) -> bool:
        if self._n_columns < 4 and len(filled) > 1:
            return False
        first = texts[0][1]
        if _SIGNATURE.search(" ".join(text for _, text in texts)):
            return True
        if len(texts) > 1 and all(text.endswith((":", "：")) for _, text in texts):
            return True
        head = re.split(r"[:：\d\s(（、.]", first, maxsplit=1)[0]
        begins = (
            clean(first) in self._words["note_start"]
            or clean(head) in self._words["note_start"]
        )
        if begins and (":" in first or "：" in first or len(filled) == 1):
            return True
        starred = first.startswith(("*", "※", "注", "©")) and len(filled) == 1
        wide = self._grid.span(row.number, texts[0][0]) > self._n_columns / 2
        return starred or (len(filled) == 1 and wide and len(first) > 40)

    def _single(self, row: Row, cell: tuple[int, RawValue], *, opens: bool) -> RowClass:
        column, value = cell
        if not is_text(value):
            return "empty_slot" if isinstance(value, int | float) else "record"
        text = one_line(str(value))
        wide = self._grid.span(row.number, column) >= max(3, self._n_columns / 2)
        if text.isdigit():
            return "empty_slot"
        shouts = _shouts(text)
        names = self.begins_with_names and not opens
        leads = (column == self.left and not names) or shouts
        if wide or (leads and (_SECTION.match(text) or shouts)):
            return "section"
        below = self._grid.covering(row.number, column)
        area = self._grid.merged(row.number, column)
        tall = area is not None and area.bottom > area.top
        return "section" if leads and not below and not tall else "record"

    def _is_empty_slot(
        self, filled: list[tuple[int, RawValue]], texts: list[tuple[int, str]]
    ) -> bool:
        """Whether only a running number, and formulas that gave nothing, stand here."""
        if not filled or texts or self._n_columns < 3 or filled[0][0] > self.left + 1:
            return False
        rest = [value for _, value in filled[1:]]
        return all(
            value == 0 or isinstance(value, CellError | Uncalculated) for value in rest
        ) and isinstance(filled[0][1], int | float)


def is_heading(text: str) -> bool:
    """Whether a line is written as headings are: numbered, or in capitals."""
    return _shouts(text) or _SECTION.match(text) is not None


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and text.upper() == text and text.isascii()
