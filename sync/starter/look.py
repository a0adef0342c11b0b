"""Fonts, fills and number formats of the starter workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from sync.wording import Lang

FONTS: Mapping[Lang, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
INK = "#1F5F5B"
QUIET = "#6B7478"
LINE = "#D5DAD8"
MARKS: Mapping[str, dict[str, Any]] = {
    "missing": {"bg_color": "#FFF3C4"},
    "late": {"bg_color": "#FBD9D9", "font_color": "#8B1A1A"},
}
"""What is coloured where something is the matter."""

_CELL: dict[str, Any] = {"valign": "top"}
_EXAMPLE: dict[str, Any] = _CELL | {
    "italic": True,
    "font_color": QUIET,
    "bottom": 1,
    "bottom_color": LINE,
}
_KINDS: Mapping[str, dict[str, Any]] = {
    "text": {},
    "long": {"text_wrap": True},
    "number": {"num_format": "#,##0.##", "align": "right"},
    "share": {"num_format": "0%", "align": "right"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
}
_OTHERS: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": INK},
    "hint": {"font_color": QUIET},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": INK,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "border": 1,
        "border_color": "#FFFFFF",
    },
    "section": {"bold": True, "font_size": 13, "font_color": INK},
    "line": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#1D5B9A", "underline": 1, "text_wrap": True},
}


def look(name: str) -> dict[str, Any]:
    """Give a look by name, in the words of xlsxwriter.

    Args:
        name: A kind of cell comes after ``cell`` or ``example``.
    """
    first, _, kind = name.partition(" ")
    base = {"cell": _CELL, "example": _EXAMPLE}.get(first)
    return _OTHERS[name] if base is None else base | _KINDS[kind]


@dataclass(slots=True)
class Looks:
    """Gives formats by name; Excel wants one object for each kind of cell."""

    book: Workbook
    lang: Lang
    _made: dict[str, Format] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Format:
        """Give the format of a look."""
        if name not in self._made:
            font = {"font_name": FONTS[self.lang], "font_size": 11}
            self._made[name] = self.book.add_format(font | look(name))
        return self._made[name]
