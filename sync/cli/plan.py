"""``followup plan``: what sync would write and whom it would write to."""

from datetime import datetime

import click

from reports.deliver.outbox import list_outbox
from reports.letters import Letter
from sync.cli.gather import Gathered, engine_option, gather
from sync.cli.round import letters
from sync.cli.session import (
    Session,
    as_of_option,
    current,
    json_option,
    source_argument,
)
from sync.cli.several import heading, tell_failures, wrapped
from sync.cli.show import emit_json
from sync.wording import Lang
from sync.workbooks.plan import Plan
from sync.writeback.ours import as_text
from sync.writeback.preview import preview


@click.command("plan")
@source_argument
@engine_option
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: str | None,
    engine: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Show what sync would do, without doing it."""
    session = current(ctx)
    with session.history() as history:
        today = session.today(as_of)
        gathered = gather(session, source, history, today, engine=engine)
        composed = letters(session, gathered, history) if gathered.judged else ()
        told = history.told([letter.key for letter in composed])
    tell_failures(session, gathered.failures)
    told |= {waiting.key for waiting in list_outbox(session.outbox)}
    new = [letter for letter in composed if letter.key not in told]
    if as_json:
        emit_json(_json(session, gathered, new))
        return gathered.code(0)
    for one in gathered.judged:
        heading(gathered, one.locator)
        click.echo(preview(one.intention.plan, session.lang or one.lang))
    zh = (session.lang or gathered.lang) == "zh"
    for letter in new:
        to = letter.recipient.email or ("（无地址）" if zh else "(no address)")
        click.echo(f"✉ {to}: {letter.subject}")
    return gathered.code(0)


def _json(session: Session, gathered: Gathered, new: list[Letter]) -> dict[str, object]:
    documents = [
        _plan_json(one.intention.plan, session.lang or one.lang)
        for one in gathered.judged
    ]
    waiting = [_letter_json(letter) for letter in new]
    if gathered.many:
        return wrapped(gathered, documents, letters=waiting)
    return {**documents[0], "letters": waiting}


def _plan_json(plan: Plan, lang: Lang) -> dict[str, object]:
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
    }


def _letter_json(letter: Letter) -> dict[str, object]:
    return {
        "to": letter.recipient.email,
        "name": letter.recipient.name,
        "audience": letter.audience,
        "language": letter.language,
        "subject": letter.subject,
    }
