"""Improvement plans: what was agreed, what is given to help, and when it is looked at.

A plan is for getting better. Nothing here or in what is written about it speaks of an
end: the sheets' own words for one are asked to be taken out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sync.assess.process import ImprovementPlan, JudgedAction
from sync.assess.words import words
from sync.findings import Finding, Severity
from sync.records.model import Action
from sync.wording import Text

_PLAN = re.compile(
    r"绩效改进|改进计划|提升计划|辅导计划|\bpip\b|improvement plan", re.IGNORECASE
)
_SUPPORT, _CHECKPOINT, _ENDING = words("support"), words("checkpoint"), words("ending")

_WORDING: dict[str, tuple[Severity, Text, Text]] = {
    "P206": (
        "warning",
        Text(
            "{who} 的改进计划没有写公司提供什么支持",
            "the improvement plan of {who} names no support",
        ),
        Text(
            "加一行：提供什么培训、辅导或资源，由谁负责，什么时候",
            "add a row: which training, coaching or means, from whom, by when",
        ),
    ),
    "P207": (
        "info",
        Text(
            "{who} 的改进计划没有中途检查点",
            "the improvement plan of {who} has no checkpoint on the way",
        ),
        Text(
            "约定第 30、60、90 天一起回顾，各写一行并注明日期",
            "agree to look at it after 30, 60 and 90 days, a row with a day each",
        ),
    ),
    "P208": (
        "warning",
        Text(
            "改进计划里写了处理结果，而不是怎样改进",
            "an improvement plan speaks of an end and not of improving",
        ),
        Text(
            "改写成要达到的结果和提供的支持",
            "write what is to be reached, and what helps to reach it",
        ),
    ),
}


def plans_of(
    actions: Iterable[JudgedAction], today: date
) -> tuple[ImprovementPlan, ...]:
    """Gather the actions that are somebody's improvement plan, by owner.

    An action belongs to one where its kind, or the name of its sheet, says so. Its rows
    are what is to be improved, what is given to help, and the days on which both are
    looked at; a plan of several different days has checkpoints by itself.

    Args:
        actions: All actions, judged.
        today: The day judged.

    Returns:
        In the order in which the owners first come; nobody's rows are no plan.

    Source:
        Checkpoints after 30, 60 and 90 days are what published plans have. 劳动合同法
        第四十条 asks for training or another post first: support has to be on record.
    """
    by_owner: dict[str, list[JudgedAction]] = {}
    for one in actions:
        if one.action.owner_key and _is_planned(one.action):
            by_owner.setdefault(one.action.owner_key, []).append(one)
    return tuple(_plan(key, rows, today) for key, rows in by_owner.items())


def findings_of(plans: Iterable[ImprovementPlan]) -> Iterator[Finding]:
    """Say what plans lack, at their first row, and which words do not belong there."""
    for plan in plans:
        first = plan.rows[0].action
        if not plan.n_open:
            continue
        if not plan.n_support:
            yield _finding("P206", first)
        if not plan.checkpoints:
            yield _finding("P207", first)
        for row in plan.rows:
            if _says(row.action, _ENDING):
                yield _finding("P208", row.action)


def _plan(key: str, rows: Sequence[JudgedAction], today: date) -> ImprovementPlan:
    dues = sorted({one.action.due_on for one in rows if one.action.due_on})
    checks = [one for one in rows if _says(one.action, _CHECKPOINT)]
    days = sorted({one.action.due_on for one in checks if one.action.due_on})
    checkpoints = tuple(days or (dues if len(dues) > 1 else ()))
    upcoming = [day for day in checkpoints if day >= today]
    return ImprovementPlan(
        person_key=key,
        rows=tuple(rows),
        n_open=sum(one.is_open for one in rows),
        n_support=sum(_says(one.action, _SUPPORT) for one in rows),
        checkpoints=checkpoints,
        next_checkpoint=upcoming[0] if upcoming else None,
    )


def _is_planned(action: Action) -> bool:
    return bool(_PLAN.search(f"{action.category} {action.place.sheet}"))


def _says(action: Action, among: frozenset[str]) -> bool:
    text = f"{action.category} {action.issue} {action.action}".casefold()
    return any(word in text for word in among)


def _finding(code: str, action: Action) -> Finding:
    severity, what, fix = _WORDING[code]
    return Finding(
        code=code,
        severity=severity,
        what=what.fill(who=action.owner),
        fix=fix,
        at=action.place.at("action"),
        subject=action.owner_key or "",
    )
