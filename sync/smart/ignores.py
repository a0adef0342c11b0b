"""What a goal's own row wants unsaid, and ignores that are wrong or no longer needed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from sync.cells import CellRef
from sync.findings import Finding
from sync.records.model import Goal
from sync.smart.catalogue import RULES
from sync.smart.docs import message
from sync.smart.model import LETTERS, Verdict
from sync.wording import shorten

_KNOWN: Final = frozenset({*LETTERS, *(rule.code for rule in RULES)})


class Ignores:
    """Keeps findings back that their rows want unsaid, and remembers which it did."""

    def __init__(self, goals: Iterable[Goal]) -> None:
        """Look at the goals of one lint.

        Args:
            goals: All of them; most ask for nothing.
        """
        self._asking = {
            (goal.place.sheet, goal.place.row): goal for goal in goals if goal.ignored
        }
        self._used: set[tuple[CellRef, str]] = set()

    def __bool__(self) -> bool:
        """Whether any goal asks for anything."""
        return bool(self._asking)

    def heeded(self, verdict: Verdict, goal: Goal) -> Verdict:
        """Leave out of a verdict what its goal wants unsaid."""
        if not goal.ignored:
            return verdict
        findings = tuple(
            [it for it in verdict.findings if not self._keep_back(goal, it)]
        )
        return replace(verdict, findings=findings)

    def said(self, findings: Iterable[Finding]) -> Iterable[Finding]:
        """Leave out findings about sets of goals that stand in a row that asks so."""
        for finding in findings:
            at = finding.at
            goal = self._asking.get((at.sheet, at.row)) if at else None
            if goal is None or not self._keep_back(goal, finding):
                yield finding

    def _keep_back(self, goal: Goal, finding: Finding) -> bool:
        asked = [
            code for code in (finding.code, finding.code[0]) if code in goal.ignored
        ]
        self._used.update((goal.ignored[code], code) for code in asked)
        return bool(asked)

    def remarks(
        self, goals: Sequence[Goal], spoken: Iterable[str]
    ) -> Iterable[Finding]:
        """Speak of ignores that name no rule, or that kept nothing back.

        Args:
            goals: Those whose ignores are judged: open ones, in order.
            spoken: Codes and letters of the rules that the config lets speak.
        """
        heard = frozenset(spoken)
        for goal in goals:
            for code, at in goal.ignored.items():
                if code not in _KNOWN:
                    yield _remark("X002", goal, code, at)
                elif code in heard and (at, code) not in self._used:
                    yield _remark("X001", goal, code, at)


def _remark(kind: str, goal: Goal, code: str, at: CellRef) -> Finding:
    words = message(kind)
    return Finding(
        code=kind,
        severity="info",
        what=words.what.fill(code=shorten(code)),
        fix=words.fix.fill(code=shorten(code)),
        at=at,
        subject=goal.key,
    )
