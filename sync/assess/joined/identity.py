"""Who of one workbook is who of another; in doubt they are two people.

A name alone proves nothing: two workbooks may speak of two people called 王芳, and a
letter that mixes them tells one about the other. A number alone proves little, since
departments number their own people from 1. So two rows are one person when number or
address agree, neither contradicts the other, and the names agree as well or both agree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from sync.assess.joined.parts import Part, placed
from sync.cells import CellRef
from sync.findings import Finding
from sync.records.model import Person, Place
from sync.records.values.names import name_key
from sync.records.values.texts import folded
from sync.wording import Text

_TWO_MANAGERS = Text(
    "“{name}”的上级在 {books} 里填得不一样，无法确定向谁汇报",
    '"{name}" has different managers in {books}, so nobody is told as the manager',
)
_TWO_MANAGERS_FIX = Text(
    "核对后在各工作簿里填写同一位上级",
    "check who it is and name the same manager in each workbook",
)

_Member = tuple[int, Person]
"""Which part, and who in it."""


@dataclass(frozen=True, slots=True)
class Identities:
    """Everybody of all parts, each once."""

    people: tuple[Person, ...]
    """In the order of the parts; places name their workbook."""
    keys: tuple[Mapping[str, str], ...]
    """For each part: `Person.key` there → here."""
    findings: tuple[Finding, ...] = ()


def who_is_who(parts: Sequence[Part]) -> Identities:
    """Find the people whom several workbooks speak of."""
    members = [
        (index, person)
        for index, part in enumerate(parts)
        for person in part.assessment.records.people
    ]
    clusters = _clusters(members)
    shared = Counter(cluster[0][1].key for cluster in clusters)
    keys: tuple[dict[str, str], ...] = tuple({} for _ in parts)
    for cluster in clusters:
        first, person = cluster[0]
        key = person.key
        if shared[key] > 1:
            # Two people whom their workbooks know by the same key.
            key = f"{key}\t{parts[first].locator}"
        for index, one in cluster:
            keys[index][one.key] = key
    people, findings = [], []
    for cluster in clusters:
        person, finding = _merged(cluster, parts, keys)
        people.append(person)
        findings += [finding] if finding else []
    return Identities(tuple(people), keys, tuple(findings))


def _clusters(members: Sequence[_Member]) -> list[list[_Member]]:
    """Gather what is one person, in the order in which they are first named."""
    groups = list(range(len(members)))

    def root(at: int) -> int:
        while groups[at] != at:
            at = groups[at]
        return at

    for together in _sharing(members):
        for one, other in pairwise(together):
            groups[root(other)] = root(one)
    found: dict[int, list[_Member]] = {}
    for index, member in enumerate(members):
        found.setdefault(root(index), []).append(member)
    clusters: list[list[_Member]] = []
    for group in found.values():
        clusters += [group] if _is_one(group) else [[one] for one in group]
    return clusters


def _sharing(members: Sequence[_Member]) -> Iterable[list[int]]:
    """Gather those who share two of number, address and name."""
    names = _names_by_number(members)
    found: dict[tuple[str, str, str], list[int]] = {}
    for index, (_, person) in enumerate(members):
        number, address = _number(person), _address(person)
        name = name_key(person.name) or names.get(number, "")
        for sign in (number, address, ""), (number, "", name), ("", address, name):
            if sum(map(bool, sign)) == 2:  # noqa: PLR2004 - two of the three
                found.setdefault(sign, []).append(index)
    return found.values()


def _names_by_number(members: Sequence[_Member]) -> Mapping[str, str]:
    """Give the name that goes with a number, where only one does in all workbooks."""
    found: dict[str, set[str]] = {}
    for _, person in members:
        if person.name:
            found.setdefault(_number(person), set()).add(name_key(person.name))
    return {n: next(iter(names)) for n, names in found.items() if len(names) == 1}


def _number(person: Person) -> str:
    return folded(person.employee_id)


def _address(person: Person) -> str:
    return person.email.strip().casefold()


def _is_one(together: Sequence[_Member]) -> bool:
    """Whether all of them are surely the same person, no two of one workbook."""
    if len({index for index, _ in together}) < len(together):
        return False
    return all(_agree(one, other) for (_, one), (_, other) in combinations(together, 2))


def _agree(one: Person, other: Person) -> bool:
    number = _compared(_number(one), _number(other))
    address = _compared(_address(one), _address(other))
    name = _compared(name_key(one.name), name_key(other.name))
    if number is False or address is False:
        return False
    return bool(number and address) or name is not False


def _compared(one: str, other: str) -> bool | None:
    """Whether two values are equal; ``None`` when one of them is not known."""
    return one == other if one and other else None


def _merged(
    cluster: Sequence[_Member],
    parts: Sequence[Part],
    keys: Sequence[Mapping[str, str]],
) -> tuple[Person, Finding | None]:
    """Put together what the workbooks know of one person, the first one's word first."""
    (first, person), *others = cluster
    above = {
        keys[index].get(one.manager_key, one.manager_key): one.manager
        for index, one in cluster
        if one.manager_key is not None
    }
    place = _placed(person.place, parts[first].label)
    known = {name: getattr(person, name) for name in _COMBINED}
    for index, one in others:
        place = place or _placed(one.place, parts[index].label)
        known = {name: known[name] or getattr(one, name) for name in known}
    merged = replace(
        person,
        key=keys[first][person.key],
        place=place,
        manager_key=next(iter(above)) if len(above) == 1 else None,
        **known,
    )
    if len(above) < 2:  # noqa: PLR2004 - two that differ
        return merged, None
    at = place.at("manager") if place else None
    books = ", ".join(parts[index].label for index, _ in cluster)
    return merged, Finding(
        code="P131",
        severity="warning",
        what=_TWO_MANAGERS.fill(name=person.name, books=books),
        fix=_TWO_MANAGERS_FIX,
        at=at,
        subject=merged.key,
    )


_COMBINED = (
    *("name", "employee_id", "email", "department", "position", "manager"),
    *("manager_email", "hired_on", "employment_status", "language"),
)


def _placed(place: Place | None, label: str) -> Place | None:
    return None if place is None else moved(place, label)


def moved(place: Place, label: str) -> Place:
    """Name the workbook in every cell of a record."""
    return replace(
        place,
        sheet=placed(label, place.sheet),
        elsewhere={name: in_part(at, label) for name, at in place.elsewhere.items()},
    )


def in_part(at: CellRef, label: str) -> CellRef:
    """Name the workbook of one cell."""
    return at._replace(sheet=placed(label, at.sheet))
