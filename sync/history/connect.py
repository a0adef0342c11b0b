"""From a URL to an engine: private files, honest transactions, clear errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, make_url

from sync.causes import cause
from sync.errors import HistoryError
from sync.history.folder import private_file, private_folder, state_folder
from sync.wording import Text

FILE_NAME = "history.sqlite3"
BUSY_SECONDS = 30
"""How long to wait for another run that is writing."""

_IN_MEMORY = {None, "", ":memory:"}


def engine_for(url: str | None) -> tuple[sa.Engine, str]:
    """Prepare the engine of a history, without connecting yet.

    Args:
        url: An SQLAlchemy URL or the path of an SQLite file; ``None`` for the file in
            the user's state folder.

    Returns:
        The engine, and how to call the place in a message: never with a password.

    Raises:
        HistoryError: If the URL means nothing, its driver is not installed, or the file
            cannot be made.
    """
    parsed = _parse(url)
    place = parsed.render_as_string(hide_password=True)
    if parsed.get_backend_name() != "sqlite":
        engine = _engine(parsed, place)
        if engine.dialect.name == "postgresql":
            event.listen(engine, "begin", _begin_postgresql)
        return engine, place
    if parsed.database not in _IN_MEMORY:
        path = Path(str(parsed.database))
        place = str(path)
        try:
            private_folder(path.parent)
            private_file(path)
        except OSError as error:
            raise HistoryError(
                Text(
                    "历史记录无法保存在这里：{why}",
                    "the history cannot be kept here: {why}",
                    {"why": cause(error)},
                ),
                where=place,
                hint=Text(
                    "请用环境变量 FOLLOWUP_STATE 指定一个可以写入的文件夹，或"
                    "在 config.toml 里换一个 history.url",
                    "name a folder you may write to in FOLLOWUP_STATE, or "
                    "another history.url in config.toml",
                ),
            ) from error
    engine = _engine(parsed, place)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine, place


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn the database's errors into one that says what to do.

    The database's own words are kept for SQLite only, whose words are about files; a
    server's may quote rows, and those are people's.
    """
    try:
        yield
    except exc.DBAPIError as error:
        sqlite = type(error.orig).__module__.startswith("sqlite3")
        words = str(error.orig) if sqlite else type(error.orig).__name__
        raise HistoryError(
            Text(
                "历史记录无法使用：{words}",
                "the history cannot be used: {words}",
                {"words": words},
            ),
            where=place,
            hint=_hint(words),
        ) from None
    except exc.SQLAlchemyError as error:
        raise HistoryError(
            Text(
                "历史记录无法使用：{kind}",
                "the history cannot be used: {kind}",
                {"kind": type(error).__name__},
            ),
            where=place,
            hint=Text(
                "请运行 followup doctor 检查历史记录",
                "followup doctor checks the history store",
            ),
        ) from None


def _parse(url: str | None) -> URL:
    """Read the URL; one without a scheme is the path of an SQLite file."""
    if url is None:
        try:
            folder = state_folder()
        except OSError as error:
            raise HistoryError(
                Text(
                    "无法创建历史记录的文件夹：{why}",
                    "the folder for the history cannot be made: {why}",
                    {"why": cause(error)},
                ),
                where=str(error.filename or ""),
                hint=Text(
                    "请用环境变量 FOLLOWUP_STATE 指定一个可以写入的文件夹",
                    "name a folder you may write to in FOLLOWUP_STATE",
                ),
            ) from error
        return URL.create("sqlite", database=str(folder / FILE_NAME))
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        # The URL itself may hold a password: it is not quoted.
        raise HistoryError(
            Text("看不懂历史记录的 URL", "the history URL cannot be read"),
            where="config.toml: history.url",
            hint=Text(
                "请写成 sqlite:////路径/history.sqlite3 或 "
                "postgresql://user@host/database",
                "write it as in sqlite:////path/history.sqlite3 or "
                "postgresql://user@host/database",
            ),
        ) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, place: str) -> sa.Engine:
    """Make the engine; its errors and logs never show what is stored."""
    options: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS}
    try:
        return sa.create_engine(url, **options)
    except ModuleNotFoundError as error:
        hint = Text(
            "请安装驱动 {name}", "install the driver {name}", {"name": error.name}
        )
        if url.get_backend_name() == "postgresql":
            hint = Text(
                "在 Followup 的文件夹里运行：pip install '.[postgresql]'",
                "in Followup's folder: pip install '.[postgresql]'",
            )
        raise HistoryError(
            Text(
                "没有安装这种历史记录所需的驱动",
                "the driver for this history is not installed",
            ),
            where=place,
            hint=hint,
        ) from None
    except exc.SQLAlchemyError:
        raise HistoryError(
            Text("不支持这种历史记录", "this kind of history is not known"),
            where=place,
            hint=Text(
                "请使用 sqlite:// 或 postgresql:// 开头的 URL",
                "use an sqlite:// or a postgresql:// URL",
            ),
        ) from None


def _prepare_sqlite(connection: Any, _: object) -> None:
    """Set one SQLite connection up."""
    # Python's own transaction control begins too late: reads before the first write
    # would not belong to the transaction (docs.python.org, sqlite3 isolation_level).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What somebody asked us to forget must not stay readable in free pages.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin as a writer at once where we mean to write: waiting beats failing later."""
    options = connection.get_execution_options()
    # NORMAL may lose the last commits at a power cut, though not when we crash; FULL
    # waits for the disk, as what must not be forgotten has to.
    level = "NORMAL" if options.get("may_be_late") else "FULL"
    connection.exec_driver_sql(f"PRAGMA synchronous={level}")
    mode = "" if options.get("reads_only") else " IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN{mode}")


def _begin_postgresql(connection: sa.Connection) -> None:
    """Wait for the server's disk, unless what is written may be late."""
    if connection.get_execution_options().get("may_be_late"):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def _hint(words: str) -> Text:
    """Say what to do about SQLite's most common complaints."""
    if "locked" in words:
        return Text(
            "另一次运行正在写入；等它结束后再试",
            "another run is writing; try again when it has finished",
        )
    if "not a database" in words or "malformed" in words:
        return Text(
            "请把这个文件移走：历史记录会重新开始，工作簿不受影响",
            "move the file away: a new history begins, the workbook is not touched",
        )
    if "readonly" in words or "unable to open" in words or "full" in words:
        return Text(
            "请检查所在文件夹的权限和剩余空间",
            "check the rights and the free space of its folder",
        )
    return Text(
        "请确认数据库正在运行，并且可以连接",
        "check that the database is running and may be reached",
    )


def too_new(found: int, known: int, place: str) -> HistoryError:
    """Refuse a history that a newer Followup has written."""
    return HistoryError(
        Text(
            "历史记录是第 {found} 版，这个 Followup 只认识到第 {known} 版",
            "the history is of version {found}, this Followup knows {known}",
            {"found": found, "known": known},
        ),
        where=place,
        hint=Text(
            "请升级 Followup，或在 config.toml 里换一个 history.url",
            "upgrade Followup, or name another history.url in config.toml",
        ),
    )
