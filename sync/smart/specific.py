"""S: the goal says what is to change, for whom or where, and only one thing."""

from typing import Final

from sync.smart.case import Case
from sync.smart.rules import Grade, Hit, Rule
from sync.smart.understand import Understanding
from sync.wording import shorten

_OBJECT: Final = 8
_PRECISE: Final = 12
_CLEAN: Final = 5
_ENOUGH: Final = 2
"""Words of its own that make a goal specific without any number."""


def grade(case: Case) -> Grade:
    """Grade: an object 8, words of its own up to 12, one goal and no vague word 5."""
    words, title = case.words, case.words.title
    has_object = words.content > 0 or title.nouns > 0
    points = _OBJECT if has_object else 0
    measured = case.has_number or bool(case.goal.metric)
    precise = 4 * words.content + (4 if measured else 0) + min(2, title.nouns)
    points += min(_PRECISE, precise) if has_object else 0
    clean = title.goals == 1 and title.placeholder is None
    if clean and has_object and (not title.vague or measured):
        points += _CLEAN
    return Grade(points, missing=not _is_specific(case))


def _is_specific(case: Case) -> bool:
    words, title = case.words, case.words.title
    if title.placeholder is not None and not case.has_number:
        return False
    if not (words.content or title.nouns):
        return case.has_number and bool(case.goal.metric)
    if case.has_number or case.goal.metric:
        return True
    if title.vague:
        return words.content > _ENOUGH
    # 退货率 is precise by itself, 服务质量 is not.
    return words.content >= (_ENOUGH if title.abstract else 1)


def _unmeasured(case: Case) -> bool:
    return not case.has_number and not case.goal.metric and not case.goal.target


def _object_missing(case: Case) -> Hit | None:
    words, title = case.words, case.words.title
    if not title.text or words.content or title.nouns or not _unmeasured(case):
        return None
    if title.placeholder is not None:
        return None
    return Hit("goal_title", {"text": shorten(title.text)})


def _abstract_alone(case: Case) -> Hit | None:
    words, title = case.words, case.words.title
    # A bare name, such as "Process automation", is a heading; with a verb it is a wish.
    enough = _ENOUGH if title.change or title.activity else 1
    if words.content >= enough or not title.abstract or not _unmeasured(case):
        return None
    if words.acceptance or words.deliverable:
        return None
    return Hit("goal_title", {"text": shorten(title.text)})


def _scope_missing(case: Case) -> Hit | None:
    words, title = case.words, case.words.title
    if words.content or not title.nouns or title.abstract or not _unmeasured(case):
        return None
    if not title.change:
        return None
    return Hit("goal_title", {"text": shorten(title.text)})


def _several_goals(case: Case) -> Hit | None:
    title = case.words.title
    if title.goals < 2:  # noqa: PLR2004
        return None
    return Hit("goal_title", {"text": shorten(title.text), "n": title.goals})


def _vague_words(case: Case) -> Hit | None:
    title = case.words.title
    if not title.vague or not _unmeasured(case) or _object_missing(case):
        return None
    # One finding for one cell: a text without scope needs more than a better word.
    if case.words.acceptance or _abstract_alone(case) or _scope_missing(case):
        return None
    return Hit("goal_title", {"words": _quoted(title)})


def _quoted(title: Understanding) -> str:
    words = dict.fromkeys(title.text[start:end] for start, end in title.vague)
    return " / ".join(list(words)[:3])


def _placeholder(case: Case) -> Hit | None:
    title = case.words.title
    if title.placeholder is None:
        return None
    start, end = title.placeholder
    return Hit("goal_title", {"slot": title.text[start:end]})


RULES: Final = (
    Rule("S001", "object-missing", "S", "warning", "text", _object_missing),
    Rule("S002", "scope-missing", "S", "info", "goal", _scope_missing),
    Rule("S101", "abstract-noun-alone", "S", "warning", "goal", _abstract_alone),
    Rule("S102", "several-goals-in-one", "S", "info", "text", _several_goals),
    Rule("S103", "vague-words", "S", "info", "goal", _vague_words),
    Rule("S104", "unfilled-placeholder", "S", "warning", "text", _placeholder),
)
