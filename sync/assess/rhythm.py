"""How regularly people are talked with, and what they are waiting for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sync.assess.cadence import Calendar
from sync.assess.presence import days_away, has_left
from sync.assess.process import Rhythm
from sync.assess.words import plain, words
from sync.config.model import Followup
from sync.records.model import CheckIn, Person

_NOTHING = words("nothing")


def says(text: str) -> bool:
    """Whether a cell says anything but ``无`` or a dash."""
    return plain(text) not in _NOTHING


def asks(talk: CheckIn) -> bool:
    """Whether a talk names difficulties or support that is needed."""
    return says(talk.support) or says(talk.issues)


def rhythms_of(
    people: Iterable[Person],
    check_ins: Sequence[CheckIn],
    *,
    calendar: Calendar,
    options: Followup,
) -> tuple[Rhythm, ...]:
    """Judge how regularly everybody is talked with.

    A talk is missed when the cadence has passed once more since the last one without
    another; holidays on which people would have worked, and leave, do not count.
    Somebody with no talk on record misses none: the sheet may simply begin later. The
    cadence is the person's own, else the department's, else the office's.

    Args:
        people: Everybody; those who have left are left out.
        check_ins: All talks; without any, nothing is said.
        calendar: The day judged, days off and who was talked with when.
        options: The office's cadences in days; 0 expects none.

    Returns:
        The longest without a talk first, those with none on record last.

    Source:
        Weekly to fortnightly talks are what published studies and tools ask for; 14
        days is the default. Holidays and leave are skipped, and the specific cadence
        wins, as 15Five does it.
    """
    if not check_ins:
        return ()
    asking = _asking_since(check_ins, calendar.today)
    office = _Office(
        calendar=calendar,
        options=options,
        asking=asking,
        departments={
            plain(name): days for name, days in options.check_in_by_department.items()
        },
    )
    found = [
        _rhythm(person, office)
        for person in people
        if not has_left(person, calendar.today)
    ]
    return tuple(sorted(found, key=lambda one: (one.last or date.max, one.person.key)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """What is the same for everybody."""

    calendar: Calendar
    options: Followup
    asking: Mapping[str, date]
    departments: Mapping[str, int]

    def every(self, person: Person) -> int:
        """Give the cadence for one person, in days; 0 expects no talk."""
        if person.cadence_days is not None:
            return person.cadence_days
        days = self.departments.get(plain(person.department))
        return self.options.check_in_every_days if days is None else days


def _rhythm(person: Person, office: _Office) -> Rhythm:
    """Judge one person's talks."""
    today, every = office.calendar.today, office.every(person)
    last = office.calendar.talks.last.get(person.key)
    due, missed = None, 0
    if last is not None and every:
        passed = (today - last).days
        passed -= office.calendar.days_off(last, today, person.away)
        missed = max(-(-passed // every) - 1, 0)
        expected = last + timedelta(days=every)
        expected += timedelta(days=days_away(person, last, expected))
        due = office.calendar.workday_from(expected, person.away)
        missed = missed if due < today else 0
    since = office.asking.get(person.key)
    return Rhythm(
        person=person,
        last=last,
        next=office.calendar.talks.next.get(person.key),
        due_on=due,
        missed=missed,
        every_days=every,
        asks_since=since,
        asks_days=(today - since).days if since else 0,
    )


def _asking_since(check_ins: Iterable[CheckIn], today: date) -> dict[str, date]:
    """Tell since when each person has named something in every talk up to the last.

    A talk that names nothing any more closes what was asked for before.
    """
    asked: dict[str, dict[date, bool]] = {}
    for talk in check_ins:
        if talk.held_on is None or talk.held_on > today:
            continue
        for key in talk.person_keys:
            days = asked.setdefault(key, {})
            days[talk.held_on] = days.get(talk.held_on, False) or asks(talk)
    found: dict[str, date] = {}
    for key, days in asked.items():
        for day in sorted(days, reverse=True):
            if not days[day]:
                break
            found[key] = day
    return found
