"""What HR's letter says of marks and feedback: a few sentences, no mark of anybody."""

from collections.abc import Iterator

from reports.audience import OrganisationView
from reports.show import one_line
from sync.assess.evaluation.model import Evaluation, Marks, Tendency
from sync.wording import Text

_MOST = 3

_GAP = {
    "self_higher": Text(
        "{name}的自评比主管评分高 {points} 分（折合百分制），适合当面谈谈依据",
        "{name}'s own mark is {points} points of 100 above the manager's: worth a talk "
        "about what each of them saw",
    ),
    "manager_higher": Text(
        "{name}的自评比主管评分低 {points} 分（折合百分制），可以问问本人的顾虑",
        "{name}'s own mark is {points} points of 100 below the manager's: worth asking "
        "what holds them back",
    ),
}
_LEANING = {
    "lenient": Text(
        "{name}给 {n} 人的评分整体偏高", "{name} marks higher than others ({n} people)"
    ),
    "severe": Text(
        "{name}给 {n} 人的评分整体偏低", "{name} marks lower than others ({n} people)"
    ),
}
_CENTRAL = Text(
    "{name}给 {n} 人的评分几乎没有差别", "{name} gives {n} people nearly the same mark"
)
_RECENT = Text(
    "{name}与下属的沟通多半集中在周期最后五分之一，评分可能只反映近况",
    "{name}: most talks fell into the last fifth of the period; the marks may stand for "
    "that time only",
)
_HALO = Text(
    "{name}对同一个人的各项能力评分几乎相同",
    "{name} gives one person nearly the same mark for every competency",
)
_SHORT = Text(
    "360 度反馈共 {of} 组，其中 {n} 组作答人数不足，结果不显示",
    "360-degree feedback: {n} of {of} groups have too few answers to be shown",
)


def evaluation_sentences(view: OrganisationView) -> tuple[Text, ...]:
    """Give the largest gaps, how managers mark, and how much feedback is suppressed.

    Tendencies are for a talk about standards, not for correcting anybody's marks.

    Args:
        view: HR's; no other audience has marks or feedback at all.

    Returns:
        At most eight sentences; none where the workbook holds no marks and feedback.
    """
    found = view.assessment.evaluation
    return () if found is None else tuple(_sentences(found))


def _sentences(found: Evaluation) -> Iterator[Text]:
    gaps = [one for one in found.marks if one.direction in _GAP and one.employee]
    gaps.sort(key=lambda one: -abs(one.gap or 0.0))
    yield from (_gap(one) for one in gaps[:_MOST])
    leaning = [text for one in found.tendencies for text in _tendencies(one)]
    yield from leaning[: _MOST + 1]
    if found.n_short:
        yield _SHORT.fill(n=found.n_short, of=len(found.groups))


def _gap(one: Marks) -> Text:
    points = round(abs(one.gap or 0.0) * 100)
    sentence = _GAP[str(one.direction)]
    return sentence.fill(name=one_line(one.employee, 30), points=points)


def _tendencies(one: Tendency) -> Iterator[Text]:
    slots = {"name": one_line(one.rater, 30), "n": one.n}
    if one.leaning in _LEANING:
        yield _LEANING[one.leaning].fill(**slots)
    if one.central:
        yield _CENTRAL.fill(**slots)
    if one.halo:
        yield _HALO.fill(**slots)
    if one.recent:
        yield _RECENT.fill(**slots)
