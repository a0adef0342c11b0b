"""One assessment into letters, each for one audience, in its reader's language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from reports import wording
from reports.addresses import Addressee, Directory, Recipient
from reports.attached import Attachment, next_talk, summary_workbook
from reports.audience import (
    AudienceKind,
    EmployeeView,
    ManagerView,
    OrganisationView,
    views,
)
from reports.chat_note import summarise_for_chat, told_to_chat
from reports.draft import LIMITS, Desk, Draft, Letter, key_for, write
from reports.lines import Links, no_links
from reports.organisation import HeldLine, summarise_organisation
from reports.render import Renderer
from reports.show import listed, one_line
from reports.summary import (
    PersonSummary,
    TeamSummary,
    summarise_person,
    summarise_team,
)
from reports.told import Earlier, told_to_employee, told_to_hr, told_to_manager
from sync.assess.model import Assessment
from sync.assess.presence import has_left
from sync.config.mail import Chat, Mail
from sync.findings import Finding
from sync.records.model import Person
from sync.wording import LANGS, Lang, Text

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

    Returns:
        Employees' letters in the order of the people, then managers', then HR's, then
        the notes to groups.
        Nobody without goals gets one.

    Raises:
        DeliveryError: If a template cannot be rendered; it names template and line.
    """
    desk = Desk(
        directory=Directory(assessment, options, lang, refused),
        renderer=Renderer(options.templates, today),
        links=links,
        source=one_line(source_name, 80),
        identity=identity or source_name,
        labels=frozenset(labels),
        today=today,
        earlier=Earlier(earlier),
        calendar=options.attach_next_talk,
        workbook=options.attach_summary,
    )
    seen = views(assessment)
    drafts = [
        *(_to_employee(view, desk) for view in seen.employees),
        *(_to_manager(view, desk) for view in seen.managers),
    ]
    if assessment.goals or assessment.findings:
        drafts += _to_hr(seen.organisation, drafts, desk)
        drafts += _to_chat(seen.organisation, options.chat, desk)
    keyed = ((draft, key_for(draft, desk)) for draft in drafts)
    # Most letters of a second run are known: rendering them again would be its work.
    return tuple(
        write(draft, key, desk)
        for draft, key in keyed
        if key not in desk.earlier
        and (options.when_all_is_well or _says_something(draft, key, desk))
    )


def _to_employee(view: EmployeeView, desk: Desk) -> Draft:
    return Draft(
        kind=AudienceKind.EMPLOYEE,
        person_key=view.person.key,
        addressee=_addressee(view.person, desk),
        told=told_to_employee(view),
        goals=view.goals,
        summary=lambda limit: summarise_person(view, desk.links, limit, desk.today),
        attachment=lambda tag: _next_talk(view, desk, tag),
    )


def _next_talk(view: EmployeeView, desk: Desk, tag: str) -> Attachment | None:
    if not desk.calendar or not view.rhythms:
        return None
    return next_talk(view.rhythms[0], desk.today, tag)


def _to_manager(view: ManagerView, desk: Desk) -> Draft:
    return Draft(
        kind=AudienceKind.MANAGER,
        person_key=view.person.key,
        addressee=_addressee(view.person, desk),
        told=told_to_manager(view),
        goals=tuple(goal for one in view.members for goal in one.goals),
        summary=lambda limit: summarise_team(view, desk.links, limit, desk.today),
    )


def _to_hr(
    view: OrganisationView, others: Sequence[Draft], desk: Desk
) -> Iterator[Draft]:
    held = [*_held(others), *_circular(view)]
    problems = [found for draft in others for found in draft.addressee.problems]
    for addressee in desk.directory.hr():
        yield Draft(
            kind=AudienceKind.HR,
            person_key="",
            addressee=addressee,
            told=told_to_hr(view, problems),
            goals=(),
            summary=lambda limit: summarise_organisation(view, held, desk.links, limit),
            attachment=lambda tag: (
                summary_workbook(view.assessment, desk.source, tag)
                if desk.workbook
                else None
            ),
        )


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


def _says_something(draft: Draft, key: str, desk: Desk) -> bool:
    """Whether a letter is worth its reader's minute.

    That all is well again is worth it to somebody who read otherwise this week; were
    it left out, the next bad news would look like that week's old one.
    """
    if desk.earlier.has_week_of(key):
        return True
    summary = draft.summary(LIMITS[0])
    if isinstance(summary, PersonSummary | TeamSummary):
        return summary.says_something
    return True


def _always(shown: object) -> Callable[[int], object]:
    return lambda _: shown


def _addressee(person: Person, desk: Desk) -> Addressee:
    """Address somebody, but hold what is for people whose row says they have left."""
    addressee = desk.directory.person(person)
    if not has_left(person, desk.today):
        return addressee
    said = "left_date" if person.left_on else "employment_status"
    at = person.place.at(said) if person.place else None
    problem = Finding(
        code="P906",
        severity="info",
        what=wording.LEFT.what,
        fix=wording.LEFT.fix,
        at=at,
        subject=person.key,
    )
    return Addressee(
        recipient=Recipient(addressee.recipient.name, None),
        language=addressee.language,
        problems=(problem,),
    )


def _held(drafts: Sequence[Draft]) -> Iterator[HeldLine]:
    for draft in drafts:
        for problem in draft.addressee.problems:
            yield HeldLine(
                kind=draft.kind,
                name=draft.addressee.recipient.name,
                what=problem.what,
                fix=problem.fix,
            )


def _circular(view: OrganisationView) -> Iterator[HeldLine]:
    if view.circular:
        names: dict[str, object] = {
            lang: listed((one.name for one in view.circular), lang) for lang in LANGS
        }
        yield HeldLine(
            kind=AudienceKind.MANAGER,
            name="",
            what=wording.CIRCLE.what.fill(names=Text("{zh}", "{en}", names)),
            fix=wording.CIRCLE.fix,
        )
