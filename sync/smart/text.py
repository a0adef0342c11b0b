"""Linting a goal that has no sheet around it, for ``followup smart``."""

from dataclasses import dataclass
from datetime import date

from sync.config.model import Smart
from sync.findings import Finding
from sync.records.model import Goal, Origin, Place
from sync.smart.lint import lint_one
from sync.smart.model import Letter
from sync.smart.understand import understand
from sync.wording import Lang

_SHEET = "-"
_PLACE = Place(_SHEET, 1, {"goal_title": 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVerdict:
    """One goal text against SMART."""

    text: str
    lang: Lang
    score: int
    """0–100, higher is SMARTer; good from 60 on."""
    missing: tuple[Letter, ...]
    findings: tuple[Finding, ...]
    """Without a cell: the text stands alone."""
    suggestion: str
    """In the text's own language; empty when nothing is missing."""


def lint_text(
    text: str,
    options: Smart | None = None,
    *,
    today: date | None = None,
    fiscal_year_starts: int = 1,
) -> TextVerdict:
    """Lint one goal text by itself.

    Args:
        text: Any text; an empty one misses every letter.
        options: Which rules speak and how loudly; ``None`` for the defaults.
        today: For rules that need the day; ``None`` leaves them unasked.
        fiscal_year_starts: The month, 1–12, in which Q1 begins.
    """
    words = understand(text)
    goal = Goal(key="", place=_PLACE, origin=Origin(_SHEET, 1), title=words.text)
    verdict = lint_one(
        goal,
        options or Smart(),
        today=today or date.min,
        fiscal_year_starts=fiscal_year_starts,
    )
    suggestion = verdict.suggestion_zh if words.lang == "zh" else verdict.suggestion_en
    return TextVerdict(
        text=text,
        lang=words.lang,
        score=verdict.score,
        missing=verdict.missing,
        findings=verdict.findings,
        suggestion=suggestion,
    )
