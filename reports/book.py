"""The fill-in sheet: what each goal lacks, and room for the author's new wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from reports import ours
from reports.palette import ACCENT, LINE, PAPER, SOFT
from sync.assess.model import Assessment, GoalAssessment
from sync.smart.model import Letter
from sync.wording import Lang, Text

_MARK: Final = "FollowupFixHints"
"""Name of the document property by which we know our own file again."""
_SHEET: Final = Text("待补充目标", "Goals to complete")
_HEADS: Final = (
    (Text("工作表", "Sheet"), 14),
    (Text("单元格", "Cell"), 9),
    (Text("员工", "Employee"), 14),
    (Text("原目标", "Goal as written"), 40),
    (Text("缺什么", "What is missing"), 40),
    (Text("可以这样写", "Could be written"), 48),
    (Text("新写法（请填写）", "New wording (please fill in)"), 48),
)
_LETTERS: Final[dict[Letter, Text]] = {
    "S": Text("具体对象", "a concrete object"),
    "M": Text("衡量标准", "a measure"),
    "A": Text("可以达到的幅度", "a reach that can be met"),
    "R": Text("与上级目标的关联", "a link to a goal above"),
    "T": Text("完成时间", "a due date"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One row of the fill-in sheet."""

    sheet: str
    cell: str
    employee: str
    goal: str
    lacks: str
    suggestion: str
    """With open slots in brackets; empty when there is nothing to fill in."""


def hints_of(assessment: Assessment, lang: Lang) -> list[Hint]:
    """Gather the goals that lack something, in the order of the sheet."""
    return [_hint(it, lang) for it in assessment.goals if it.verdict.missing]


def _hint(judged: GoalAssessment, lang: Lang) -> Hint:
    goal, verdict = judged.goal, judged.verdict
    at = goal.at("goal_title")
    separator = "、" if lang == "zh" else ", "
    lacks = separator.join(_LETTERS[letter].in_(lang) for letter in verdict.missing)
    details = [finding.what.in_(lang) for finding in verdict.findings]
    # A suggestion keeps the goal's own words, so it speaks the goal's own language.
    is_chinese = any("\u3400" <= char <= "\u9fff" for char in goal.title)
    return Hint(
        sheet=at.sheet,
        cell=at.a1,
        employee=goal.employee or goal.employee_id,
        goal=goal.title,
        lacks="\n".join([lacks, *details]),
        suggestion=verdict.suggestion_zh if is_chinese else verdict.suggestion_en,
    )


def hints_book(hints: Sequence[Hint], lang: Lang) -> bytes:
    """Make the fill-in sheet; the same hints always give the same bytes.

    What people wrote stays text, whatever it begins with.
    """
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    ours.sign(book, _MARK)
    tab = book.add_worksheet(_SHEET.in_(lang))
    head = book.add_format(
        {"bold": True, "font_color": PAPER, "bg_color": ACCENT, "text_wrap": True}
    )
    text = book.add_format(
        {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": LINE}
    )
    room = book.add_format(
        {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE}
        | {"bg_color": SOFT}
    )
    for column, (title, width) in enumerate(_HEADS):
        tab.set_column(column, column, width)
        tab.write_string(0, column, title.in_(lang), head)
    for row, hint in enumerate(hints, 1):
        shown = (hint.sheet, hint.cell, hint.employee, hint.goal, hint.lacks)
        for column, value in enumerate((*shown, hint.suggestion)):
            tab.write_string(row, column, ours.writable(value), text)
        tab.write_blank(row, len(_HEADS) - 1, None, room)
    tab.freeze_panes(1, 0)
    if hints:
        tab.autofilter(0, 0, len(hints), len(_HEADS) - 1)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)
    tab.repeat_rows(0)
    book.close()
    return target.getvalue()


def may_replace(path: Path) -> bool:
    """Tell whether a file is a fill-in sheet that nobody filled in."""
    return ours.may_replace(path, _MARK)
