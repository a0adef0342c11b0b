"""Any day can be judged again later, and comes out as it did then."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.assess.assess import assess
from sync.assess.model import Assessment
from sync.config.model import Followup
from sync.history.store import History, RunRecord
from sync.records.model import Goal, Origin, Person, Place, Quantity, Records, Status
from sync.smart.model import Lint, Verdict

BOOK = "/hr/目标.xlsx"
DAY = date(2026, 3, 2)
PLACE = Place("目标", 2, {"goal_title": 1, "acknowledged": 2})
PEOPLE = tuple(Person(key=key, name=key, place=PLACE) for key in ("p1", "p2"))

ROWS = st.fixed_dictionaries(
    {
        "person_key": st.sampled_from(["p1", "p2"]),
        "current": st.sampled_from([None, 10, 35, 60, 100]),
        "target": st.sampled_from([80, 100]),
        "due_on": st.sampled_from([date(2026, 4, 30), date(2026, 6, 30)]),
        "claimed_status": st.sampled_from([None, Status.ON_TRACK, Status.BEHIND]),
        "acknowledged": st.sampled_from([None, True, False]),
        "weight": st.sampled_from([0.3, 0.5]),
    }
)
EDITS = st.lists(
    st.tuples(
        st.integers(0, 60), st.dictionaries(st.sampled_from("abc"), ROWS, max_size=3)
    ),
    min_size=2,
    max_size=8,
    unique_by=lambda edit: edit[0],
)


def goal(key: str, row: dict[str, object]) -> Goal:
    numbers = {
        name: None
        if row[name] is None
        else Quantity(str(row[name]), float(str(row[name])))
        for name in ("current", "target")
    }
    return Goal(
        key=key,
        place=PLACE,
        origin=Origin("目标", 1),
        title=f"目标{key}",
        start_on=date(2026, 1, 1),
        **{**row, **numbers},  # type: ignore[arg-type]
    )


def judge(
    history: History, day: date, rows: dict[str, dict[str, object]]
) -> Assessment:
    goals = tuple(goal(key, row) for key, row in sorted(rows.items()))
    verdict = Verdict(score=50, missing=(), findings=())
    return assess(
        Records(goals=goals, people=PEOPLE),
        Lint(verdicts=(verdict,) * len(goals), findings=()),
        history.past(BOOK, day),
        Followup(),
        today=day,
    )


@settings(max_examples=30)
@given(edits=EDITS)
def test_any_past_day_is_replayed_exactly(
    edits: list[tuple[int, dict[str, dict[str, object]]]],
) -> None:
    with History.open("sqlite://") as history:
        then: dict[date, Assessment] = {}
        days = {DAY + timedelta(n): rows for n, rows in sorted(edits)}
        for day, rows in days.items():
            then[day] = judge(history, day, rows)
            at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
            run = RunRecord.of(then[day], started_at=at, finished_at=at)
            history.record(BOOK, run)
        again = {day: judge(history, day, rows) for day, rows in days.items()}

    assert again == then
