"""The words of the rules: messages and documentation, kept as data per letter."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sync.smart.rules import Doc, Docs, Message
from sync.wording import LANGS, Lang, Text

_FOLDER = Path(__file__).with_name("wording")


@cache
def _letter(letter: str) -> dict[str, Any]:
    """Read the words of one letter's rules."""
    path = _FOLDER / f"{letter.lower()}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def message(code: str, variant: str = "") -> Message:
    """Give the two sentences of a finding, with their slots still open.

    Args:
        code: The rule's code.
        variant: Which of its messages; empty for the first.

    Raises:
        KeyError: If the rule has no such message.
    """
    words = _letter(code[0])[code]
    suffix = f"_{variant.replace('-', '_')}" if variant else ""
    zh, en = words["zh"], words["en"]
    return Message(
        what=Text(zh["what" + suffix], en["what" + suffix]),
        fix=Text(zh.get("fix" + suffix, zh["fix"]), en.get("fix" + suffix, en["fix"])),
    )


@cache
def docs(code: str) -> Docs:
    """Give the documentation of a rule in every language."""
    words = _letter(code[0])[code]
    return {lang: _doc(words[lang]) for lang in LANGS}


def title_of(code: str, lang: Lang) -> str:
    """Give the short name of a rule as a reader says it."""
    title: str = _letter(code[0])[code][lang]["title"]
    return title


def _doc(words: dict[str, Any]) -> Doc:
    return Doc(
        checks=words["checks"],
        why=words["why"],
        example=tuple(words["example"]),
        instead=tuple(words["instead"]),
        options=words.get("options", ""),
        gaps=words.get("gaps", ""),
    )
