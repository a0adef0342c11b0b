"""Cells' text as judgement compares it, and the words of ``words.toml`` it looks up."""

import tomllib
import unicodedata
from pathlib import Path

_TABLES = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)


def plain(text: str) -> str:
    """Reduce a cell's text to what is looked up: NFKC, lower case, single spaces.

    >>> plain(" Ｄone ！")
    'done'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).rstrip("。.! ")


def bare(text: str) -> str:
    """Reduce text to what is compared: NFKC, lower case, no spaces.

    >>> bare(" Ｓales  plan")
    'salesplan'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def words(table: str) -> frozenset[str]:
    """Give the words of one table.

    Raises:
        KeyError: If there is no such table.
    """
    return frozenset(plain(word) for word in _TABLES[table])
