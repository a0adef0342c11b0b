"""Sentences and rows as JSON that is small and that no content can break out of."""

import json
from string import Formatter

from reports.show import one_line
from sync.wording import LANGS, Text

LONGEST = 400
"""Characters of one sentence or of one of its slots."""


class Sentences:
    """Every template once; a sentence is its template's number and its slots.

    Five thousand reasons share a few dozen templates: kept apart from their numbers
    they take a fifth of the room, and each is there in both languages.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, tuple[str, ...]], int] = {}

    @property
    def templates(self) -> list[list[object]]:
        """Per template: Chinese, English, the names of its slots in order."""
        return [[zh, en, list(names)] for zh, en, names in self._numbers]

    def encode(self, text: Text | None) -> object:
        """Write a sentence.

        Returns:
            A plain string where both languages say the same; else a list of the
            template's number and the encoded slots; ``None`` for no sentence.
        """
        if text is None:
            return None
        if not text.slots:
            return [self._number(_line(text.zh), _line(text.en), ())]
        names = tuple(text.slots)
        if text.zh == text.en == f"{{{names[0]}}}":
            return self._slot(text.slots[names[0]])
        if not _plain(text, names):
            shown_zh, shown_en = (_line(text.in_(lang)) for lang in LANGS)
            return [self._number(shown_zh, shown_en, ())]
        slots = [self._slot(text.slots[name]) for name in names]
        return [self._number(text.zh, text.en, names), *slots]

    def _slot(self, value: object) -> object:
        return self.encode(value) if isinstance(value, Text) else _line(str(value))

    def _number(self, zh: str, en: str, names: tuple[str, ...]) -> int:
        return self._numbers.setdefault((zh, en, names), len(self._numbers))


class Words:
    """Names that repeat, each once; a row holds their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def listed(self) -> list[str]:
        """The words by number."""
        return list(self._numbers)

    def number(self, word: str, limit: int = 80) -> int:
        """Give the number of a word, shown on one line."""
        return self._numbers.setdefault(one_line(word, limit), len(self._numbers))


def script_json(document: object) -> str:
    """Write JSON for the inside of a ``<script>``.

    No ``<`` or ``>`` stays, so neither a closing tag nor a comment can begin in it
    (HTML, 4.12.1.3); the two separators of lines are escaped for old readers.
    """
    plain = json.dumps(
        document, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    for character in "<>&\u2028\u2029":
        plain = plain.replace(character, f"\\u{ord(character):04x}")
    return plain


def _line(text: str) -> str:
    """Show a part on one line; a space at its edge parts it from its neighbour."""
    shown = one_line(text, LONGEST)
    before = " " if text[:1].isspace() else ""
    after = " " if shown and text[-1:].isspace() else ""
    return before + shown + after


def _plain(text: Text, names: tuple[str, ...]) -> bool:
    """Whether the page can fill the template: bare slots, nothing else in braces."""
    for template in (text.zh, text.en):
        if "{{" in template or "}}" in template:
            return False
        for _, field, spec, conversion in Formatter().parse(template):
            if field is not None and (field not in names or spec or conversion):
                return False
    return True
