"""What holds for every row of a table: said in the lines above it or by its tab."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sync.cells import CellRef
from sync.tables.grid import Grid, cells, is_text
from sync.tables.model import Kind
from sync.tables.normalise import clean, has_cjk
from sync.tables.periods import period_in, period_of
from sync.tables.profile import looks_like_person, word_lists
from sync.tables.vocabulary import Vocabulary
from sync.workbooks.snapshot import RawValue, Row

Context = dict[str, tuple[RawValue, CellRef | None]]

_PAIR = re.compile(
    r"(?P<label>[^\s:：,，;；|、()()]{1,14}(?: [A-Za-z]+){0,2})\s*[:：]\s*"
    r"(?P<value>[^:：]*?)\s*"
    r"(?=(?:[\s,，;；|、]+[^\s:：,，;；|、]{1,14}(?: [A-Za-z]+){0,2}\s*[:：])|$)"
)
_IN_BRACKETS = re.compile(r"[((【\[]([^()()【】\[\]]{2,20})[))】\]]")
_BEFORE_YEAR = re.compile(
    r"^([一-鿿]{2,4}?)(?:的)?(?:20\d\d|第?[一二三四1-4]季度|\d+月)"
)
_OF_TABLE = frozenset(
    {
        "employee_name",
        "employee_id",
        "email",
        "department",
        "position",
        "manager",
        "period",
    }
)
_RENAMED = {
    Kind.FEEDBACK: {"employee_name": "ratee"},
    Kind.CHECKINS: {"employee_name": "participants"},
    Kind.ACTIONS: {"employee_name": "owner"},
}
_PERSON_LABELS = frozenset({"employee_name", "employee_id", "department", "position"})


class Surroundings(NamedTuple):
    """What stands above a table."""

    titles: tuple[str, ...]
    values: Context


def read_above(
    grid: Grid, rows: Sequence[Row], bounds: tuple[int, int], vocab: Vocabulary
) -> Surroundings:
    """Read the title lines above a header.

    Args:
        grid: The sheet.
        rows: The rows between the table above, if any, and this one's header.
        bounds: The table's first and last column; lines of a table beside it do not
            count.
        vocab: Which labels are known.

    Returns:
        The titles from top to bottom, and the values found, the nearest line winning.
    """
    titles: list[str] = []
    values: Context = {}
    for row in rows:
        filled = [
            (column, value)
            for column, value in cells(row)
            if column <= bounds[1]
            and column + grid.span(row.number, column) > bounds[0]
        ]
        for field, value, column in _labelled(filled, vocab):
            values[field] = (value, CellRef(grid.sheet.name, row.number, column))
        for column, value in filled:
            if is_text(value) and len(filled) <= 2 and len(str(value)) <= 80:
                titles.append(str(value))
                at = CellRef(grid.sheet.name, row.number, column)
                _read_title(str(value), at, values)
    return Surroundings(tuple(titles), values)


def with_the_forms_person(found: Surroundings, known: Context) -> Surroundings:
    """Let the person named above a form's first table hold for its other parts.

    Args:
        found: What stands above one table.
        known: What stood above the tables before it on the same sheet.
    """
    if _PERSON_LABELS & found.values.keys() or "employee_name" not in known:
        return found
    return found._replace(values={**known, **found.values})


def _labelled(
    filled: Sequence[tuple[int, RawValue]], vocab: Vocabulary
) -> Iterator[tuple[str, RawValue, int]]:
    """Find ``label: value`` within cells, and labels with the value in the next one."""
    skip = -1
    for position, (column, value) in enumerate(filled):
        if position == skip or not is_text(value):
            continue
        text = str(value).strip()
        pairs = [(m["label"], m["value"].strip()) for m in _PAIR.finditer(text)]
        for label, inner in pairs:
            field = _field(label, vocab)
            if field and inner:
                yield field, inner, column
        field = _field(text.rstrip(":： "), vocab)
        if field and position + 1 < len(filled):
            near, following = filled[position + 1]
            if _is_value(following, vocab):
                yield field, following, near
                skip = position + 1


def _is_value(value: RawValue, vocab: Vocabulary) -> bool:
    if not is_text(value):
        return value is not None
    text = str(value).strip()
    return not text.endswith((":", "：")) and (
        vocab.knows(text) < 0.9 or looks_like_person(text)
    )


def _field(label: str, vocab: Vocabulary) -> str | None:
    if not label or len(label) > 20:
        return None
    for guess in vocab.guesses("goals", label):
        if guess.field in _OF_TABLE and guess.strength >= 0.6 and guess.how != "rule":
            return guess.field
    return None


def _read_title(text: str, at: CellRef, values: Context) -> None:
    """Take a period, and a person's name, out of a title."""
    period = period_in(text)
    if period and "period" not in values:
        values["period"] = (period, at)
    if "employee_name" in values:
        return
    for inner in _IN_BRACKETS.findall(text):
        if looks_like_person(inner) and (has_cjk(inner) or " " in inner):
            values["employee_name"] = (inner.strip(), at)
            return
    before = _BEFORE_YEAR.match(text.strip())
    if before and looks_like_person(before[1]):
        values["employee_name"] = (before[1], at)


def name_of_sheet(name: str, vocab: Vocabulary) -> str:
    """Give the person a tab is named after, or an empty text."""
    bare = re.sub(r"^\d+[.、 _-]*|[\s_-]*\d+$", "", name).strip()
    bare = re.sub(r"[((].*?[))]", "", bare).strip()
    if period_of(bare) or vocab.knows(bare) >= 0.5:
        return ""
    if any(word in clean(bare) for word in _SHEET_WORDS):
        return ""
    return bare if looks_like_person(bare) else ""


_SHEET_WORDS = (
    *(word for word in word_lists()["not_a_name"] if len(word) > 1),
    "goal",
    "kpi",
    "okr",
    "sheet",
    "map",
    "view",
    "report",
    "status",
    "rating",
    "review",
    "plan",
    "tracker",
    "list",
    "team",
    "roster",
    "strategic",
    "tactical",
    "summary",
    "data",
    "action",
    "feedback",
    "check",
    "weekly",
    "monthly",
    "template",
    "instruction",
    "project",
    "score",
    "metric",
    "log",
)


def of_table(
    kind: Kind,
    above: Surroundings,
    sheet_name: str,
    fields: frozenset[str],
    *,
    vocab: Vocabulary,
) -> Context:
    """Put together what holds for all rows and has no column of its own.

    Args:
        kind: The table's kind.
        above: What was read above the table.
        sheet_name: The tab's name.
        fields: The fields that have a column.
        vocab: Which words are no names.
    """
    renamed = _RENAMED.get(kind, {})
    found: Context = {}
    allowed = {"employee_name"} if renamed else _OF_TABLE
    for field, value in above.values.items():
        if field in allowed:
            found[renamed.get(field, field)] = value
    if "period" not in found and "period" in allowed:
        period = period_of(sheet_name) or period_in(sheet_name)
        if period:
            found["period"] = (period_in(sheet_name) or sheet_name.strip(), None)
    person = renamed.get("employee_name", "employee_name")
    if person not in found and kind is not Kind.PEOPLE:
        name = name_of_sheet(sheet_name, vocab)
        if name:
            found[person] = (name, None)
    has_people = bool({"employee_name", "employee_id", "ratee"} & fields)
    return {
        field: value
        for field, value in found.items()
        if field not in fields
        and not (has_people and field in {"employee_name", "employee_id", "email"})
    }
