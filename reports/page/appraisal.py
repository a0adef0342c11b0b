"""Marks, scores and published feedback as HR's page shows them."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.page.charts import Spoke, sides, spokes
from reports.page.edition import Edition
from reports.page.fitting import fitting
from reports.show import one_line
from sync.assess.evaluation.model import (
    Evaluation,
    Feedback360,
    GroupFigure,
    Marks,
    Tendency,
)
from sync.wording import Text

RADAR = 62.0
"""Length of a radar's axis, in its own units."""
_LABELS = 15.0
_LABEL = 16
"""Half-width characters beside the chart of gaps."""
_MOST_GAPS = 12
_MOST_RADARS = 12
_MOST_RATERS = 20
_STEPS = 10

RELATIONS: Mapping[str, Text] = {
    "self": Text("本人", "Self"),
    "manager": Text("上级", "Manager"),
    "peer": Text("同事", "Peers"),
    "report": Text("下属", "Reports"),
    "other": Text("其他", "Others"),
}
_ALWAYS = ("self", "manager", "peer", "report")
"""Axes every radar has, so that two of them can be laid side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How one person's own mark lies beside the manager's."""

    name: str
    label: str
    """The name, cut to the room beside the chart."""
    own: float
    manager: float
    """Shares of the scale, 0–1."""
    own_mark: float | None
    manager_mark: float | None
    """As the sheet has them."""
    points: int
    """Self minus manager, in points of 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One group of raters on a radar."""

    label: Text
    spoke: Spoke
    figure: GroupFigure | None
    """``None`` when nobody of the kind was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar:
    """One person's published 360-degree feedback."""

    name: str
    cycle: str
    axes: tuple[Axis, ...]
    outline: str
    composite: float | None
    self_gap: float | None
    n_suppressed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """How many people got one grade, or a mark within one tenth of the scale."""

    label: str
    n: int
    guideline: int | None
    """How many the office's guideline expects; ``None`` without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """The evaluation section, laid out."""

    n_marks: int
    n_self_higher: int
    n_manager_higher: int
    gaps: tuple[Gap, ...]
    """The widest first."""
    lowest: float
    """Where their chart begins, 0–0.9."""
    slices: tuple[Slice, ...]
    by_grade: bool
    """Whether `slices` are grades; else tenths of the scale."""
    raters: tuple[Tendency, ...]
    """Those that lean first."""
    n_more_raters: int
    radars: tuple[Radar, ...]
    n_more_radars: int
    n_suppressed: int
    """Groups with too few raters to be shown."""
    n_groups: int
    boxes: tuple[tuple[int, int, int], ...]
    """Nine-box counts: potential high to low, performance low to high; or empty."""
    kpi_mean: int | None
    n_kpis: int
    n_scored: int
    n_texts: int
    n_wanting: int


def appraisal(shown: Edition) -> Appraisal | None:
    """Lay out marks and feedback; ``None`` for anybody but HR, and where none are."""
    found = shown.evaluation
    if found is None or not (found.marks or found.kpis or shown.feedback):
        return None
    raters = sorted(found.tendencies, key=_is_plain)
    radars = sorted(shown.feedback, key=_interest)
    scored = [one.score for one in found.kpis if one.score is not None]
    slices, by_grade = _distribution(found)
    directions = Counter(one.direction for one in found.marks)
    gaps = _gaps(found.marks)
    groups = [group for one in shown.feedback for group in one.groups]
    return Appraisal(
        n_marks=len(found.marks),
        n_self_higher=directions["self_higher"],
        n_manager_higher=directions["manager_higher"],
        gaps=gaps,
        lowest=min([0.9, *(_tenth_below(one) for one in gaps)]),
        slices=slices,
        by_grade=by_grade,
        raters=tuple(raters[:_MOST_RATERS]),
        n_more_raters=max(0, len(raters) - _MOST_RATERS),
        radars=tuple(_radar(one) for one in radars[:_MOST_RADARS]),
        n_more_radars=max(0, len(radars) - _MOST_RADARS),
        n_suppressed=sum(group.share is None for group in groups),
        n_groups=len(groups),
        boxes=_boxes(found.marks),
        kpi_mean=round(sum(scored) / len(scored)) if scored else None,
        n_kpis=len(found.kpis),
        n_scored=len(scored),
        n_texts=found.n_texts,
        n_wanting=len(found.wordings),
    )


def relation(name: str) -> Text:
    """Name a group of raters; one the sheet calls otherwise keeps its word."""
    shown = one_line(name, 12)
    return RELATIONS.get(name, Text("{name}", "{name}", {"name": shown}))


def ordered(groups: Iterable[GroupFigure]) -> list[GroupFigure]:
    """Put the groups into the order of the axes."""
    places = list(RELATIONS)
    return sorted(
        groups,
        key=lambda one: places.index(one.relation) if one.relation in places else 99,
    )


def _gaps(marks: Iterable[Marks]) -> tuple[Gap, ...]:
    both = [
        Gap(
            name=one_line(one.employee, 30),
            label=fitting(one_line(one.employee, 30), _LABEL),
            own=one.own_share,
            manager=one.manager_share,
            own_mark=one.own,
            manager_mark=one.manager,
            points=round((one.own_share - one.manager_share) * 100),
        )
        for one in marks
        if one.own_share is not None and one.manager_share is not None
    ]
    wide = (one for one in both if one.points)
    return tuple(sorted(wide, key=lambda one: -abs(one.points))[:_MOST_GAPS])


def _tenth_below(one: Gap) -> float:
    share = min(one.own, one.manager)
    return max(math.ceil(share * _STEPS) - 1, 0) / _STEPS


def _distribution(found: Evaluation) -> tuple[tuple[Slice, ...], bool]:
    """Count people by grade where most have one, else by tenths of the scale."""
    graded = [one for one in found.marks if one.grade.strip()]
    if len(graded) * 2 > len(found.marks):
        return _by_grade(found, graded), True
    shares = [one.final_share for one in found.marks if one.final_share is not None]
    if not shares:
        return (), False
    counts = Counter(min(int(share * _STEPS), _STEPS - 1) for share in shares)
    return tuple(
        Slice(label=f"{step * 10}–{(step + 1) * 10}", n=counts[step], guideline=None)
        for step in range(_STEPS)
    ), False


def _by_grade(found: Evaluation, graded: Sequence[Marks]) -> tuple[Slice, ...]:
    counts = Counter(one_line(one.grade, 12) for one in graded)
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for one in graded:
        if one.final_share is not None:
            shares[one_line(one.grade, 12)].append(one.final_share)
    expected: Counter[str] = Counter()
    for count in found.grades:
        expected[one_line(count.grade, 12)] += count.guideline
    labels = list(dict.fromkeys([*expected, *counts]))

    def _height(grade: str) -> tuple[float, str]:
        known = shares[grade]
        return (-sum(known) / len(known) if known else 0.0), grade

    # A guideline is written from the best grade down; marks say it otherwise.
    if not expected:
        labels.sort(key=_height)
    return tuple(
        Slice(
            label=grade,
            n=counts[grade],
            guideline=expected[grade] if expected else None,
        )
        for grade in labels
    )


def _boxes(marks: Iterable[Marks]) -> tuple[tuple[int, int, int], ...]:
    counts: Counter[tuple[int, int]] = Counter(one.box for one in marks if one.box)
    if not counts:
        return ()
    return tuple(
        (counts[1, high], counts[2, high], counts[3, high]) for high in (3, 2, 1)
    )


def _is_plain(one: Tendency) -> tuple[bool, float]:
    noted = one.leaning != "usual" or one.central or one.halo
    return not noted, -abs(one.difference)


def _interest(one: Feedback360) -> tuple[bool, float]:
    return one.self_gap is None, -abs(one.self_gap or 0.0)


def _radar(one: Feedback360) -> Radar:
    by_relation = {group.relation: group for group in one.groups}
    names = [
        *_ALWAYS,
        *(group.relation for group in ordered(one.groups)),
    ]
    figures = {name: by_relation.get(name) for name in names}
    shares = [figure.share if figure else None for figure in figures.values()]
    laid = spokes(shares, RADAR, _LABELS)
    return Radar(
        name=one_line(one.ratee, 30),
        cycle=one_line(one.cycle, 20),
        axes=tuple(
            Axis(label=relation(name), spoke=spoke, figure=figure)
            for (name, figure), spoke in zip(figures.items(), laid, strict=True)
        ),
        outline=sides(laid),
        composite=one.composite,
        self_gap=one.self_gap,
        n_suppressed=sum(group.share is None for group in one.groups),
    )
