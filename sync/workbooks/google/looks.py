"""How our own things look in Google Sheets, by meaning."""

from collections.abc import Mapping

from sync.workbooks.google.values import Json
from sync.workbooks.plan import Style


def colour(code: str) -> Json:
    """Write a colour as Google does: shares of red, green and blue."""
    parts = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = parts
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


def _format(
    letters: str = "", fill: str = "", *, bold: bool = False, underline: bool = False
) -> Json:
    text: Json = {}
    if letters:
        text["foregroundColorStyle"] = colour(letters)
    if bold:
        text["bold"] = True
    if underline:
        text["underline"] = True
    made: Json = {"textFormat": text} if text else {}
    if fill:
        made["backgroundColorStyle"] = colour(fill)
    return made


# The pairs are those people know as "good", "neutral" and "bad", and keep a contrast
# of at least 4.5 to 1 (WCAG 2.2, 1.4.3).
LOOKS: Mapping[Style, Json] = {
    "good": _format("006100", "C6EFCE"),
    "watch": _format("7F4F00", "FFEB9C"),
    "bad": _format("9C0006", "FFC7CE"),
    "late": _format("FFFFFF", "9C0006", bold=True),
    "quiet": _format("595959", "F2F2F2"),
    "hint": _format(fill="DDEBF7"),
    "title": {"textFormat": {"bold": True, "fontSize": 16}},
    "head": _format("FFFFFF", "1F4E78", bold=True),
    "text": {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"},
    "link": _format("0563C1", underline=True),
}
DAY: Json = {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}
_PIXELS = 7.5
"""Of one character of the default font."""


def pixels(width: float) -> int:
    """Turn a width in characters into one in pixels."""
    return max(24, round(width * _PIXELS))
