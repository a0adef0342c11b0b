"""How SMART the goals of an edition are: scores, and the rules that they break."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.lines import goal_line, no_links
from sync.assess.model import GoalAssessment
from sync.smart.docs import docs, title_of
from sync.wording import Text

_MOST_EXAMPLES = 3
_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Goals whose SMART score lies between two bounds, both included."""

    low: int
    high: int
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule, how many goals it found wanting, and a few of them."""

    code: str
    title: Text
    why: Text
    n: int
    examples: tuple[str, ...]


def bins(scores: Sequence[int]) -> tuple[Bin, ...]:
    """Count scores by ten points."""
    counts = Counter(min(score // _BINS, _BINS - 1) for score in scores)
    return tuple(
        Bin(
            low=number * 10,
            high=100 if number == _BINS - 1 else number * 10 + 9,
            n=counts[number],
        )
        for number in range(_BINS)
    )


def rules(goals: Iterable[GoalAssessment]) -> tuple[RuleLine, ...]:
    """Gather what the lint found, the most frequent first."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in goals:
        for finding in one.verdict.findings:
            if finding.letter:
                title = goal_line(one, no_links).title.in_("en")
                found[finding.code].setdefault(one.goal.key, title)
    worst = sorted(found.items(), key=lambda item: -len(item[1]))
    return tuple(
        RuleLine(
            code=code,
            title=Text(title_of(code, "zh"), title_of(code, "en")),
            why=Text(docs(code)["zh"].why, docs(code)["en"].why),
            n=len(titles),
            # The same words from many people are one example.
            examples=tuple(dict.fromkeys(titles.values()))[:_MOST_EXAMPLES],
        )
        for code, titles in worst
    )
