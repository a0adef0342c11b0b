"""Which way is better and where it began, when only the goal's words say so."""

import pytest

from sync.assess.evidence import completed
from sync.records.model import Direction, Goal, Origin, Place, Quantity
from sync.smart.understand import understand


def goal(title: str, target: float | None, unit: str = "%", **more: object) -> Goal:
    wanted = None if target is None else Quantity(str(target), target, unit)
    made = Goal(
        key="g", place=Place("G", 2, {}), origin=Origin("G", 1), title=title,
        target=wanted, current=Quantity("x", 0.05, unit),
    )  # fmt: skip
    for name, value in more.items():
        object.__setattr__(made, name, value)
    return made


@pytest.mark.parametrize(
    ("title", "target", "unit", "direction", "start"),
    [
        ("Cut returns from 6 % to 3 %", 0.03, "%", Direction.LOWER, 0.06),
        ("缺货率从6.5%降到4%", 0.04, "%", Direction.LOWER, 0.065),
        ("会员占比从22%提升到27%", 0.27, "%", Direction.HIGHER, 0.22),
        ("月均销售额从210万元提升到236万元", 236.0, "万元", Direction.HIGHER, 210.0),
        ("投诉控制在20件以内", 20.0, "件", Direction.LOWER, None),
        # The number is the size of the cut, so more of it is better.
        ("采购成本下降4%", 0.04, "%", None, None),
        # The words speak of another number than the column.
        ("缺货率从6.5%降到4%", 0.98, "%", None, None),
        ("Open two stores", 2.0, "", None, None),
        ("", 2.0, "", None, None),
    ],
)
def test_words_are_believed_when_they_end_in_the_target(
    *,
    title: str,
    target: float,
    unit: str,
    direction: Direction | None,
    start: float | None,
) -> None:
    given = goal(title, target, unit)
    found = completed(given, understand(given.title))

    assert found.direction is direction
    assert (found.baseline and found.baseline.value) == pytest.approx(start)


def test_columns_outrank_words() -> None:
    baseline = Quantity("8%", 0.08, "%")
    given = goal(
        "缺货率从6.5%降到4%", 0.04, direction=Direction.HIGHER, baseline=baseline
    )

    assert completed(given, understand(given.title)) == given


def test_a_goal_without_a_target_stays_as_it_is() -> None:
    given = goal("缺货率从6.5%降到4%", None)

    assert completed(given, understand(given.title)) is given
