"""One assessment into letters, each for one audience, in its reader's language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from reports.addresses import Directory
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
from reports.draft import LIMITS, Desk, Draft, Letter, key_for, shown, write
from reports.held import absent_among, addressee_of, held_lines, is_away
from reports.lines import Links, no_links
from reports.month import MonthLook, look_at_month
from reports.organisation import Absent, summarise_organisation
from reports.render import Renderer
from reports.show import one_line
from reports.summary import (
    PersonSummary,
    TeamSummary,
    summarise_person,
    summarise_team,
)
from reports.told import (
    Earlier,
    told_at_the_end,
    told_to_employee,
    told_to_hr,
    told_to_manager,
    variant_of,
)
from reports.variant import Cycle, Variant, turn_of
from sync.assess.model import Assessment, GoalAssessment
from sync.config.mail import Chat, Mail
from sync.wording import Lang

__all__ = ["Letter", "compose"]


def compose(  # noqa: PLR0913 - each is a fact of its own, named at the call
    assessment: Assessment,
    options: Mail,
    *,
    source_name: str,
    lang: Lang,
    today: date,
    identity: str = "",
    labels: Iterable[str] = (),
    links: Links = no_links,
    earlier: Sequence[str] = (),
    refused: AbstractSet[str] = frozenset(),
    variant: Variant | None = None,
    fiscal_year_starts: int = 1,
) -> tuple[Letter, ...]:
    """Write every letter of a run; nothing is put anywhere.

    Args:
        assessment: The judgement.
        options: Addresses, languages and the user's templates.
        source_name: The workbook's name as readers know it.
        lang: The workbook's language.
        today: The day judged.
        identity: What history knows the source by: letters about files of one name in
            two folders have nothing to do with each other.
        labels: What the workbooks of a joined judgement are called. A letter names
            those that its goals stand in, and no other.
        links: Cell → web address, for workbooks that live on the web.
        earlier: Keys of the letters told before, oldest first. Those letters are left
            out; one that says again what was said before something else happened is
            news again.
        refused: Addresses that the mail server refused; letters to them are held.
        variant: Letters of a kind that the day would not bring.
        fiscal_year_starts: The month in which Q1 begins: it says when a period is over.

    Returns:
        Employees' letters in the order of the people, then managers', then HR's, then
        the notes to groups. Nobody without goals or actions gets one, nobody two, and
        nobody any while on leave.

    Raises:
        DeliveryError: If a template cannot be rendered; it names template and line.
    """
    turn = turn_of(
        assessment.goals,
        options.rhythm,
        today,
        asked=variant,
        fiscal_year_starts=fiscal_year_starts,
    )
    desk = Desk(
        directory=Directory(assessment, options, lang, refused),
        renderer=Renderer(options.templates, today),
        links=links,
        source=one_line(source_name, 80),
        identity=identity or source_name,
        labels=frozenset(labels),
        today=today,
        turn=turn,
        earlier=Earlier(earlier),
        calendar=options.attach_next_talk,
        workbook=options.attach_summary,
    )
    drafts = _drafts(assessment, options.chat, desk)
    keyed = ((draft, key_for(draft, desk)) for draft in drafts)
    # Most letters of a second run are known: rendering them again would be its work.
    return tuple(
        write(draft, key, desk)
        for draft, key in keyed
        if key not in desk.earlier
        and _is_worth_it(draft, key, desk, always=options.when_all_is_well)
    )


def _drafts(
    assessment: Assessment, robots: Sequence[Chat], desk: Desk
) -> Iterator[Draft]:
    """Give each reader one letter: a manager's own goals are in the team's."""
    seen, today = views(assessment), desk.today
    own = {view.person.key: view for view in seen.employees}
    leading = {view.person.key for view in seen.managers}
    told = [
        *(_to_employee(v, desk) for k, v in own.items() if k not in leading),
        *(_to_manager(v, own.get(v.person.key), desk) for v in seen.managers),
    ]
    readers = [*seen.employees, *seen.managers]
    absent = absent_among((view.person for view in readers), today)
    away = {view.person.key for view in readers if is_away(view.person, today)}
    written = [draft for draft in told if draft.person_key not in away]
    yield from written
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
        summary=lambda limit: summarise_person(view, links, limit, today),
        month=lambda limit: look_at_month(
            *(view.goals, view.actions, ()), links=links, limit=limit, today=today
        ),
        closing=_closing(
            desk,
            lambda cycle, limit: close_person(view, cycle, links=links, limit=limit),
        ),
        attachment=lambda tag: _next_talk(view, desk, tag),
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
            view, own, links=links, limit=limit, today=today
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


def _is_worth_it(draft: Draft, key: str, desk: Desk, *, always: bool) -> bool:
    """Whether a letter is worth its reader's minute.

    Of a period in which they had no goal there is nothing to tell anybody. That all is well again is worth it to somebody who read otherwise this week; were
    it left out, the next bad news would look like that week's old one.
    """
    closes = variant_of(key) is Variant.CLOSING
    if not closes and (always or desk.earlier.has_period_of(key)):
        return True
    parts = shown(draft, key, LIMITS[0]).values()
    known = [
        one.says_something
        for one in parts
        if isinstance(one, PersonSummary | TeamSummary | MonthLook | Closing)
    ]
    return any(known) or not known


def _always(shown: object) -> Callable[[int], object]:
    return lambda _: shown
