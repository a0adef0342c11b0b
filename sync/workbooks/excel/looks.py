"""How our own things look, by meaning: colours that also differ in words and weight."""

from typing import NamedTuple

from sync.workbooks.excel.elements import Element
from sync.workbooks.plan import Style


class Look(NamedTuple):
    """A cell's looks; an empty colour is left as it is."""

    colour: str = ""
    """Of the letters, as ``RRGGBB``."""
    fill: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float | None = None
    """In points; ``None`` for the workbook's own."""
    wrap: bool = False


# The pairs are Excel's own "Good", "Neutral" and "Bad", which people know, and keep a
# contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3).
LOOKS: dict[Style, Look] = {
    "good": Look(colour="006100", fill="C6EFCE"),
    "watch": Look(colour="7F4F00", fill="FFEB9C"),
    "bad": Look(colour="9C0006", fill="FFC7CE"),
    "late": Look(colour="FFFFFF", fill="9C0006", bold=True),
    "quiet": Look(colour="595959", fill="F2F2F2"),
    "hint": Look(fill="DDEBF7"),
    "title": Look(bold=True, size=16),
    "head": Look(colour="FFFFFF", fill="1F4E78", bold=True, wrap=True),
    "text": Look(wrap=True),
    "link": Look(colour="0563C1", underline=True),
}

_KEPT = ("horizontal", "vertical", "indent", "readingOrder")
_BREAKING = frozenset(("justify", "distributed", "fill", "centerContinuous"))
"""Alignments that break text into lines, repeat it, or spread it over other cells."""


def align(xf: Element, *, sentence: bool) -> None:
    """Let a cell format's text stand as it does beside it, in one line.

    Args:
        xf: The cell format, a copy of the neighbour's.
        sentence: Whether it is read like one: from its beginning, at half height.
    """
    old = xf.child("alignment")
    kept = {
        name: value
        for name, value in (old.attributes if old else {}).items()
        if name in _KEPT and value not in _BREAKING
    }
    if sentence:
        kept = {name: kept[name] for name in kept if name == "readingOrder"}
        kept |= {"vertical": "center"}
    xf.children = [child for child in xf.children if child.name != "alignment"]
    if kept:
        xf.children.insert(0, Element("alignment", kept))
        xf.attributes["applyAlignment"] = "1"
