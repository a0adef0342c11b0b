"""``followup demo``: a realistic workbook, and the whole sync on it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click

from sync.cli.demo_story import STORY, Week, told
from sync.cli.gather import gather
from sync.cli.round import run
from sync.cli.session import Opened, Session, as_of_option, current
from sync.cli.sync import report
from sync.config.load import Settings
from sync.config.mail import Mail
from sync.config.model import Config, Store
from sync.demo import build
from sync.demo.cycle import Cycle
from sync.demo.story import Case
from sync.history.store import History, RunRecord
from sync.pipeline import publish_feedback
from sync.wording import LANGS, Lang

EARLIER_WEEKS: Mapping[Case, int] = {"retail": 8, "tech": 11}
"""From goals that were set to sales that recover; from one round of 360-degree feedback
to the next, which may not be published within two months of it."""


@click.command("demo")
@click.argument(
    "folder", default="demo", type=click.Path(file_okay=False, path_type=Path)
)
@click.option("--lang", type=click.Choice(LANGS), default="zh", show_default=True)
@click.option(
    "--case",
    type=click.Choice(["retail", "tech"]),
    default="retail",
    show_default=True,
    help="A chain of shops, or a software company.",
)
@as_of_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    folder: Path,
    lang: Lang,
    case: Case,
    as_of: datetime | None,
) -> None:
    """Generate a workbook in FOLDER, sync it, and say where to look.

    Earlier weeks are told first, one sync each: targets that are adjusted with a
    reason, sales that recover; 360-degree feedback, the actions that follow, and the
    feedback after them.
    """
    asked = current(ctx)
    today = asked.today(as_of)
    folder.mkdir(parents=True, exist_ok=True)
    session = _session(asked, folder, today)
    with session.history() as history:
        click.echo(STORY.in_(lang))
        before: Week | None = None
        for monday in _mondays_before(today, EARLIER_WEEKS[case]):
            workbook = build(folder, lang=lang, case=case, today=today, on=monday)
            opened = session.open(str(workbook))
            week = _remember(session, opened, history, monday)
            click.echo(f"  {told(week, lang, before)}")
            before = week
        workbook = build(folder, lang=lang, case=case, today=today)
        gathered = gather(session, str(workbook), history, today)
        week = Week(gathered.judged[0].assessment, ())
        click.echo(f"  {told(week, lang, before)}\n")
        outcome = run(session, gathered, history, yes=True)
    assert outcome is not None
    report(session, outcome, lang)
    click.echo("请打开看看：" if lang == "zh" else "Have a look:")
    click.echo(f"  {workbook}")
    click.echo(f"  {session.outbox / 'index.html'}")


def _mondays_before(today: date, n: int) -> list[date]:
    """Give the latest ``n`` Mondays before a day, oldest first."""
    monday = today - timedelta(days=today.weekday() or 7)
    return [monday - timedelta(weeks=weeks) for weeks in reversed(range(n))]


def _remember(session: Session, opened: Opened, history: History, monday: date) -> Week:
    """Do one earlier week's sync; the next workbook replaces what it would write."""
    assessment = session.judge(opened, history, monday)
    feedback = publish_feedback(
        assessment, session.config, history, source=opened.locator, on=monday
    )
    at = datetime.combine(monday, time(9), tzinfo=session.now().tzinfo)
    run = RunRecord.of(assessment, started_at=at, finished_at=at)
    history.record(opened.locator, run)
    return Week(assessment, feedback)


def _session(asked: Session, folder: Path, today: date) -> Session:
    """Keep the demo's letters and history in its own folder.

    Every date of the workbook follows from its cycle: one of another cycle would look
    as if somebody had moved all due dates, and so each has a history of its own.
    """
    name = f"history-{Cycle(today).start:%Y-%m}.sqlite3"
    config = Config(
        mail=Mail(outbox=Path("outbox"), hr=("hr@example.com",)),
        history=Store(url=f"sqlite:///{folder.resolve() / name}"),
    )
    settings = Settings(config, folder.resolve() / "config.toml")
    return Session(settings=settings, lang=asked.lang, quiet=asked.quiet)
