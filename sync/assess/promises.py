"""What an improvement action must say to be followed up; codes ``P2…``.

Every improvement names who does it and by when: without these nobody can be reminded.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sync.assess.process import JudgedAction
from sync.findings import Finding, Severity
from sync.records.model import Action
from sync.wording import Text, shorten

_Wording = tuple[Severity, Text, Text]

_CELLS: dict[str, _Wording] = {
    "P201": (
        "warning",
        Text("改进行动“{text}”没有负责人", 'the action "{text}" has no owner'),
        Text("写上由谁负责，只写一个人", "name the one person who sees to it"),
    ),
    "P202": (
        "warning",
        Text("改进行动“{text}”没有完成期限", 'the action "{text}" has no due date'),
        Text("写上完成日期，例如 {day}", "write a day, for example {day}"),
    ),
    "P203": (
        "info",
        Text(
            "改进行动“{text}”已结束，但没有写结果",
            'the action "{text}" is finished, but its outcome is empty',
        ),
        Text(
            "用一句话写下效果，没有效果也请写明",
            "say in a sentence what came of it, even if nothing did",
        ),
    ),
    "P204": (
        "warning",
        Text(
            "改进行动“{text}”有完成日期，状态却是“{state}”",
            'the action "{text}" has a closing date, yet its status is "{state}"',
        ),
        Text(
            "如果重新开始了，清空完成日期并给出新期限；如果已完成，更新状态",
            "if it was taken up again, clear the closing date and set a new due date; "
            "if it is done, update the status",
        ),
    ),
    "P205": (
        "warning",
        Text(
            "改进行动“{text}”的期限早于提出日期",
            'the action "{text}" is due before it was raised',
        ),
        Text("核对这两个日期", "check the two dates"),
    ),
}
_TABLES: dict[str, _Wording] = {
    "P201": (
        "warning",
        Text(
            "这张改进行动表没有“负责人”一列",
            "this table of actions has no column for the owner",
        ),
        Text(
            "加一列“负责人”，每项行动写一个人",
            "add a column Owner and name one person for each action",
        ),
    ),
    "P202": (
        "warning",
        Text(
            "这张改进行动表没有“完成期限”一列",
            "this table of actions has no column for the due date",
        ),
        Text(
            "加一列“完成期限”，每项行动写一个日期",
            "add a column Due and give each action a day",
        ),
    ),
}
"""What is said once where a whole column is missing, not on every row."""

_FIELDS = {
    "P201": "owner",
    "P202": "due",
    "P203": "outcome",
    "P204": "status",
    "P205": "due",
}


def findings_of(actions: Sequence[JudgedAction], today: date) -> Iterator[Finding]:
    """Say at which cells actions lack what they need.

    Finished actions are asked for an outcome only, and that only where the table has a
    column for it.
    """
    columns_missing: set[tuple[str, int, str]] = set()
    for judged in actions:
        action = judged.action
        for code in _codes(judged):
            place, field = action.place, _FIELDS[code]
            if place.has(field):
                yield _finding(code, _CELLS[code], action, today)
                continue
            table = (place.sheet, id(place.columns), code)
            if code in _TABLES and table not in columns_missing:
                columns_missing.add(table)
                yield _finding(code, _TABLES[code], action, today)


def _codes(judged: JudgedAction) -> Iterable[str]:
    """List what is wrong with one action."""
    action = judged.action
    if not judged.is_open:
        if not action.outcome:
            yield "P203"
    else:
        if not action.owner:
            yield "P201"
        if action.due_on is None and not action.due_text:
            yield "P202"
    if judged.reopened and action.closed_on is not None:
        yield "P204"
    if action.due_on and action.raised_on and action.due_on < action.raised_on:
        yield "P205"


def _finding(code: str, wording: _Wording, action: Action, today: date) -> Finding:
    severity, what, fix = wording
    text = shorten(action.action or action.issue)
    return Finding(
        code=code,
        severity=severity,
        what=what.fill(text=text, state=shorten(action.status_text, 20)),
        fix=fix.fill(day=today.replace(day=28).isoformat()),
        at=action.place.at(_FIELDS[code]),
        subject=action.owner_key or "",
    )
