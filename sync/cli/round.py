"""One round of the sync: what was judged is written, then everybody is told once."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import click

from reports.deliver.receipt import Receipt
from reports.letters import Letter
from reports.variant import Variant
from sync import pipeline
from sync.cli.gather import Failure, Gathered
from sync.cli.session import NeedsYesError, Session
from sync.engines.work import Judged
from sync.errors import FollowupError
from sync.history.store import History
from sync.wording import Text
from sync.workbooks.plan import Committed
from sync.writeback.preview import preview

_TOGETHER = Text(
    "这是配置里多个工作簿之一：信在不指定工作簿、一起同步时才写",
    "it is one of several workbooks: letters are written when all of them are synced, "
    "without naming one",
)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one workbook."""

    judged: Judged
    committed: Committed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one round did."""

    gathered: Gathered
    """Only the workbooks that are as judged now: those that failed are failures."""
    written: tuple[Written, ...]
    receipts: tuple[Receipt, ...]


def run(
    session: Session,
    gathered: Gathered,
    history: History,
    *,
    yes: bool,
    variant: Variant | None = None,
) -> Outcome | None:
    """Write every workbook, then the letters; ``None`` when the person said no.

    Letters speak only of workbooks that show what the letters say. They are of the kind
    that the day brings, or of the one asked for.

    Raises:
        NeedsYesError: If there is something to write and nobody to ask.
        FollowupError: If the only workbook cannot be written; one of several is a
            failure among the results.
    """
    started_at = session.now()
    if not yes and not _confirmed(session, gathered):
        return None
    written: list[Written] = []
    failures = list(gathered.failures)
    with session.working("writing the workbook", "正在写回工作簿") as progress:
        for number, one in enumerate(gathered.judged, start=1):
            progress(number, len(gathered.judged))
            try:
                written.append(_write(session, one, history, started_at))
            except FollowupError as error:
                if not gathered.many:
                    raise
                failures.append(Failure(one.locator, error))
    kept = Gathered(
        judged=tuple(one.judged for one in written),
        failures=tuple(failures),
        many=gathered.many,
        whole=gathered.whole,
        is_part=gathered.is_part,
    )
    receipts: tuple[Receipt, ...] = ()
    if written:
        with session.working("writing the letters", "正在写信"):
            receipts = _tell(session, kept, history, variant)
    return Outcome(gathered=kept, written=tuple(written), receipts=receipts)


def letters(
    session: Session,
    gathered: Gathered,
    history: History,
    variant: Variant | None = None,
) -> tuple[Letter, ...]:
    """Write the letters about everything that was judged.

    Whoever has goals in a workbook that could not be read waits for the next round:
    half a letter now would be followed by a whole one. For the same reason a workbook
    that is one of several and is synced alone brings no letters.
    """
    if gathered.is_part:
        session.say(_TOGETHER.in_(session.lang or gathered.lang))
        return ()
    composed = pipeline.letters(
        gathered.joined(session.config),
        session.config,
        history,
        gathered.origin(),
        variant=variant,
    )
    absent = {
        key for one in gathered.failures for key in history.person_keys(one.locator)
    }
    return tuple(one for one in composed if not _waits(one, absent))


def _waits(letter: Letter, absent: set[str]) -> bool:
    # A joined key may name the workbook after a tab; see `who_is_who`.
    key = letter.person_key.partition("\t")[0]
    return letter.audience in {"employee", "manager", "author"} and key in absent


def _write(
    session: Session, judged: Judged, history: History, started_at: datetime
) -> Written:
    committed = pipeline.commit(
        session.workbook(judged.path),
        judged.intention,
        judged.assessment,
        history,
        source=judged.locator,
        started_at=started_at,
        finished_at=session.now(),
    )
    return Written(judged, committed)


def _tell(
    session: Session,
    gathered: Gathered,
    history: History,
    variant: Variant | None,
) -> tuple[Receipt, ...]:
    return pipeline.tell(
        letters(session, gathered, history, variant),
        session.config,
        history,
        source=gathered.origin().source,
        outbox=session.outbox,
        at=session.now(),
    )


def _confirmed(session: Session, gathered: Gathered) -> bool:
    """Show what would be written and ask; nothing to write needs no asking."""
    changed = [one for one in gathered.judged if not one.intention.plan.is_empty]
    if not changed:
        return True
    lang = session.lang or gathered.lang
    if not sys.stdin.isatty():
        raise NeedsYesError(
            Text(
                "有内容要写入，但没有人可以确认",
                "there is something to write and nobody to ask",
            ),
            where=", ".join(one.path for one in changed[:3]),
            hint=Text(
                "请先用 followup plan 查看，再运行 followup sync --yes",
                "look with followup plan, then run followup sync --yes",
            ),
        )
    for line in _shown(session, gathered, changed):
        click.echo(line, err=True)
    question = "写入工作簿并写信？" if lang == "zh" else "Write this and the letters?"
    return click.confirm(question, err=True)


def _shown(
    session: Session, gathered: Gathered, changed: list[Judged]
) -> Iterator[str]:
    for one in changed:
        if gathered.many:
            yield f"── {gathered.labels[one.locator]} ──"
        yield preview(one.intention.plan, session.lang or one.lang)
