"""The conditional formats that colour titles by status and cells by finding."""

from collections.abc import Iterable, Sequence

from sync.assess.labels import label
from sync.cells import Area, column_letters
from sync.findings import Finding
from sync.records.model import Status
from sync.tables.model import Table
from sync.wording import LANGS
from sync.workbooks.plan import Highlight, OwnColumn, Style

STYLES: dict[Status, Style] = {
    Status.OVERDUE: "late",
    Status.BEHIND: "bad",
    Status.AT_RISK: "watch",
    Status.NO_DATA: "quiet",
    Status.CLOSED: "quiet",
    Status.ACHIEVED: "good",
    Status.AHEAD: "good",
}
"""Statuses that are coloured; on track and not started stay as people left them."""


def highlights_of(
    table: Table, columns: Sequence[OwnColumn], findings: Iterable[Finding]
) -> tuple[Highlight, ...]:
    """Make the rules of one table; they read our columns, so they follow sorting.

    Args:
        table: The table of goals.
        columns: Our columns beside it.
        findings: The findings that speak of cells of its rows.
    """
    ours = {column.key: column for column in columns}
    rules: list[Highlight] = []
    if "smart" in ours:
        rules += _by_finding(table, ours["smart"], findings)
    if "status" in ours:
        rules += _by_status(table, ours["status"])
    return tuple(rules)


def _by_status(table: Table, status: OwnColumn) -> list[Highlight]:
    """Colour the status and the goal's title, the same for both languages' labels."""
    title = table.column_of("goal_title") or table.column_of("measure")
    targets = [status.column] + ([title] if title else [])
    cell = f"${column_letters(status.column)}{table.first_row}"
    rules = []
    for state, style in STYLES.items():
        words = ",".join(f'{cell}="{label(state, lang)}"' for lang in LANGS)
        rules += [
            Highlight(status.sheet, _data_area(table, column), f"OR({words})", style)
            for column in targets
        ]
    return rules


def _by_finding(
    table: Table, smart: OwnColumn, findings: Iterable[Finding]
) -> list[Highlight]:
    """Colour the very cell a finding speaks of, as long as its code stands in SMART."""
    cell = f"${column_letters(smart.column)}{table.first_row}"
    spoken_of = {(f.at.column, f.code) for f in findings if f.at}
    by_column: dict[int, list[str]] = {}
    for column, code in sorted(spoken_of):
        by_column.setdefault(column, []).append(code)
    return [
        Highlight(
            smart.sheet, _data_area(table, column), _any_code(cell, codes), "hint"
        )
        for column, codes in by_column.items()
    ]


def _any_code(cell: str, codes: list[str]) -> str:
    found = ",".join(f'ISNUMBER(SEARCH("{code}",{cell}))' for code in codes)
    return f"OR({found})"


def _data_area(table: Table, column: int) -> Area:
    return Area(table.first_row, column, table.last_row, column)
