"""Sentences in which our words and people's are woven together already.

Only ours may be translated by a catalogue: they are known by their own brackets or by
standing around a goal's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.wording import UNTRANSLATED, Lang, Text

_QUOTED = Text("“{name}”", "“{name}”")
_NOBODY = Text("", "")
_COLON = Text("：", ": ")
_IT = Text("这项目标", "it")

_GAPS = (
    Text("在【截止日期】前，将", "By [due date], "),
    Text("在【截止日期】前，", "By [due date], "),
    Text("从【基线】", " from [baseline]"),
    Text("到【目标】", " to [target]"),
    Text(
        "，以【衡量指标】达到【目标值】为准",
        ", measured by [measure] reaching [target]",
    ),
    Text("（基线：【当前值】）", " (baseline: [current value])"),
    Text(
        "，以【考试、作品或证书】为证",
        ", shown by [exam, work sample or certificate]",
    ),
    Text("【具体对象】", "[object]"),
)
"""What a suggestion of the lint adds to a goal's own words."""
_OPENER = Text("将", "")
"""Before a goal's own words in a Chinese suggestion; anywhere else it is theirs."""


@dataclass(frozen=True, slots=True)
class Unnamed(Text):
    """A sentence that says “it” for a goal whose name the reader has just read."""

    name: Text = _NOBODY

    def in_(self, lang: Lang, catalogue: Mapping[str, str] = UNTRANSLATED) -> str:
        """Show the sentence in one language."""
        said = Text.in_(self, lang, catalogue)
        quoted = _QUOTED.fill(name=self.name).in_(lang, catalogue)
        said = said.removeprefix(quoted + _COLON.in_(lang))
        if said.startswith(quoted) and lang == "zh":
            # “X”的进展 begins as 进展: without its owner a 的 belongs to nobody.
            said = said.removeprefix(quoted).lstrip(_COLON.zh).removeprefix("的")
        return said.replace(quoted, _IT.in_(lang, catalogue))


def unnamed(text: Text, name: Text) -> Unnamed:
    """Leave a goal's name out of a sentence."""
    return Unnamed(text.zh, text.en, text.slots, name)


@dataclass(frozen=True, slots=True)
class Suggested(Text):
    """A goal's own words with the gaps to fill."""

    def in_(self, lang: Lang, catalogue: Mapping[str, str] = UNTRANSLATED) -> str:
        """Show the suggestion in one language."""
        said = self.zh if lang == "zh" else self.en
        if not catalogue:
            return said
        for gap in _GAPS:
            own = gap.zh if lang == "zh" else gap.en
            said = said.replace(own, gap.in_(lang, catalogue))
        opener = _OPENER.zh if lang == "zh" else _OPENER.en
        if opener and said.startswith(opener):
            said = _OPENER.in_(lang, catalogue) + said.removeprefix(opener)
        return said
