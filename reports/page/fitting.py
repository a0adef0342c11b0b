"""Names cut to the room beside a chart."""

import unicodedata


def fitting(name: str, room: int) -> str:
    """Cut a name to ``room`` half-width characters; a Chinese one counts as two."""
    left = room
    for n, character in enumerate(name):
        left -= 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if left < 0:
            return name[: n - 1].rstrip() + "…"
    return name
