"""Worked examples of the formulas: what goes in, what comes out, and whose they are.

And the rule sets that tools publish for status: each is a setting of our thresholds, and
the same six facts come out under each of them as its own words say.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from sync.assess.curves import FRONT_LOADED, S_CURVE, Steps
from sync.assess.evaluation.distribution import largest_remainder
from sync.assess.evaluation.kpi import between, by_grades, five_points, linear
from sync.assess.evaluation.nine_box import third_of
from sync.assess.evaluation.raters import shrunken
from sync.assess.evaluation.ratings import gap_of
from sync.assess.expected import Window
from sync.assess.progress import measure
from sync.assess.status import Facts, rule_of
from sync.config.model import Followup
from sync.records.model import Direction, Goal, Origin, Place, Quantity, Status
from sync.records.values.milestones import Milestone
from sync.wording import Text

JAN = date(2026, 1, 1)
NOTHING = Text("", "")


def goal(**fields: object) -> Goal:
    place = Place("目标", 2, {"goal_title": 1})
    return Goal(key="g", place=place, origin=Origin("目标", 1), **fields)  # type: ignore[arg-type]


def done(
    base: float | None, target: float, now: float, way: Direction | None = None
) -> float | None:
    one = goal(
        baseline=None if base is None else Quantity(str(base), base),
        target=Quantity(str(target), target),
        current=Quantity(str(now), now),
        direction=way,
    )
    raw = measure(one, JAN).raw
    return None if raw is None else round(raw, 4)


def milestones(day: date) -> float:
    shares = (0.2, 0.3, 0.2, 0.2, 0.1)
    steps = tuple(
        Milestone(JAN + timedelta(30 * n), share, done=None)
        for n, share in enumerate(shares, 1)
    )
    return Steps(NOTHING, steps).share(
        0.0, day=day, window=Window(JAN, JAN + timedelta(150))
    )


LOWER, BEST = Direction.LOWER, Direction.TARGET_IS_BEST

EXAMPLES: dict[str, tuple[Callable[[], object], object]] = {
    # Progress: (now − base) / (target − base), the same expression both ways.
    "way up, ServiceNow: (46−40)/(50−40)": (lambda: done(40, 50, 46), 0.6),
    "no way made is 0 and not 80 %, as in Horilla": (lambda: done(40, 50, 40), 0.0),
    "way down, BurningOKR: (6.5−5)/(6.5−4)": (lambda: done(6.5, 4, 5, LOWER), 0.6),
    "raw is kept beyond the target": (lambda: done(40, 50, 55), 1.5),
    "raw is kept below the baseline": (lambda: done(40, 50, 38), -0.2),
    "base = target divides by nothing": (lambda: done(3, 3, 2, LOWER), 1.3333),
    "lower without a baseline: 2 − a/t = 2 − 3.6/3": (
        lambda: done(None, 3, 3.6, LOWER),
        0.8,
    ),
    "target is best: 1 − |a−t|/t = 1 − 2/20": (lambda: done(None, 20, 22, BEST), 0.9),
    # Expected progress.
    "linear, Ally: day 1 is 0 %": (
        lambda: Window(JAN, JAN + timedelta(100)).expected(JAN),
        0.0,
    ),
    "linear, Ally: the last day is 100 %": (
        lambda: Window(JAN, JAN + timedelta(100)).expected(JAN + timedelta(100)),
        1.0,
    ),
    "milestones, OKR scoring guide: .2 + .3 by the second": (
        lambda: milestones(JAN + timedelta(60)),
        0.5,
    ),
    "S-curve: half at half time": (lambda: S_CURVE.of(0.5), 0.5),
    "50/70 rule: 70 % at half time": (lambda: round(FRONT_LOADED.of(0.5), 3), 0.7),
    # KPI scores.
    "linear with a cap: 400 % counts 120": (lambda: linear(4.0, cap=1.2), 120.0),
    "±5 points: 5 % over is 105": (lambda: round(five_points(0.05), 9), 105.0),
    "±5 points: never over 120": (lambda: five_points(0.5), 120.0),
    "±5 points: never under 0": (lambda: five_points(-1.5), 0.0),
    "A/B/C/D: halfway between C and B is 2.5": (
        lambda: by_grades(0.85, (0.6, 0.8, 0.9, 1.0)),
        pytest.approx(2.5),
    ),
    "A/B/C/D: below D is 0": (lambda: by_grades(0.59, (0.6, 0.8, 0.9, 1.0)), 0.0),
    "worst–best, NICE: (10−4)/(10−2)": (
        lambda: between(4, worst=10, best=2),
        0.75,
    ),
    "worst–best: an outlier does not dominate": (
        lambda: between(99, worst=10, best=2),
        0.0,
    ),
    # Marks, raters, distribution.
    "self 4 of 5 beside manager 3 of 5: a quarter of the scale": (
        lambda: gap_of(0.75, 0.5),
        (0.25, "self_higher"),
    ),
    "leniency: 5 people, half a scale above: 5/(5+5)·0.5": (
        lambda: shrunken([1.0] * 5, 0.5),
        0.25,
    ),
    "361 of five people, largest remainder": (
        lambda: largest_remainder((0.3, 0.6, 0.1), 5),
        (2, 3, 0),
    ),
    "361 of seven people": (lambda: largest_remainder((0.3, 0.6, 0.1), 7), (2, 4, 1)),
    "271 of ten people": (lambda: largest_remainder((0.2, 0.7, 0.1), 10), (2, 7, 1)),
    "nine-box: 2.45 of 5 is low, half-open": (lambda: third_of((2.45 - 1) / 4), 1),
    "nine-box: 3.95 of 5 is medium": (lambda: third_of((3.95 - 1) / 4), 2),
    "nine-box: 4 of 5 is high": (lambda: third_of((4 - 1) / 4), 3),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_worked_example_comes_out(name: str) -> None:
    work, result = EXAMPLES[name]

    assert work() == result


OK, MILD, BAD = Status.ON_TRACK, Status.AT_RISK, Status.BEHIND

RULE_SETS = {
    # ≥ .95 · .75–.95 "falling behind" · < .75 "at risk"
    "UpRaise": {"at_risk_ratio": 0.95, "behind_ratio": 0.75},
    # gap < 16.5 points · 16.5–33 "behind" · > 33 "at risk"
    "Engagedly": {
        "at_risk_ratio": 1.0,
        "behind_ratio": 1.0,
        "at_risk_gap": 0.165,
        "behind_gap": 0.33,
    },
    # within 10 points · 10 or more "behind"; ten itself is in both, as worded
    "Planview": {
        "at_risk_ratio": 1.0,
        "behind_ratio": 1.0,
        "at_risk_gap": 0.10,
        "behind_gap": 0.10,
    },
    # SPI ≥ .95 green · .85–.94 yellow · ≤ .84 red
    "EVM": {"at_risk_ratio": 0.95, "behind_ratio": 0.85},
    # attainment of the final target, no time: ≥ 90 · 75–89 · < 75
    "ServiceNow": {"at_risk_ratio": 0.90, "behind_ratio": 0.75},
}
PUBLISHED = {
    # expected, actual: what each of them says, in the order above
    (0.10, 0.05): (BAD, OK, OK, BAD, BAD),
    (0.50, 0.44): (MILD, OK, OK, MILD, BAD),
    (0.60, 0.50): (MILD, OK, BAD, BAD, BAD),
    (0.60, 0.30): (BAD, MILD, BAD, BAD, BAD),
    (0.90, 0.80): (MILD, OK, BAD, MILD, MILD),
    (0.90, 0.60): (BAD, MILD, BAD, BAD, BAD),
}


@pytest.mark.parametrize("name", RULE_SETS)
@pytest.mark.parametrize("facts", PUBLISHED)
def test_the_same_facts_under_each_published_rule_set(
    name: str, facts: tuple[float, float]
) -> None:
    expected, actual = facts
    plain = {"at_risk_gap": 0.0, "behind_gap": 0.0, "grace_days": 0, "grace_share": 0.0}
    options = Followup.model_validate({**plain, **RULE_SETS[name]})
    # ServiceNow compares with the whole target on every day.
    passed = 100 if name == "ServiceNow" else round(expected * 100)
    one = goal(progress=actual, start_on=JAN, due_on=JAN + timedelta(100))
    today = JAN + timedelta(passed)
    found = Facts(
        goal=one,
        measured=measure(one, today),
        window=Window(JAN, JAN + timedelta(100)),
        days_silent=0,
        today=today,
        options=options,
    )

    assert rule_of(found)[1] is PUBLISHED[facts][list(RULE_SETS).index(name)]


def test_a_total_with_its_parts_gives_the_hidden_one_away() -> None:
    """Why groups are not merged: manager 3, peers 4, 5, 4, 3, one report 1."""
    overall = (3 + 4 + 5 + 4 + 3 + 1) / 6

    assert round(overall * 6 - (3 + 4 + 5 + 4 + 3)) == 1


def test_a_mean_shown_daily_gives_the_newest_answer_away() -> None:
    """Why figures are frozen: 4.3 of three, then 3.5 of four, even when rounded."""
    assert round(4 * 3.5 - 3 * 4.3) == 1
