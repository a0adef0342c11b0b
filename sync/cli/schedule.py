"""``followup schedule``: have the sync run by itself, and see whether it does."""

import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from getpass import getuser
from itertools import islice
from pathlib import Path

import click

from sync.cli.rounds import round_json, show_rounds
from sync.cli.session import (
    NeedsYesError,
    Session,
    current,
    json_option,
    source_argument,
)
from sync.cli.show import emit_json
from sync.history.folder import state_folder
from sync.history.rounds import Round
from sync.schedule.choose import SCHEDULERS, usual_scheduler
from sync.schedule.examples import EXAMPLES
from sync.schedule.job import Job, command_of, job_name, timetable_of
from sync.schedule.outcomes import OUTCOMES
from sync.schedule.scheduler import ScheduleError, Scheduler, State
from sync.wording import Lang, Text

_EVERY = Text(
    "{days} {at}（{zone}），逾期 {hours} 小时内补跑，下次 {next}",
    "{days} at {at} ({zone}), made up for until {hours} h later; next: {next}",
)
_EVERY_DAY = Text("每天", "every day")
_DAYS = {
    "mon": Text("周一", "Monday"),
    "tue": Text("周二", "Tuesday"),
    "wed": Text("周三", "Wednesday"),
    "thu": Text("周四", "Thursday"),
    "fri": Text("周五", "Friday"),
    "sat": Text("周六", "Saturday"),
    "sun": Text("周日", "Sunday"),
}
_MACHINE = Text("本机时区", "the machine's zone")
_LATER = Text("；本机推迟 {minutes} 分钟", "; this machine {minutes} min later")
_STATES: dict[State, Text] = {
    "absent": Text("{title}：未安装", "{title}: not installed"),
    "same": Text("{title}：已安装", "{title}: installed"),
    "different": Text(
        "{title}：已安装，但与下面不同；followup schedule install 可更新",
        "{title}: installed, but not as below; followup schedule install updates it",
    ),
}
_LAST = Text(
    "上次定时运行 {slot}：{outcome}（退出码 {code}）",
    "last scheduled run {slot}: {outcome} (exit code {code})",
)
_ASK = Text("安装上面的内容？", "Install this?")
_ASK_REMOVE = Text("移除定时运行？", "Remove it?")
_DONE = Text("已安装，下次运行 {next}", "installed; next run {next}")
_ALREADY = Text("已经安装，没有改动", "installed already; nothing was changed")
_REMOVED = Text("已移除", "removed")
_NONE = Text("没有安装，无需移除", "it is not installed; nothing was removed")
_LINGER = Text(
    "systemd 只在您登录期间运行；要一直运行：loginctl enable-linger",
    "systemd runs it only while you are logged in; for always: loginctl enable-linger",
)
_VARIABLE = Text(
    "{name} 从环境变量读取，定时任务看不到；请改用文件",
    "{name} is a variable, which schedulers do not know; use a file in its place",
)

