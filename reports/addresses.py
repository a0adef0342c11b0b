"""Where a letter goes and in which language; when in doubt it is held, never guessed."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reports import wording
from reports.show import one_line
from sync.assess.model import Assessment
from sync.config.mail import Chat, Mail
from sync.findings import Finding
from sync.languages import tag_within
from sync.records.model import Person
from sync.wording import Lang, Text

# One plain address and nothing else: no list, no comment, no quoting, no line break.
_ADDRESS = re.compile(
    r"[^\s\x00-\x20\x7f-\xa0@,;:<>()\[\]\"\\\u2000-\u206f]{1,64}"
    r"@([^\W_](?:[\w-]{0,62})(?:\.[^\W_][\w-]{0,62})*)"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a letter."""

    name: str
    """On one line; empty for HR."""
    email: str | None
    """``None``: no address."""
    robot: str = ""
    """Name of the robot that tells it to a group, in the place of an address."""

    @property
    def reachable(self) -> bool:
        """Whether the letter can go anywhere; else it is held."""
        return bool(self.email or self.robot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A recipient, their language, and what keeps the letter from being sent."""

    recipient: Recipient
    language: str
    """The tag, as in ``zh-TW``."""
    problems: tuple[Finding, ...] = ()


class Directory:
    """Everybody's address, looked up once for a run."""

    def __init__(
        self,
        assessment: Assessment,
        options: Mail,
        lang: Lang,
        refused: AbstractSet[str] = frozenset(),
    ) -> None:
        """Gather addresses.

        Args:
            assessment: Whose people are written to.
            options: Domains, languages and HR's addresses.
            lang: The workbook's language, when nothing else is said.
            refused: Addresses that the mail server refused.
        """
        self._options = options
        self._refused = refused
        self._lang = options.language or lang
        self._people = tuple(one.person for one in assessment.people)
        self._as_manager = _stated_by_reports(self._people)
        self._holders = self._count_holders()

    def person(self, person: Person) -> Addressee:
        """Give the one address of an employee or manager, or why there is none."""
        name = one_line(person.name, 60)
        email, problem = self._address_of(person)
        if email and not problem:
            problem = self._refuse(email, person)
        return Addressee(
            recipient=Recipient(name, None if problem else email),
            language=self._language(person.language, email or ""),
            problems=(problem,) if problem else (),
        )

    def hr(self) -> tuple[Addressee, ...]:
        """Give HR's addresses in the order of the configuration, each once."""
        listed = tuple(dict.fromkeys(one.strip() for one in self._options.hr))
        if not listed:
            problem = _problem("P907", wording.HR_UNKNOWN)
            return (self._as_hr(None, problem),)
        return tuple(self._as_hr(one, self._refuse(one, None)) for one in listed)

    def robot(self, robot: Chat) -> Addressee:
        """Give a group's robot, in the language its group is written to."""
        return Addressee(
            recipient=Recipient(robot.name, None, robot.name),
            language=robot.language or self._lang,
        )

    def _as_hr(self, email: str | None, problem: Finding | None) -> Addressee:
        return Addressee(
            recipient=Recipient("", None if problem else email),
            language=self._language("", email or ""),
            problems=(problem,) if problem else (),
        )

    def _addresses(self, person: Person) -> tuple[str, ...]:
        own = person.email.strip()
        return (own,) if own else self._as_manager.get(person.key, ())

    def _count_holders(self) -> Mapping[str, set[str]]:
        holders: dict[str, set[str]] = {}
        for person in self._people:
            for address in self._addresses(person):
                holders.setdefault(address.casefold(), set()).add(person.key)
        return holders

    def _address_of(self, person: Person) -> tuple[str | None, Finding | None]:
        found = self._addresses(person)
        if not found:
            return None, _problem("P901", wording.NO_ADDRESS, person)
        if len(found) > 1:
            return None, _problem("P904", wording.SEVERAL_ADDRESSES, person)
        return found[0], None

    def _refuse(self, email: str, person: Person | None) -> Finding | None:
        """Say why an address must not be written to; ``None`` when it may."""
        match = _ADDRESS.fullmatch(email)
        if match is None:
            return _problem("P903", wording.BAD_ADDRESS, person, address=email)
        domain = plain_domain(match[1])
        allowed = {plain_domain(one) for one in self._options.allowed_domains}
        if allowed and domain not in allowed:
            return _problem("P902", wording.FOREIGN_DOMAIN, person, domain=domain)
        if person and len(self._holders.get(email.casefold(), ())) > 1:
            return _problem("P905", wording.SHARED_ADDRESS, person)
        if email in self._refused:
            return _problem("P908", wording.REFUSED, person, address=email)
        return None

    def _language(self, own: str, email: str) -> str:
        rules = {
            plain_domain(domain): tag
            for domain, tag in self._options.languages_by_domain.items()
        }
        general = rules.get(plain_domain(email.rpartition("@")[2]), self._lang)
        return tag_within(own, general)


def is_address(text: str) -> bool:
    """Whether text is one plain address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def _stated_by_reports(people: Iterable[Person]) -> Mapping[str, tuple[str, ...]]:
    """Collect, per manager, the addresses their reports' rows state for them."""
    found: dict[str, dict[str, str]] = {}
    for person in people:
        address = person.manager_email.strip()
        if person.manager_key and address:
            same = found.setdefault(person.manager_key, {})
            same.setdefault(address.casefold(), address)
    return {key: tuple(same.values()) for key, same in found.items()}


def plain_domain(domain: str) -> str:
    """Write a domain one way, so that 例子.cn and its ASCII form are the same."""
    plain = domain.strip().lstrip("@").rstrip(".").casefold()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


def _problem(
    code: str, words: wording.Problem, person: Person | None = None, **slots: str
) -> Finding:
    shown = {name: one_line(value, 60) for name, value in slots.items()}
    at = None
    if person and person.place:
        field = "email" if person.place.has("email") else "employee_name"
        at = person.place.at(field)
    return Finding(
        code=code,
        severity="warning",
        what=_filled(words.what, shown),
        fix=_filled(words.fix, shown),
        at=at,
        subject=person.key if person else "",
    )


def _filled(text: Text, slots: Mapping[str, str]) -> Text:
    return text.fill(**slots) if slots else text
