"""Sheets that spread the targets of other sheets over months, quarters or days."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sync.config.model import TableOverride
from sync.findings import Finding
from sync.tables import reasons
from sync.tables.build import Draft, read_table
from sync.tables.model import Kind, Table
from sync.tables.normalise import clean
from sync.tables.vocabulary import Vocabulary

_OF_GOALS = frozenset(
    {
        "actual",
        "progress_pct",
        "status",
        "start_date",
        "due_date",
        "actual_end_date",
        "last_update",
        "scoring_criteria",
        "self_rating",
        "manager_rating",
        "final_rating",
        "weighted_score",
        "max_points",
        "achievable",
        "relevance",
        "forecast",
    }
)
"""A table with one of these columns says more of its goals than their plan."""
_NAMES = (
    "goal_id",
    "goal_title",
    "measure",
    "employee_id",
    "employee_name",
    "department",
)
"""What a plan's rows can be known by, the surest first."""
_ALIKE = {
    "goal_title": frozenset({"goal_title", "measure", "goal_description"}),
    "measure": frozenset({"goal_title", "measure", "goal_description"}),
    "employee_name": frozenset({"employee_name", "owner"}),
}
_MONTHS, _QUARTERS = 3, 2
"""Fewer are no plan."""
_MONTH = re.compile(r"(?:\d{4}-)?\d\d")
_RESULTS = re.compile(
    r"实际|实绩|完成|达成|业绩表|结果|进度|考勤|工资|薪|actual|result|achiev|progress|"
    r"attendance|salary|payroll"
)
"""What the name of a sheet says whose months are no targets."""


class Reading(NamedTuple):
    """One table as it was read, and from what."""

    draft: Draft
    table: Table
    remarks: list[Finding]


def set_apart(readings: Sequence[Reading], vocab: Vocabulary) -> list[Reading]:
    """Take the tables that merely spread the targets of other tables for plans.

    Alone, a table of goals with a target and months is a table of goals. Beside one
    that has the same goals with their results, dates or weights it is their plan: read
    as goals it would have everything twice.

    Args:
        readings: All tables of the workbook.
        vocab: The vocabulary.
    """
    whole = [it for it in readings if _says_more(it.table)]
    if not whole:
        return list(readings)
    people = [it for it in readings if it.table.kind is Kind.PEOPLE]
    known = _Known(whole, people)
    found = []
    for reading in readings:
        plan = None
        if reading.draft.override is None and reading not in whole:
            plan = _as_plan(reading, known, vocab)
        found.append(plan or reading)
    return found


def _says_more(table: Table) -> bool:
    fields = {it.field for it in table.columns}
    return table.kind in {Kind.GOALS, Kind.KPI} and bool(fields & _OF_GOALS)


class _Known:
    """What the goals of the workbook are called, looked up when it is asked for."""

    def __init__(self, goals: Sequence[Reading], people: Sequence[Reading]) -> None:
        self._readings = (*goals, *people)
        self._texts: dict[str, frozenset[str]] = {}

    def n_of(self, field: str, texts: Iterable[str]) -> int:
        """Count the texts that name a goal, somebody who has one, or their team.

        A shop is often named in its goals alone, as in ``城南路店销售额``.
        """
        known = self.texts(field)
        if field != "department":
            return sum(text in known for text in texts)
        titles = "\n".join(self.texts("goal_title"))
        return sum(text in known or text in titles for text in texts)

    def texts(self, field: str) -> frozenset[str]:
        """Give every name of a field, or of those that mean nearly the same."""
        if field not in self._texts:
            fields = _ALIKE.get(field, frozenset({field}))
            texts = [
                text
                for reading in self._readings
                for name in fields
                for text in _texts(reading, name)
            ]
            self._texts[field] = frozenset(texts)
        return self._texts[field]


def _as_plan(reading: Reading, known: _Known, vocab: Vocabulary) -> Reading | None:
    """Read a table as a plan, when it can be one of the goals that are known."""
    table = reading.table
    if table.kind not in {Kind.GOALS, Kind.KPI, Kind.OTHER, Kind.PEOPLE}:
        return None
    is_wide = _has_parts(table)
    speaks = any(_is_target(it.header, vocab) for it in table.columns)
    names = [table.sheet, *reading.draft.above.titles]
    if any(_RESULTS.search(clean(name)) for name in names):
        return None
    named = any(vocab.shapes["plans"].names.search(clean(name)) for name in names)
    if not (speaks or (is_wide and named)):
        return None
    word = TableOverride(sheet=table.sheet, kind="plans")
    draft = replace(reading.draft, override=word)
    read, remarks = read_table(draft, vocab)
    plan = Reading(reading.draft, replace(read, why=reasons.KIND_PLANS), remarks)
    fields = {it.field for it in read.columns}
    if not is_wide and not ({"period", "day"} & fields and "target" in fields):
        return None
    by = next((name for name in _NAMES if name in fields), None)
    if by is None:
        return None
    texts = _texts(plan, by)
    n_known = known.n_of(by, texts)
    return plan if n_known and n_known * 2 >= len(texts) else None


def _has_parts(table: Table) -> bool:
    """Whether months or quarters have a column each, enough of them for a plan."""
    periods = {it.period for it in table.columns if it.period}
    n_quarters = sum("Q" in it for it in periods)
    n_months = sum(bool(_MONTH.fullmatch(it)) for it in periods)
    return n_months >= _MONTHS or n_quarters >= _QUARTERS


def _is_target(header: str, vocab: Vocabulary) -> bool:
    guesses = vocab.guesses("plans", header) if header else ()
    return any(it.field == "target" and it.strength > 0.8 for it in guesses[:1])


def _texts(reading: Reading, field: str) -> set[str]:
    column = reading.table.column_of(field)
    if column is None:
        return set()
    rows = reading.draft.grid.between(reading.table.first_row, reading.table.last_row)
    skipped = {it.row for it in reading.table.excluded}
    return {
        clean(str(row.values[column - 1]))
        for row in rows
        if row.number not in skipped
        and column <= len(row.values)
        and row.values[column - 1] is not None
    } - {""}
