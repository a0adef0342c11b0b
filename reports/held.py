"""Whom a letter goes to, and why some wait: left, away, unknown, in a circle."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reports import wording
from reports.addresses import Addressee, Recipient
from reports.audience import AudienceKind, OrganisationView
from reports.draft import Desk, Draft
from reports.organisation import Absent, HeldLine
from reports.show import listed, one_line
from sync.assess.presence import back_from, has_left
from sync.findings import Finding
from sync.records.model import Person
from sync.wording import LANGS, Text


def addressee_of(person: Person, desk: Desk) -> Addressee:
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


def is_away(person: Person, today: date) -> bool:
    """Whether somebody is on leave: the first run after it writes to them afresh."""
    return back_from(person.away, today) != today


def absent_among(people: Iterable[Person], today: date) -> tuple[Absent, ...]:
    """Give those on leave, for HR to know why nothing was written to them."""
    away = {one.key: one for one in people if is_away(one, today)}
    return tuple(
        Absent(name=one_line(one.name, 40), back_on=back_from(one.away, today))
        for one in away.values()
    )


def held_lines(drafts: Sequence[Draft], view: OrganisationView) -> list[HeldLine]:
    """Say why letters are held, and what was left out of others."""
    return [*_held(drafts), *_circular(view)]


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
