"""What tells goal rows apart, read before it is known who is who."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sync.records import wording
from sync.records.directory import Mention
from sync.records.keys import (
    GoalIdentity,
    GoalKey,
    goal_keys,
    merely_number_rows,
    mostly_repeated,
)
from sync.records.model import Place
from sync.records.people import Sighting, name, number
from sync.records.reading import TableReader
from sync.records.values import wording as cells
from sync.records.values.names import read_address

_NUMBER_LIKE = re.compile(r"0\d+|\d+[eE]\d+")
_TITLE_FIELDS = ("goal_title", "measure", "goal_description", "specific", "category")


@dataclass(frozen=True, slots=True)
class GoalRows:
    """The columns of one goal table, read, before it is known who is who."""

    reader: TableReader
    kept: tuple[int, ...]
    """Indices of the rows that have a goal text."""
    places: Sequence[Place]
    titles: Sequence[str]
    mentions: Sequence[Mention]
    goal_ids: Sequence[str]
    ids_are_keys: bool
    """Whether the goal ids tell the rows apart, rather than count or group them."""
    periods: Sequence[str]
    metrics: Sequence[str]
    positions: Sequence[str]
    managers: Sequence[str]
    manager_emails: Sequence[str]
    names_people: bool
    """Whether any row says whose goal it is."""

    @property
    def who(self) -> str:
        """The field that names the employee."""
        return "employee_name" if self.reader.has("employee_name") else "owner"

    def sightings(self) -> list[Sighting]:
        """Give what the rows tell about people."""
        columns = (self.mentions, self.positions, self.managers, self.manager_emails)
        rows = list(zip(*columns, strict=True))
        return [Sighting(*it) for it in dict.fromkeys(rows[at] for at in self.kept)]

    def identities(self) -> list[GoalIdentity]:
        """Give what each kept row can be found by again."""
        table = (self.reader.table.sheet, self.reader.table.header_row)
        metric_tells = self._is_told_by_metric()
        return [
            GoalIdentity(
                self.goal_ids[index] if self.ids_are_keys else "",
                self.mentions[index].employee_id or self.mentions[index].name,
                f"{self.titles[index]}|{self.metrics[index]}"
                if metric_tells
                else self.titles[index],
                self.periods[index],
                table,
            )
            for index in self.kept
        ]

    def _is_told_by_metric(self) -> bool:
        """Tell whether an objective spans several rows, its key results."""
        table = self.reader.table
        if table.column_of("goal_title") in table.filled_down:
            return True
        if self.ids_are_keys or not self.reader.has_column("measure"):
            return False
        return mostly_repeated(
            [
                (self.titles[index], self.mentions[index], self.periods[index])
                for index in self.kept
            ]
        )


def read_goal_rows(reader: TableReader) -> GoalRows:
    """Read what tells the rows and the people of one table."""
    who = "employee_name" if reader.has("employee_name") else "owner"
    titles = _titles(reader)
    goal_ids = reader.read("goal_id", number, "")
    mentions = [
        Mention(*parts)
        for parts in zip(
            reader.read("employee_id", number, ""),
            reader.read("email", read_address, ""),
            reader.read(who, name, ""),
            reader.texts("department"),
            strict=True,
        )
    ]
    return GoalRows(
        reader=reader,
        kept=tuple(_kept(reader, titles)),
        places=reader.places(),
        titles=titles,
        mentions=mentions,
        goal_ids=goal_ids,
        ids_are_keys=any(goal_ids)
        and not merely_number_rows(goal_ids)
        and not mostly_repeated([it for it in goal_ids if it]),
        periods=reader.periods(),
        metrics=reader.texts("measure"),
        positions=reader.texts("position"),
        managers=reader.read("manager", name, ""),
        manager_emails=reader.read("manager_email", read_address, ""),
        names_people=any(any(mention[:3]) for mention in mentions),
    )


def _titles(reader: TableReader) -> list[str]:
    columns = [
        reader.texts(field)
        for field in _TITLE_FIELDS
        if reader.has_column(field) or field in reader.table.context
    ]
    # A category is a goal's name only where there is nothing better at all.
    if len(columns) > 1 and reader.has("category"):
        columns.pop()
    return [next(filter(None, row), "") for row in zip(*columns, strict=True)] or (
        [""] * reader.n
    )


def _kept(reader: TableReader, titles: Sequence[str]) -> list[int]:
    """Leave out rows without a goal text; say so where something else is filled in."""
    silent = {"goal_id", *_TITLE_FIELDS, *_carried(reader)}
    others = [
        reader.cells(column.field)
        for column in reader.table.columns
        if column.field and column.field not in silent
    ]
    field = next((it for it in _TITLE_FIELDS if reader.has_column(it)), "goal_title")
    kept = []
    for index, title in enumerate(titles):
        if title:
            kept.append(index)
        elif any(values[index] is not None for values in others):
            reader.note(cells.NO_GOAL_TEXT.about(""), field, index)
    return kept


def _carried(reader: TableReader) -> set[str]:
    """Fields whose value may come from above or from a title: no content of a row."""
    filled = reader.table.filled_down
    return {
        it.field for it in reader.table.columns if it.field and it.column in filled
    } | {*reader.table.context}


def keys_of(tables: Sequence[GoalRows]) -> list[list[GoalKey]]:
    """Give the keys of all goals of the workbook, table by table."""
    identities = [identity for rows in tables for identity in rows.identities()]
    places = [rows.places[index] for rows in tables for index in rows.kept]
    keys = goal_keys(identities)
    at = 0
    split = []
    for rows in tables:
        mine = keys[at : at + len(rows.kept)]
        twice = [
            (index, [places[it] for it in key.others])
            for index, key in zip(rows.kept, mine, strict=True)
            if key.others and key.is_usable
        ]
        # A catalogue that names nobody repeats its measures on purpose: once is enough.
        for index, others in twice if _names_people(rows) else twice[:1]:
            _note_duplicate(rows, index, others)
        _note_number_like(rows)
        split.append(mine)
        at += len(rows.kept)
    return split


def _names_people(rows: GoalRows) -> bool:
    named = any(mention.employee_id or mention.name for mention in rows.mentions)
    return rows.ids_are_keys or named


def _note_number_like(rows: GoalRows) -> None:
    """Note ids that any program turns into a number: no key would find them then."""
    if not rows.ids_are_keys:
        return
    for index in rows.kept:
        goal_id = rows.goal_ids[index]
        if _NUMBER_LIKE.fullmatch(goal_id):
            notice = wording.NUMBER_LIKE_GOAL_ID.about(goal_id)
            rows.reader.note(notice, "goal_id", index)


def _note_duplicate(rows: GoalRows, index: int, others: Sequence[Place]) -> None:
    by_id = rows.goal_ids[index] and rows.ids_are_keys
    field = "goal_id" if by_id else "goal_title"
    if not by_id and not rows.reader.has_column("goal_title"):
        field = "measure"
    notice = wording.DUPLICATE_GOAL_ID if by_id else wording.DUPLICATE_GOAL
    text = rows.goal_ids[index] if by_id else rows.titles[index]
    where = ", ".join(str(other.at(field)) for other in others)
    rows.reader.note(notice.about(text, other=where), field, index)