with_option = click.option(
    "--with",
    "way",
    type=click.Choice(tuple(SCHEDULERS)),
    help="Which scheduler; without it the one this machine comes with.",
)
yes_option = click.option("--yes", "-y", is_flag=True, help="Do it without asking.")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A job and what is to start it."""

    job: Job
    scheduler: Scheduler


@click.group("schedule")
def command() -> None:
    """Have the sync run by itself, as [schedule] in config.toml says."""


@command.command("show")
@source_argument
@click.option(
    "--with",
    "way",
    type=click.Choice((*SCHEDULERS, *EXAMPLES)),
    help="Which scheduler; github and container are examples to copy.",
)
@json_option
@click.pass_context
def show(
    ctx: click.Context, source: str | None, way: str | None, *, as_json: bool
) -> None:
    """Show when it runs, whether it is installed, how it went, and what is installed."""
    session = current(ctx)
    lang = session.speaks
    if way in EXAMPLES:
        click.echo(EXAMPLES[way](job_of(session, source), session.now()), nl=False)
        return
    wanted = _wanted(session, source, way)
    text = wanted.scheduler.text(wanted.job)
    state: State | None = None
    try:
        found = state = wanted.scheduler.state(wanted.job)
        standing = _STATES[found].fill(title=wanted.scheduler.title).in_(lang)
    except ScheduleError as problem:
        standing = problem.in_(lang)
    with session.history() as history:
        last = next(iter(history.rounds.scheduled(wanted.job.name, limit=1)), None)
    if as_json:
        emit_json(_json(session, wanted, state, last) | {"text": text})
        return
    click.echo(_when(session, wanted.job, lang))
    click.echo(standing)
    if last:
        outcome = OUTCOMES[last.outcome]
        told = _LAST.fill(slot=last.slot, outcome=outcome, code=last.exit_code)
        click.echo(told.in_(lang))
    click.echo()
    click.echo(text, nl=False)


@command.command("install")
@source_argument
@with_option
@yes_option
@click.pass_context
def install(
    ctx: click.Context, source: str | None, way: str | None, *, yes: bool
) -> None:
    """Install it, or bring what is installed up to date; nothing else is touched."""
    session = current(ctx)
    lang = session.speaks
    wanted = _wanted(session, source, way)
    if wanted.scheduler.state(wanted.job) == "same":
        click.echo(_ALREADY.in_(lang))
        return
    click.echo(wanted.scheduler.text(wanted.job), err=True)
    for remark in _remarks(session, wanted):
        session.say(remark.in_(lang))
    _confirm(_ASK, lang, yes=yes)
    wanted.scheduler.install(wanted.job)
    click.echo(_DONE.fill(next=_next(session, wanted.job)).in_(lang))


@command.command("remove")
@source_argument
@with_option
@yes_option
@click.pass_context
def remove(
    ctx: click.Context, source: str | None, way: str | None, *, yes: bool
) -> None:
    """Remove it; what was run stays in the history."""
    session = current(ctx)
    lang = session.speaks
    wanted = _wanted(session, source, way)
    if wanted.scheduler.state(wanted.job) == "absent":
        click.echo(_NONE.in_(lang))
        return
    _confirm(_ASK_REMOVE, lang, yes=yes)
    wanted.scheduler.remove(wanted.job)
    click.echo(_REMOVED.in_(lang))


@command.command("runs")
@click.option("--limit", default=20, show_default=True, help="How many to show.")
@json_option
@click.pass_context
def runs(ctx: click.Context, limit: int, *, as_json: bool) -> None:
    """List every time a command was at work, newest first, also those that failed."""
    session = current(ctx)
    with session.history() as history:
        rounds = history.rounds.listed(limit=limit)
    show_rounds(rounds, session.speaks, as_json=as_json)


def job_of(session: Session, source: str | None) -> Job:
    """Make the job out of the configuration and what is to be worked on."""
    path, wanted = session.settings.path, session.config.schedule
    locators = session.locators(source)
    given = locators[0] if source else None
    name = job_name(path, given)
    minutes = wanted.time_limit_minutes
    return Job(
        name=name,
        command=command_of(path, given, send=wanted.send),
        folder=session.settings.folder.resolve(),
        timetable=timetable_of(session.config, name, socket.gethostname()),
        # Schedulers start us without what a login sets, such as XDG_STATE_HOME.
        environment={"FOLLOWUP_STATE": str(state_folder().resolve())},
        limit=timedelta(minutes=minutes) if minutes else None,
    )


def _wanted(session: Session, source: str | None, way: str | None) -> _Wanted:
    scheduler = SCHEDULERS[way or usual_scheduler()](session.now())
    return _Wanted(job_of(session, source), scheduler)


def _confirm(question: Text, lang: Lang, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise NeedsYesError(
            Text(
                "这会改动本机的定时任务，但没有人可以确认",
                "this changes what the machine runs by itself, and "
                "nobody is there to ask",
            ),
            where="schedule",
            hint=Text(
                "请先用 followup schedule show 查看，再加上 --yes",
                "look with followup schedule show, then add --yes",
            ),
        )
    click.confirm(question.in_(lang), abort=True, err=True)


def _next(session: Session, job: Job) -> str:
    slot = next(job.timetable.after(session.now()))
    return f"{slot.day.isoformat()} {slot.at:%H:%M}"


def _when(session: Session, job: Job, lang: Lang) -> str:
    table = job.timetable
    minutes = int(table.spread.total_seconds() // 60)
    told = _EVERY.fill(
        days=_days(table.weekdays, lang),
        at=f"{table.at:%H:%M}",
        zone=str(table.zone) if table.zone else _MACHINE,
        hours=session.config.schedule.catch_up_hours,
        next=_next(session, job),
    )
    later = _LATER.fill(minutes=minutes).in_(lang) if minutes else ""
    return told.in_(lang) + later


def _days(weekdays: Sequence[str], lang: Lang) -> str:
    if set(weekdays) == set(_DAYS):
        return _EVERY_DAY.in_(lang)
    named = [name.in_(lang) for day, name in _DAYS.items() if day in weekdays]
    return ("、" if lang == "zh" else ", ").join(named)


def _remarks(session: Session, wanted: _Wanted) -> list[Text]:
    """Say what would keep the runs from going well, though it can be installed."""
    schedule, smtp = session.config.schedule, session.config.mail.smtp
    found: list[Text] = []
    if schedule.send and smtp.password_env:
        found.append(_VARIABLE.fill(name="mail.smtp.password_env"))
    if schedule.ping_url_env:
        found.append(_VARIABLE.fill(name="schedule.ping_url_env"))
    lingers = Path("/var/lib/systemd/linger") / getuser()
    if wanted.scheduler.title.startswith("systemd") and not lingers.exists():
        found.append(_LINGER)
    return found


def _json(
    session: Session, wanted: _Wanted, state: State | None, last: Round | None
) -> dict[str, object]:
    slots = islice(wanted.job.timetable.after(session.now()), 3)
    return {
        "job": wanted.job.name,
        "scheduler": wanted.scheduler.title,
        "state": state,
        "command": list(wanted.job.command),
        "next": [slot.moment.isoformat() for slot in slots],
        "last": last and round_json(last),
    }
