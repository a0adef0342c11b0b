"""``followup evidence``: what is on record about one person, with its days."""

from collections.abc import Iterator
from datetime import date, datetime

import click

from sync.assess.labels import label
from sync.assess.pack import Course, Pack, pack_of, people_called
from sync.assess.shown import title
from sync.cli.process_json import confirmation_of, move_json, observation_json
from sync.cli.session import as_of_option, current, json_option, source_argument
from sync.cli.show import emit_json, percent
from sync.errors import FollowupError
from sync.history.store import LetterRow
from sync.wording import Lang, Text, shorten

_TITLE = Text(
    "{name} 的跟进记录（截至 {day}）", "Follow-up record of {name} (as of {day})"
)
_NOTE = Text(
    "本记录只列出有日期可查的事实，供主管、员工本人和 HR 一起核对；不含 360 度反馈的"
    "任何回答，也不作任何结论。",
    "This record lists dated facts only, for the manager, the person and HR to check "
    "together. It holds no answer of 360-degree feedback and draws no conclusion.",
)
_HEADS = {
    "goals": Text("目标", "Goals"),
    "changes": Text("目标调整", "Changes to goals"),
    "talks": Text("沟通", "Talks"),
    "actions": Text("改进行动与支持", "Actions and support"),
    "letters": Text("已告知", "What was told"),
}
_NOTHING = Text("没有记录", "nothing on record")
_CONFIRMED = {
    "yes": Text("本人已确认", "confirmed by the person"),
    "no": Text("本人未确认", "not confirmed by the person"),
    "undone": Text("确认后有改动，需重新确认", "changed since it was confirmed"),
}
_GOAL = Text(
    "{title}：目标值 {target}，期限 {due}，权重 {weight}；{status}：{reason}",
    "{title}: target {target}, due {due}, weight {weight}; {status}: {reason}",
)
_SEEN = Text(
    "{day} {status}，完成 {done}，当前值 {now}，目标值 {target}",
    "{day} {status}, {done} done, now {now}, target {target}",
)
_CHANGE = Text(
    "{day}（上次所见 {since}）{goal}：{what}；原因：{why}；批准人：{by}",
    "{day} (last seen otherwise {since}) {goal}: {what}; reason: {why}; agreed by: {by}",
)
_TALK = Text(
    "{day} {topic}；困难：{issues}；需要的支持：{support}；下一步：{following}",
    "{day} {topic}; difficulties: {issues}; support asked for: {support}; next: "
    "{following}",
)
_ACTION = Text(
    "{raised} {action}；期限 {due}；{state}；结果：{outcome}",
    "{raised} {action}; due {due}; {state}; outcome: {outcome}",
)
_CHECKPOINTS = Text("约定的检查点：{days}", "agreed checkpoints: {days}")


class NobodyError(FollowupError):
    """The person asked for cannot be told."""

    code = "F131"


