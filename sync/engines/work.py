"""What an engine carries out: one workbook read, judged and planned, nothing written.

It may run in another process or on another machine, may run twice, and may be lost: it
changes nothing anywhere. Whatever writes or sends stays with whoever asked for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sync import pipeline
from sync.assess.model import Assessment, Past
from sync.config.model import Config, TableOverride
from sync.wording import Lang, Text
from sync.workbooks.open import open_workbook
from sync.workbooks.sheets import WebSheets
from sync.writeback.plan import Intention


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One workbook to judge, with all that is needed for it."""

    locator: str
    """What history knows it by."""
    path: str
    """Where it is, as everybody who carries the task out can reach it."""
    tables: tuple[TableOverride, ...]
    config: Config
    today: date
    past: Past = Past()  # noqa: RUF009 - it cannot be changed
    written: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What history says we wrote there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One workbook, judged, and what should be written into it."""

    locator: str
    path: str
    name: str
    """What people call it."""
    gids: Mapping[str, int]
    """Sheet → its number in a web address; empty for a file."""
    lang: Lang
    remarks: tuple[Text, ...]
    """What a reader should know about how it was read."""
    assessment: Assessment
    past: Past
    intention: Intention


_TASKS = Text(
    "没有认出目标表，改为跟进任务清单。",
    "No goals were recognised; the tasks are followed up in their place.",
)


FOR_JUDGING = frozenset(
    {"office", "followup", "smart", "evaluation", "writeback", "holidays", "workdays"}
)
"""The sections that judging reads. The others may name secrets, or places on the machine
of whoever asks; see the test that wants every section in one of the two."""


def for_judging(config: Config) -> Config:
    """Keep what judging needs: it may travel to another machine, secrets must not."""
    return Config(**{name: getattr(config, name) for name in sorted(FOR_JUDGING)})


def judge(task: Task, web: WebSheets | None = None) -> Judged:
    """Read a workbook, judge it and plan what to write; change nothing.

    Args:
        task: The workbook, and what is needed for it.
        web: Opens what is on the web, at home: keys do not travel.

    Raises:
        FollowupError: If it cannot be read, or holds no goals.
    """
    workbook = open_workbook(task.path, web=web)
    understood = pipeline.understand(workbook, task.config, task.tables)
    snapshot = understood.snapshot
    assessment = pipeline.judge(
        understood, task.config, past=task.past, today=task.today
    )
    stands_in = understood.followed is not understood.recognition
    return Judged(
        locator=task.locator,
        path=task.path,
        name=snapshot.name or Path(task.path).name,
        gids={one.name: one.gid for one in snapshot.sheets if one.gid is not None},
        lang=understood.lang,
        remarks=(*snapshot.remarks, *([_TASKS] if stands_in else [])),
        assessment=assessment,
        past=task.past,
        intention=pipeline.plan(understood, assessment, task.config, task.written),
    )
