"""How results look on a terminal and in JSON."""

import json
import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text as RichText

from sync.assess import shown
from sync.findings import Finding, Severity
from sync.wording import Lang

WIDE = 160
"""Columns of output that is not a terminal, so that nothing is cut off in a file."""

COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "info": "cyan"}


def emit_json(document: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def console() -> Console:
    """Give a console on standard output; rich honours NO_COLOR by itself."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def emit_table(
    heads: Sequence[str], rows: Iterable[Sequence[str | RichText]], title: str = ""
) -> None:
    """Print a table; cells are plain text, never markup."""
    table = RichTable(
        title=title or None, title_justify="left", box=None, padding=(0, 2, 0, 0)
    )
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(RichText(c) if isinstance(c, str) else c for c in row))
    console().print(table)


def emit_finding(finding: Finding, lang: Lang) -> None:
    """Print one finding: where, code, what, and the fix on a line of its own."""
    where = f"{finding.at}: " if finding.at else ""
    code = click.style(finding.code, fg=COLOURS[finding.severity])
    click.echo(f"{where}{code} {finding.what.in_(lang)}")
    click.echo(f"  {'改法：' if lang == 'zh' else 'fix: '}{finding.fix.in_(lang)}")


def finding_json(finding: Finding, goal: str, lang: Lang) -> dict[str, object]:
    """Give a finding in the form the command contract promises."""
    at = finding.at
    return {
        "code": finding.code,
        "severity": finding.severity,
        "letter": finding.letter,
        "sheet": at.sheet if at else None,
        "cell": at.a1 if at else None,
        "row": at.row if at else None,
        "goal": goal or None,
        "what": finding.what.in_(lang),
        "fix": finding.fix.in_(lang),
    }


def percent(share: float | None) -> str:
    """Show a share as the sentences show it, and nothing for nothing."""
    return "" if share is None else shown.percent(share)