@click.command("evidence")
@click.argument("person")
@source_argument
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    person: str,
    source: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Show what is on record about PERSON: goals, changes, talks, actions, letters.

    PERSON is a name, an employee number or an address. For HR: keep it as you keep a
    personnel file.
    """
    session = current(ctx)
    opened = session.open(source)
    lang = session.shown_in(opened.understood)
    with session.history() as history:
        assessment = session.judge(opened, history, session.today(as_of))
        found = people_called(assessment, person)
        if len(found) != 1:
            raise _nobody(person, [one.employee_id or one.key for one in found])
        goals = next(p for p in assessment.people if p.person is found[0]).goals
        lines = [history.goal_line(opened.locator, one.goal.key) for one in goals]
        letters = [
            one
            for one in history.letters(opened.locator, limit=10_000)
            if one.person_key == found[0].key and one.audience == "employee"
        ]
    pack = pack_of(assessment, found[0], lines)
    if as_json:
        emit_json(_json(pack, letters, lang))
        return
    for line in _lines(pack, letters, lang):
        click.echo(line)


def _nobody(name: str, several: list[str]) -> NobodyError:
    if several:
        what = Text(
            "有 {n} 个人叫“{name}”",
            "{n} people are called “{name}”",
            {"n": len(several), "name": name},
        )
        hint = Text(
            "请改用其中一位的工号：{numbers}",
            "give one of their numbers: {numbers}",
            {"numbers": ", ".join(several)},
        )
        return NobodyError(what, hint=hint)
    return NobodyError(
        Text("没有叫“{name}”的人", "nobody is called “{name}”", {"name": name}),
        hint=Text(
            "请用工作簿里的姓名或工号", "give a name or number from the workbook"
        ),
    )


def _lines(pack: Pack, letters: list[LetterRow], lang: Lang) -> Iterator[str]:
    """Write the record as Markdown, a section for each kind of fact."""
    who = pack.person
    head = _TITLE.fill(name=who.name or who.key, day=pack.as_of.isoformat())
    yield f"# {head.in_(lang)}"
    yield ""
    about = (who.employee_id, who.department, who.position, who.manager, who.hired_on)
    yield " · ".join(str(part) for part in about if part)
    yield ""
    yield _NOTE.in_(lang)
    sections = {
        "goals": [line for one in pack.courses for line in _goal(one, lang)],
        "changes": _changes(pack, lang),
        "talks": _talks(pack, lang),
        "actions": _actions(pack, lang),
        "letters": [
            f"- {one.at.date().isoformat()} {one.subject}"
            for one in sorted(letters, key=lambda it: it.at)
        ],
    }
    for name, rows in sections.items():
        yield f"\n## {_HEADS[name].in_(lang)}\n"
        yield from rows or [_NOTHING.in_(lang)]


def _goal(course: Course, lang: Lang) -> Iterator[str]:
    judged = course.judged
    goal = judged.goal
    said = _GOAL.fill(
        title=title(goal),
        target=goal.target.text if goal.target else "—",
        due=_day(goal.due_on),
        weight=percent(goal.weight) or "—",
        status=label(judged.status, lang),
        reason=judged.reason,
    )
    confirmed = confirmation_of(judged)
    tail = f"（{_CONFIRMED[confirmed].in_(lang)}）" if confirmed else ""
    yield f"- {said.in_(lang)}{tail}"
    for seen in course.line:
        line = _SEEN.fill(
            day=seen.on.isoformat(),
            status=label(seen.status, lang),
            done=percent(seen.progress) or "—",
            now=seen.current or "—",
            target=seen.target or "—",
        )
        yield f"  - {line.in_(lang)}"


def _changes(pack: Pack, lang: Lang) -> list[str]:
    return [
        "- "
        + _CHANGE.fill(
            day=move.on.isoformat(),
            since=move.since.isoformat(),
            goal=title(move.goal),
            what=move.text,
            why=shorten(move.why, 80) or "—",
            by=move.approved_by or "—",
        ).in_(lang)
        for move in pack.moves
    ]


def _talks(pack: Pack, lang: Lang) -> list[str]:
    return [
        "- "
        + _TALK.fill(
            day=_day(talk.held_on),
            topic=shorten(talk.topic or talk.notes, 60) or "—",
            issues=shorten(talk.issues, 80) or "—",
            support=shorten(talk.support, 80) or "—",
            following=shorten(talk.next_steps, 80) or "—",
        ).in_(lang)
        for talk in pack.talks
    ]


def _actions(pack: Pack, lang: Lang) -> list[str]:
    rows = [
        "- "
        + _ACTION.fill(
            raised=_day(one.action.raised_on),
            action=shorten(one.action.action or one.action.issue, 80),
            due=_day(one.action.due_on),
            state=one.reason,
            outcome=shorten(one.action.outcome, 80) or "—",
        ).in_(lang)
        for one in pack.actions
    ]
    if pack.plan and pack.plan.checkpoints:
        days = ", ".join(day.isoformat() for day in pack.plan.checkpoints)
        rows.append(f"- {_CHECKPOINTS.fill(days=days).in_(lang)}")
    return rows


def _day(day: date | None) -> str:
    return _iso(day) or "—"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(pack: Pack, letters: list[LetterRow], lang: Lang) -> dict[str, object]:
    return {
        "employee": pack.person.name,
        "employee_id": pack.person.employee_id or None,
        "as_of": pack.as_of.isoformat(),
        "goals": [
            {
                "title": one.judged.goal.title,
                "status": str(one.judged.status),
                "reason": one.judged.reason.in_(lang),
                "confirmed": confirmation_of(one.judged),
                "line": [observation_json(seen) for seen in one.line],
            }
            for one in pack.courses
        ],
        "changes": [move_json(move, lang) for move in pack.moves],
        "talks": [
            {
                "on": _iso(talk.held_on),
                "topic": talk.topic,
                "issues": talk.issues,
                "support": talk.support,
                "next": talk.next_steps,
            }
            for talk in pack.talks
        ],
        "actions": [
            {
                "action": one.action.action or one.action.issue,
                "raised_on": _iso(one.action.raised_on),
                "due_on": _iso(one.action.due_on),
                "open": one.is_open,
                "outcome": one.action.outcome,
            }
            for one in pack.actions
        ],
        "letters": [
            {"on": one.at.date().isoformat(), "subject": one.subject} for one in letters
        ],
    }
