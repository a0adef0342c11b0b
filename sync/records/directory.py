"""Who is who: finding the one person a row speaks of, or saying why not."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sync.records import wording
from sync.records.model import Person
from sync.records.values.names import family_name_of_title, name_key, split_names
from sync.records.values.texts import folded
from sync.records.values.unreadable import UnreadableCell


class Mention(NamedTuple):
    """What one row says about somebody; all as written, empty when it does not."""

    employee_id: str = ""
    email: str = ""
    name: str = ""
    department: str = ""


class Found(NamedTuple):
    """Whom a mention means."""

    key: str | None
    problem: UnreadableCell | None = None
    by: str = "name"
    """Which part of the mention the problem is about: ``id``, ``email`` or ``name``."""


NOBODY = Found(None)


class Directory:
    """Everybody known, found by number, address or name; never by a guess."""

    def __init__(self, people: Iterable[Person], *, is_list: bool = True) -> None:
        """Index the people.

        Args:
            people: With unique keys.
            is_list: Whether the office keeps a list of its people: only then is
                somebody who is not among them worth a finding.
        """
        self.people = tuple(people)
        self._is_list = is_list
        self.by_key = {person.key: person for person in self.people}
        self._by_id: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_bare_id: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_email: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            if person.employee_id:
                number = folded(person.employee_id)
                self._by_id[number].append(person)
                self._by_bare_id[number.lstrip("0")].append(person)
            if person.email:
                self._by_email[person.email].append(person)
            if person.name:
                self._by_name[name_key(person.name)].append(person)
        self._known: dict[Mention, Found] = {}

    def find(self, mention: Mention) -> Found:
        """Find the one person a mention means.

        The number decides; without one the address, then the name, and among people
        of one name the department. A name that contradicts the number finds nobody.
        """
        found = self._known.get(mention)
        if found is None:
            found = self._known[mention] = self._find(mention)
        return found

    def _find(self, mention: Mention) -> Found:
        if mention.employee_id:
            return self._of_id(mention)
        if mention.email:
            people = self._by_email.get(mention.email, [])
            if people:
                return self._one_of(people, mention, mention.email, "email")
        if mention.name:
            return self._of_name(mention)
        if mention.email and self._is_list:
            problem = wording.UNKNOWN_PERSON.about(mention.email)
            return Found(None, problem, "email")
        return NOBODY

    def _of_id(self, mention: Mention) -> Found:
        number = folded(mention.employee_id)
        people = self._by_id.get(number, [])
        if not people and mention.name:
            # A sheet that lost the zeros of 0042; the name must confirm it.
            people = [
                person
                for person in self._by_bare_id.get(number.lstrip("0"), [])
                if name_key(person.name) == name_key(mention.name)
            ]
        if not people:
            problem = wording.UNKNOWN_EMPLOYEE_ID.about(mention.employee_id)
            return Found(None, problem, "id")
        return self._one_of(people, mention, mention.employee_id, "id")

    def _one_of(
        self, people: list[Person], mention: Mention, text: str, by: str
    ) -> Found:
        """Let the name confirm a number or address, and choose among several."""
        if not mention.name:
            if len(people) == 1:
                return Found(people[0].key)
            return Found(None, wording.SEVERAL_PEOPLE.about(text), by)
        wanted = name_key(mention.name)
        fitting = [it for it in people if not it.name or name_key(it.name) == wanted]
        if len(fitting) == 1:
            return Found(fitting[0].key)
        if fitting:
            return Found(None, wording.SEVERAL_PEOPLE.about(text), by)
        listed = "/".join(sorted({person.name for person in people}))
        problem = wording.ID_AND_NAME_DISAGREE.about(
            text, listed=listed, name=mention.name
        )
        return Found(None, problem, by)

    def _of_name(self, mention: Mention) -> Found:
        people = self._by_name.get(name_key(mention.name), [])
        if len(people) > 1 and mention.department:
            wanted = folded(mention.department)
            people = [it for it in people if folded(it.department) == wanted] or people
        if len(people) == 1:
            return Found(people[0].key)
        if people:
            return Found(None, wording.SEVERAL_PEOPLE.about(mention.name))
        if len(split_names(mention.name)) > 1:
            return Found(None, wording.SEVERAL_OWNERS.about(mention.name))
        return Found(None, self._unknown(mention.name))

    def _unknown(self, name: str) -> UnreadableCell | None:
        family = family_name_of_title(name)
        alike = {it.name for it in self.people if family and it.name.startswith(family)}
        if len(alike) == 1:
            return wording.SHORT_NAME.about(name, listed=alike.pop())
        return wording.UNKNOWN_PERSON.about(name) if self._is_list else None

    def mention_of(self, text: str) -> Mention:
        """Take a cell for a number, an address or a name, whichever it is."""
        if "@" in text:
            return Mention(email=text.lower())
        if folded(text) in self._by_id:
            return Mention(employee_id=text)
        return Mention(name=text)

    def manager_of(self, person: Person) -> Found:
        """Find the manager a person's own entry names, by address, number or name."""
        manager, email = person.manager, person.manager_email
        by_email = self._by_email.get(email, []) if email else []
        if not manager:
            return Found(by_email[0].key) if len(by_email) == 1 else NOBODY
        named = self._by_id.get(folded(manager)) or self._by_name.get(
            name_key(manager), []
        )
        if "@" in manager:
            named = self._by_email.get(folded(manager), [])
        if by_email:
            both = [it for it in by_email if it in named]
            if len(both) == 1:
                return Found(both[0].key)
            if named:
                return Found(None, wording.MANAGER_DISAGREES.about(manager))
        if len(named) == 1:
            return Found(named[0].key)
        if named:
            return Found(None, wording.SEVERAL_MANAGERS.about(manager))
        return Found(None, wording.UNKNOWN_MANAGER.about(manager))
