"""The demo workbook on earlier days: nothing in it knows of what came later."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from sync.demo import Case, build

# openpyxl says that it would lose what Excel 2010 added; we only read with it here.
pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported")

TODAY = date(2026, 11, 22)


def rows(folder: Path, case: Case, sheet: str, ago: int) -> list[tuple[object, ...]]:
    path = build(folder, lang="en", case=case, today=TODAY, on=TODAY - timedelta(ago))
    tab = openpyxl.load_workbook(path, data_only=True)[sheet]
    return [row for row in tab.iter_rows(min_row=4, values_only=True) if any(row)]


def days(found: list[tuple[object, ...]], column: int) -> list[date]:
    return [day.date() for row in found if hasattr(day := row[column], "date")]


@pytest.mark.parametrize("case", ["retail", "tech"])
def test_talks_and_actions_appear_when_they_took_place(
    case: Case, tmp_path: Path
) -> None:
    numbers = {"Check-ins": 0, "Actions": 4}
    for sheet, column in numbers.items():
        early = rows(tmp_path, case, sheet, 40)
        late = rows(tmp_path, case, sheet, 0)

        assert len(early) < len(late)
        assert max(days(early, column)) <= TODAY - timedelta(40)


def test_an_action_is_under_way_before_it_is_done(tmp_path: Path) -> None:
    def state(ago: int) -> tuple[object, ...]:
        found = rows(tmp_path, "tech", "Actions", ago)
        (one,) = [row for row in found if "Post-mortem" in str(row[2])]
        return one[6], one[8]

    assert state(40)[1] is None
    assert state(40)[0] != state(0)[0]
    assert "48 hours" in str(state(0)[1])


def test_feedback_is_measured_again_two_months_after_the_first_round(
    tmp_path: Path,
) -> None:
    before = rows(tmp_path, "tech", "Feedback", 14)
    after = rows(tmp_path, "tech", "Feedback", 0)
    first = set(days(before, 7))
    second = set(days(after, 7)) - first

    assert first
    assert (min(second) - max(first)).days >= 60
    assert {row[4] for row in before} < {row[4] for row in after}


def test_a_target_was_another_before_it_was_adjusted_with_a_reason(
    tmp_path: Path,
) -> None:
    def lakeside(ago: int) -> tuple[object, ...]:
        found = rows(tmp_path, "retail", "Goals", ago)
        (one,) = [row for row in found if "Lakeside's monthly" in str(row[2])]
        return one[6], one[16], one[17]

    assert lakeside(20) == (210, None, None)
    assert lakeside(0) == (
        204,
        "Metro works: a third fewer people pass by",
        "Grace Okafor",
    )
