"""What the cells of the starter workbook take, compute and show, in no format's words.

Formulas are as Excel keeps them: arguments parted by commas, rows counted from 1.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from sync.cells import column_letters
from sync.starter.columns import TABLES
from sync.starter.model import Column, Table
from sync.wording import Lang, Text

HEAD: Final = 2
"""Row of the heads, 0-based: a title and a line stand above."""
ROWS: Final = 500
"""Rows below the head in which lists and colours are at work."""
FIRST_DAY: Final = date(1990, 1, 1)
WRONG_DAY = Text("请填写日期，例如 2026-12-31", "Write a day, as in 2026-12-31")
_BOUNDS = Text("请填写 {low} 到 {high} 之间的数", "Write a number from {low} to {high}")
_MARKS: Final = {"own", "manager", "final", "score"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these, or one of the cells of a place such as ``'People'!$B$4:$B$503``."""

    values: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """A number of these bounds, which count."""

    low: int
    high: int

    @property
    def wrong(self) -> Text:
        """What is said of any other."""
        return _BOUNDS.fill(low=str(self.low), high=str(self.high))


def takes(column: Column, lang: Lang) -> Choice | Between | Literal["day"] | None:
    """Tell what belongs into a column's cells; ``None``: anything."""
    choices = column.choices.in_(lang) if column.choices else ""
    if choices == "@people":
        people = TABLES[0].name.in_(lang)
        return Choice(place=f"'{people}'!$B${HEAD + 2}:$B${HEAD + 1 + ROWS}")
    if choices:
        return Choice(tuple(choices.split("|")))
    if column.kind == "date":
        return "day"
    if column.key == "weight":
        return Between(0, 1)
    return Between(1, 5) if column.kind == "number" and column.key in _MARKS else None


def progress(table: Table, row: int) -> str:
    """Write the formula of a goal's progress.

    Args:
        table: The table of goals.
        row: Its row, 0-based.
    """
    letters = _letters(table)
    base, target, now = (
        f"{letters[key]}{row + 1}" for key in ("baseline", "target", "current")
    )
    return f'=IF(OR({target}="",{now}=""),"",({now}-{base})/({target}-{base}))'


class Mark(NamedTuple):
    """A colour for the cells of one column where something is the matter."""

    column: int
    """0-based."""
    formula: str
    """For the first row below the head."""
    look: Literal["missing", "late"]


def marks(table: Table) -> tuple[Mark, ...]:
    """Give what is coloured on a table's sheet, the most important last."""
    row, last = HEAD + 2, HEAD + 1 + ROWS
    places = {}
    for key, letters in _letters(table).items():
        places[key] = f"${letters}{row}"
        places[f"{key}_all"] = f"${letters}${row}:${letters}${last}"
    keys = [one.key for one in table.columns]
    return tuple(
        Mark(keys.index(key), formula.format(**places), look)
        for key, formula, look in _RULES.get(table.key, ())
    )


def _letters(table: Table) -> dict[str, str]:
    return {one.key: column_letters(at) for at, one in enumerate(table.columns, 1)}


_Rule = tuple[str, str, Literal["missing", "late"]]
_DONE = '{status}<>"已完成",{status}<>"已取消",{status}<>"Completed",{status}<>"Done"'
_LATE = f'=AND({{due}}<>"",{{due}}<TODAY(),{_DONE},{{status}}<>"Cancelled")'
_RULES: Final[dict[str, tuple[_Rule, ...]]] = {
    "goals": (
        ("measure", '=AND({goal}<>"",{measure}="")', "missing"),
        ("target", '=AND({goal}<>"",{target}="")', "missing"),
        ("current", '=AND({goal}<>"",{current}="")', "missing"),
        ("due", '=AND({goal}<>"",{due}="")', "missing"),
        ("due", _LATE, "late"),
        (
            "weight",
            '=AND({name}<>"",ABS(SUMIF({name_all},{name},{weight_all})-1)>0.001)',
            "missing",
        ),
    ),
    "ratings": (
        ("manager", '=AND({own}<>"",{manager}<>"",ABS({own}-{manager})>1)', "late"),
    ),
    "actions": (
        ("owner", '=AND({action}<>"",{owner}="")', "missing"),
        ("due", '=AND({action}<>"",{due}="")', "missing"),
        ("due", _LATE, "late"),
    ),
    "people": (("email", '=AND({name}<>"",{email}="")', "missing"),),
}
