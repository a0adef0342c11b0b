"""``followup plan``: what sync would write and whom it would write to."""

from datetime import datetime

import click

from reports.deliver.outbox import list_outbox
from reports.letters import Letter
from sync import pipeline
from sync.cli.session import as_of_option, current, json_option, source_argument
from sync.cli.show import emit_json
from sync.wording import Lang
from sync.workbooks.plan import Plan
from sync.writeback.ours import as_text
from sync.writeback.preview import preview


@click.command("plan")
@source_argument
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, source: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Show what sync would do, without doing it."""
    session = current(ctx)
    opened = session.open(source)
    lang = session.shown_in(opened.understood)
    with session.history() as history:
        assessment = session.judge(opened, history, session.today(as_of))
        intention = pipeline.plan(
            opened.understood,
            assessment,
            session.config,
            history,
            source=opened.locator,
        )
        letters = pipeline.letters(
            opened.understood,
            assessment,
            session.config,
            history,
            source=opened.locator,
        )
        told = history.told([letter.key for letter in letters])
    told |= {waiting.key for waiting in list_outbox(session.outbox)}
    new = [letter for letter in letters if letter.key not in told]
    if as_json:
        emit_json(_json(intention.plan, new, lang))
        return
    click.echo(preview(intention.plan, lang))
    for letter in new:
        to = letter.recipient.email or (
            "（无地址）" if lang == "zh" else "(no address)"
        )
        click.echo(f"✉ {to}: {letter.subject}")


def _json(plan: Plan, letters: list[Letter], lang: Lang) -> dict[str, object]:
    return {
        "empty": plan.is_empty,
        "columns": [
            {
                "sheet": column.sheet,
                "column": column.column,
                "key": column.key,
                "header": column.header,
                "new": column.is_new,
            }
            for column in plan.columns
        ],
        "edits": [
            {
                "sheet": edit.at.sheet,
                "cell": edit.at.a1,
                "before": None if edit.before is None else as_text(edit.before),
                "after": None if edit.after is None else as_text(edit.after),
                "because": edit.because.in_(lang),
            }
            for edit in plan.edits
        ],
        "highlights": None if plan.highlights is None else len(plan.highlights),
        "board": plan.board.name if plan.board else None,
        "skipped": [
            {"cell": str(s.at) if s.at else None, "why": s.why.in_(lang)}
            for s in plan.skipped
        ],
        "letters": [
            {
                "to": letter.recipient.email,
                "name": letter.recipient.name,
                "audience": letter.audience,
                "language": letter.language,
                "subject": letter.subject,
            }
            for letter in letters
        ],
    }
