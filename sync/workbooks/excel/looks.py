"""How our own things look, by meaning: colours that also differ in words and weight."""

from typing import NamedTuple

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
