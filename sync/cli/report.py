"""``followup report``: one page to look at, for one audience."""

import webbrowser
from datetime import datetime
from pathlib import Path

import click

from reports.audience import AudienceKind
from reports.page.edition import Edition, edition, with_feedback
from reports.page.figures import figures, figures_csv
from reports.page.render import page
from reports.page.save import default_name, save
from sync.assess.evaluation.model import Feedback360
from sync.cli.gather import Gathered, engine_option, gather
from sync.cli.session import (
    Session,
    as_of_option,
    current,
    json_option,
    source_argument,
)
from sync.cli.several import tell_failures
from sync.cli.show import emit_json
from sync.history.store import History
from sync.pipeline import publish_feedback
from sync.wording import LANGS, Lang


@click.command("report")
@source_argument
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="Where to write it; a dated name in this folder otherwise.",
)
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.option(
    "--audience",
    default="hr",
    show_default=True,
    metavar="WHO",
    help="hr, manager:NAME or employee:NAME; a number or address will do for NAME.",
)
@click.option("--lang", type=click.Choice(LANGS), help="Language it opens in.")
@engine_option
@as_of_option
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="The figures as CSV instead.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    ctx: click.Context,
    source: str | None,
    out: Path | None,
    audience: str,
    lang: Lang | None,
    engine: str | None,
    as_of: datetime | None,
    *,
    open_it: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Write one HTML page to look at: goals, people, SMART; it uses no network."""
    if as_json and as_csv:
        raise click.UsageError("--json and --csv are two forms of the same: choose one")
    if (as_json or as_csv) and (out or open_it):
        raise click.UsageError("--out and --open are for the page; figures are printed")
    session = current(ctx)
    with session.history() as history:
        today = session.today(as_of)
        gathered = gather(session, source, history, today, engine=engine)
        tell_failures(session, gathered.failures)
        if not gathered.judged:
            return gathered.code(0)
        shown = edition(gathered.joined(session.config), audience)
        if shown.kind is AudienceKind.HR:
            shown = with_feedback(shown, _feedback(session, gathered, history))
    speaks = lang or session.lang or gathered.lang
    if as_json:
        emit_json(figures(shown, speaks))
    elif as_csv:
        click.echo(figures_csv(shown, speaks), nl=False)
    else:
        name = gathered.origin().name
        _write(shown, page(shown, source_name=name, lang=speaks), out, open_it=open_it)
    return gathered.code(0)


def _feedback(
    session: Session, gathered: Gathered, history: History
) -> tuple[Feedback360, ...]:
    """Publish feedback workbook by workbook, as every release of it is counted."""
    on = session.now().date()
    return tuple(
        one
        for judged in gathered.judged
        for one in publish_feedback(
            judged.assessment, session.config, history, source=judged.locator, on=on
        )
    )


def _write(shown: Edition, html: str, out: Path | None, *, open_it: bool) -> None:
    path = (out or Path(default_name(shown))).absolute()
    save(html, path)
    click.echo(str(path))
    if open_it:
        webbrowser.open(path.as_uri())
