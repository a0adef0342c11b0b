"""Finding the words the lint knows, and counting the ones it does not."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

UP: Final = 1
DOWN: Final = 1 << 1
KEEP: Final = 1 << 2
DELIVER: Final = 1 << 3
ACCEPTANCE: Final = 1 << 4
ACTIVITY: Final = 1 << 5
LEARNING: Final = 1 << 6
AMBITION: Final = 1 << 7
PURPOSE: Final = 1 << 8
MEANS: Final = 1 << 9
REFERENCE: Final = 1 << 10
SOURCE: Final = 1 << 11
VAGUE: Final = 1 << 12
ABSTRACT: Final = 1 << 13
GENERAL: Final = 1 << 14
FILLER: Final = 1 << 15
EITHER: Final = 1 << 16
THING: Final = 1 << 17

_BITS: Final = {
    "up": UP,
    "down": DOWN,
    "keep": KEEP,
    "deliver": DELIVER,
    "acceptance": ACCEPTANCE,
    "activity": ACTIVITY,
    "learning": LEARNING,
    "ambition": AMBITION,
    "purpose": PURPOSE,
    "means": MEANS,
    "reference": REFERENCE,
    "source": SOURCE,
    "vague": VAGUE,
    "abstract": ABSTRACT,
    "general": GENERAL,
    "filler": FILLER,
    "either": EITHER,
    "thing": THING,
}
_VERBS: Final = UP | DOWN | KEEP | DELIVER | ACTIVITY
_DOUBLED: Final = frozenset(
    {"cut", "hit", "ship", "run", "drop", "stop", "set", "get", "plan"}
)
_PAST: Final = {
    "grow": "grew grown",
    "write": "wrote written",
    "build": "built",
    "hold": "held",
    "keep": "kept",
    "meet": "met",
    "make": "made",
    "send": "sent",
    "run": "ran",
}
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z][a-z'&-]{0,40}")


class Known(NamedTuple):
    """One known word where it stands."""

    start: int
    end: int
    kinds: int
    """Bits of the lists that hold the word."""


def _inflected(verb: str) -> Iterator[str]:
    """Give the forms of a regular English verb, and the few irregular ones we list."""
    yield verb
    stem = verb.removesuffix("e")
    stem = verb + verb[-1] if verb in _DOUBLED else stem
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        return
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    yield from (stem + "ed", stem + "ing")
    yield from _PAST.get(verb, "").split()


def _load() -> tuple[
    dict[str, list[tuple[str, int]]], dict[str, int], dict[str, list[tuple[str, int]]]
]:
    path = Path(__file__).with_name("words.toml")
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    chinese: dict[str, int] = {}
    single: dict[str, int] = {}
    phrases: dict[str, int] = {}
    for name, bit in _BITS.items():
        for word in lists[name]["zh"]:
            chinese[word] = chinese.get(word, 0) | bit
        for word in lists[name]["en"]:
            forms = (
                _inflected(word)
                if bit & (_VERBS | EITHER) and " " not in word
                else (word,)
            )
            for form in forms:
                into = single if _WORD.fullmatch(form) else phrases
                into[form] = into.get(form, 0) | bit
    by_char: dict[str, list[tuple[str, int]]] = {}
    for word, kinds in sorted(chinese.items(), key=lambda item: -len(item[0])):
        by_char.setdefault(word[0], []).append((word, kinds))
    by_word: dict[str, list[tuple[str, int]]] = {}
    for phrase, kinds in sorted(phrases.items(), key=lambda item: -len(item[0])):
        first = _WORD.match(phrase)
        by_word.setdefault(first[0] if first else phrase, []).append((phrase, kinds))
    return by_char, single, by_word


_CHINESE, _ENGLISH, _PHRASES = _load()


def known_in(folded: str) -> list[Known]:
    """Find the known words, the longest at each place, from left to right."""
    if folded.isascii():
        return list(_english(folded))
    found = [*_chinese(folded), *_english(folded)]
    found.sort()
    return found


def _chinese(folded: str) -> Iterator[Known]:
    at, length = 0, len(folded)
    while at < length:
        for word, kinds in _CHINESE.get(folded[at], ()):
            if folded.startswith(word, at):
                if (
                    len(word) == 1
                    and kinds & ACTIVITY
                    and not _stands_alone(folded, at)
                ):
                    continue
                yield Known(at, at + len(word), kinds)
                at += len(word)
                break
        else:
            at += 1


def _stands_alone(folded: str, at: int) -> bool:
    """Tell whether 写, 发, 读 is the verb: it begins the text or a number follows."""
    after = folded[at + 1 : at + 3].strip("完好了 ")
    return (
        at == 0
        or folded[at - 1] in "要,;."
        or after[:1].isdigit()
        or after[:1] in "一两三四五六七八九十"
    )


def _english(folded: str) -> Iterator[Known]:
    end = 0
    for match in _WORD.finditer(folded):
        start = match.start()
        if start < end:
            continue
        word = match[0]
        for phrase, kinds in _PHRASES.get(word, ()):
            # "To improve …" opens a goal; only after something else is it the purpose.
            if start == 0 and kinds & PURPOSE:
                continue
            after = folded[start + len(phrase) : start + len(phrase) + 1]
            if folded.startswith(phrase, start) and not ("a" <= after <= "z"):
                end = start + len(phrase)
                yield Known(start, end, kinds)
                break
        else:
            bits = _ENGLISH.get(word) or _ENGLISH.get(word.removesuffix("'s"), 0)
            if bits:
                yield Known(start, match.end(), bits)


def united(known: Iterable[Known]) -> int:
    """Unite the bits of several words: everything a text has at all."""
    bits = 0
    for word in known:
        bits |= word.kinds
    return bits


def unknown_in(folded: str, covered: Iterable[tuple[int, int]]) -> int:
    """Count what no list, number or time explains: two characters make one word.

    Args:
        folded: The text after `fold`.
        covered: Half-open spans already explained.
    """
    kept, at = [], 0
    for start, end in sorted(covered):
        if start > at:
            kept.append(folded[at:start])
        at = max(at, end)
    kept.append(folded[at:])
    rest = " ".join(kept)
    words = sum([len(word) > 1 for word in _WORD.findall(rest)])
    if rest.isascii():
        return words
    return (sum(map(len, _HAN.findall(rest))) + 1) // 2 + words
