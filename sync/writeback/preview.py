"""A plan as text, to be read before anything is done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from sync.cells import column_letters
from sync.wording import Lang, Text, shorten
from sync.workbooks.plan import Plan, Skipped
from sync.writeback.ours import as_text

MOST_EDITS = 12

_NOTHING = Text("没有要写的：工作簿已是最新。", "Nothing to write: it is up to date.")
_NEW = Text("新增列 {column}「{header}」", 'new column {column} "{header}"')
_CELLS = Text("更新 {n} 个单元格", "cells to write: {n}")
_MORE = Text("……还有 {n} 个", "… and {n} more")
_RULES = Text("条件格式 {n} 条", "conditional formats: {n}")
_BOARD = Text("看板工作表「{name}」", 'board sheet "{name}"')
_KEPT = Text("未写 {n} 处：", "left alone: {n}")


def preview(plan: Plan, lang: Lang) -> str:
    """Show what a plan would change, sheet by sheet, and what it leaves alone."""
    lines = [_NOTHING.in_(lang)] if plan.is_empty else list(_changes(plan, lang))
    if plan.how:
        lines.insert(0, plan.how.in_(lang))
    return "\n".join([*lines, *left_alone(plan.skipped, lang)])


def left_alone(skipped: Sequence[Skipped], lang: Lang) -> list[str]:
    """Say what is not written and why, the first few places by name."""
    if not skipped:
        return []
    return [
        _KEPT.fill(n=len(skipped)).in_(lang),
        *(f"  {one.at or ''} {one.why.in_(lang)}" for one in skipped[:MOST_EDITS]),
        *_rest(len(skipped), lang),
    ]


def _changes(plan: Plan, lang: Lang) -> Iterator[str]:
    per_sheet = Counter[str]()
    for edited in plan.edits.columns:
        per_sheet[edited.sheet] += len(edited.rows)
    rules = Counter(rule.sheet for rule in plan.highlights or ())
    new = [column for column in plan.columns if column.is_new]
    sheets = dict.fromkeys([*per_sheet, *rules, *(column.sheet for column in new)])
    for sheet in sheets:
        yield f"'{sheet}'"
        for column in new:
            if column.sheet == sheet:
                letters = column_letters(column.column)
                filled = _NEW.fill(column=letters, header=column.header)
                yield f"  + {filled.in_(lang)}"
        if per_sheet[sheet]:
            yield f"  ~ {_CELLS.fill(n=per_sheet[sheet]).in_(lang)}"
        edits = (edit for edit in plan.edits if edit.at.sheet == sheet)
        for edit in islice(edits, MOST_EDITS):
            before = "" if edit.before is None else shorten(as_text(edit.before), 24)
            after = "" if edit.after is None else shorten(as_text(edit.after), 48)
            yield f"    {edit.at.a1}: {before!r} → {after!r}"
        yield from _rest(per_sheet[sheet], lang)
        if rules[sheet]:
            yield f"  ~ {_RULES.fill(n=rules[sheet]).in_(lang)}"
    if plan.board:
        yield f"{_BOARD.fill(name=plan.board.name).in_(lang)}"


def _rest(n: int, lang: Lang) -> list[str]:
    hidden = n - MOST_EDITS
    return [f"    {_MORE.fill(n=hidden).in_(lang)}"] if hidden > 0 else []
