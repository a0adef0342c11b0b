"""Formats of cells: the default, colours as they come back, and what a cell ends up with."""

import struct
from typing import Any

from tests.sheets_server.refusals import Json


def rgb(**channels: float) -> Json:
    return dict(channels)


WHITE = rgb(red=1, green=1, blue=1)

DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
"""What a new spreadsheet's ``properties.defaultFormat`` is. Recorded."""

THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [
        {"colorType": name, "color": {"rgbColor": color}}
        for name, color in (
            ("TEXT", {}),
            ("BACKGROUND", WHITE),
            ("ACCENT1", rgb(red=0.25882354, green=0.52156866, blue=0.95686275)),
            ("ACCENT2", rgb(red=0.91764706, green=0.2627451, blue=0.20784314)),
            ("ACCENT3", rgb(red=0.9843137, green=0.7372549, blue=0.015686275)),
            ("ACCENT4", rgb(red=0.20392157, green=0.65882355, blue=0.3254902)),
            ("ACCENT5", rgb(red=1, green=0.42745098, blue=0.003921569)),
            ("ACCENT6", rgb(red=0.27450982, green=0.7411765, blue=0.7764706)),
            ("LINK", rgb(red=0.06666667, green=0.33333334, blue=0.8)),
        )
    ],
}
"""Recorded."""

COLORS = {
    "backgroundColor": "backgroundColorStyle",
    "foregroundColor": "foregroundColorStyle",
    "tabColor": "tabColorStyle",
    "color": "colorStyle",
    "headerColor": "headerColorStyle",
    "footerColor": "footerColorStyle",
    "firstBandColor": "firstBandColorStyle",
    "secondBandColor": "secondBandColorStyle",
}
"""The older field of a colour → the newer one, which wins when both are given."""


def kept_color(color: Json) -> Json:
    """Make of a colour what comes back: 8 bits a channel, as float32, no zeros. Recorded.

    >>> kept_color({"red": 0.5, "green": 0.0})
    {'red': 0.49803922}
    """
    kept: Json = {}
    for name in ("red", "green", "blue", "alpha"):
        share = color.get(name)
        level = int(share * 255 + 1e-9) if share else 0
        if level:
            (single,) = struct.unpack("f", struct.pack("f", level / 255))
            kept[name] = 1 if single == 1.0 else float(f"{single:.8g}")
    return kept


def kept(format_: Any) -> Any:
    """Give every colour, however deep, both of its spellings."""
    if isinstance(format_, list):
        return [kept(item) for item in format_]
    if not isinstance(format_, dict):
        return format_
    made = {name: kept(value) for name, value in format_.items() if value is not None}
    for old, new in COLORS.items():
        style = made.get(new)
        if isinstance(style, dict) and "rgbColor" in style:
            color = kept_color(style["rgbColor"])
        elif isinstance(style, dict) and "themeColor" in style:
            made[old] = theme_color(style["themeColor"])
            continue
        elif isinstance(made.get(old), dict):
            color = kept_color(made[old])
        else:
            continue
        made[old], made[new] = color, {"rgbColor": color}
    return made


def theme_color(name: str) -> Json:
    for pair in THEME["themeColors"]:
        if pair["colorType"] == name:
            color: Json = pair["color"]["rgbColor"]
            return color
    return {}


def effective(own: Json | None, value: Any) -> Json:
    """Lay a cell's own format over the default one, as far as its value goes.

    Measured on the real API by others: the font's name is short here, numbers stand
    right and texts left, and a cell without a value has no ``hyperlinkDisplayType``.
    """
    text = DEFAULT_FORMAT["textFormat"] | {"fontFamily": "Arial"}
    made = merged(DEFAULT_FORMAT | {"textFormat": text}, own or {})
    if "horizontalAlignment" not in made:
        if isinstance(value, bool):
            made["horizontalAlignment"] = "CENTER"
        elif isinstance(value, int | float):
            made["horizontalAlignment"] = "RIGHT"
        elif isinstance(value, str):
            made["horizontalAlignment"] = "LEFT"
    if value is not None:
        made.setdefault("hyperlinkDisplayType", "PLAIN_TEXT")
    return made


def merged(under: Json, over: Json) -> Json:
    made = dict(under)
    for name, value in over.items():
        inner = made.get(name)
        both = isinstance(inner, dict) and isinstance(value, dict)
        # A colour replaces a colour; half of one and half of the other is neither.
        deeper = both and not name.lower().endswith(("color", "colorstyle"))
        made[name] = merged(inner or {}, value) if deeper else value
    return made
