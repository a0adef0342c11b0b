"""Sentences that exist in every language we speak, filled in when they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

NOTHING: Mapping[str, object] = {}
UNTRANSLATED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Chinese and English, with named slots.

    Templates are shared and the slots are filled on demand: most sentences of a
    run are never shown, and the same one is shown in both languages.

    >>> Text("满 {n} 天", "{n} days", {"n": 3}).in_("en")
    '3 days'
    """

    zh: str
    en: str
    slots: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    """Slot name → value; a value that is itself a `Text` is shown in the same language."""

    def in_(self, lang: Lang, catalogue: Mapping[str, str] = UNTRANSLATED) -> str:
        """Show the sentence in one language.

        Args:
            lang: The language.
            catalogue: Sentence of that language → the same in a third one.

        Raises:
            KeyError: If the template names a slot that was not given.
        """
        template = self.zh if lang == "zh" else self.en
        template = catalogue.get(template, template)
        if not self.slots:
            return template
        return template.format_map(
            {
                name: value.in_(lang, catalogue) if isinstance(value, Text) else value
                for name, value in self.slots.items()
            }
        )

    def fill(self, **slots: object) -> "Text":
        """Give the slots of a shared template their values."""
        return Text(self.zh, self.en, slots)


def same(text: str) -> Text:
    """Wrap text that needs no translation, such as a name or a number."""
    return Text("{it}", "{it}", {"it": text})


def shorten(text: str, limit: int = 40) -> str:
    """Cut text to ``limit`` characters for a message, on one line.

    >>> shorten("a  b" + "c" * 50, 10)
    'a bcccccc…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
