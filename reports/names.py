"""Keeps one person's name out of what another reads."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from sync.assess.model import Assessment, Change, GoalAssessment
from sync.wording import LANGS, Text

_CJK = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST_NAME = 5
"""Words of a name in letters, or characters of one in Chinese; longer is cut."""


class Names:
    """Everybody's name, of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    @cached_property
    def _keys(self) -> Mapping[str, frozenset[str]]:
        """Name → keys of the people who bear it; ``?`` for somebody unknown."""
        found: dict[str, set[str]] = {}
        for one in self._assessment.people:
            found.setdefault(_folded(one.person.name), set()).add(one.person.key)
            found.setdefault(_folded(one.person.manager), set()).add("?")
        for team in self._assessment.teams:
            if team.manager:
                name = _folded(team.manager.name)
                found.setdefault(name, set()).add(team.manager.key)
        for goal in self._assessment.goals:
            for name in (goal.goal.employee, goal.goal.manager):
                found.setdefault(_folded(name), set()).add(goal.goal.person_key or "?")
        return {name: frozenset(keys) for name, keys in found.items() if len(name) > 1}

    def others(self, text: Text, seen: Iterable[str], typed: str = "") -> bool:
        """Tell whether a sentence names somebody who is not among ``seen``.

        Args:
            text: The sentence, in both languages.
            seen: Keys of the people the audience may read of.
            typed: The goal's own words; a name its owner wrote there is theirs.
        """
        allowed = set(seen)
        own = _folded(typed)
        for lang in LANGS:
            for name in _possible_names(text.in_(lang)):
                keys = self._keys.get(name)
                if keys and not keys & allowed and name not in own:
                    return True
        return False

    def harmless(
        self, texts: Iterable[Text], seen: Iterable[str], typed: str
    ) -> tuple[Text, ...]:
        """Keep the sentences that name nobody outside ``seen``."""
        return tuple(text for text in texts if not self.others(text, seen, typed))

    def without_others(
        self, one: GoalAssessment, seen: Iterable[str]
    ) -> GoalAssessment:
        """Drop from a goal what speaks of an earlier owner."""
        change: Change | None = one.change
        typed = f"{one.goal.title} {one.goal.description}"
        if change and any(self.others(text, seen, typed) for text in change.moved):
            # The goal was somebody else's: its former status and progress are theirs.
            change = None
        owned = tuple(
            each for each in one.seen if each.person_key == one.goal.person_key
        )
        if change is one.change and len(owned) == len(one.seen):
            return one
        return replace(one, change=change, seen=owned)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _possible_names(text: str) -> Iterator[str]:
    """Give every run of characters or words that could be a name, folded."""
    for run in _CJK.findall(text):
        for size in range(2, _LONGEST_NAME + 1):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]
    words = [word.casefold() for word in _WORD.findall(text)]
    for size in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
