"""Who gets which letters, each made of what its reader may see and nothing else."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from reports.attached import Attachment, next_talk, summary_workbook
from reports.audience import (
    AudienceKind,
    EmployeeView,
    ManagerView,
    OrganisationView,
    views,
)
from reports.chat_note import summarise_for_chat, told_to_chat
from reports.closing import Closing, close_organisation, close_person, close_team
from reports.draft import Desk, Draft
from reports.held import absent_among, addressee_of, held_lines, is_away
from reports.hints import summarise_hints, told_of_hints
from reports.month import look_at_month
from reports.organisation import Absent, summarise_organisation
from reports.summary import summarise_person, summarise_team
from reports.told import (
    told_at_the_end,
    told_to_employee,
    told_to_hr,
    told_to_manager,
)
from reports.variant import Cycle
from sync.assess.model import Assessment, GoalAssessment
from sync.config.mail import Chat


def drafts_of(
    assessment: Assessment, robots: Sequence[Chat], desk: Desk
) -> Iterator[Draft]:
    """Give each reader one letter: a manager's own goals are in the team's.

    Where hints have a letter of their own, that one is held for the same reasons.
    """
    seen, today = views(assessment), desk.today
    own = {view.person.key: view for view in seen.employees}
    leading = {view.person.key for view in seen.managers}
    told = [
        *(_to_employee(v, desk) for k, v in own.items() if k not in leading),
        *(_to_manager(v, own.get(v.person.key), desk) for v in seen.managers),
    ]
    readers = [view.person for view in seen.employees]
    readers += [view.person for view in seen.managers]
    absent = absent_among(readers, today)
    away = {one.key for one in readers if is_away(one, today)}
    written = [draft for draft in told if draft.person_key not in away]
    yield from written
    if desk.hints == "own-letter":
        authors = (view for view in seen.employees if view.person.key not in away)
        yield from (_to_author(view, desk) for view in authors)
    if assessment.goals or assessment.findings:
        yield from _to_hr(seen.organisation, written, absent, desk)
        yield from _to_chat(seen.organisation, robots, desk)


def _to_employee(view: EmployeeView, desk: Desk) -> Draft:
    links, today = desk.links, desk.today
    return Draft(
        kind=AudienceKind.EMPLOYEE,
        person_key=view.person.key,
        addressee=addressee_of(view.person, desk),
        told=_told(told_to_employee(view), view.goals, desk),
        goals=view.goals,
        summary=lambda limit: summarise_person(
            view, _hinted(view, desk), links=links, limit=limit, today=today
        ),
        month=lambda limit: look_at_month(
            *(view.goals, view.actions, ()), links=links, limit=limit, today=today
        ),
        closing=_closing(
            desk,
            lambda cycle, limit: close_person(view, cycle, links=links, limit=limit),
        ),
        attachment=lambda tag: _next_talk(view, desk, tag),
    )


def _hinted(view: EmployeeView | None, desk: Desk) -> tuple[GoalAssessment, ...]:
    return view.goals if view and desk.hints == "in-letter" else ()


def _to_author(view: EmployeeView, desk: Desk) -> Draft:
    return Draft(
        kind=AudienceKind.AUTHOR,
        person_key=view.person.key,
        addressee=addressee_of(view.person, desk),
        told=told_of_hints(view),
        goals=view.goals,
        summary=lambda limit: summarise_hints(view, desk.links, limit),
        period=f"{desk.today:%Y}",
    )


def _next_talk(view: EmployeeView, desk: Desk, tag: str) -> Attachment | None:
    if not desk.calendar or not view.rhythms:
        return None
    return next_talk(view.rhythms[0], desk.today, tag)


def _to_manager(view: ManagerView, own: EmployeeView | None, desk: Desk) -> Draft:
    links, today = desk.links, desk.today
    team = tuple(goal for one in view.members for goal in one.goals)
    goals = (*team, *own.goals) if own else team
    return Draft(
        kind=AudienceKind.MANAGER,
        person_key=view.person.key,
        addressee=addressee_of(view.person, desk),
        told=_told(told_to_manager(view, own), goals, desk),
        goals=goals,
        summary=lambda limit: summarise_team(
            *(view, own, _hinted(own, desk)), links=links, limit=limit, today=today
        ),
        month=lambda limit: look_at_month(
            *(team, view.actions, view.rhythms), links=links, limit=limit, today=today
        ),
        closing=_closing(
            desk,
            lambda cycle, limit: close_team(view, own, cycle, links=links, limit=limit),
        ),
        attachment=lambda tag: _next_talk(own, desk, tag) if own else None,
    )


def _to_hr(
    view: OrganisationView,
    others: Sequence[Draft],
    absent: Sequence[Absent],
    desk: Desk,
) -> Iterator[Draft]:
    links, judged = desk.links, view.assessment
    held = held_lines(others, view)
    problems = [found for draft in others for found in draft.addressee.problems]
    for addressee in desk.directory.hr():
        yield Draft(
            kind=AudienceKind.HR,
            person_key="",
            addressee=addressee,
            told=_told(told_to_hr(view, problems), judged.goals, desk),
            goals=(),
            summary=lambda limit: summarise_organisation(
                view, held, absent, links=links, limit=limit
            ),
            month=lambda limit: look_at_month(
                *(judged.goals, judged.actions, judged.rhythms),
                links=links,
                limit=limit,
                today=desk.today,
            ),
            closing=_closing(
                desk,
                lambda cycle, limit: close_organisation(
                    view, cycle, links=links, limit=limit
                ),
            ),
            attachment=lambda tag: (
                summary_workbook(judged, desk.source, tag) if desk.workbook else None
            ),
        )


def _told(
    now: tuple[str, ...], goals: Iterable[GoalAssessment], desk: Desk
) -> tuple[str, ...]:
    """Say what a letter tells: at a period's end, how its goals ended and no more."""
    cycle = desk.turn.cycle
    return told_at_the_end(goals, cycle) if cycle else now


def _closing(
    desk: Desk, close: Callable[[Cycle, int], Closing]
) -> Callable[[int], Closing] | None:
    cycle = desk.turn.cycle
    return (lambda limit: close(cycle, limit)) if cycle else None


def _to_chat(
    view: OrganisationView, robots: Sequence[Chat], desk: Desk
) -> Iterator[Draft]:
    for robot in robots:
        summary = summarise_for_chat(view, robot)
        yield Draft(
            kind=AudienceKind.CHAT,
            person_key="",
            addressee=desk.directory.robot(robot),
            told=told_to_chat(summary, robot),
            goals=(),
            summary=_always(summary),
        )


def _always(shown: object) -> Callable[[int], object]:
    return lambda _: shown
