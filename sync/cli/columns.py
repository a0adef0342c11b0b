"""``followup columns``: which sheet is what, which column is which field, and why."""

import click

from sync.cells import column_letters
from sync.cli.session import current, json_option, source_argument
from sync.cli.show import emit_json, emit_table, percent
from sync.tables.model import Table
from sync.wording import Lang


@click.command("columns")
@source_argument
@json_option
@click.pass_context
def command(ctx: click.Context, source: str | None, *, as_json: bool) -> None:
    """Show how the sheets and columns of a workbook are understood."""
    session = current(ctx)
    opened = session.open(source)
    lang = session.shown_in(opened.understood)
    tables = opened.understood.recognition.tables
    if as_json:
        emit_json({"tables": [_json(table, lang) for table in tables]})
        return
    if not tables:
        click.echo("没有认出任何表格" if lang == "zh" else "no table was recognised")
    for table in tables:
        show_table(table, lang)


def _json(table: Table, lang: Lang) -> dict[str, object]:
    return {
        "sheet": table.sheet,
        "sheet_index": table.sheet_index,
        "kind": str(table.kind),
        "header_row": table.header_row,
        "first_row": table.first_row,
        "last_row": table.last_row,
        "columns": [
            {
                "column": column_letters(column.column),
                "header": column.header,
                "field": column.field,
                "confidence": round(column.confidence, 2),
                "why": column.why.in_(lang),
            }
            for column in table.columns
        ],
        "missing": list(table.missing),
        "context": {name: str(value) for name, (value, _) in table.context.items()},
        "left_out": [
            {"row": row.row, "reason": row.reason, "why": row.why.in_(lang)}
            for row in table.excluded
        ],
    }


def show_table(table: Table, lang: Lang) -> None:
    """Print one table and how each of its columns is understood."""
    zh = lang == "zh"
    span = f"{table.first_row}–{table.last_row}"
    title = (
        f"'{table.sheet}' · {table.kind} · 表头第 {table.header_row} 行 · 数据 {span} 行"
        if zh
        else f"'{table.sheet}' · {table.kind} · header row {table.header_row} · "
        f"rows {span}"
    )
    heads = ("列", "表头", "字段", "把握", "依据")
    heads_en = ("col", "header", "field", "sure", "why")
    rows = [
        (
            column_letters(column.column),
            column.header,
            column.field or "–",
            percent(column.confidence),
            column.why.in_(lang),
        )
        for column in table.columns
    ]
    emit_table(heads if zh else heads_en, rows, title)
    if table.missing:
        click.echo(("缺少：" if zh else "missing: ") + ", ".join(table.missing))
    if table.excluded:
        left_out = ", ".join(f"{row.row} ({row.reason})" for row in table.excluded)
        click.echo(("不算数据的行：" if zh else "rows left out: ") + left_out)
    click.echo()
