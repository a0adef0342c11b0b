"""A part's records and judgements as the whole knows them: whose, and in which workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sync.assess.joined.identity import in_part, moved
from sync.assess.joined.parts import Part, placed
from sync.assess.model import GoalAssessment, Past
from sync.assess.process import Move
from sync.findings import Finding
from sync.records.model import Goal, Origin, Records


@dataclass(frozen=True, slots=True)
class Placing:
    """What changes when one part becomes a part of the whole."""

    part: Part
    people: Mapping[str, str]
    """`Person.key` in the part → in the whole."""

    def goal_key(self, key: str) -> str:
        """Give a goal a key that no other workbook's goal has."""
        return f"{key}\t{self.part.locator}"

    def records(self) -> Records:
        """Give the part's records; people are the whole's own."""
        own, label = self.part.assessment.records, self.part.label
        return Records(
            goals=tuple(self._goal(one) for one in own.goals),
            ratings=tuple(
                replace(
                    one,
                    place=moved(one.place, label),
                    person_key=self._person(one.person_key),
                )
                for one in own.ratings
            ),
            feedback=tuple(
                replace(
                    one,
                    place=moved(one.place, label),
                    ratee_key=self._person(one.ratee_key),
                )
                for one in own.feedback
            ),
            check_ins=tuple(
                replace(
                    one,
                    place=moved(one.place, label),
                    person_keys=tuple(self.people.get(k, k) for k in one.person_keys),
                )
                for one in own.check_ins
            ),
            actions=tuple(
                replace(
                    one,
                    place=moved(one.place, label),
                    owner_key=self._person(one.owner_key),
                )
                for one in own.actions
            ),
        )

    def judged(self, one: GoalAssessment) -> GoalAssessment:
        """Give a judged goal; nothing of the judgement changes."""
        goal = self._goal(one.goal)
        verdict = replace(
            one.verdict, findings=tuple(map(self.finding, one.verdict.findings))
        )
        return replace(
            one,
            goal=goal,
            verdict=verdict,
            moves=_of(goal, one.moves),
            unconfirmed_by=_of(goal, one.unconfirmed_by),
        )

    def finding(self, one: Finding) -> Finding:
        """Give a finding that names its workbook and whom it speaks of."""
        subject = one.subject
        if subject:
            subject = self.people.get(subject) or self.goal_key(subject)
        at = in_part(one.at, self.part.label) if one.at else None
        return replace(one, at=at, subject=subject)

    def past(self) -> Past:
        """Give what is remembered of the part's goals under their keys in the whole."""
        own = self.part.past
        return replace(
            own, goals={self.goal_key(key): seen for key, seen in own.goals.items()}
        )

    def _goal(self, one: Goal) -> Goal:
        label, origin = self.part.label, one.origin
        ignored = {code: in_part(at, label) for code, at in one.ignored.items()}
        return replace(
            one,
            key=self.goal_key(one.key),
            place=moved(one.place, label),
            origin=Origin(placed(label, origin.sheet), origin.header_row),
            person_key=self._person(one.person_key),
            ignored=ignored,
        )

    def _person(self, key: str | None) -> str | None:
        return None if key is None else self.people.get(key, key)


def _of(goal: Goal, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    return tuple(replace(move, goal=goal) for move in moves)
