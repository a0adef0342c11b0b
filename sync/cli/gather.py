"""The workbooks a command works on, read and judged: one, or all that the file names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import click

from sync.assess.joined.join import join
from sync.assess.joined.parts import Part, label_in, labels_of, original
from sync.assess.model import Assessment, Past
from sync.cells import CellRef
from sync.cli.lineage import follow
from sync.cli.session import Session
from sync.config.model import Config, Source
from sync.engines.choose import engine_for
from sync.engines.engine import Engine
from sync.engines.work import Judged, Task, for_judging, judge
from sync.errors import FollowupError
from sync.findings import Finding
from sync.history.store import History
from sync.pipeline import Origin
from sync.wording import Lang, Text
from sync.workbooks.sources import identity_of

engine_option = click.option(
    "--engine",
    metavar="URL",
    help="Judge on a Dask cluster, as in dask://host:8786, where there are many.",
)

_MISSING = Text(
    "“{name}”这次没能读取，里面的目标不在本信中：{why}",
    '"{name}" could not be read this time, so its goals are missing here: {why}',
)
_MISSING_FIX = Text("处理后再次同步", "mend it and sync again")
_SEVERAL = Text("{n} 个工作簿", "{n} workbooks")


@dataclass(frozen=True, slots=True)
class Failure:
    """A workbook that a command could not work on."""

    locator: str
    error: FollowupError


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What a command works on."""

    judged: tuple[Judged, ...]
    """In the order of the configuration."""
    failures: tuple[Failure, ...] = ()
    many: bool
    """Whether the configuration speaks of several; results have a form of their own."""
    whole: str
    """What history keeps their letters under."""
    is_part: bool = False
    """Whether it is one of several whose letters are written together."""

    @property
    def lang(self) -> Lang:
        """The language most of the workbooks are in."""
        chinese = sum(one.lang == "zh" for one in self.judged)
        return "zh" if self.judged and chinese * 2 >= len(self.judged) else "en"

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Give what each workbook is called, by its locator."""
        called = {one.locator: one.name for one in self.judged}
        called |= {one.locator: one.locator for one in self.failures}
        # Nobody reads the address of a sheet on the web; it has a name.
        names = [
            name if "://" in locator else locator for locator, name in called.items()
        ]
        return dict(zip(called, labels_of(names), strict=True))

    @cached_property
    def _by_label(self) -> Mapping[str, Judged]:
        return {self.labels[one.locator]: one for one in self.judged}

    def link(self, at: CellRef) -> str | None:
        """Give the web address of a cell; ``None`` for one in a file."""
        one = self._by_label.get(label_in(at.sheet)) if self.many else self.judged[0]
        at = original(at) if self.many else at
        if one is None or at.sheet not in one.gids:
            return None
        return f"{one.locator}/edit#gid={one.gids[at.sheet]}&range={at.a1}"

    def joined(self, config: Config) -> Assessment:
        """Judge all of them as one; a single one is what it is.

        What could not be read is a finding.
        """
        if not self.many:
            return self.judged[0].assessment
        labels = self.labels
        parts = [
            Part(
                label=labels[one.locator],
                locator=one.locator,
                assessment=one.assessment,
                past=one.past,
            )
            for one in self.judged
        ]
        missing = [_missing(one, labels[one.locator]) for one in self.failures]
        return join(parts, config, findings=missing)

    def origin(self) -> Origin:
        """Say what letters and pages about all of them are about."""
        if not self.many:
            (only,) = self.judged
            return Origin(
                source=only.locator, name=only.name, lang=only.lang, links=self.link
            )
        names = _SEVERAL.fill(n=len(self.judged)).in_(self.lang)
        labels = tuple(self.labels.values())
        return Origin(
            source=self.whole,
            name=names,
            lang=self.lang,
            labels=labels,
            links=self.link,
        )

    def code(self, well: int) -> int:
        """Give the exit code: 1 when some workbooks failed, 2 when all did.

        Args:
            well: The code if none had failed.
        """
        if self.failures and not self.judged:
            return 2
        return max(well, 1) if self.failures else well


def gather(
    session: Session,
    given: str | None,
    history: History | None,
    today: date,
    *,
    engine: str | None = None,
) -> Gathered:
    """Read and judge the workbook that was given, or all that the file names.

    Args:
        session: The invocation.
        given: The source on the command line, if one was given.
        history: What is remembered; ``None`` judges without a past.
        today: The day to judge by.
        engine: Where to, as in ``dask://host:8786``; ``None``: this machine.

    Raises:
        FollowupError: If the only workbook cannot be judged; one of several is a
            failure among the results.
    """
    sources = session.sources(given)
    if history:
        follow(session, history, sources.found)
    whole = str(session.settings.path or session.settings.folder)
    tasks = [_task(session.config, one, history, today) for one in sources.found]
    if not sources.many:
        with session.working("judging the goals", "正在评估目标"):
            judged = judge(tasks[0], session.web)
        _say_remarks(session, judged, "")
        return Gathered(
            judged=(judged,), many=False, whole=whole, is_part=sources.is_part
        )
    failures = [Failure(one.where, one) for one in sources.failed]
    done: dict[int, Judged] = {}
    results: dict[int, Judged | FollowupError] = {}
    with (
        session.working("judging the goals", "正在评估目标") as progress,
        engine_for(engine) as machine,
    ):
        for index, result in _judged(session, machine, tasks):
            results[index] = result
            progress(len(results), len(tasks))
    for index, task in enumerate(tasks):
        result = results[index]
        if isinstance(result, FollowupError):
            failures.append(Failure(task.locator, result))
        else:
            done[index] = result
    gathered = Gathered(
        judged=tuple(done.values()), failures=tuple(failures), many=True, whole=whole
    )
    for one in gathered.judged:
        _say_remarks(session, one, gathered.labels[one.locator] + ": ")
    return gathered


def _judged(
    session: Session, machine: Engine, tasks: Sequence[Task]
) -> Iterator[tuple[int, Judged | FollowupError]]:
    """Judge each workbook: files wherever the engine is, what is on the web here."""
    files = [index for index, task in enumerate(tasks) if "://" not in task.path]
    sizes = [_size(tasks[index].path) for index in files]
    for at, result in machine.run(judge, [tasks[index] for index in files], sizes):
        yield files[at], result
    for index in sorted(set(range(len(tasks))) - set(files)):
        try:
            yield index, judge(tasks[index], session.web)
        except FollowupError as error:
            yield index, error


def _task(config: Config, source: Source, history: History | None, today: date) -> Task:
    locator = identity_of(source.path)
    return Task(
        locator=locator,
        path=source.path,
        tables=source.table,
        config=for_judging(config),
        today=today,
        past=history.past(locator, today) if history else Past(),
        written=history.written(locator) if history else {},
    )


def _say_remarks(session: Session, judged: Judged, start: str) -> None:
    for remark in judged.remarks:
        session.say(start + remark.in_(session.lang or judged.lang))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except (OSError, ValueError):
        return 0


def _missing(failure: Failure, label: str) -> Finding:
    return Finding(
        code="L190",
        severity="error",
        what=_MISSING.fill(name=label, why=failure.error.said),
        fix=_MISSING_FIX,
        subject=label,
    )
