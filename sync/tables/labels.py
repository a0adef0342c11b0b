"""Lines of labels and values above a table, as in ``姓名 张三 部门 销售部``."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import re
from itertools import pairwise

from sync.tables.grid import Grid, cells, is_text
from sync.tables.normalise import clean, has_cjk
from sync.tables.profile import looks_like_person
from sync.workbooks.snapshot import RawValue

_LABEL = re.compile(r"^[^:：]{1,14}[:：]\s*(?:\S.*)?$", re.DOTALL)
_NAME_LABEL = re.compile(r".{0,4}姓名|员工|.*被?考[核评]人|name|employee(?: name)?")


def is_filled_label(text: str) -> bool:
    """Whether a cell says ``label: value`` itself."""
    found = _LABEL.match(text.strip())
    return bool(found) and not text.strip().endswith((":", "："))


def is_line_of_labels(
    grid: Grid, number: int, filled: list[tuple[int, RawValue]], known: list[bool]
) -> bool:
    """Whether labels and values take turns, as in ``姓名 张三 部门 销售部``."""
    pairs = list(pairwise(known))
    labels = known[::2]
    if labels[0] and sum(labels) >= 0.6 * len(labels) and _names_somebody(filled):
        return True
    if sum(known) > (len(known) + 1) // 2 or any(a and b for a, b in pairs):
        return False
    if not known[0]:
        return False
    values = [
        value for (_, value), label in zip(filled, known, strict=True) if not label
    ]
    if any(is_text(value) and looks_like_person(str(value)) for value in values):
        return True
    if sum(str(value).rstrip().endswith((":", "：")) for _, value in filled) > 1:
        return True
    spans = {grid.span(number, column) for column, _ in filled}
    below = grid.row(number + 1)
    n_below = len(cells(below)) if below else 0
    return len(filled) <= 4 or len(spans) > 1 or n_below < len(filled) * 0.7


def _names_somebody(filled: list[tuple[int, RawValue]]) -> bool:
    """Whether a Chinese name follows its label: no header holds anybody's name."""
    return any(
        is_text(value)
        and has_cjk(str(value))
        and looks_like_person(str(value))
        and _NAME_LABEL.fullmatch(clean(str(label)))
        for (_, label), (_, value) in pairwise(filled)
    )
