"""From a URL to an engine: private files, honest transactions, clear errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, make_url

from sync.errors import HistoryError
from sync.history.folder import private_file, private_folder, state_folder

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
                f"the history cannot be kept here: {error.strerror}",
                where=place,
                hint="name a folder you may write to in FOLLOWUP_STATE, "
                "or another history.url in config.toml",
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
            f"the history cannot be used: {words}", where=place, hint=_hint(words)
        ) from None
    except exc.SQLAlchemyError as error:
        raise HistoryError(
            f"the history cannot be used: {type(error).__name__}",
            where=place,
            hint="followup doctor checks the history store",
        ) from None


def _parse(url: str | None) -> URL:
    """Read the URL; one without a scheme is the path of an SQLite file."""
    if url is None:
        try:
            folder = state_folder()
        except OSError as error:
            raise HistoryError(
                f"the folder for the history cannot be made: {error.strerror}",
                where=str(error.filename or ""),
                hint="name a folder you may write to in FOLLOWUP_STATE",
            ) from error
        return URL.create("sqlite", database=str(folder / FILE_NAME))
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        # The URL itself may hold a password: it is not quoted.
        raise HistoryError(
            "the history URL cannot be read",
            where="config.toml: history.url",
            hint="write it as in sqlite:////path/history.sqlite3 or "
            "postgresql://user@host/database",
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
        hint = f"install the driver {error.name}"
        if url.get_backend_name() == "postgresql":
            hint = "in Followup's folder: pip install '.[postgresql]'"
        raise HistoryError(
            "the driver for this history is not installed", where=place, hint=hint
        ) from None
    except exc.SQLAlchemyError:
        raise HistoryError(
            "this kind of history is not known",
            where=place,
            hint="use an sqlite:// or a postgresql:// URL",
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


def _hint(words: str) -> str:
    """Say what to do about SQLite's most common complaints."""
    if "locked" in words:
        return "another run is writing; try again when it has finished"
    if "not a database" in words or "malformed" in words:
        return "move the file away: a new history begins, the workbook is not touched"
    if "readonly" in words or "unable to open" in words or "full" in words:
        return "check the rights and the free space of its folder"
    return "check that the database is running and may be reached"
