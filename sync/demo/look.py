"""Fonts, fills and number formats of the demo workbook."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from sync.demo.story import Case
from sync.wording import Lang

FONTS: dict[Lang, str] = {"zh": "微软雅黑", "en": "Calibri"}
INK: dict[Case, str] = {"retail": "#2F5D50", "tech": "#28486B"}
"""The colour of titles and headers."""
TINT: dict[Case, str] = {"retail": "#E6F0EC", "tech": "#E7EDF5"}
"""The colour of section rows."""
GREY = "#6B7280"
LINE = "#D0D5DB"

# Excel's own "good, neutral, bad" fills: people know what they mean.
GOOD = {"bg_color": "#C6EFCE", "font_color": "#006100"}
FAIR = {"bg_color": "#FFEB9C", "font_color": "#7F6000"}
POOR = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}

DAY: dict[Lang, str] = {"zh": "yyyy/m/d", "en": "d mmm yyyy"}

Properties = dict[str, Any]


class Look:
    """Gives formats by name; Excel wants one object for each kind of cell."""

    def __init__(self, out: Workbook, lang: Lang, case: Case) -> None:
        """Prepare the formats of one workbook."""
        self._out = out
        self._base: Properties = {
            "font_name": FONTS[lang],
            "font_size": 10,
            "valign": "vcenter",
        }
        self._named = _named(lang, case)
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        """Give a format, or several in one, as in ``"cell money"``."""
        if name not in self._made:
            properties = dict(self._base)
            for part in name.split():
                properties |= self._named[part]
            self._made[name] = self._out.add_format(properties)
        return self._made[name]

    def change(self, properties: Properties) -> Format:
        """Give a format that only changes what it names, for conditional formats."""
        return self._out.add_format(properties)


def _named(lang: Lang, case: Case) -> dict[str, Properties]:
    ink, tint = INK[case], TINT[case]
    cell: Properties = {"border": 1, "border_color": LINE}
    return {
        "title": {"bold": True, "font_size": 16, "font_color": ink},
        "subtitle": {"font_color": GREY},
        "note": {"font_color": GREY, "text_wrap": True, "valign": "top"},
        "plain": {},
        "strong": {"bold": True},
        "link": {"font_color": "#0563C1", "underline": 1},
        "header": {
            **cell,
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": ink,
            "align": "center",
            "text_wrap": True,
        },
        "section": {**cell, "bold": True, "bg_color": tint, "font_color": ink},
        "cell": cell,
        "wrap": {"text_wrap": True},
        "middle": {"align": "center"},
        "day": {"num_format": DAY[lang], "align": "center"},
        "share": {"num_format": "0%", "align": "center"},
        "percent": {"num_format": "0.0%"},
        "percent2": {"num_format": "0.00%"},
        "number": {"num_format": "#,##0"},
        "number1": {"num_format": "#,##0.0"},
        "number2": {"num_format": "#,##0.00"},
        "typed": {"align": "right"},
    }
