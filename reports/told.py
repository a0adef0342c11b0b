"""What a letter tells, without the numbers that drift, and the key made from it.

The same thing is never told twice in a week; a goal that goes red, green and red again
is told three times. Days and percentages are left out: they change every morning and
would make every letter news.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reports.audience import AudienceKind, EmployeeView, ManagerView, OrganisationView
from reports.promised import late
from reports.talks import needs_talk
from reports.variant import Cycle, Turn, Variant, of_cycle
from sync.assess.model import Conversation, GoalAssessment
from sync.assess.process import JudgedAction
from sync.findings import Finding


def told_to_employee(view: EmployeeView) -> tuple[str, ...]:
    """Say what an employee is told, in one order."""
    return tuple(sorted([*_goals(view.goals), *_late(view.actions)]))


def told_to_manager(view: ManagerView, own: EmployeeView | None) -> tuple[str, ...]:
    """Say what a manager is told, of the team and of their own goals, in one order."""
    mine = told_to_employee(own) if own else ()
    goals = (_goals(member.goals) for member in view.members)
    people = (f"member\t{member.person.key}" for member in view.members)
    lines = [*people, *_talks(view.conversations), *_late(view.actions)]
    return tuple(sorted([*mine, *lines, *(line for each in goals for line in each)]))


def told_at_the_end(goals: Iterable[GoalAssessment], cycle: Cycle) -> tuple[str, ...]:
    """Say what a letter at a period's end tells: how each of its goals ended."""
    ended = (one for one in goals if of_cycle(one, cycle))
    return tuple(sorted(f"end\t{one.goal.key}\t{one.status}" for one in ended))


def told_to_hr(view: OrganisationView, held: Iterable[Finding]) -> tuple[str, ...]:
    """Say what HR is told, in one order."""
    judged = view.assessment
    late_long = _late(one for one in judged.actions if one.step == "hr")
    without = (f"no goals\t{one.person.key}" for one in judged.people if not one.goals)
    found = (_finding("finding", one) for one in judged.findings)
    kept = (_finding("held", one) for one in held)
    return tuple(sorted([*_goals(judged.goals), *late_long, *without, *found, *kept]))


_SPECIAL = (Variant.MONTHLY, Variant.CLOSING)
"""Kinds of letters that a key names; the week's it does not."""


class Earlier:
    """The keys of the letters told before, found again by whose they are."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        """Keep the keys.

        Args:
            keys: Oldest first.
        """
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        for key in keys:
            self._by_start[_start(key)].append(key)

    def __contains__(self, key: str) -> bool:
        """Whether the letter was told."""
        return key in self._by_start.get(_start(key), ())

    def has_period_of(self, key: str) -> bool:
        """Whether anything was told to the reader of a key in its period."""
        return _start(key) in self._by_start

    def beginning(self, start: str) -> Sequence[str]:
        """Give the keys of one reader and period, oldest first."""
        return self._by_start.get(start, ())


def key_of(
    kind: AudienceKind,
    whose: str,
    *,
    turn: Turn,
    told: Sequence[str],
    earlier: Earlier,
) -> str:
    """Make a letter's key: audience, whose, period, run kind, what is told.

    Args:
        kind: The audience.
        whose: Source and person; only a hash of it is in the key, so that a key may
            stand in a log.
        turn: Which letters are written, and the period in which they are told once.
        told: What it tells, in one order.
        earlier: The letters told before.

    Returns:
        The key of the last letter when nothing is new since. When the same had been
        told in the period, but something else in between, the key ends in ``~2``,
        ``~3``, … A month is looked back on in the first letter of its period; what is
        news after that is told by the week's.
    """
    start = f"{kind}:{_digest([whose])}:{turn.period}:"
    digest = _digest(told)
    before = earlier.beginning(start)
    if turn.asked and turn.variant in _SPECIAL:
        before = [one for one in before if variant_of(one) is turn.variant]
    elif before and turn.once:
        return before[-1]
    follows = turn.variant is Variant.MONTHLY and before and not turn.asked
    mark = _mark(Variant.WEEKLY if follows else turn.variant)
    same = [one for one in before if _digest_in(one) == digest]
    if same and before[-1] in same:
        return same[-1]
    key = f"{start}{mark}{digest}"
    return f"{key}~{len(set(same)) + 1}" if same else key


def variant_of(key: str) -> Variant:
    """Tell from its key what a letter looks back on."""
    mark = key.rpartition(":")[2].partition("-")[0]
    return Variant(mark) if mark in _SPECIAL else Variant.WEEKLY


def _mark(variant: Variant) -> str:
    """Give what stands before the digest: nothing for the week's letters."""
    return f"{variant}-" if variant in _SPECIAL else ""


def _digest_in(key: str) -> str:
    return key.rpartition(":")[2].rpartition("-")[2].partition("~")[0]


def _start(key: str) -> str:
    """Give audience, reader and period of a key, with the colon after them."""
    return key.rpartition(":")[0] + ":"


def _digest(parts: Iterable[str]) -> str:
    whole = "\n".join(parts).encode(errors="surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:16]


def _goals(goals: Iterable[GoalAssessment]) -> Iterator[str]:
    for one in goals:
        claimed = str(one.claimed) if one.disagrees else "-"
        codes = ",".join(sorted({found.code for found in one.verdict.findings}))
        yield f"goal\t{one.goal.key}\t{one.status}\t{claimed}\t{codes}"


def _talks(talks: Iterable[Conversation]) -> Iterator[str]:
    return (f"talk\t{one.person.key}" for one in talks if needs_talk(one))


def _late(actions: Iterable[JudgedAction]) -> Iterator[str]:
    for one in late(actions):
        action = one.action
        yield f"action\t{action.action_id or action.action}\t{one.step}"


def _finding(what: str, one: Finding) -> str:
    # Not the cell: a row inserted above would make every finding below it news.
    place = one.subject or (one.at.sheet if one.at else "")
    return f"{what}\t{one.code}\t{place}"
