"""The people: from their own sheet, else from everybody the other sheets name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import NamedTuple

from sync.findings import Finding
from sync.languages import tag_of
from sync.records import wording
from sync.records.directory import Directory, Mention
from sync.records.leave import read_times
from sync.records.model import Person
from sync.records.noting import finding_of
from sync.records.reading import TableReader
from sync.records.values.names import name_key, read_address, split_names
from sync.records.values.texts import folded, id_of, is_missing, name_of
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import RawValue


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one row of any sheet tells about a person."""

    mention: Mention
    position: str = ""
    manager: str = ""
    manager_email: str = ""


def read_people(reader: TableReader) -> list[Person]:
    """Read the rows of a sheet of people; their keys are not unique yet."""
    names = reader.read("employee_name", name, "")
    ids = reader.read("employee_id", number, "")
    emails = reader.read("email", read_address, "")
    managers = reader.read("manager", name, "")
    manager_emails = reader.read("manager_email", read_address, "")
    hired = reader.dates("hire_date", edge="first", is_past=True)
    times = read_times(reader)
    columns = zip(
        reader.places(),
        reader.texts("department"),
        reader.texts("position"),
        reader.texts("employment_status"),
        reader.read("language", _language, ""),
        strict=True,
    )
    return [
        Person(
            key=_key(ids[i], names[i] or emails[i], department),
            name=names[i],
            place=place,
            employee_id=ids[i],
            email=emails[i],
            department=department,
            position=position,
            manager=managers[i],
            manager_email=manager_emails[i],
            hired_on=hired[i],
            employment_status=employment,
            language=language,
            **times[i]._asdict(),
        )
        for i, (place, department, position, employment, language) in enumerate(columns)
        if names[i] or ids[i] or emails[i]
    ]


def name(raw: RawValue) -> str:
    """Read a name; empty for ``-`` and ``N/A``."""
    text = name_of(raw)
    return "" if is_missing(text) else text


def number(raw: RawValue) -> str:
    """Read an employee number or goal id as text; empty for ``-`` and ``N/A``."""
    text = id_of(raw)
    return "" if is_missing(text) else text


def _language(raw: RawValue) -> str:
    return tag_of(id_of(raw))


def _key(employee_id: str, person: str, department: str) -> str:
    if employee_id:
        return employee_id.upper()
    return (
        f"{name_key(person)}|{folded(department)}" if department else name_key(person)
    )


def with_unique_keys(
    people: Sequence[Person],
) -> tuple[tuple[Person, ...], list[Finding]]:
    """Keep people of one number apart, and say that the number is used twice.

    The keys depend on what the rows say and not on their order.
    """
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(people):
        by_key[person.key].append(index)
    keys = [person.key for person in people]
    findings = []
    for key, sharers in by_key.items():
        if len(sharers) == 1:
            continue
        in_order = sorted(sharers, key=lambda index: _content(people[index]))
        taken: Counter[str] = Counter()
        for index in in_order:
            longer = f"{key}|{name_key(people[index].name)}"
            taken[longer] += 1
            n = taken[longer]
            keys[index] = longer if n == 1 else f"{longer}|{n}"
        # Somebody without a number may be called what another's number is.
        numbered = [index for index in sharers if people[index].employee_id]
        if len(numbered) > 1:
            findings += [_shared(people, index, numbered) for index in numbered]
    unique = tuple(
        person if person.key == key else replace(person, key=key)
        for person, key in zip(people, keys, strict=True)
    )
    return unique, findings


def _content(person: Person) -> tuple[str, ...]:
    return tuple(
        str(getattr(person, each.name))
        for each in fields(person)
        if each.name != "place"
    )


def _shared(people: Sequence[Person], index: int, sharers: list[int]) -> Finding:
    person = people[index]
    others = [people[it] for it in sharers if it != index]
    places = [str(it.place.at("employee_id")) for it in others if it.place]
    problem = wording.DUPLICATE_EMPLOYEE_ID.about(
        person.employee_id, other=", ".join(places)
    )
    at = person.place.at("employee_id") if person.place else None
    return finding_of(problem, at, person.key)


