"""What the lint says of one goal."""

from dataclasses import dataclass
from typing import Literal

from sync.findings import Finding
from sync.smart.understand.model import Understanding

Letter = Literal["S", "M", "A", "R", "T"]
LETTERS: tuple[Letter, ...] = ("S", "M", "A", "R", "T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One goal against SMART."""

    score: int
    """0–100, higher is SMARTer."""
    missing: tuple[Letter, ...]
    """Letters the goal falls short of, in the order S M A R T."""
    findings: tuple[Finding, ...]
    suggestion_zh: str = ""
    """The goal's own words with the missing slots shown to fill, in Chinese brackets."""
    suggestion_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """The lint of one workbook."""

    verdicts: tuple[Verdict, ...]
    """One for each of ``records.goals``, in the same order."""
    findings: tuple[Finding, ...]
    """Those that speak of a set of goals: weights, counts, duplicates."""
    titles: tuple[Understanding, ...] = ()
    """What each title says, in the same order: the judgement asks it too, and reading
    is most of the lint's work. Empty: nobody has read them yet."""
