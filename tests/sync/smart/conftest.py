"""Goals written the way a sheet shows them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from sync.config.model import Smart
from sync.records.model import Goal, Origin, Place, Quantity, Records, Status
from sync.smart.lint import lint
from sync.smart.model import Lint
from sync.smart.understand import Sort, understand

TODAY = date(2026, 3, 2)
COLUMNS = {
    "goal_id": "goal_id",
    "employee": "employee_name",
    "title": "goal_title",
    "description": "goal_description",
    "category": "category",
    "department": "department",
    "metric": "measure",
    "unit": "unit",
    "baseline": "baseline",
    "target": "target",
    "current": "actual",
    "data_source": "data_source",
    "steps": "specific",
    "weight": "weight",
    "supports": "relevance",
    "start": "start_date",
    "due": "due_date",
    "cycle": "period",
    "status": "status",
}
"""Short name in a test row → field of the vocabulary, in the order of the columns."""

Row = Mapping[str, str]
Build = Callable[[Sequence[Row]], Records]
LintRows = Callable[..., Lint]


def quantity(text: str) -> Quantity | None:
    if not text:
        return None
    read = understand(text).amounts
    comparator = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<"}.get(text[0], "")
    if not read:
        return Quantity(text, None)
    amount = read[-1]
    unit = "%" if amount.sort is Sort.PERCENT else amount.unit
    return Quantity(text, amount.value, unit, comparator)  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text[:4].isdigit() else None


def goals(rows: Sequence[Row]) -> Records:
    """Build the goals of one sheet: a column exists when some row names it."""
    named = {key for row in rows for key in row}
    present = [field for key, field in COLUMNS.items() if key in named]
    columns = {field: at for at, field in enumerate(present, 1)}
    return Records(
        goals=tuple(_goal(row, number, columns) for number, row in enumerate(rows, 2))
    )


def _goal(row: Row, number: int, columns: Mapping[str, int]) -> Goal:
    due, weight = row.get("due", ""), row.get("weight", "").removesuffix("%")
    status = row.get("status", "")
    return Goal(
        key=row.get("goal_id") or f"row {number}",
        place=Place("Goals", number, columns),
        origin=Origin("Goals", 1),
        goal_id=row.get("goal_id", ""),
        employee=row.get("employee", ""),
        person_key=row.get("employee") or None,
        department=row.get("department", ""),
        category=row.get("category", ""),
        review_cycle=row.get("cycle", ""),
        title=row.get("title", ""),
        description=row.get("description", ""),
        metric=row.get("metric", ""),
        unit=row.get("unit", ""),
        data_source=row.get("data_source", ""),
        steps=row.get("steps", ""),
        baseline=quantity(row.get("baseline", "")),
        target=quantity(row.get("target", "")),
        current=quantity(row.get("current", "")),
        weight=float(weight) / 100 if weight else None,
        supports=row.get("supports", ""),
        start_on=_day(row.get("start", "")),
        due_on=_day(due),
        due_text="" if _day(due) else due,
        claimed_status=Status(status) if status else None,
    )


@pytest.fixture
def build() -> Build:
    return goals


@pytest.fixture
def lint_rows() -> LintRows:
    def run(*rows: Row, options: Smart | None = None, starts: int = 1) -> Lint:
        return lint(
            goals(rows), options or Smart(), today=TODAY, fiscal_year_starts=starts
        )

    return run


def codes(result: Lint) -> list[str]:
    """Every code of a lint, the rows' first."""
    found = [finding for verdict in result.verdicts for finding in verdict.findings]
    return [finding.code for finding in (*found, *result.findings)]


@pytest.fixture
def codes_of() -> Callable[[Lint], list[str]]:
    return codes
