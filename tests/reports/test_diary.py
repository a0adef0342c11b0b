"""The calendar of the next weeks, and progress beside the plan."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from reports.page.charts import burn_lines
from reports.page.diary import WEEKS, diary
from reports.page.edition import edition
from reports.page.render import page
from sync.assess.expected import window_of
from sync.assess.model import Observation
from sync.assess.process import BurnPoint, JudgedAction, Rhythm
from sync.records.model import Action, Goal, Origin, Place, Status
from sync.wording import same

TODAY = date(2026, 11, 22)


def action(days: int, *, is_open: bool = True) -> JudgedAction:
    return JudgedAction(
        action=Action(
            place=Place("Actions", 2, {"action": 1}),
            action="call",
            due_on=TODAY + timedelta(days),
        ),
        is_open=is_open,
        days_overdue=max(-days, 0),
        reopened=False,
        step="none",
        reason=same("x"),
    )


def talk(org: Any, agreed: int | None, due: int) -> Rhythm:
    return Rhythm(
        person=org.people[0],
        last=None,
        next=None if agreed is None else TODAY + timedelta(agreed),
        due_on=TODAY + timedelta(due),
        missed=0,
        asks_since=None,
    )


def running(start_on: date, due_on: date) -> Goal:
    return Goal(
        key="g",
        place=Place("Goals", 2, {}),
        origin=Origin("Goals", 1),
        title="g",
        start_on=start_on,
        due_on=due_on,
    )


def test_each_day_counts_what_falls_on_it_and_what_is_late_stands_apart(
    org: Any,
) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "one", Status.BEHIND, next_on=TODAY + timedelta(1))
    org.goal("E1", "two", Status.CLOSED, next_on=TODAY + timedelta(1))
    judged = replace(
        org.judge(),
        actions=(action(1), action(1, is_open=False), action(-3)),
        rhythms=(talk(org, 2, -9), talk(org, None, -9)),
    )
    found = diary(edition(judged, "hr"))
    days = {day.on: day for week in found.weeks for day in week}
    first, second = days[TODAY + timedelta(1)], days[TODAY + timedelta(2)]

    assert len(found.weeks) == WEEKS
    assert {week[0].on.weekday() for week in found.weeks} == {0}
    assert (first.looks, first.talks, first.actions) == (1, 0, 1)
    # Whoever has agreed on a day is not late, whatever the cadence says.
    assert (second.talks, found.late_talks, found.late_actions) == (1, 1, 1)


def test_an_empty_diary_takes_no_room(org: Any) -> None:
    html = page(edition(org.judge(), "hr"), source_name="G.xlsx", lang="en")

    assert diary(edition(org.judge(), "hr")).is_empty
    assert 'id="actions"' not in html


def test_progress_is_drawn_up_to_today_and_the_plan_beyond(company: Any) -> None:
    weeks = tuple(
        BurnPoint(on=TODAY + timedelta(7 * n), n=5, done=done, expected=expected)
        for n, done, expected in ((-1, 0.2, 0.3), (0, 0.5, 0.6), (1, None, 1.0))
    )
    lines = burn_lines(weeks, 200, 100)
    judged = replace(company.judge(), burn_up=weeks)
    hr = page(edition(judged, "hr"), source_name="G.xlsx", lang="en")

    assert lines.done == ((0.0, 80.0), (100.0, 50.0))
    assert lines.expected[-1] == (200.0, 0.0)
    assert "Progress beside the plan" in hr


def test_a_manager_sees_the_course_of_the_reports_since_the_goals_are_theirs(
    org: Any,
) -> None:
    def seen(owner: str, weeks: int, progress: float) -> Observation:
        return Observation(
            on=TODAY - timedelta(7 * weeks),
            status=Status.ON_TRACK,
            progress=progress,
            person_key=owner,
        )

    days = window_of(running(TODAY - timedelta(70), TODAY + timedelta(70)))
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.goal("E1", "hers", Status.BEHIND, progress=0.1, window=days)
    before = (seen("E9", 3, 0.9), seen("E2", 1, 0.2))
    org.goal("E2", "one", Status.BEHIND, progress=0.4, window=days, seen=before)
    shown = edition(org.judge(), "manager:Ada")
    known = [(one.on, one.n, one.done) for one in shown.burn_up if one.done is not None]
    html = page(shown, source_name="G.xlsx", lang="en")

    assert known == [(TODAY - timedelta(7), 1, 0.2), (TODAY, 1, 0.4)]
    assert "Progress beside the plan" in html


def test_one_known_week_is_not_drawn_as_a_line(company: Any) -> None:
    alone = (BurnPoint(on=TODAY, n=5, done=0.5, expected=0.6),)
    html = page(
        edition(replace(company.judge(), burn_up=alone), "hr"),
        source_name="G.xlsx",
        lang="en",
    )

    assert "Progress beside the plan" not in html
