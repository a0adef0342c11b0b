"""The clock and the room on the machine's drives."""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.doctor.model import Checks, fine, problem, warning
from sync.wording import Text

LITTLE, TOO_LITTLE = 1 << 30, 100 << 20
"""Bytes free: enough for copies of large workbooks, and hardly for one."""
_WRITTEN_IN = 2026
"""The clock cannot be right when it shows an earlier year."""

_CLOCK = Text("{at}（{zone}）", "{at} ({zone})")
_ZONE = Text("没有“{zone}”这个时区", "there is no time zone {zone!r}")
_ZONE_FIX = Text(
    "写 IANA 时区名，例如 Asia/Shanghai", "write an IANA name, as in Asia/Shanghai"
)
_WRONG = Text(
    "时钟显示 {at}，早于最近一次运行 {last}",
    "the clock shows {at}, which is before the latest run at {last}",
)
_WRONG_FIX = Text("校准系统时间", "set the machine's clock, best by a time server")
_MACHINES = Text(
    "没有设置时区，用本机的 {zone}", "no zone is set; the machine's is {zone}"
)
_MACHINES_FIX = Text(
    "在 config.toml 写 [office] time_zone，换机器也不变",
    "set [office] time_zone in config.toml, so that another machine means the same day",
)
_FREE = Text("剩余 {free} GB", "{free} GB free")
_FREE_FIX = Text("清理磁盘空间", "make room on the drive")


def clock(zone: str | None, at: datetime, last: datetime | None) -> Checks:
    """Look at the clock.

    Args:
        zone: The office's, as the configuration names it.
        at: The moment by the machine's clock, aware.
        last: When the latest run ended; ``None`` when none is known.
    """
    try:
        here = at.astimezone(ZoneInfo(zone)) if zone else at
    except (ZoneInfoNotFoundError, ValueError):
        name = "config.toml: office.time_zone"
        yield problem("clock", _ZONE.fill(zone=zone), _ZONE_FIX, name)
        return
    shown = f"{here:%Y-%m-%d %H:%M}"
    if at.year < _WRITTEN_IN or (last and last > at):
        before = f"{last:%Y-%m-%d %H:%M}" if last else f"{_WRITTEN_IN}"
        yield problem("clock", _WRONG.fill(at=shown, last=before), _WRONG_FIX)
    elif zone:
        yield fine("clock", _CLOCK.fill(at=shown, zone=zone))
    else:
        named = _MACHINES.fill(zone=here.tzname() or "?")
        yield warning("clock", named, _MACHINES_FIX)


def room(folders: Iterable[Path]) -> Checks:
    """Look at the free room of every drive that something is written to.

    Args:
        folders: Those written to; one that does not exist yet stands for its parent.
    """
    seen: set[int] = set()
    for folder in folders:
        there = next((one for one in (folder, *folder.parents) if one.exists()), None)
        if there is None or there.stat().st_dev in seen:
            continue
        seen.add(there.stat().st_dev)
        free = shutil.disk_usage(there).free
        said = _FREE.fill(free=f"{free / (1 << 30):.1f}")
        if free < TOO_LITTLE:
            yield problem("disk", said, _FREE_FIX, str(there))
        elif free < LITTLE:
            yield warning("disk", said, _FREE_FIX, str(there))
        else:
            yield fine("disk", said, str(there))
