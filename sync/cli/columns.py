"""``followup columns``: which sheet is what, which column is which field, and why."""

import click

from sync.cells import column_letters
from sync.cli.session import current, json_option, source_argument
from sync.cli.show import emit_json, emit_table, percent
from sync.tables.model import Kind, Table
from sync.wording import Lang, Text

_KINDS = {
    Kind.GOALS: Text("目标（goals）", "goals"),
    Kind.KPI: Text("指标（kpi）", "kpi"),
    Kind.RATINGS: Text("评分（ratings）", "ratings"),
    Kind.PEOPLE: Text("人员（people）", "people"),
    Kind.FEEDBACK: Text("360 反馈（feedback）", "feedback"),
    Kind.CHECKINS: Text("沟通记录（checkins）", "checkins"),
    Kind.ACTIONS: Text("改进行动（actions）", "actions"),
    Kind.LEAVE: Text("请假记录（leave）", "leave"),
    Kind.PLANS: Text("目标分解（plans）", "plans"),
    Kind.OTHER: Text("其他（other）", "other"),
}
"""What a table is; in Chinese with the word that config.toml takes."""
_NOT_OURS = Text(
    "不是目标、评分、人员等表，不作识别",
    "no table of goals, ratings or people; its columns are left alone",
)
_ROW = Text("{n}（{what}）", "{n} ({what})")
_REASONS = {
    "total": Text("合计", "total"),
    "section": Text("分组标题", "section"),
    "note": Text("说明", "note"),
    "repeated_header": Text("重复的表头", "repeated header"),
    "empty_slot": Text("空行", "empty slot"),
    "legend": Text("图例", "legend"),
    "subhead": Text("小标题", "subheading"),
}
"""`Excluded.reason` → what people call it."""


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
    kind = _KINDS[table.kind].in_(lang)
    span = f"{table.first_row}–{table.last_row}"
    title = (
        f"'{table.sheet}' · {kind} · 表头第 {table.header_row} 行 · 数据 {span} 行"
        if zh
        else f"'{table.sheet}' · {kind} · header row {table.header_row} · rows {span}"
    )
    if table.kind is Kind.OTHER:
        click.echo(f"{title} · {_NOT_OURS.in_(lang)}\n")
        return
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
        told = (
            _ROW.fill(n=row.row, what=_REASONS[row.reason]) for row in table.excluded
        )
        left_out = ("、" if zh else ", ").join(one.in_(lang) for one in told)
        click.echo(("不算数据的行：" if zh else "rows left out: ") + left_out)
    click.echo()
