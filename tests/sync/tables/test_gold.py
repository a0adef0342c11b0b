"""Scores recognition against hand-labelled workbooks, where they are at hand."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from sync.cells import column_letters
from sync.tables.model import Recognition, Table
from sync.tables.recognise import recognise
from sync.workbooks.open import open_workbook

GOLD = Path(__file__).resolve().parents[3] / "../shared/workbooks/cleanroom"
INDEX = GOLD / "INDEX.jsonl"


@dataclass
class Score:
    """Counts over tables and columns."""

    tables: int = 0
    found: int = 0
    columns: int = 0
    right: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.tables += other.tables
        self.found += other.found
        self.columns += other.columns
        self.right += other.right
        self.wrong += other.wrong


def labelled() -> Iterator[dict[str, Any]]:
    for line in INDEX.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def found_table(found: Recognition, gold: Mapping[str, Any]) -> Table | None:
    rows = {gold["header_row"], *gold.get("header_row_also_ok", [])}
    kinds = {gold["kind"], *gold.get("kind_also_ok", [])}
    for table in found.tables:
        if table.sheet_index != gold["sheet_index"] or table.header_row not in rows:
            continue
        if table.kind.value in kinds:
            return table
    return None


def score(found: Recognition, tables: list[dict[str, Any]]) -> Score:
    total = Score()
    for gold in tables:
        total.tables += 1
        table = found_table(found, gold)
        kind = table.kind.value if table else ""
        labels = gold.get("columns_alt", {}).get(kind, gold["columns"])
        total.columns += len(labels)
        if table is None:
            total.notes.append(f"{gold['sheet']}: not found")
            continue
        total.found += 1
        mine = {column_letters(c.column): c.field for c in table.columns}
        for letter, wanted in labels.items():
            also = gold.get("also_ok", {}).get(letter, [])
            if mine.get(letter) in {wanted, *also}:
                total.right += 1
            elif mine.get(letter) is not None:
                total.wrong += 1
                total.notes.append(f"{gold['sheet']}!{letter}: {mine[letter]}")
    return total


@pytest.mark.skipif(not INDEX.exists(), reason="the labelled workbooks are not here")
def test_labelled_workbooks_are_understood_as_well_as_promised() -> None:
    total = Score()
    for entry in labelled():
        workbook = open_workbook(str(GOLD / entry["file"]))
        one = score(recognise(workbook.snapshot()), entry["tables"])
        print(  # noqa: T201 - the score by file is what somebody runs this test for
            f"{entry['file']}: tables {one.found}/{one.tables}, columns "
            f"{one.right}/{one.columns}, wrong {one.wrong} {'; '.join(one.notes)}"
        )
        total.add(one)

    assert total.found >= total.tables * 0.95
    assert total.right >= total.columns * 0.90
    assert total.wrong <= total.columns * 0.03
