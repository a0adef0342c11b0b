"""``followup demo``: a realistic workbook, and the whole sync on it."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from sync.cli.session import Session, as_of_option, current
from sync.cli.sync import report, run
from sync.config.load import Settings
from sync.config.model import Config, Mail, Store
from sync.demo import build
from sync.wording import LANGS, Lang


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
    case: Literal["retail", "tech"],
    as_of: datetime | None,
) -> None:
    """Generate a workbook in FOLDER, sync it, and say where to look."""
    asked = current(ctx)
    today = asked.today(as_of)
    folder.mkdir(parents=True, exist_ok=True)
    workbook = build(folder, lang=lang, case=case, today=today)
    session = _session(asked, folder)
    opened = session.open(str(workbook))
    with session.history() as history:
        outcome = run(session, opened, history, as_of, yes=True)
    assert outcome is not None
    report(session, outcome, lang)
    click.echo("请打开看看：" if lang == "zh" else "Have a look:")
    click.echo(f"  {workbook}")
    click.echo(f"  {session.outbox / 'index.html'}")


def _session(asked: Session, folder: Path) -> Session:
    """Keep the demo's letters and history in its own folder."""
    config = Config(
        mail=Mail(outbox=Path("outbox"), hr=("hr@example.com",)),
        history=Store(url=f"sqlite:///{folder.resolve() / 'history.sqlite3'}"),
    )
    settings = Settings(config, folder.resolve() / "config.toml")
    return Session(settings=settings, lang=asked.lang, quiet=asked.quiet)
