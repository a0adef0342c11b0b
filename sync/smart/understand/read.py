"""Understanding a goal's words: one pass per kind of thing, then the joint reading."""

import re
from functools import lru_cache
from typing import Final, Literal

from sync.smart.understand import words as w
from sync.smart.understand.amounts import amounts_in
from sync.smart.understand.fold import flatten, fold, is_han
from sync.smart.understand.model import (
    Amount,
    Sort,
    Span,
    Time,
    Understanding,
)
from sync.smart.understand.reread import deadlines_of, reread, results_of
from sync.smart.understand.shape import shape_of
from sync.smart.understand.times import times_in
from sync.smart.understand.words import Known
from sync.wording import Lang

LIMIT: Final = 2000
"""Characters of a cell that are read; a goal is a sentence, not a chapter."""

_PLACEHOLDER: Final = re.compile(
    r"\[[^\[\]\d]{1,30}\]|<[a-z][a-z ]{1,24}>|\{[^{}]{1,30}\}|【[^【】]{1,20}】|_{2,20}"
    r"|(?<![a-z0-9])x{1,3} ?(?:%|天|个|万|元|次|日|月)|(?<![a-z0-9])xx{1,3}(?![a-z0-9])|[×ｘ]{2,4}|\?{2,5}|^(?:tbd|tbc|n/?a|待定|无|暂无|待补充)$"
)
_MEANS: Final = re.compile(
    r"(?:通过|借助|利用|采用|基于|依托|运用|为了|为)[^,;.]{1,60},"
)
_LIST_ITEM: Final = re.compile(
    r"(?:^|[;, ])(?:\(?[1-9][.,)](?![0-9])|[一二三四五][,.](?!\d)|[①-⑨])"
)
_BREAK: Final = re.compile(r"[;,.](?![0-9])")
_JOINED: Final = re.compile(
    r"(?:并且?|同时|以及|且|和|,|;| and | & |, ?and )(?:同时|要|also )? ?$"
)
_PART: Final = re.compile(r"其中|使|让|即|包括|including|of which|each|respectively")
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_LATIN: Final = re.compile("[a-z]{2,40}")
_ORDERED: Final = re.compile(r"^ ?$|(?:^|\b(?:to|will|must|should|and|we|i)|[,;:.]) $")
_FIRST: Final = re.compile(
    r"(?:行业|业界|业内|全国|国内|全球|世界|全省|全市)[^,;. ]{0,6}第一(?![季阶期个批步线])"
)
_EDGE: Final = " ,;.:!"


@lru_cache(maxsize=4096)
def understand(text: str) -> Understanding:
    """Read one goal text; any text is understood, if only as saying nothing.

    Args:
        text: As the cell holds it; only its first `LIMIT` characters are read.
    """
    flat = flatten(text[: LIMIT * 2])[:LIMIT]
    shape = shape_of(flat)
    like = read(shape)
    return like if shape == flat else reread(flat, like) or read(flat)


@lru_cache(maxsize=65_536)
def read(flat: str) -> Understanding:
    """Read a text on one line, all of it, word by word."""
    folded = fold(flat)
    times = times_in(folded, flat)
    amounts = amounts_in(folded, times)
    known = w.known_in(folded)
    return _joint(flat, folded, (amounts, times), known)


def _joint(
    flat: str,
    folded: str,
    found: tuple[tuple[Amount, ...], tuple[Time, ...]],
    known: list[Known],
) -> Understanding:
    amounts, times = found
    bits = w.united(known)
    main = _main_clause(folded, known)
    verb = _main_verb(main, folded)
    change = _direction(verb)
    placeholder = _PLACEHOLDER.search(folded)
    slot = placeholder.span() if placeholder else None
    deliver = any(word.kinds & w.DELIVER for word in main) or _names_thing(main, folded)
    return Understanding(
        text=flat,
        folded=folded,
        lang=language(folded),
        amounts=amounts,
        times=times,
        results=results_of(amounts),
        deadlines=deadlines_of(times),
        change=change,
        clear=verb is not None and _is_clear(verb, folded),
        verb=(verb.start, verb.end) if verb else None,
        baseline=_baseline(amounts, bits, times),
        deliverable=deliver and change not in ("up", "down"),
        acceptance=bool(bits & w.ACCEPTANCE),
        activity=_is_activity(main, change),
        learning=bool(bits & w.LEARNING),
        ambition=bool(bits & w.AMBITION) or bool(_FIRST.search(folded)),
        purpose=bool(bits & w.PURPOSE) or folded.startswith(("为", "to better")),
        means=bool(bits & w.MEANS),
        sourced=bool(bits & w.SOURCE),
        vague=tuple((word.start, word.end) for word in known if word.kinds & w.VAGUE),
        placeholder=slot,
        nouns=sum(1 for word in main if word.kinds & (w.GENERAL | w.ABSTRACT)),
        abstract=sum(1 for word in main if word.kinds & w.ABSTRACT),
        content=w.unknown_in(folded, _explained(found, known, slot)),
        goals=_count_goals(folded, main, amounts),
    )


