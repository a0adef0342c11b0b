"""``followup doctor``: is everything in order, and if not, what is to be done."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from sync.cli.schedule import job_of
from sync.cli.session import (
    NoSourceError,
    Session,
    current,
    json_option,
    source_argument,
)
from sync.cli.show import emit_json
from sync.clock import now
from sync.doctor.machine import clock, room
from sync.doctor.memory import memory
from sync.doctor.model import (
    Area,
    Check,
    Checks,
    Level,
    fine,
    of_error,
    problem,
    warning,
)
from sync.doctor.post import post
from sync.doctor.secrets import secrets
from sync.doctor.sources import source as look_at_source
from sync.doctor.timing import timing
from sync.errors import FollowupError
from sync.history.folder import state_folder
from sync.history.rounds import Round
from sync.history.store import History
from sync.schedule.choose import SCHEDULERS, usual_scheduler
from sync.wording import Lang, Text

_SIGNS: dict[Level, tuple[str, str]] = {
    "ok": ("✓", "green"),
    "warning": ("!", "yellow"),
    "problem": ("✗", "red"),
}
_AREAS: dict[Area, Text] = {
    "config": Text("配置", "configuration"),
    "source": Text("工作簿", "workbooks"),
    "history": Text("历史", "history"),
    "disk": Text("磁盘", "disk"),
    "clock": Text("时钟", "clock"),
    "secrets": Text("密钥文件", "secrets"),
    "mail": Text("邮件", "mail"),
    "schedule": Text("定时运行", "schedule"),
}
_READ = Text("配置文件没有错误", "the configuration has no errors")
_DEFAULTS = Text(
    "没有配置文件，全部用默认值", "no configuration file: every default holds"
)
_DEFAULTS_FIX = Text("运行 followup init 工作簿", "run followup init WORKBOOK")
_NO_SOURCE = Text("没有指定工作簿", "no workbook was named")
_NO_SOURCE_FIX = Text(
    "写上路径：followup doctor 工作簿；或运行 followup init 工作簿，写进配置文件",
    "name one: followup doctor WORKBOOK; or run followup init WORKBOOK to keep it in "
    "config.toml",
)
_FIX = Text("改法：", "fix: ")
_SUM = Text(
    "{ok} 项正常，{warning} 项提醒，{problem} 项问题",
    "in order: {ok}, warnings: {warning}, problems: {problem}",
)


@click.command("doctor")
@source_argument
@json_option
@click.pass_context
def command(ctx: click.Context, source: str | None, *, as_json: bool) -> int:
    """Look whether everything a sync needs is in order; nothing is written or sent.

    Exits 1 when something would not work.
    """
    session = current(ctx)
    lang = session.speaks
    found: list[Check] = []
    area = None
    for check in _checks(session, source):
        found.append(check)
        if as_json:
            continue
        if check.area != area:
            click.secho(_AREAS[check.area].in_(lang), bold=True)
            area = check.area
        _show(check, lang)
    counts = Counter(check.level for check in found)
    figures = {level: counts[level] for level in _SIGNS}
    if as_json:
        checks = [_json(check, lang) for check in found]
        emit_json({"checks": checks, "summary": figures})
    else:
        click.echo(_SUM.fill(**figures).in_(lang))
    return 1 if counts["problem"] else 0


def _checks(session: Session, given: str | None) -> Iterator[Check]:
    config, settings = session.config, session.settings
    if settings.path:
        yield fine("config", _READ, str(settings.path))
    else:
        yield warning("config", _DEFAULTS, _DEFAULTS_FIX)
    state = state_folder()
    folders = [state, session.outbox]
    try:
        sources = session.sources(given)
    except NoSourceError:
        yield problem("source", _NO_SOURCE, _NO_SOURCE_FIX)
    except FollowupError as error:
        yield of_error("source", error)
    else:
        for failure in sources.failed:
            yield of_error("source", failure)
        for one in sources.found:
            with session.working("looking at the workbooks", "正在检查工作簿"):
                checks = list(look_at_source(one, config, state, session.web))
            yield from checks
        folders += [Path(s.path).parent for s in sources.found if "://" not in s.path]
    yield from memory(config.history.url, state)
    yield from room(folders)
    rounds = _rounds(session)
    last = next((one.finished_at for one in rounds if one.finished_at), None)
    yield from clock(config.office.time_zone, now(), last)
    yield from secrets(config, settings.path, settings.folder)
    with session.working("asking the mail server", "正在连接邮件服务器"):
        checks = list(post(config.mail, settings.folder, os.environ))
    yield from checks
    yield from _timing(session, given)


def _rounds(session: Session) -> tuple[Round, ...]:
    # A history that cannot be opened has been told of already.
    with suppress(FollowupError), History.open(session.config.history.url) as history:
        return history.rounds.listed(limit=1)
    return ()


def _timing(session: Session, given: str | None) -> Checks:
    try:
        job = job_of(session, given)
        with session.history() as history:
            last = next(iter(history.rounds.scheduled(job.name, limit=1)), None)
    except NoSourceError:
        # Told of already, among the workbooks.
        return
    except FollowupError as error:
        yield of_error("schedule", error)
        return
    yield from timing(SCHEDULERS[usual_scheduler()], job, last, now())


def _show(check: Check, lang: Lang) -> None:
    sign, colour = _SIGNS[check.level]
    where = f"{check.where}: " if check.where else ""
    click.echo(f"  {click.style(sign, fg=colour)} {where}{check.what.in_(lang)}")
    if check.fix and check.level != "ok":
        click.echo(f"    {_FIX.in_(lang)}{check.fix.in_(lang)}")


def _json(check: Check, lang: Lang) -> dict[str, object]:
    return {
        "area": check.area,
        "level": check.level,
        "where": check.where or None,
        "what": check.what.in_(lang),
        "fix": check.fix.in_(lang) if check.fix else None,
    }
