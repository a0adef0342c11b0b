"""One assessment into letters, each for one audience, in its reader's language."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from reports import wording
from reports.addresses import Addressee, Directory, Recipient
from reports.audience import (
    AudienceKind,
    EmployeeView,
    ManagerView,
    OrganisationView,
    views,
)
from reports.chat_note import summarise_for_chat, told_to_chat
from reports.lines import Links, no_links
from reports.organisation import HeldLine, summarise_organisation
from reports.render import Renderer
from reports.show import listed, one_line
from reports.summary import summarise_person, summarise_team
from reports.told import Earlier, key_of, told_to_employee, told_to_hr, told_to_manager
from sync.assess.joined.parts import label_in
from sync.assess.model import Assessment, GoalAssessment
from sync.config.model import Chat, Mail
from sync.findings import Finding
from sync.records.model import Person
from sync.wording import LANGS, Lang, Text

CLIP = 98_000
"""Bytes of HTML; Gmail hides what comes after about 102 KB."""

_LIMITS = (40, 20, 10, 5, 2)
"""Rows a list shows, tried in turn until the letter is small enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, written but not sent."""

    audience: AudienceKind
    key: str
    """ASCII; the same key is never sent twice. See `reports.told.key_of`."""
    person_key: str
    """Whose letter it is, as `Person.key`; empty for HR's."""
    recipient: Recipient
    language: Lang
    subject: str
    text: str
    html: str
    told: tuple[str, ...]
    """What it tells, in one order and without drifting numbers."""
    problems: tuple[Finding, ...] = ()
    """Why it is held; empty when it may be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What every letter of one run needs."""

    directory: Directory
    renderer: Renderer
    links: Links
    source: str
    identity: str
    labels: frozenset[str]
    today: date
    earlier: Earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What one letter is made of."""

    kind: AudienceKind
    person_key: str
    addressee: Addressee
    told: tuple[str, ...]
    goals: tuple[GoalAssessment, ...]
    """Those it is about; empty when it is about all."""
    summary: Callable[[int], object]
    """The most rows a list shows → what the letter shows."""


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
    desk = _Desk(
        directory=Directory(assessment, options, lang, refused),
        renderer=Renderer(options.templates, today),
        links=links,
        source=one_line(source_name, 80),
        identity=identity or source_name,
        labels=frozenset(labels),
        today=today,
        earlier=Earlier(earlier),
    )
    seen = views(assessment)
    drafts = [
        *(_to_employee(view, desk) for view in seen.employees),
        *(_to_manager(view, desk) for view in seen.managers),
    ]
    if assessment.goals or assessment.findings:
        drafts += _to_hr(seen.organisation, drafts, desk)
        drafts += _to_chat(seen.organisation, options.chat, desk)
    keyed = ((draft, _key(draft, desk)) for draft in drafts)
    # Most letters of a second run are known: rendering them again would be its work.
    return tuple(
        _written(draft, key, desk) for draft, key in keyed if key not in desk.earlier
    )


def _to_employee(view: EmployeeView, desk: _Desk) -> _Draft:
    return _Draft(
        kind=AudienceKind.EMPLOYEE,
        person_key=view.person.key,
        addressee=_unless_left(desk.directory.person(view.person), view.person),
        told=told_to_employee(view),
        goals=view.goals,
        summary=lambda limit: summarise_person(view, desk.links, limit),
    )


def _to_manager(view: ManagerView, desk: _Desk) -> _Draft:
    return _Draft(
        kind=AudienceKind.MANAGER,
        person_key=view.person.key,
        addressee=_unless_left(desk.directory.person(view.person), view.person),
        told=told_to_manager(view),
        goals=tuple(goal for one in view.members for goal in one.goals),
        summary=lambda limit: summarise_team(view, desk.links, limit),
    )


def _to_hr(
    view: OrganisationView, others: Sequence[_Draft], desk: _Desk
) -> Iterator[_Draft]:
    held = [*_held(others), *_circular(view)]
    problems = [found for draft in others for found in draft.addressee.problems]
    for addressee in desk.directory.hr():
        yield _Draft(
            kind=AudienceKind.HR,
            person_key="",
            addressee=addressee,
            told=told_to_hr(view, problems),
            goals=(),
            summary=lambda limit: summarise_organisation(view, held, desk.links, limit),
        )


def _to_chat(
    view: OrganisationView, robots: Sequence[Chat], desk: _Desk
) -> Iterator[_Draft]:
    for robot in robots:
        summary = summarise_for_chat(view, robot)
        yield _Draft(
            kind=AudienceKind.CHAT,
            person_key="",
            addressee=desk.directory.robot(robot),
            told=told_to_chat(summary, robot),
            goals=(),
            summary=lambda _, summary=summary: summary,
        )


def _key(draft: _Draft, desk: _Desk) -> str:
    # HR's own address is part of whose it is: each of them gets one.
    to = draft.addressee.recipient
    whose = (
        draft.person_key
        or f"{'chat' if to.robot else 'hr'} {to.robot or to.email or '-'}"
    )
    return key_of(
        draft.kind,
        f"{desk.identity}\n{whose}",
        today=desk.today,
        told=draft.told,
        earlier=desk.earlier,
    )


def _written(draft: _Draft, key: str, desk: _Desk) -> Letter:
    lang, kind = draft.addressee.language, draft.kind
    whole = draft.summary(_LIMITS[0])
    slots: dict[str, object] = {
        "s": whole,
        "today": desk.today,
        "source": _based_on(draft, desk),
        "language": lang,
    }
    subject = desk.renderer.subject(kind, lang, slots)
    slots["subject"] = subject
    html = "" if kind is AudienceKind.CHAT else _html(draft, desk, slots)
    return Letter(
        audience=kind,
        key=key,
        person_key=draft.person_key,
        recipient=draft.addressee.recipient,
        language=lang,
        subject=subject,
        text=desk.renderer.text(kind, lang, slots),
        html=html,
        told=draft.told,
        problems=draft.addressee.problems,
    )


def _based_on(draft: _Draft, desk: _Desk) -> str:
    """Name the workbooks a letter draws on: of others, not even the name is told."""
    found = dict.fromkeys(label_in(one.goal.place.sheet) for one in draft.goals)
    names = [label for label in found if label in desk.labels]
    return one_line(", ".join(names), 200) if names else desk.source


def _html(draft: _Draft, desk: _Desk, slots: dict[str, object]) -> str:
    """Render the HTML, with shorter and shorter lists until nobody clips it."""
    html = ""
    for limit in _LIMITS:
        slots["s"] = draft.summary(limit)
        html = desk.renderer.html(draft.kind, draft.addressee.language, slots)
        if len(html.encode()) <= CLIP:
            break
    return html


def _unless_left(addressee: Addressee, person: Person) -> Addressee:
    """Hold the letter to somebody whose row says that they have left."""
    if person.employment_status.strip().casefold() not in wording.LEFT_WORDS:
        return addressee
    at = person.place.at("employment_status") if person.place else None
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


def _held(drafts: Sequence[_Draft]) -> Iterator[HeldLine]:
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
