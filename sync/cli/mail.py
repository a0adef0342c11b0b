"""``followup mail``: the letters of the outbox."""

import webbrowser

import click

from reports.deliver.entry import OutboxEntry
from reports.deliver.outbox import list_outbox, preview
from sync.cli.session import current, json_option
from sync.cli.show import emit_json, emit_table


@click.group("mail")
def command() -> None:
    """Look at the letters in the outbox."""


@command.command("list")
@json_option
@click.pass_context
def list_letters(ctx: click.Context, *, as_json: bool) -> None:
    """List the letters in the outbox, oldest first."""
    session = current(ctx)
    letters = list_outbox(session.outbox)
    if as_json:
        emit_json([_json(letter) for letter in letters])
        return
    if not letters:
        click.echo(f"no letters in {session.outbox}")
        return
    rows = [
        (
            f"{letter.at:%Y-%m-%d %H:%M}",
            letter.audience,
            letter.email or f"({letter.recipient})",
            "held" if letter.held else "ready",
            letter.subject,
        )
        for letter in letters
    ]
    emit_table(("date", "for", "to", "state", "subject"), rows)


def _json(letter: OutboxEntry) -> dict[str, object]:
    return {
        "path": str(letter.path),
        "key": letter.key,
        "audience": letter.audience,
        "name": letter.recipient,
        "to": letter.email,
        "language": letter.language,
        "subject": letter.subject,
        "at": letter.at.isoformat(),
        "state": "held" if letter.held else "ready",
        "problems": list(letter.problems),
    }


@command.command("preview")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.pass_context
def preview_letters(ctx: click.Context, *, open_it: bool) -> None:
    """Say where the page is that shows every letter of the outbox."""
    page = preview(current(ctx).outbox)
    click.echo(str(page))
    if open_it:
        webbrowser.open(page.as_uri())
