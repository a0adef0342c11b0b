"""Writing many rows at once, as the driver takes them.

SQLAlchemy makes a dict of each row and walks through it twice; for the 50,000 rows of a
large workbook that is two thirds of the time of writing them.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

Row = tuple[Any, ...]


def add(
    connection: sa.Connection, table: sa.Table, names: Sequence[str], rows: list[Row]
) -> None:
    """Insert rows: one value for each name, in order."""
    quote = connection.dialect.identifier_preparer.quote
    marks = ", ".join([_mark(connection)] * len(names))
    columns = ", ".join(quote(name) for name in names)
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    _execute(connection, statement, [table.c[name] for name in names], rows)


def change(
    connection: sa.Connection,
    table: sa.Table,
    names: Sequence[str],
    rows: list[Row],
    *,
    where: Sequence[str],
) -> None:
    """Give rows new values: first those of ``names``, then those of ``where``."""
    new = ", ".join(_equations(connection, names))
    same = " AND ".join(_equations(connection, where))
    quote = connection.dialect.identifier_preparer.quote
    statement = f"UPDATE {quote(table.name)} SET {new} WHERE {same}"  # noqa: S608 - as above
    columns = [table.c[name] for name in (*names, *where)]
    _execute(connection, statement, columns, rows)


def _equations(connection: sa.Connection, names: Iterable[str]) -> list[str]:
    quote, mark = connection.dialect.identifier_preparer.quote, _mark(connection)
    return [f"{quote(name)} = {mark}" for name in names]


def _mark(connection: sa.Connection) -> str:
    """Give what stands for a value in a statement."""
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _execute(
    connection: sa.Connection,
    statement: str,
    columns: Sequence[sa.Column[Any]],
    rows: list[Row],
) -> None:
    """Carry a statement out for each row, its values as the database takes them."""
    if not rows:
        return
    values: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for at, column in enumerate(columns):
        kind = column.type.dialect_impl(connection.dialect)
        if process := kind.bind_processor(connection.dialect):
            # A day or a yes stands in thousands of rows.
            values[at] = list(map(cache(process), values[at]))
    connection.exec_driver_sql(statement, list(zip(*values, strict=True)))
