"""The sheets that are HR's alone: marks, scores, published feedback, findings."""

from collections.abc import Iterator, Sequence

from reports.page.appraisal import ordered, relation
from reports.page.edition import Edition
from reports.sheets.pen import Column, Pen, Value
from sync.assess.evaluation.model import Evaluation
from sync.findings import SEVERITIES
from sync.wording import Lang, Text

_PERSON = Column(Text("员工", "Person"), 14)
_CYCLE = Column(Text("周期", "Period"), 10)
_GAP = Text("差距（百分制）", "Gap, of 100")
_MARKS = (
    _PERSON,
    _CYCLE,
    Column(Text("自评", "Own mark"), 9, "decimal"),
    Column(Text("主管评分", "Manager's mark"), 10, "decimal"),
    Column(Text("最终得分", "Final mark"), 10, "decimal"),
    Column(Text("等级", "Grade"), 10),
    Column(_GAP, 12, "number"),
    Column(Text("综合", "Composite"), 10, "percent"),
)
_KPIS = (
    _PERSON,
    _CYCLE,
    Column(Text("得分（100为达标）", "Score, 100 on target"), 13, "decimal"),
    Column(Text("有数据的权重", "Weight with figures"), 13, "percent"),
    Column(Text("计分目标", "Goals scored"), 10, "number"),
    Column(Text("目标数", "Goals"), 9, "number"),
)
_FEEDBACK = (
    _PERSON,
    _CYCLE,
    Column(Text("评价组", "Group"), 12),
    Column(Text("人数", "Raters"), 9, "number"),
    Column(Text("得分（百分制）", "Mark, of 100"), 12, "decimal"),
    Column(Text("量表得分", "On its scale"), 11, "decimal"),
    Column(Text("说明", "Note"), 40),
)
_FINDINGS = (
    Column(Text("程度", "Severity"), 10),
    Column(Text("编号", "Code"), 8),
    Column(Text("单元格", "Cell"), 18),
    Column(Text("哪里不对", "What"), 60, "wrap"),
    Column(Text("怎么改", "How to fix it"), 60, "wrap"),
)
_SEVERITY = {
    "error": Text("错误", "error"),
    "warning": Text("提醒", "warning"),
    "info": Text("提示", "note"),
}
_SUPPRESSED = Text("人数不足，不显示", "too few answers, not shown")
_FEW = Text("不足 6 人，仅供参考", "fewer than six: not reliable")
_FROZEN = Text("新答复待凑足人数", "newer answers wait for others")


def confidential_sheets(pen: Pen, shown: Edition) -> None:
    """Write what of them there is; nothing for anybody but HR, who alone has it."""
    found = shown.evaluation or Evaluation()
    if found.marks:
        pen.table(Text("评分", "Marks"), "Marks", _MARKS, _marks(found))
    if found.kpis:
        pen.table(Text("KPI得分", "KPI scores"), "Kpi", _KPIS, _kpis(found, shown))
    if shown.feedback:
        rows = _feedback(shown, pen.lang)
        pen.table(Text("360反馈", "360 feedback"), "Feedback", _FEEDBACK, rows)
    if shown.findings:
        rows = _findings(shown, pen.lang)
        pen.table(Text("数据问题", "Findings"), "Findings", _FINDINGS, rows)


def _marks(found: Evaluation) -> Iterator[Sequence[Value]]:
    for one in found.marks:
        gap = None if one.gap is None else round(one.gap * 100)
        yield (
            one.employee,
            one.cycle,
            one.own,
            one.manager,
            one.final,
            one.grade,
            gap,
            one.composite,
        )


def _kpis(found: Evaluation, shown: Edition) -> Iterator[Sequence[Value]]:
    names = {one.person.key: one.person.name for one in shown.people}
    for one in found.kpis:
        yield (
            names.get(one.person_key, ""),
            one.cycle,
            one.score,
            one.coverage,
            one.n_scored,
            one.n,
        )


def _feedback(shown: Edition, lang: Lang) -> Iterator[Sequence[Value]]:
    for one in shown.feedback:
        for group in ordered(one.groups):
            hidden = group.share is None
            notes = (
                (_SUPPRESSED, hidden),
                (_FEW, group.is_low_n),
                (_FROZEN, group.is_frozen),
            )
            yield (
                one.ratee,
                one.cycle,
                relation(group.relation).in_(lang),
                group.n,
                None if group.share is None else group.share * 100,
                group.mark,
                ("；" if lang == "zh" else "; ").join(
                    note.in_(lang) for note, holds in notes if holds
                ),
            )


def _findings(shown: Edition, lang: Lang) -> Iterator[Sequence[Value]]:
    for one in sorted(shown.findings, key=lambda one: SEVERITIES.index(one.severity)):
        yield (
            _SEVERITY[one.severity].in_(lang),
            one.code,
            str(one.at) if one.at else "",
            one.what.in_(lang),
            one.fix.in_(lang),
        )
