"""Header text as people write it → the few plain spellings it may be looked up by."""

import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_CJK = "一-鿿㐀-䶿"
_HAS_CJK = re.compile(f"[{_CJK}]")
_CJK_GAP = re.compile(f"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_NUMBERING = re.compile(
    r"^\s*(?:\(?\d{1,2}[.、)．](?!\d)|[一二三四五六七八九十]{1,2}[、.．]|"
    r"\([一二三四五六七八九十]{1,2}\))\s*"
)
_DECORATION = " \t\r\n*★☆◆◇●○•■□▲△▼→✓✔✌·:;,.。、;?!_-~\"'“”‘’|"
_SEPARATORS = re.compile(r"[_\-–—·.:;,。、?!\"“”‘’]+")
_BRACKETED = re.compile(
    r"[(\[【〔〈<{《「『]([^()\[\]【】〔〕〈〉<>{}《》「」『』]*)[)\]】〕〉>}》」』]"
)
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9 %#&/'._-]*")
_CJK_RUN = re.compile(f"[{_CJK}][{_CJK}0-9%/]*")


class Form(NamedTuple):
    """One spelling to look a header up by."""

    text: str
    faith: float
    """0–1: how much of the header the spelling stands for."""


class _Characters(NamedTuple):
    simplified: dict[int, str]
    phrases: tuple[tuple[str, str], ...]
    surnames: frozenset[str]


@cache
def _characters() -> _Characters:
    raw = json.loads(
        Path(__file__).with_name("characters.json").read_text(encoding="utf-8")
    )
    pairs = raw["traditional"]
    return _Characters(
        {ord(pairs[i]): pairs[i + 1] for i in range(0, len(pairs), 2)},
        tuple(raw["phrases"].items()),
        frozenset(raw["surnames"]),
    )


def simplify(text: str) -> str:
    """Replace traditional characters and Taiwan wordings by the mainland's.

    Only what occurs in HR sheets is covered; other characters stay as they are.
    """
    plain = text.translate(_characters().simplified)
    for theirs, ours in _characters().phrases:
        if theirs in plain:
            plain = plain.replace(theirs, ours)
    return plain


def is_surname(character: str) -> bool:
    """Whether a character, in either script, is a common Chinese surname."""
    return character.translate(_characters().simplified) in _characters().surnames


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """Bring a wording into the one spelling in which wordings are compared.

    >>> clean("*2. 目標 權重(%)")
    '目标权重(%)'
    >>> clean("Due_Date:"), clean("employeeName")
    ('due date', 'employee name')
    """
    plain = unicodedata.normalize("NFKC", text).strip(_DECORATION)
    plain = _NUMBERING.sub("", plain).strip(_DECORATION)
    plain = _CAMEL.sub(" ", plain).lower().replace("'s ", " ")
    if _HAS_CJK.search(plain):
        plain = simplify(plain)
    plain = " ".join(_SEPARATORS.sub(" ", plain).split())
    return _CJK_GAP.sub("", plain)


def has_cjk(text: str) -> bool:
    """Whether the text holds a Chinese character."""
    return bool(_HAS_CJK.search(text))


def one_line(text: str) -> str:
    """Show a header on one line, without the spaces people align it with."""
    flat = " ".join(text.split())
    return _CJK_GAP.sub("", flat) if _HAS_CJK.search(flat) else flat


@lru_cache(maxsize=4_096)
def forms(text: str) -> tuple[Form, ...]:
    """List the spellings of a header, the most faithful first.

    A header may carry its unit or an order in brackets, stand in two languages, or
    name two things with a slash between.
    """
    whole = unicodedata.normalize("NFKC", text)
    found: dict[str, float] = {}

    def add(part: str, faith: float) -> None:
        spelling = clean(part)
        if spelling and found.get(spelling, 0) < faith:
            found[spelling] = faith

    add(whole, 1.0)
    bare = _BRACKETED.sub(" ", whole)
    add(bare, 0.98)
    for line in bare.splitlines():
        add(line, 0.9)
    if has_cjk(bare):
        _add_languages(bare, add)
    for inside in _BRACKETED.findall(whole):
        add(inside, 0.8)
    for part in re.split(r"[/|、&+]|及|与|和|\bor\b|\band\b", bare):
        if part != bare:
            add(part, 0.8)
    ordered = sorted(found.items(), key=lambda item: -item[1])
    return tuple(Form(spelling, faith) for spelling, faith in ordered)


def _add_languages(text: str, add: Callable[[str, float], None]) -> None:
    """Add the Chinese and the English half of a bilingual header."""
    chinese = "".join(_CJK_RUN.findall(text))
    latin = " ".join(run.strip() for run in _LATIN_RUN.findall(text))
    if chinese and len(latin) > 1:
        add(chinese, 0.96)
        add(latin, 0.9)
