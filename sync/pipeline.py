"""The sync in eight steps: read, recognise, parse, lint, assess, plan, commit, tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from reports.deliver.outbox import deliver
from reports.deliver.receipt import Receipt
from reports.letters import Letter, compose
from reports.lines import Links, no_links
from reports.variant import Variant
from sync.assess.assess import assess
from sync.assess.evaluation.evaluate import evaluate
from sync.assess.evaluation.model import Feedback360
from sync.assess.evaluation.publishing import figures, publish
from sync.assess.model import Assessment, Past
from sync.config.model import Config, TableOverride
from sync.config.off import days_off
from sync.errors import TableError
from sync.findings import reading_order
from sync.history.store import History, RunRecord
from sync.history.undo import LastWrite
from sync.records.parse import parse
from sync.schedule.limit import undisturbed
from sync.smart.lint import lint
from sync.tables.model import Kind, Recognition
from sync.tables.recognise import recognise
from sync.wording import Lang, Text
from sync.workbooks.base import Workbook
from sync.workbooks.plan import Committed
from sync.workbooks.snapshot import Snapshot
from sync.writeback.plan import Intention, intend

_SEEN = Text(
    "没有认出目标表；认出的有：{seen}",
    "no table of goals was recognised; recognised: {seen}",
)
_UNSEEN = Text(
    "没有认出目标表；工作簿里的工作表：{sheets}",
    "no table of goals was recognised; sheets: {sheets}",
)
_NONE = Text("一个也没有", "none")


@dataclass(frozen=True, slots=True)
class Understood:
    """A workbook, read and recognised."""

    snapshot: Snapshot
    recognition: Recognition
    """What its sheets hold."""
    followed: Recognition
    """What is followed up: the same; but in a workbook without goals, as a project's
    task list is, its actions stand in for them."""
    lang: Lang
    """The language most of its headers are in, or the one the user chose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What letters are about."""

    source: str
    """What history keeps them under: a workbook's locator, or a configuration's path."""
    name: str
    """What readers call it."""
    lang: Lang
    labels: tuple[str, ...] = ()
    """What the workbooks are called, if there are several; see `labels_of`."""
    links: Links = no_links
    """Cell → web address."""


def understand(
    workbook: Workbook, config: Config, overrides: Sequence[TableOverride]
) -> Understood:
    """Read a workbook and recognise its tables (steps 1 and 2)."""
    snapshot = workbook.snapshot()
    recognition = recognise(snapshot, overrides)
    followed = recognition
    if not recognition.of(Kind.GOALS, Kind.KPI):
        tasks = [
            TableOverride(sheet=table.sheet, kind="goals", header_row=table.header_row)
            for table in recognition.of(Kind.ACTIONS)
        ]
        followed = recognise(snapshot, [*overrides, *tasks]) if tasks else recognition
    lang = config.office.language or _language(recognition)
    return Understood(snapshot, recognition, followed, lang)


def judge(
    understood: Understood, config: Config, *, past: Past, today: date
) -> Assessment:
    """Parse, lint and assess the goals of a workbook (steps 3 to 5).

    Raises:
        TableError: If there is no table of goals.
    """
    recognition = understood.followed
    if not recognition.of(Kind.GOALS, Kind.KPI):
        raise _no_goals(understood)
    fiscal = config.office.fiscal_year_starts
    records = parse(
        understood.snapshot,
        recognition,
        today=today,
        fiscal_year_starts=fiscal,
        labels=config.followup.labels,
    )
    off = days_off(config, today)
    linted = lint(records, config.smart, today=today, fiscal_year_starts=fiscal)
    assessment = assess(
        records,
        linted,
        past,
        config.followup,
        today=today,
        holidays=off.holidays,
        workdays=off.workdays,
        findings=recognition.findings,
        fiscal_year_starts=fiscal,
    )
    evaluation = evaluate(
        records, assessment.people, config.evaluation, fiscal_year_starts=fiscal
    )
    found = sorted((*assessment.findings, *evaluation.findings), key=reading_order)
    return replace(assessment, evaluation=evaluation, findings=tuple(found))


def publish_feedback(
    assessment: Assessment, config: Config, history: History, *, source: str, on: date
) -> tuple[Feedback360, ...]:
    """Give what may be seen of 360-degree feedback; it is remembered before it is seen.

    Args:
        assessment: The judgement.
        config: The minimum of raters, and the weights.
        history: What was published before.
        source: The locator.
        on: The day by the clock, whatever day is judged.
    """
    groups = assessment.evaluation.groups if assessment.evaluation else ()
    if not groups:
        return ()
    options = config.evaluation
    state = history.publish(source, lambda past: publish(groups, past, options, on=on))
    return figures(groups, state, options)


def plan(
    understood: Understood,
    assessment: Assessment,
    config: Config,
    remembered: Mapping[tuple[str, str], str],
) -> Intention:
    """Plan what is written into the workbook (step 6).

    Args:
        understood: The workbook.
        assessment: Its judgement.
        config: What the user wants written.
        remembered: What history says we wrote there before.
    """
    return intend(
        understood.snapshot,
        understood.followed,
        assessment,
        remembered=remembered,
        options=config.writeback,
        lang=understood.lang,
    )


@undisturbed()
def commit(  # noqa: PLR0913 - the seam between three rooms and the clock
    workbook: Workbook,
    intention: Intention,
    assessment: Assessment,
    history: History,
    *,
    source: str,
    started_at: datetime,
    finished_at: datetime,
) -> Committed:
    """Write the workbook and remember the run (step 7).

    History learns what is about to be written before it is, and what was written
    after: a crash between the two leaves both texts known as ours.
    """
    before = history.written(source)
    history.last_writes.begin(source, intention.about_to_be_written)
    committed = workbook.commit(intention.plan)
    if committed.outcome == "applied":
        last = LastWrite(
            before=intention.plan.fingerprint, after=committed.fingerprint, texts=before
        )
        history.last_writes.remember(source, last, intention.texts)
    else:
        history.remember_written(source, intention.texts)
    history.record(
        source,
        RunRecord.of(
            assessment,
            started_at=started_at,
            finished_at=finished_at,
            fingerprint_before=intention.plan.fingerprint,
            fingerprint_after=committed.fingerprint,
            n_cells=committed.n_cells,
            outcome=committed.outcome,
        ),
    )
    return committed


def letters(
    assessment: Assessment,
    config: Config,
    history: History,
    origin: Origin,
    *,
    variant: Variant | None = None,
) -> tuple[Letter, ...]:
    """Write the letters that the judgement, or the user, asks for, but none twice."""
    return compose(
        assessment,
        config.mail,
        source_name=origin.name,
        lang=origin.lang,
        today=assessment.today,
        identity=history.identity(origin.source),
        labels=origin.labels,
        links=origin.links,
        earlier=history.told_before(origin.source),
        refused=history.postbox.refused(),
        variant=variant,
        fiscal_year_starts=config.office.fiscal_year_starts,
    )


def sketch(
    assessment: Assessment, config: Config, origin: Origin, variant: Variant
) -> tuple[Letter, ...]:
    """Write the letters of a kind to look at, as if nothing had ever been told."""
    return compose(
        assessment,
        config.mail,
        source_name=origin.name,
        lang=origin.lang,
        today=assessment.today,
        identity=origin.source,
        labels=origin.labels,
        links=origin.links,
        variant=variant,
        fiscal_year_starts=config.office.fiscal_year_starts,
    )


def tell(
    letters: Sequence[Letter],
    config: Config,
    history: History,
    *,
    source: str,
    outbox: Path,
    at: datetime,
) -> tuple[Receipt, ...]:
    """Put the letters into the outbox, each once (step 8)."""
    already = history.told([letter.key for letter in letters])
    receipts = deliver(
        letters, outbox, already=already, at=at, sender=config.mail.sender
    )
    history.remember_letters(source, receipts, at, letters)
    return receipts


def _language(recognition: Recognition) -> Lang:
    """Decide by the headers: Chinese when at least half of them have a Chinese sign."""
    headers = [c.header for t in recognition.tables for c in t.columns if c.header]
    chinese = sum(any("一" <= sign <= "鿿" for sign in h) for h in headers)
    return "zh" if headers and chinese * 2 >= len(headers) else "en"


def _no_goals(understood: Understood) -> TableError:
    seen = ", ".join(
        f"'{table.sheet}' ({table.kind})" for table in understood.recognition.tables
    )
    sheets = ", ".join(f"'{sheet.name}'" for sheet in understood.snapshot.sheets)
    what = _SEEN.fill(seen=seen) if seen else _UNSEEN.fill(sheets=sheets or _NONE)
    return TableError(
        what,
        where=understood.snapshot.locator,
        hint=Text(
            "请对它运行 followup columns，再在 config.toml 的 "
            "[[source.table]] 里写明工作表、header_row 和 columns",
            "run followup columns on it, then name the sheet, its "
            "header_row and columns under [[source.table]] in "
            "config.toml",
        ),
    )
