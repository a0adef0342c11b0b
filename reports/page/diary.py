"""The next weeks day by day: what is to be looked at, talked about and done."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reports.page.edition import Edition
from sync.records.model import Status

WEEKS = 6


@dataclass(frozen=True, slots=True)
class Day:
    """One day and what falls on it."""

    on: date
    looks: int
    """Goals to look at again."""
    talks: int
    """Talks agreed, or due by then."""
    actions: int
    """Open actions due."""

    @property
    def is_free(self) -> bool:
        """Whether nothing falls on it."""
        return not (self.looks or self.talks or self.actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """The weeks from this one on, and what should have been before."""

    weeks: tuple[tuple[Day, ...], ...]
    """From Monday to Sunday; what is late stands in `late_talks` and `late_actions`."""
    today: date
    late_talks: int
    late_actions: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        days = (day for week in self.weeks for day in week)
        return all(day.is_free for day in days) and not (
            self.late_talks or self.late_actions
        )


def diary(shown: Edition) -> Diary:
    """Lay the next weeks out, the current one first."""
    today = shown.today
    looks = Counter(
        one.next_on
        for one in shown.goals
        if one.next_on and one.status not in {Status.CLOSED, Status.ACHIEVED}
    )
    talks = Counter(_talks(shown))
    actions = Counter(
        one.action.due_on for one in shown.actions if one.is_open and one.action.due_on
    )
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=ahead) for ahead in range(7 * WEEKS)]
    cells = [
        Day(on, looks[on], talks[on], actions[on]) if on >= today else Day(on, 0, 0, 0)
        for on in days
    ]
    return Diary(
        weeks=tuple(
            tuple(cells[start : start + 7]) for start in range(0, len(cells), 7)
        ),
        today=today,
        late_talks=sum(n for on, n in talks.items() if on < today),
        late_actions=sum(n for on, n in actions.items() if on < today),
    )


def _talks(shown: Edition) -> Iterator[date]:
    """Give the day of everybody's next talk: the one agreed, else the one due."""
    for one in shown.rhythms:
        if on := one.next or one.due_on:
            yield on
