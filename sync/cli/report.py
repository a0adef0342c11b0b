"""``followup report``: one page to look at, or one workbook, for one audience."""

import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from reports.audience import AudienceKind
from reports.page.edition import Edition, edition, with_feedback
from reports.page.figures import figures, figures_csv
from reports.page.render import page
from reports.pdf import print_page
from reports.save import default_name, save
from reports.sheets.book import summary_book
from sync.assess.evaluation.model import Feedback360
from sync.cli.gather import Gathered, engine_option, gather
from sync.cli.misuse import MisuseError
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
from sync.wording import LANGS, Lang, Text

_FIGURES_ARE_PRINTED = Text(
    "--out、--open、--xlsx、--pdf 用于生成文件；数据是直接显示的",
    "--out, --open, --xlsx and --pdf are for files; figures are printed",
)
_ONE_FORM = Text(
    "--json 和 --csv 是同一内容的两种形式，请选一种",
    "--json and --csv are two forms of the same: choose one",
)
_ENDING = Text(
    "--out 的文件名应以 {ending} 结尾：{name}", "--out should end in {ending}: {name}"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """One kind of file that a report can be."""

    ending: str
    make: Callable[[Edition, str, Lang], bytes]


def _page(shown: Edition, source: str, lang: Lang) -> bytes:
    return page(shown, source_name=source, lang=lang).encode()


def _pdf(shown: Edition, source: str, lang: Lang) -> bytes:
    return print_page(page(shown, source_name=source, lang=lang))


def _book(shown: Edition, source: str, lang: Lang) -> bytes:
    return summary_book(shown, source_name=source, lang=lang)


_FILES: Mapping[str, _Form] = {
    "html": _Form(".html", _page),
    "xlsx": _Form(".xlsx", _book),
    "pdf": _Form(".pdf", _pdf),
}


def _form(name: str, text: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    return click.option(f"--{name}", "form", flag_value=name, help=text)


@click.command("report")
@source_argument
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it; a dated name in this folder otherwise.",
)
@click.option("--open", "open_it", is_flag=True, help="Open it when it is written.")
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
@_form("xlsx", "A workbook with charts and tables instead of the page.")
@_form("pdf", "The page as PDF; needs an installed Chromium, Chrome or Edge.")
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
    form: str | None,
    *,
    open_it: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Write one HTML page to look at: goals, people, SMART; it uses no network."""
    if (as_json or as_csv) and (out or open_it or form):
        raise MisuseError(_FIGURES_ARE_PRINTED, ctx)
    if as_json and as_csv:
        raise MisuseError(_ONE_FORM, ctx)
    kind = _FILES[form or "html"]
    if out and out.suffix.lower() != kind.ending:
        raise MisuseError(_ENDING.fill(ending=kind.ending, name=out.name), ctx)
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
        return gathered.code(0)
    if as_csv:
        click.echo(figures_csv(shown, speaks), nl=False)
        return gathered.code(0)
    path = (out or Path(default_name(shown, kind.ending))).absolute()
    with session.working("writing the report", "正在生成报告"):
        save(kind.make(shown, gathered.origin().name, speaks), path)
    click.echo(str(path))
    if open_it:
        webbrowser.open(path.as_uri())
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
