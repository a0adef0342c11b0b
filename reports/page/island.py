"""The rows of a page as data: goals, people, findings, actions, talks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from reports.audience import AudienceKind
from reports.lines import ATTENTION, ORDER, goal_line, no_links
from reports.page.appraisal import ordered, relation
from reports.page.edition import Edition
from reports.page.encode import Sentences, Words
from reports.page.weights import weight_sums
from reports.show import one_line
from reports.wording import ASK, NEXT_STEP
from sync.assess.evaluation.model import Evaluation, Feedback360, Marks
from sync.assess.labels import SIGNS, WORDS
from sync.assess.model import GoalAssessment, PersonAssessment
from sync.assess.process import JudgedAction, Rhythm
from sync.findings import SEVERITIES, Finding
from sync.records.model import Status
from sync.smart.docs import title_of
from sync.smart.model import LETTERS
from sync.wording import LANGS

FORMAT = 1
"""Rises whenever a column moves or changes its meaning."""

MOST_FINDINGS = 2000
"""Data findings that a page lists; `status` and `check` list all."""

LEAN = 20_000
"""Goals from which on a page leaves out what the lint says of each."""

_ACROSS = ("2", "3")
"""Second character of the codes that compare with other rows, perhaps other people's."""


class Island:
    """One edition's rows, each name and each template of a sentence once."""

    def __init__(self, shown: Edition) -> None:
        self._shown = shown
        self._sentences = Sentences()
        self._words = Words()
        self._owners: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        self._people: list[list[object]] = []

    def document(self) -> dict[str, object]:
        """Give everything the page's script needs, as plain values."""
        shown = self._shown
        for one in shown.people:
            self._owners[one.person.key] = len(self._people)
            self._people.append(self._person(one))
        goals = [self._goal(one) for one in shown.goals]
        hr = shown.kind is AudienceKind.HR
        # The owner reads what to do next, everybody else what to ask them.
        own = shown.kind is AudienceKind.EMPLOYEE
        steps = NEXT_STEP if own else ASK
        document: dict[str, object] = {
            "format": FORMAT,
            "kind": str(shown.kind),
            "today": shown.today.isoformat(),
            "statuses": [
                [str(one), SIGNS[one], *(WORDS[one].in_(lang) for lang in LANGS)]
                for one in ORDER
            ],
            "attention": len(ATTENTION),
            "steps": [self._sentences.encode(steps.get(one)) for one in ORDER],
            "goals": goals,
            "people": self._people,
            "findings": self._findings(shown.findings) if hr else [],
            "actions": [self._action(one) for one in _pressing(shown.actions)],
            "talks": [self._rhythm(one) for one in shown.rhythms],
            **self._evaluation(shown),
            "rules": [
                [code, *(title_of(code, lang) for lang in LANGS)]
                for code in self._codes
            ],
        }
        # Last: both grow while the rows above are written.
        document["words"] = self._words.listed
        document["texts"] = self._sentences.templates
        return document

    def _person(self, one: PersonAssessment) -> list[object]:
        person = one.person
        counts = Counter(goal.status for goal in one.goals)
        hr = self._shown.kind is AudienceKind.HR
        return [
            self._words.number(person.name, 40),
            self._words.number(person.department, 40),
            # Whoever reads of their own team knows its manager; nobody else is named.
            self._words.number(person.manager if hr else "", 40),
            self._words.number(person.position, 40),
            _status(one.status) if one.goals else -1,
            _share(one.progress),
            [counts[status] for status in ORDER],
            [
                [self._words.number(period, 20), _share(total)]
                for period, total in weight_sums(one.goals)
            ],
        ]

    def _owner(self, one: GoalAssessment) -> int:
        """Give the number of whose goal it is, though the people sheet lacks them."""
        goal = one.goal
        key = goal.person_key or f"?\t{goal.employee}\t{goal.department}"
        if key not in self._owners:
            hr = self._shown.kind is AudienceKind.HR
            self._owners[key] = len(self._people)
            self._people.append(
                [
                    self._words.number(goal.employee, 40),
                    self._words.number(goal.department, 40),
                    self._words.number(goal.manager if hr else "", 40),
                ]
            )
        return self._owners[key]

    def _goal(self, one: GoalAssessment) -> list[object]:
        line = goal_line(one, no_links)
        change = line.since
        before = change.status if change else None
        lean = len(self._shown.goals) >= LEAN
        return [
            line.title.in_("en"),
            self._owner(one),
            self._words.number(one.goal.review_cycle, 20),
            _status(one.status),
            _status(one.claimed) if one.claimed else -1,
            int(one.disagrees),
            _share(one.progress),
            _share(one.expected),
            _day(one.goal.due_on),
            _day(one.next_on),
            one.verdict.score,
            sum(1 << LETTERS.index(letter) for letter in one.verdict.missing),
            self._words.number(line.sheet, 40),
            line.a1,
            self._sentences.encode(one.reason),
            [] if lean else [self._lint(found) for found in one.verdict.findings],
            _status(before) if before else -1,
            _share(one.goal.weight),
            [self._sentences.encode(text) for text in change.moved] if change else [],
            self._days_from_today(one.goal.start_on),
        ]

    def _days_from_today(self, on: date | None) -> int | None:
        return (on - self._shown.today).days if on else None

    def _lint(self, found: Finding) -> list[object]:
        """Write what the lint says: the code, and the sentence where it is the owner's.

        A rule that compares rows may quote another's goal: only HR reads the sentence.
        """
        code = self._codes.setdefault(found.code, len(self._codes))
        if self._shown.kind is not AudienceKind.HR and found.code[1] in _ACROSS:
            return [code]
        encode = self._sentences.encode
        return [code, encode(found.what), encode(found.fix)]

    def _evaluation(self, shown: Edition) -> dict[str, object]:
        """Write marks, scores and published feedback; only HR's edition has any."""
        found = shown.evaluation or Evaluation()
        names = {one.person.key: one.person.name for one in shown.people}
        return {
            "marks": [self._mark(one) for one in found.marks],
            "kpis": [
                [
                    self._words.number(names.get(one.person_key, ""), 40),
                    self._words.number(one.cycle, 20),
                    None if one.score is None else round(one.score, 1),
                    _share(one.coverage),
                    one.n_scored,
                    one.n,
                ]
                for one in found.kpis
            ],
            "feedback": [self._feedback(one) for one in shown.feedback],
        }

    def _mark(self, one: Marks) -> list[object]:
        return [
            self._words.number(one.employee, 40),
            self._words.number(one.cycle, 20),
            one.own,
            one.manager,
            one.final,
            self._words.number(one.grade, 20),
            None if one.gap is None else round(one.gap * 100),
            _share(one.composite),
        ]

    def _feedback(self, one: Feedback360) -> list[object]:
        return [
            self._words.number(one.ratee, 40),
            self._words.number(one.cycle, 20),
            _share(one.composite),
            None if one.self_gap is None else round(one.self_gap * 100),
            [
                [
                    self._sentences.encode(relation(group.relation)),
                    None if group.share is None else round(group.share * 100),
                    group.n,
                ]
                for group in ordered(one.groups)
            ],
        ]

    def _findings(self, findings: Sequence[Finding]) -> list[list[object]]:
        own = [one for one in findings if one.letter is None]
        worst_first = sorted(own, key=lambda one: SEVERITIES.index(one.severity))
        return [
            [
                one.code,
                SEVERITIES.index(one.severity),
                self._words.number(one.at.sheet if one.at else "", 40),
                one.at.a1 if one.at else "",
                self._sentences.encode(one.what),
                self._sentences.encode(one.fix),
            ]
            for one in worst_first[:MOST_FINDINGS]
        ]

    def _action(self, one: JudgedAction) -> list[object]:
        action = one.action
        at = action.place.at("action")
        return [
            one_line(action.action or action.issue, 160),
            one_line(action.issue if action.action else "", 160),
            self._words.number(action.owner, 40),
            _day(action.due_on),
            one.days_overdue if one.is_open else 0,
            int(one.is_open),
            self._sentences.encode(one.reason),
            self._words.number(at.sheet, 40),
            at.a1,
        ]

    def _rhythm(self, one: Rhythm) -> list[object]:
        return [
            self._words.number(one.person.name, 40),
            _day(one.last),
            _day(one.next),
            _day(one.due_on),
            one.missed,
        ]


def _pressing(actions: Sequence[JudgedAction]) -> list[JudgedAction]:
    return sorted(actions, key=lambda one: (not one.is_open, -one.days_overdue))


_NUMBERS: Mapping[Status, int] = {status: n for n, status in enumerate(ORDER)}


def _status(status: Status) -> int:
    return _NUMBERS[status]


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _share(value: float | None) -> float | None:
    """Keep what a percentage shows; the last step before 100 % is never rounded up."""
    if value is None:
        return None
    rounded = round(value, 3)
    return min(rounded, 0.999) if value < 1 else rounded
