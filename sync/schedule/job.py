"""What is run on schedule, and what it is called wherever it is installed."""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.config.model import Config
from sync.errors import ConfigError
from sync.schedule.timetable import Timetable
from sync.wording import Text

_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One command that a scheduler starts."""

    name: str
    """``followup-`` and eight digits: the same for the same configuration and source,
    so that installing again replaces and never touches another one's entry."""
    command: tuple[str, ...]
    """Program and arguments; every path absolute."""
    folder: Path
    """Where it is started, absolute: relative paths, and the configuration that is found
    from there, are the same as when it was installed."""
    timetable: Timetable
    environment: Mapping[str, str] = field(default_factory=dict)
    """What the scheduler would not hand on by itself."""
    limit: timedelta | None = None
    """How long one run may take."""


def job_name(config: Path | None, source: str | None) -> str:
    """Name a job after what it works on.

    Args:
        config: The configuration file, absolute; ``None`` without one.
        source: The locator given on the command line, if one was.
    """
    told = "\0".join((str(config or ""), source or ""))
    return "followup-" + hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]


def command_of(
    config: Path | None, source: str | None, *, send: bool
) -> tuple[str, ...]:
    """Write out the command that a scheduler is to start.

    ``-P`` keeps a folder that happens to hold a file named like one of ours from being
    imported in its place.
    """
    words = [sys.executable, "-P", "-m", "sync"]
    words += ["--config", str(config)] if config else []
    words += ["sync", *([source] if source else []), "--scheduled", "--yes"]
    return (*words, *(["--send"] if send else []))


def timetable_of(config: Config, name: str, host: str) -> Timetable:
    """Read the timetable out of the configuration.

    Args:
        config: The configuration.
        name: The job's name.
        host: This machine's name: together with the job's it decides how long after
            the slot this machine fires, always the same, so that it can be shown.

    Raises:
        ConfigError: If the time zone is not known here.
    """
    wanted, zone = config.schedule, config.office.time_zone
    digest = hashlib.sha256(f"{host}\0{name}".encode()).digest()
    minutes = int.from_bytes(digest[:4], "big") % (wanted.jitter_minutes + 1)
    try:
        known = ZoneInfo(zone) if zone else None
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
    return Timetable(
        weekdays=wanted.weekdays,
        at=wanted.at,
        zone=known,
        catch_up=timedelta(hours=wanted.catch_up_hours),
        spread=timedelta(minutes=minutes),
    )
