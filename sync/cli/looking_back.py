"""Letters of a kind that the day would not bring: asking for them, and a first look."""

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from reports.deliver.entry import read_entry
from reports.deliver.outbox import INDEX, deliver, preview
from reports.variant import Variant
from sync import pipeline
from sync.cli.gather import gather
from sync.cli.session import Session, current, source_argument
from sync.errors import DeliveryError
from sync.wording import Text

Command = TypeVar("Command", bound=Callable[..., Any])


def variant_option(command: Command) -> Command:
    """Let the user name the kind of letters."""
    return click.option(
        "--variant",
        type=click.Choice([str(one) for one in Variant]),
        callback=lambda _, __, given: Variant(given) if given else None,
        help="Letters about the week, the month or a period's end, whatever the day.",
    )(command)


def sketched(session: Session, given: str | None, variant: Variant) -> Path:
    """Write the letters of a kind beside the outbox, to look at and never to send.

    Returns:
        The page that shows them.

    Raises:
        FollowupError: If no workbook can be judged, or there is nothing to write.
    """
    with session.history() as history:
        gathered = gather(session, given, history, session.today(None))
    letters = pipeline.sketch(
        gathered.joined(session.config), session.config, gathered.origin(), variant
    )
    folder = session.outbox / f"preview-{variant}"
    if not letters:
        raise DeliveryError(
            Text("没有需要写给谁的内容", "there is nothing to write to anybody"),
            where=str(folder),
            hint=Text(
                "目标的情况见 followup status",
                "followup status shows what is known of the goals",
            ),
        )
    for path in folder.glob("*.eml"):
        if read_entry(path):
            path.unlink()
    deliver(
        letters,
        folder,
        already=frozenset(),
        at=session.now(),
        sender=session.config.mail.sender,
    )
    return folder / INDEX


@click.command("preview")
@source_argument
@variant_option
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.pass_context
def preview_letters(
    ctx: click.Context, source: str | None, *, variant: Variant | None, open_it: bool
) -> None:
    """Say where the page is that shows every letter of the outbox.

    With --variant: what letters of that kind about SOURCE would be. They are written to
    a folder of their own, and neither sent nor remembered.
    """
    session = current(ctx)
    page = sketched(session, source, variant) if variant else preview(session.outbox)
    click.echo(str(page))
    if open_it:
        webbrowser.open(page.as_uri())
