"""What every command shares: settings, language, the source, progress."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from sync.assess.model import Assessment, Past
from sync.clock import now
from sync.config.load import Settings
from sync.config.model import Config, Source
from sync.errors import ConfigError, FollowupError
from sync.history.folder import state_folder
from sync.history.store import History
from sync.pipeline import Understood, judge, understand
from sync.wording import Lang, Text
from sync.workbooks.backups import Backups
from sync.workbooks.base import Workbook
from sync.workbooks.open import open_workbook

source_argument = click.argument("source", required=False)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output."
)
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Judge as if it were this day (YYYY-MM-DD).",
)

_TASKS = Text(
    "没有认出目标表，改为跟进任务清单。",
    "No goals were recognised; the tasks are followed up in their place.",
)


class NeedsYesError(FollowupError):
    """Nobody is there to confirm."""

    code = "F130"


@dataclass(frozen=True, slots=True)
class Opened:
    """A source, opened and recognised."""

    workbook: Workbook
    locator: str
    """What history knows it by: an absolute path or a URL."""
    understood: Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One invocation of the command line."""

    settings: Settings
    lang: Lang | None
    quiet: bool

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self.settings.config

    def open(self, given: str | None) -> Opened:
        """Open the source that was given, or the one the configuration names."""
        source = self._source(given)
        backups = Backups(state_folder() / "backups", self.config.writeback.backups)
        workbook = open_workbook(source.path, backups)
        with self.working("reading the workbook", "正在读取工作簿"):
            understood = understand(workbook, self.config, source.table)
        for remark in understood.snapshot.remarks:
            self.say(remark.in_(self.shown_in(understood)))
        return Opened(workbook, identity(source.path), understood)

    def judge(self, opened: Opened, history: History | None, today: date) -> Assessment:
        """Parse, lint and assess an opened source."""
        if opened.understood.followed is not opened.understood.recognition:
            self.say(_TASKS.in_(self.shown_in(opened.understood)))
        past = history.past(opened.locator, today) if history else Past()
        with self.working("judging the goals", "正在评估目标"):
            return judge(opened.understood, self.config, past=past, today=today)

    def history(self) -> History:
        """Open the history store the configuration names."""
        return History.open(self.config.history.url)

    def shown_in(self, understood: Understood) -> Lang:
        """The language to show things in: the user's choice, else the workbook's."""
        return self.lang or understood.lang

    def now(self) -> datetime:
        """The moment, in the office's time zone."""
        return now(self.config.office.time_zone)

    def today(self, as_of: datetime | None) -> date:
        """The day to judge by."""
        return as_of.date() if as_of else self.now().date()

    @property
    def outbox(self) -> Path:
        """The folder that letters go to."""
        return self.settings.folder / self.config.mail.outbox

    def say(self, text: str) -> None:
        """Talk to the person, on standard error, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    @contextmanager
    def working(self, en: str, zh: str) -> Iterator[None]:
        """Show that something is under way, on a terminal only."""
        console = Console(stderr=True)
        if self.quiet or not console.is_terminal:
            yield
            return
        with console.status(zh if self.lang == "zh" else en):
            yield

    def locators(self, given: str | None) -> tuple[str, ...]:
        """Name what a command works on, as history knows it."""
        return (identity(self._source(given).path),)

    def _source(self, given: str | None) -> Source:
        known = [self._anchored(source) for source in self.config.source]
        if given is not None:
            same = [s for s in known if identity(s.path) == identity(given)]
            return Source(path=given, table=same[0].table if same else ())
        if len(known) == 1:
            return known[0]
        if not known:
            raise ConfigError(
                "no workbook was named",
                where="config.toml: source",
                hint="give its path, as in: followup check goals.xlsx",
            )
        names = ", ".join(source.path for source in self.config.source)
        raise ConfigError(
            f"names {len(known)} workbooks: {names}",
            where="config.toml: source",
            hint="say which one, as in: followup check " + self.config.source[0].path,
        )

    def _anchored(self, source: Source) -> Source:
        if "://" in source.path:
            return source
        return source.model_copy(
            update={"path": str(self.settings.folder / source.path)}
        )


def identity(path: str) -> str:
    """Tell what history knows a source by: its absolute path, or its URL."""
    return path if "://" in path else str(Path(path).resolve())


def current(ctx: click.Context) -> Session:
    """Give the session of a command's context."""
    session: Any = ctx.obj
    assert isinstance(session, Session)
    return session
