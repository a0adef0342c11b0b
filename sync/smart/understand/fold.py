"""Folding: one spelling for every character, at the same place in the text."""

from functools import cache
from pathlib import Path
from typing import Final


def _table() -> dict[int, str]:
    """Map characters to one of the same length: spans stay true for the original."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF21, 0xFF3B)}
    table |= dict.fromkeys(map(ord, "\t\r\n\v\f\u00a0\u3000\u2003\u2002\u2009"), " ")
    table |= dict.fromkeys(map(ord, "–—―−‐‑～"), "-")
    table |= {ord("’"): "'", ord("‘"): "'", ord("。"): ".", ord("、"): ","}
    table |= {ord("﹪"): "%", ord("〇"): "零", ord("兩"): "两", ord("､"): ","}
    for line in _pairs():
        for pair in line.split():
            table[ord(pair[0])] = pair[1]
    return table


def _pairs() -> list[str]:
    path = Path(__file__).with_name("traditional.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


_TABLE: Final = _table()


def fold(text: str) -> str:
    """Fold full-width forms, case and traditional characters, keeping the length.

    >>> fold("提升業績１５％")
    '提升业绩15%'
    """
    return text.translate(_TABLE)


@cache
def is_han(char: str) -> bool:
    """Tell whether a character is a Chinese one (the unified ideographs)."""
    return "\u3400" <= char <= "\u9fff"


def flatten(text: str) -> str:
    r"""Put text on one line; line breaks become a semicolon, since they divide goals.

    >>> flatten(" a\nb  c ")
    'a; b c'
    """
    if text.isprintable():  # no line break of any kind
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return "; ".join(line for line in lines if line)
