"""What every command shares: settings, language, the source, progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import click
from rich.console import Console

from sync.assess.model import Assessment, Past
from sync.cli.misuse import UnfitValueError
from sync.cli.speech import chosen
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
from sync.workbooks.sheets import WebSheets
from sync.workbooks.sources import Sources, identity_of, sources_of

source_argument = click.argument("source", required=False)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on standard output."
)


_NO_DAY = Text(
    "日历上没有“{value}”这一天；请写成 2026-11-23 这样",
    "'{value}' is no day of the calendar; write one as 2026-11-23",
)


class _Day(click.DateTime):
    """A day as people write it; click would show the pattern of a programmer."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise UnfitValueError(_NO_DAY.fill(value=value), ctx, param) from None


as_of_option = click.option(
    "--as-of",
    type=_Day(),
    metavar="YYYY-MM-DD",
    help="Judge as if it were this day.",
)


class NoSourceError(ConfigError):
    """Neither the command nor the configuration names a workbook."""


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
    web: WebSheets = field(init=False, compare=False)
    """Opens what is on the web; one sign-in for the whole invocation."""

    def __post_init__(self) -> None:
        """Prepare what is shared; nobody signs in before a sheet is opened."""
        web = WebSheets(
            self.settings.config.google,
            self.settings.folder,
            state_folder,
            ask=sys.stdin.isatty(),
        )
        object.__setattr__(self, "web", web)

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self.settings.config

    @property
    def speaks(self) -> Lang:
        """The language to talk in where no workbook says which."""
        return chosen(self.lang, self.config.office.language)

    def open(self, given: str | None) -> Opened:
        """Open the source that was given, or the one the configuration names."""
        source = self.source(given)
        workbook = self.workbook(source.path)
        with self.working("reading the workbook", "正在读取工作簿"):
            understood = understand(workbook, self.config, source.table)
        for remark in understood.snapshot.remarks:
            self.say(remark.in_(self.shown_in(understood)))
        return Opened(workbook, identity_of(source.path), understood)

    def workbook(self, path: str) -> Workbook:
        """Open a workbook to write it; a copy from before a write is kept."""
        backups = Backups(state_folder() / "backups", self.config.writeback.backups)
        return open_workbook(path, backups, self.web)

    def sources(self, given: str | None) -> Sources:
        """Find what a command works on: what was given, else what the file names.

        Raises:
            NoSourceError: If neither says anything.
        """
        known = sources_of(self.config, self.settings.folder, self.web)
        if given is not None:
            same = [s for s in known.found if identity_of(s.path) == identity_of(given)]
            source = Source(path=given, table=same[0].table if same else ())
            is_part = bool(same) and known.many
            return Sources((source,), (), many=False, is_part=is_part)
        if not known.found and not known.failed:
            raise NoSourceError(
                Text("没有指定工作簿", "no workbook was named"),
                where="config.toml: source",
                hint=Text(
                    "请写上它的路径，例如 followup check goals.xlsx",
                    "give its path, as in: followup check goals.xlsx",
                ),
            )
        return known

    def judge(self, opened: Opened, history: History | None, today: date) -> Assessment:
        """Parse, lint and assess an opened source."""
        past = history.past(opened.locator, today) if history else Past()
        with self.working("judging the goals", "正在评估目标"):
            return judge(opened.understood, self.config, past=past, today=today)

    def history(self) -> History:
        """Open the history store the configuration names."""
        kept = self.config.history
        return History.open(kept.url, kept.keep_days)

    def shown_in(self, understood: Understood) -> Lang:
        """The language to show things in: the user's choice, else the workbook's."""
        return self.lang or understood.lang

    def now(self) -> datetime:
        """The moment, in the office's time zone.

        Raises:
            ConfigError: If the time zone is not known here.
        """
        zone = self.config.office.time_zone
        try:
            return now(zone)
        # A folder of the time zone data, such as "Asia", is an OSError.
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ConfigError(
                Text(
                    "本机不认识时区“{zone}”",
                    "the time zone {zone!r} is not known here",
                    {"zone": zone},
                ),
                where="config.toml: office.time_zone",
                hint=Text(
                    '请写 IANA 时区名，例如 time_zone = "Asia/Shanghai"',
                    'write its IANA name, as in time_zone = "Asia/Shanghai"',
                ),
            ) from error

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
    def working(self, en: str, zh: str) -> Iterator[Callable[[int, int], None]]:
        """Show that something is under way, on a terminal only.

        Gives a function that shows how many of how many things are done.
        """
        console = Console(stderr=True)
        if self.quiet or not console.is_terminal:
            yield lambda _done, _of: None
            return
        what = zh if self.speaks == "zh" else en
        with console.status(what) as status:
            yield lambda done, of: status.update(f"{what} {done}/{of}")

    def locators(self, given: str | None) -> tuple[str, ...]:
        """Name what a command works on, as history knows it."""
        return tuple(identity_of(one.path) for one in self.sources(given).found)

    def source(self, given: str | None) -> Source:
        """Find the one workbook that a command works on."""
        sources = self.sources(given)
        if len(sources.found) == 1 and not sources.failed:
            return sources.found[0]
        if sources.failed:
            raise sources.failed[0]
        names = ", ".join(source.path for source in sources.found[:5])
        raise ConfigError(
            Text(
                "这里写了 {n} 个工作簿：{names}",
                "names {n} workbooks: {names}",
                {"n": len(sources.found), "names": names},
            ),
            where="config.toml: source",
            hint=Text(
                "请写明用哪一个，例如 followup columns {path}",
                "say which one, as in: followup columns {path}",
                {"path": sources.found[0].path},
            ),
        )


def current(ctx: click.Context) -> Session:
    """Give the session of a command's context."""
    session: Any = ctx.obj
    assert isinstance(session, Session)
    return session
