"""The history database: sound, private, and of this version."""

import os
import stat
from pathlib import Path

import sqlalchemy as sa

from sync.doctor.model import Checks, fine, of_error, problem, warning
from sync.errors import FollowupError
from sync.history.connect import engine_for
from sync.history.store import History
from sync.wording import Text

_SOUND = Text("完好，{runs} 次运行", "sound; runs remembered: {runs}")
_MANY = 1000
_DAMAGED = Text("数据库损坏：{why}", "the database is damaged: {why}")
_DAMAGED_FIX = Text(
    "把文件移走：会重新开始记历史，工作簿不受影响",
    "move the file away: a new history begins, no workbook is touched",
)
_READABLE = Text("别人也能读（权限 {mode}）", "others may read it (mode {mode})")
_READABLE_FIX = Text("chmod 700 {path}", "chmod 700 {path}")


def memory(url: str | None, state: Path) -> Checks:
    """Look at the history and its folder.

    Args:
        url: As the configuration names it; ``None`` for the state folder's own.
        state: The state folder.
    """
    try:
        engine, place = engine_for(url)
        with History.open(url) as history:
            runs = len(history.runs(limit=_MANY))
    except FollowupError as error:
        yield of_error("history", error, url or str(state))
        return
    try:
        words = _checked(engine)
    finally:
        engine.dispose()
    if words != "ok":
        yield problem("history", _DAMAGED.fill(why=words), _DAMAGED_FIX, place)
    else:
        yield fine("history", _SOUND.fill(runs=runs), place)
    mode = stat.S_IMODE(state.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        told = _READABLE.fill(mode=f"{mode:03o}")
        yield warning("history", told, _READABLE_FIX.fill(path=state), str(state))


def _checked(engine: sa.Engine) -> str:
    """Let SQLite look at its own file; a server minds its own."""
    if engine.dialect.name != "sqlite":
        return "ok"
    try:
        with engine.connect() as connection:
            return str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    except sa.exc.DBAPIError as error:
        return str(error.orig)
