import tomllib
from pathlib import Path
from typing import Any

import pytest

from sync.cells import column_letters, column_number
from sync.tables.model import Table

LAYOUTS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8")
)["layout"]


def fields_of(table: Table, *, skip_blank: bool) -> list[str]:
    return [
        column.field or "-"
        for column in table.columns
        if column.header or column.field or not skip_blank
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["name"])
def test_a_layout_is_understood(layout: dict[str, Any], read: Any) -> None:
    found = read(
        layout["text"],
        layout["sheet"],
        merges=layout.get("merges", ()),
    )

    assert [t.kind.value for t in found.tables] == [t["kind"] for t in layout["tables"]]
    for table, wanted in zip(found.tables, layout["tables"], strict=True):
        check_place(table, wanted)
        check_columns(table, wanted)
        check_rest(table, wanted)


def check_place(table: Table, wanted: dict[str, Any]) -> None:
    place = (table.header_row, table.first_row, table.last_row)

    assert place == (wanted["header"], wanted["first"], wanted["last"])
    assert table.columns[0].column == wanted.get("left", table.columns[0].column)


def check_columns(table: Table, wanted: dict[str, Any]) -> None:
    fields = wanted["fields"].split()
    if wanted.get("skip_blank"):
        fields = [field for field in fields if field != "-"]
    got = fields_of(table, skip_blank=wanted.get("skip_blank", False))
    got = [
        "*" if want == "*" else field for field, want in zip(got, fields, strict=True)
    ]

    assert got == fields
    assert all(
        column.why.in_("zh") and column.why.in_("en") for column in table.columns
    )
    assert all(column.confidence >= 0.5 for column in table.columns if column.field)
    assert all(column.confidence == 0 for column in table.columns if not column.field)


def check_rest(table: Table, wanted: dict[str, Any]) -> None:
    for field, value in wanted.get("context", {}).items():
        assert table.context[field][0] == value
    for pair in wanted.get("excluded", "").split():
        row, _, reason = pair.partition(":")

        assert (int(row), reason) in {(e.row, e.reason) for e in table.excluded}
    for pair in wanted.get("periods", "").split():
        letter, _, period = pair.partition(":")
        column = next(c for c in table.columns if c.column == column_number(letter))

        assert column.period == period
    if "filled" in wanted:
        letters = {column_letters(column) for column in table.filled_down}

        assert letters == set(wanted["filled"].split())
