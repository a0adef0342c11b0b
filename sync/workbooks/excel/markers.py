"""How our own things in a workbook are recognised again, by reader and writer alike.

A marker must survive what people do: columns are moved, headers renamed, rows sorted,
sheets copied. Excel keeps defined names pointing at the cell they were made for through
all of that, and drops them to ``#REF!`` when the column is deleted.
"""

import re

COLUMN_NAME = "_followup_{key}_{number}"
"""Hidden defined name, local to the sheet, that refers to our column's header cell."""

BOARD_NAME = "_followup_board"
"""Hidden defined name, local to the board sheet, that refers to its A1."""

PROMPT_TITLE = "Followup"
"""Title of the input message on our header cells."""

_COLUMN = re.compile(r"_followup_([a-z]+)_([0-9]+)")
_FORMULA = re.compile(r'AND\(N\("followup:([a-z]+)"\)=0,(.*)\)', re.DOTALL)


def column_key(name: str) -> str | None:
    """Tell which of our columns a defined name marks; ``None`` when it is not ours.

    >>> column_key("_followup_status_1")
    'status'
    """
    found = _COLUMN.fullmatch(name)
    return found[1] if found else None


def mark_formula(formula: str, style: str) -> str:
    """Wrap a conditional format's formula so that it can be told from people's own.

    ``N()`` of a text is 0, so the mark never changes the outcome.
    """
    return f'AND(N("followup:{style}")=0,{formula})'


def unmark_formula(formula: str) -> tuple[str, str] | None:
    """Give back ``(formula, style)`` of a rule of ours; ``None`` for anybody else's.

    >>> unmark_formula(mark_formula('$U5="x"', "bad"))
    ('$U5="x"', 'bad')
    """
    found = _FORMULA.fullmatch(formula.strip())
    return (found[2], found[1]) if found else None