def _main_clause(folded: str, known: list[Known]) -> list[Known]:
    """Leave out the words of "通过…，", which say how and not what."""
    aside = [match.span() for match in _MEANS.finditer(folded)]
    return [word for word in known if not _inside(word.start, aside)]


def _explained(
    found: tuple[tuple[Amount, ...], tuple[Time, ...]],
    known: list[Known],
    slot: tuple[int, int] | None,
) -> list[tuple[int, int]]:
    """Give the spans that say nothing of the goal's own object."""
    amounts, times = found
    # A report or a handbook is what the goal is about, and counts as its own word.
    covered = [(word.start, word.end) for word in known if word.kinds != w.THING]
    covered += [(amount.start, _end_of_number(amount)) for amount in amounts]
    covered += [(time.start, time.end) for time in times]
    return [*covered, slot] if slot else covered


def _names_thing(known: list[Known], folded: str) -> bool:
    """Tell a task named after its product, such as 压测报告."""
    if not known or known[0].kinds & w.ACTIVITY:
        return False
    last = known[-1]
    return bool(last.kinds & w.THING) and not folded[last.end :].strip(_EDGE)


def _end_of_number(amount: Amount) -> int:
    """Leave "articles" in "10 articles" to be counted as what the goal is about."""
    own_word = amount.sort is Sort.COUNT and amount.unit.isascii()
    return amount.end - len(amount.unit) if own_word else amount.end


def language(folded: str) -> Lang:
    """Name the language of a text: Chinese once it has as many characters as words."""
    if folded.isascii():
        return "en"
    han = sum(map(len, _HAN.findall(folded)))
    return "zh" if han and han * 2 >= len(_LATIN.findall(folded)) else "en"


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _main_verb(known: list[Known], folded: str) -> Known | None:
    """Find the verb of change; 达到 yields to a 提升 that follows."""
    keeping = None
    for word in known:
        if word.kinds & (w.UP | w.DOWN):
            # "流程优化" at the end is a noun, as is "up" in "follow up".
            at_end = not folded[word.end :].strip(_EDGE) and is_han(folded[word.start])
            if at_end or _follows_verb(word, folded):
                continue
            return word
        if word.kinds & w.KEEP and keeping is None:
            keeping = word
    return keeping


def _follows_verb(word: Known, folded: str) -> bool:
    return folded[word.start : word.end] == "up" and word.start > 0


def _direction(verb: Known | None) -> Literal["", "up", "down", "keep"]:
    if verb is None:
        return ""
    if verb.kinds & w.UP:
        return "up"
    return "down" if verb.kinds & w.DOWN else "keep"


def _is_clear(verb: Known, folded: str) -> bool:
    """Tell an order to raise or lower from "improve" and from "reduced cost"."""
    if verb.kinds & w.EITHER or not verb.kinds & (w.UP | w.DOWN):
        return False
    if is_han(folded[verb.start]):
        return True
    return not folded[verb.start : verb.end].endswith("ed") and bool(
        _ORDERED.search(folded, max(0, verb.start - 8), verb.start)
    )


def _baseline(
    amounts: tuple[Amount, ...], bits: int, times: tuple[Time, ...]
) -> Literal["", "value", "reference"]:
    if any(amount.role == "from" for amount in amounts):
        return "value"
    if bits & w.REFERENCE or any(time.kind is Span.PAST for time in times):
        return "reference"
    return ""


def _is_activity(known: list[Known], change: str) -> bool:
    """Tell whether the goal is only an activity: its own verb says what is done."""
    if change in ("up", "down", "keep"):
        return False
    return any(word.kinds & w.ACTIVITY for word in known)


def _count_goals(folded: str, known: list[Known], amounts: tuple[Amount, ...]) -> int:
    """Count the goals one text holds, one when in doubt.

    A list with its own numbers counts its items; clauses count when each has its own
    result; and a second verb of change counts right after 并, 同时 or "and".
    """
    items = len(_LIST_ITEM.findall(folded))
    if items > 1:
        return items
    changes = [word for word in known if word.kinds & (w.UP | w.DOWN)]
    joined = sum(
        1
        for word in changes[1:]
        if _JOINED.search(folded, max(0, word.start - 12), word.start)
    )
    if len(changes) > 1 and joined and not _PART.search(folded):
        return 1 + joined
    return max(1, _clauses_with_results(folded, amounts))


def _clauses_with_results(folded: str, amounts: tuple[Amount, ...]) -> int:
    """Count the clauses that name a result of their own, unless they are parts of one."""
    ends = [a for a in amounts if a.role == "to" and a.sort is not Sort.BARE]
    if len(ends) < 2 or _PART.search(folded):  # noqa: PLR2004
        return 1
    breaks = [match.start() for match in _BREAK.finditer(folded)]
    return len({sum(1 for at in breaks if at < amount.start) for amount in ends})
