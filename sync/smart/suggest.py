"""A suggestion: the goal's own words, with the missing slots shown to fill."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from sync.smart.case import Case
from sync.smart.understand import Span, Understanding, understand
from sync.wording import Lang

_TIME: Final = {"zh": "在【截止日期】前，", "en": "By [due date], "}
_CHANGE: Final = {
    "zh": "将{object}从【基线】{verb}到【目标】",
    "en": "{verb} {object} from [baseline] to [target]",
}
_VERBS: Final = {
    ("zh", "up"): "提升",
    ("zh", "down"): "降低",
    ("en", "up"): "raise",
    ("en", "down"): "reduce",
}
_OWN_VERBS: Final = frozenset(
    {
        *(
            "提升",
            "提高",
            "增加",
            "扩大",
            "减少",
            "缩短",
            "压缩",
            "削减",
            "降低",
            "改善",
        ),
        *("improve", "increase", "grow", "raise", "boost", "expand", "enhance", "lift"),
        *("reduce", "decrease", "lower", "cut", "shorten", "drop", "minimize"),
    }
)
_MEASURED: Final = {
    "zh": "{text}，以【衡量指标】达到【目标值】为准",
    "en": "{text}, measured by [measure] reaching [target]",
}
_OBJECT: Final = {"zh": "【具体对象】", "en": "[object]"}
_START: Final = {"zh": "（基线：【当前值】）", "en": " (baseline: [current value])"}
_LEARNED: Final = {
    "zh": "{text}，以【考试、作品或证书】为证",
    "en": "{text}, shown by [exam, work sample or certificate]",
}
_EDGE: Final = " ,;.:!，。；：！、"
_CLAUSE: Final = re.compile("[,;]")
_LEAD: Final = re.compile(
    r"^(?:我们?|本部门|今年|要|将|把|使|让|努力|尽快|持续|不断|进一步|大幅|积极|全面|加强|深入|大力"
    r"|i want to|we want to|i will|we will|to|the|our|my|and|并)+ ?"
)


class Gap(NamedTuple):
    """What the suggestion has to leave open."""

    time: bool
    number: bool
    baseline: bool


def suggest(case: Case, missing: tuple[str, ...]) -> tuple[str, str]:
    """Write the goal in Chinese and English with slots; empty when nothing is missing.

    Numbers are never invented: every one is the author's own or an open slot.
    """
    gap = Gap(
        "T" in missing,
        "M" in missing or ("S" in missing and not case.has_number),
        "M" not in missing and _lacks_start(case),
    )
    if not any(gap) or not case.words.title.text:
        return "", ""
    title = case.words.title.text
    return _written(title, gap, "zh"), _written(title, gap, "en")


def _lacks_start(case: Case) -> bool:
    words, goal = case.words, case.goal
    if words.baseline or goal.baseline is not None or goal.target is not None:
        return False
    relative = any(amount.role == "by" for amount in words.title.results)
    return relative and words.title.change in ("up", "down")


@lru_cache(maxsize=65_536)
def _written(text: str, gap: Gap, lang: Lang) -> str:
    title = understand(text)
    core = _core(title, gap, lang)
    if gap.baseline:
        core = core.rstrip(_EDGE) + _START[lang]
    lead = _TIME[lang] if gap.time else ""
    if lead and lang == "en" and title.lang == "en":
        core = _lowered(core)
    return lead + core


def _core(title: Understanding, gap: Gap, lang: Lang) -> str:
    own = _own_words(title)
    if not gap.number:
        return own
    thing = _object(title)
    if title.change in ("up", "down") and _is_simple(title):
        verb = _verb(title, lang)
        return _CHANGE[lang].format(object=thing or _OBJECT[lang], verb=verb)
    template = _LEARNED if title.learning else _MEASURED
    return template[lang].format(text=own or _OBJECT[lang])


def _is_simple(title: Understanding) -> bool:
    """Tell "提升 X" and "improve X", which can be turned, from longer sentences."""
    if (
        title.verb is None
        or title.goals > 1
        or _CLAUSE.search(title.folded.strip(_EDGE))
    ):
        return False
    before = _LEAD.sub("", title.folded[: title.verb[0]].strip(_EDGE))
    return title.lang == "zh" or not before


def _verb(title: Understanding, lang: Lang) -> str:
    """Keep the author's own verb where it goes with "from … to …"."""
    if title.verb is not None and title.lang == lang:
        start, end = title.verb
        own = title.text[start:end].lower()
        if own in _OWN_VERBS:
            return own
    return _VERBS[lang, title.change]


def _own_words(title: Understanding) -> str:
    """The text without its vague times, which the slot replaces."""
    kept, at = [], 0
    for time in title.times:
        if time.kind is Span.VAGUE:
            kept.append(title.text[at : time.start])
            at = time.end
    kept.append(title.text[at:])
    return "".join(kept).strip(_EDGE)


def _object(title: Understanding) -> str:
    """Find what is to change: the words around the verb, without openers and vagueness."""
    if title.verb is None:
        return ""
    cut = [title.verb, *title.vague]
    cut += [(time.start, time.end) for time in title.times]
    kept, at = [], 0
    for start, end in sorted(cut):
        if start >= at:
            kept.append(title.text[at:start])
            at = end
    kept.append(title.text[at:])
    parts = [
        _LEAD.sub(
            "", part.strip(_EDGE).lower() if part.isascii() else part.strip(_EDGE)
        )
        for part in kept
    ]
    joiner = " " if title.lang == "en" else ""
    return joiner.join(part for part in parts if part)


def _lowered(text: str) -> str:
    """Start small after "By …," unless the word is an abbreviation or a lone I."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() else text[:1].lower() + text[1:]