def people_from(sightings: Iterable[Sighting]) -> tuple[Person, ...]:
    """Collect the people whom the other sheets name, when there is no list of them.

    One number is one person unless names differ; one name is one person unless
    departments differ. Managers who have no row of their own are people too.
    """
    key_of = cache(name_key)
    seen = tuple(dict.fromkeys(sightings))
    with_id = [it for it in seen if it.mention.employee_id]
    groups: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for sighting in with_id:
        mention = sighting.mention
        groups[folded(mention.employee_id), key_of(mention.name)].append(sighting)
    _drop_nameless(groups)
    people = [_person(group) for group in groups.values()]
    known = {key_of(person.name) for person in people}
    by_name: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in seen:
        if sighting.mention.employee_id:
            continue
        for each in split_names(sighting.mention.name) or (sighting.mention.email,):
            if each and key_of(each) not in known:
                alone = sighting.mention._replace(name=each)
                by_name[key_of(each)].append(replace(sighting, mention=alone))
    for group in by_name.values():
        people += _by_department(group)
    known |= set(by_name)
    numbers = {folded(person.employee_id) for person in people if person.employee_id}
    managers: defaultdict[str, list[str]] = defaultdict(list)
    for sighting in seen:
        manager = sighting.manager
        if manager and key_of(manager) not in known and folded(manager) not in numbers:
            managers[key_of(manager)].append(sighting.manager_email)
            managers[key_of(manager)].append("")
    spelled = {key_of(it.manager): it.manager for it in sorted(seen, key=repr)}
    for key, emails in managers.items():
        email = _settled(emails)
        people.append(Person(key=key, name=spelled[key], place=None, email=email))
    return with_unique_keys(sorted(people, key=_content))[0]


def _drop_nameless(groups: defaultdict[tuple[str, str], list[Sighting]]) -> None:
    """Give rows with a number and no name to the one person of that number."""
    for key in [key for key in groups if not key[1]]:
        named = [it for it in groups if it[0] == key[0] and it[1]]
        if len(named) == 1:
            groups[named[0]] += groups.pop(key)


def _by_department(group: list[Sighting]) -> list[Person]:
    departments = {folded(it.mention.department) for it in group} - {""}
    if len(departments) < 2:  # noqa: PLR2004
        return [_person(group)]
    return [
        _person([it for it in group if folded(it.mention.department) == department])
        for department in sorted(departments)
    ]


def _person(group: list[Sighting]) -> Person:
    employee_id = _settled(it.mention.employee_id for it in group)
    called = _settled(it.mention.name for it in group)
    department = _settled(it.mention.department for it in group)
    email = _settled(it.mention.email for it in group)
    return Person(
        key=_key(employee_id, called or email, department),
        name=called,
        place=None,
        employee_id=employee_id,
        email=email,
        department=department,
        position=_settled(it.position for it in group),
        manager=_settled(it.manager for it in group),
        manager_email=_settled(it.manager_email for it in group),
    )


def _settled(values: Iterable[str]) -> str:
    """Give the commonest value that is not empty, whatever the order of the rows."""
    given = {*(values := tuple(values))} - {""}
    if len(given) < 2:  # noqa: PLR2004
        return given.pop() if given else ""
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


class Managed(NamedTuple):
    """People whose managers are known, as far as they can be."""

    people: tuple[Person, ...]
    findings: list[Finding]
    unplaced: dict[str, UnreadableCell]
    """Person's key → what is wrong with the manager of somebody without a row in a
    list of people: it belongs beside the manager's name in a goal sheet."""


def with_managers(people: Sequence[Person]) -> Managed:
    """Find everybody's manager; a circle of managers is cut and said."""
    directory = Directory(people)
    findings: list[Finding] = []
    unplaced: dict[str, UnreadableCell] = {}
    manager_of: dict[str, str | None] = {}
    for person in people:
        found = directory.manager_of(person)
        manager_of[person.key] = found.key
        if found.problem:
            _note(person, found.problem, findings, unplaced)
    for circle in _circles(manager_of):
        # The head of an office often stands as their own manager.
        if len(circle) > 1:
            names = [directory.by_key[key].name or key for key in (*circle, circle[0])]
            problem = wording.MANAGER_LOOP.about(" → ".join(names))
            _note(directory.by_key[circle[0]], problem, findings, unplaced)
        for key in circle:
            manager_of[key] = None
    managed = tuple(replace(it, manager_key=manager_of[it.key]) for it in people)
    return Managed(managed, findings, unplaced)


def _note(
    person: Person,
    problem: UnreadableCell,
    findings: list[Finding],
    unplaced: dict[str, UnreadableCell],
) -> None:
    if person.place:
        at = person.place.at("manager")
        findings.append(finding_of(problem, at, person.key))
    else:
        unplaced[person.key] = problem


def _circles(manager_of: dict[str, str | None]) -> list[list[str]]:
    """Find the circles among managers, each once, from its smallest key on."""
    circles = []
    done: set[str] = set()
    for start in sorted(manager_of):
        path: dict[str, None] = {}
        key: str | None = start
        while key is not None and key not in path and key not in done:
            path[key] = None
            key = manager_of.get(key)
        if key is not None and key in path:
            members = list(path)
            circle = members[members.index(key) :]
            low = circle.index(min(circle))
            circles.append(circle[low:] + circle[:low])
        done |= set(path)
    return circles
