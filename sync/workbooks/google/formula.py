"""The formulas that are ours: the lookup above each column, and the mark in every rule.

Arguments are separated by ``;``, which every locale of Google Sheets understands; a
comma is a decimal sign in half of them.
"""

import re
from collections.abc import Sequence

from sync.cells import column_letters
from sync.workbooks.rowkeys import BETWEEN

RESULTS = "_followup"
"""The name of our hidden tab when it is made; people may rename it, formulas follow."""

_TEXT = re.compile(r'("(?:[^"]|"")*")')
_RULE = re.compile(r'=AND\(N\("followup:([a-z]+)"\)=0;(.*)\)', re.DOTALL)


def lookup_formula(
    header: str,
    rows: tuple[int, int | None],
    keys: Sequence[int],
    *,
    tab: str = RESULTS,
    key_at: int,
    value_at: int,
) -> str:
    """Write the one formula of a column of ours, for its header cell.

    It shows, beside each row's key, what our tab holds for that key, and so a status
    can stand beside its own goal only, however people sort, insert and move. It begins
    in the header's row, because a row put in right below would push a start at the
    first row down and stay uncovered itself.

    Args:
        header: What the header cell shows.
        rows: The header's row, and the last row when another table stands below;
            ``None``: to the end of the sheet.
        keys: The columns that together name a row, 1-based.
        tab: The name of our tab.
        key_at: The column of our tab that holds the keys, 1-based.
        value_at: The column of our tab that holds what is shown, 1-based.

    Source:
        XLOOKUP, unlike VLOOKUP, takes ``*`` and ``?`` in a key for what they are.
    """
    columns = [_range(rows, key) for key in keys]
    key = f'&"{BETWEEN}"&'.join(columns)
    blank = "&".join(columns)
    first = f"{column_letters(keys[0])}{rows[0]}"
    quoted_tab = "'" + tab.replace("'", "''") + "'"
    where = f"{quoted_tab}!{_below_head(key_at)}"
    what = f"{quoted_tab}!{_below_head(value_at)}"
    return (
        f"=ARRAYFORMULA(IF(ROW({columns[0]})=ROW({first});{quoted(header)};"
        f'IF({blank}="";"";XLOOKUP({key};{where};{what};""))))'
    )


def _range(rows: tuple[int, int | None], column: int) -> str:
    letters = column_letters(column)
    first, last = rows
    return f"{letters}{first}:{letters}{last or ''}"


def _below_head(column: int) -> str:
    letters = column_letters(column)
    return f"{letters}$2:{letters}"


def quoted(text: str) -> str:
    """Write a text as a formula holds it; it can end neither text nor formula."""
    return '"' + " ".join(text.split()).replace('"', '""') + '"'


def mark_rule(formula: str, style: str) -> str:
    """Write a highlight's formula for Google, told from people's own by a mark.

    ``N()`` of a text is 0, so the mark never changes the outcome.
    """
    return f'=AND(N("followup:{style}")=0;{in_every_locale(formula)})'


def in_every_locale(formula: str) -> str:
    """Part the arguments of a formula by ``;``, as every locale understands them.

    >>> in_every_locale('=IF(A1="a,b",1,2)')
    '=IF(A1="a,b";1;2)'
    """
    return _separated(formula, ",", ";")


def unmark_rule(formula: str) -> tuple[str, str] | None:
    """Give back ``(formula, style)`` of a rule of ours; ``None`` for anybody else's.

    >>> unmark_rule(mark_rule('OR($U5="x",$U5="a,b")', "bad"))
    ('OR($U5="x",$U5="a,b")', 'bad')
    """
    found = _RULE.fullmatch(_separated(formula.strip(), ",", ";"))
    return (_separated(found[2], ";", ","), found[1]) if found else None


def _separated(formula: str, old: str, new: str) -> str:
    """Exchange the separators of arguments, leaving texts alone."""
    parts = _TEXT.split(formula)
    return "".join(
        part if at % 2 else part.replace(old, new) for at, part in enumerate(parts)
    )
