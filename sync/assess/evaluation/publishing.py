"""What of 360-degree feedback may be seen, so that nobody's answer can be worked out.

Answers are published in *blocks*. A block is at least `min_raters` people of one group,
none of whom was in an earlier block about the same person; its mean is taken once and
kept. A group's figure is the mean of its blocks, weighted by their raters, and all
groups and the composite are made from nothing but such figures.

Why that is enough, for all runs together and not only for one: whatever is published
about a person is a function of the blocks' means. The blocks are disjoint, so what they
allow a reader to conclude is concluded block by block, and no difference between two
runs, two groups or a total and its parts says more. Within a block the mean is kept a
quarter of the scale, divided among its raters, away from both ends: a mean of exactly 5
would say that everybody gave 5. That is complementary and temporal suppression in one;
merging small groups into a total leaks instead (manager 3, peers 4, 5, 4, 3, one report:
3.33 × 6 − 19 = 1).

The price is that an answer changed after publication shows in the next period only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sync.assess.evaluation.feedback import digest
from sync.assess.evaluation.model import (
    UNNAMED,
    Feedback360,
    Group,
    GroupFigure,
    Rater,
)
from sync.config.model import Evaluation

RELIABLE = 6
"""Raters for a reliability of 0.7 on motivation; ability takes ten (Hensel and others
2010, doi:10.1080/09585192.2010.528664)."""

NEW_CYCLE_AFTER = 60
"""Days before another name of the period is believed to be another period: a title
mended the next day must not publish the same answers again."""

_EDGE = 0.25
"""One step of a scale of 1–5."""

Key = tuple[str, str, str]
"""Ratee, period, relation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published of one group, to be kept until the next run."""

    on: date
    """The day of the last block."""
    n: int
    share: float
    raters: frozenset[str]
    """Digests of those in the blocks, `UNNAMED` for all without a name."""
    comments: frozenset[str] = frozenset()
    """Digests of the comments released with a block."""
    person_key: str = ""
    """Whom to forget with it, as `Person.key`."""


State = Mapping[Key, Published]


def publish(
    groups: Iterable[Group], state: State, options: Evaluation, *, on: date
) -> dict[Key, Published]:
    """Add the blocks that may be added, and give all that is published then.

    Args:
        groups: The answers as the workbook holds them now.
        state: What was published before; groups that are gone stay in it.
        options: The minimum number of raters.
        on: The day of the run, by the clock.

    Source:
        Minimum of three: Honestly, STAR360, PeopleCues.
    """
    now, before, after = dict(state), _by_ratee(state), _by_ratee(state)
    for group in groups:
        earlier = before.get(group.ratee_key, {})
        if is_exempt(group) or not _is_open(group, earlier, on):
            continue
        key = group.ratee_key, group.cycle, group.relation
        theirs = after.setdefault(group.ratee_key, {})
        taken = _in_blocks(group, theirs)
        block = [
            r for r in group.raters if r.digest == UNNAMED or r.digest not in taken
        ]
        if len(block) >= options.min_raters:
            entry = _with_block(now.get(key), block, options.min_raters, on)
            now[key] = theirs[key] = replace(entry, person_key=group.person_key)
    return now


def figures(
    groups: Iterable[Group], state: State, options: Evaluation
) -> tuple[Feedback360, ...]:
    """Show each person's feedback, from what is published and from nothing else.

    The manager's and the own view are not anonymous and shown as they are.

    Args:
        groups: The answers, ordered by person and period as `gather` gives them.
        state: What is published, this run's blocks included.
        options: Minimum and weights.
    """
    known = _by_ratee(state)
    return tuple(
        _of_person(tuple(found), known.get(ratee, {}), options)
        for (ratee, _), found in groupby(
            groups, key=lambda one: (one.ratee_key, one.cycle)
        )
    )


def is_exempt(group: Group) -> bool:
    """Whether a group has no anonymity to protect: the manager and the person alone.

    Several people who rate as "self" are a mistake in the sheet, and protected.
    """
    return group.relation == "manager" or (
        group.relation == "self" and len(group.raters) == 1
    )


def is_short(group: Group, minimum: int) -> bool:
    """Whether a group has too few answers to be shown."""
    return not is_exempt(group) and len(group.raters) < minimum


def _by_ratee(state: State) -> dict[str, dict[Key, Published]]:
    """Divide what is published by person: a house has thousands of groups."""
    found: dict[str, dict[Key, Published]] = {}
    for key, known in state.items():
        found.setdefault(key[0], {})[key] = known
    return found


def _is_open(group: Group, state: State, on: date) -> bool:
    """Whether anything new may be published of a group, for its period and its names.

    Who of the unnamed is new cannot be told, nor who they are once they have names:
    with one of them in it, a person's feedback of a period is published at one time.
    """
    mine, last = False, None
    for (_, cycle, _), known in state.items():
        if cycle != group.cycle:
            last = max(last or known.on, known.on)
        elif UNNAMED in known.raters:
            return False
        else:
            mine = True
    if mine:
        return all(one.digest != UNNAMED for one in group.raters)
    return last is None or (on - last).days >= NEW_CYCLE_AFTER


def _in_blocks(group: Group, state: State) -> set[str]:
    """Give the raters who are in a block of this period, of all about the person."""
    return {
        rater
        for (_, cycle, _), known in state.items()
        if cycle == group.cycle
        for rater in known.raters
    }


def _with_block(
    known: Published | None, block: Collection[Rater], minimum: int, on: date
) -> Published:
    n = len(block)
    mean = sum(one.share for one in block) / n
    kept = min(max(mean, _EDGE / n), 1 - _EDGE / n)
    said = [digest(text) for one in block for text in one.comments]
    # A text is known by its style: comments have a minimum of their own.
    enough = sum(bool(one.comments) for one in block) >= minimum
    before = known or Published(on=on, n=0, share=0.0, raters=frozenset())
    total = before.n + n
    return replace(
        before,
        on=on,
        n=total,
        share=(before.share * before.n + kept * n) / total,
        raters=before.raters | {one.digest for one in block},
        comments=before.comments | frozenset(said if enough else ()),
    )


def _of_person(
    groups: tuple[Group, ...], state: State, options: Evaluation
) -> Feedback360:
    shown = tuple(_figure(group, state, options) for group in groups)
    weights = options.relation_weights
    parts = [
        (weights.get(one.relation, weights.get("other", 0.0)), one.share)
        for one in shown
        if one.share is not None and one.relation != "self"
    ]
    total = sum(weight for weight, _ in parts)
    composite = sum(w * share for w, share in parts) / total if total else None
    own = next((one.share for one in shown if one.relation == "self"), None)
    gap = None if own is None or composite is None else own - composite
    first = groups[0]
    return Feedback360(
        ratee_key=first.ratee_key,
        ratee=first.ratee,
        cycle=first.cycle,
        groups=shown,
        composite=composite,
        self_gap=gap,
    )


def _figure(group: Group, state: State, options: Evaluation) -> GroupFigure:
    if is_exempt(group):
        if any(one.digest in _in_blocks(group, state) for one in group.raters):
            # Somebody rated in confidence, and is called the manager since.
            return _shown(group, None, None, ())
        n = len(group.raters)
        share = sum(one.share for one in group.raters) / n if n else None
        said = {text for one in group.raters for text in one.comments}
        return _shown(group, n or None, share, said)
    known = state.get((group.ratee_key, group.cycle, group.relation))
    if known is None or known.n < options.min_raters:
        short = group.n_nominated < options.min_raters
        return replace(_shown(group, None, None, ()), is_infeasible=short)
    said = {
        text
        for one in group.raters
        for text in one.comments
        if digest(text) in known.comments
    }
    waiting = len(group.raters) > known.n
    shown = _shown(group, known.n, known.share, said)
    return replace(shown, is_frozen=waiting, is_low_n=known.n < RELIABLE)


def _shown(
    group: Group, n: int | None, share: float | None, comments: Iterable[str]
) -> GroupFigure:
    scale = group.scale
    return GroupFigure(
        relation=group.relation,
        n=n,
        share=share,
        mark=scale.mark(share) if scale and share is not None else None,
        comments=tuple(sorted(comments, key=digest)),
    )
