"""Defined names: where our own marks point now."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sync.cells import Area
from sync.workbooks.excel.elements import Element
from sync.workbooks.excel.markers import BOARD_NAME, column_key
from sync.workbooks.snapshot import OwnMark

_CELL = re.compile(r"(?:'((?:[^']|'')*)'|([^'!]*))!(\$?[A-Z]{1,3}\$?[0-9]{1,7})")


class Marks(NamedTuple):
    """What of ours one sheet holds."""

    own: tuple[OwnMark, ...] = ()
    is_board: bool = False


def marks(workbook: Element, sheet_names: Sequence[str]) -> list[Marks]:
    """Find our marks, one entry a tab.

    A name local to a sheet goes with it when somebody copies or renames the sheet; one
    whose column was deleted refers to ``#REF!`` and is no mark any more.

    Args:
        workbook: The root of ``workbook.xml``.
        sheet_names: All tabs in order; names refer to them by position.
    """
    own: list[list[OwnMark]] = [[] for _ in sheet_names]
    boards: set[int] = set()
    for name in workbook.under("definedNames", "definedName"):
        local = name.get("localSheetId")
        if not local.isdigit() or int(local) >= len(sheet_names):
            continue
        at = _cell(name.text, sheet_names[int(local)])
        if at is None:
            continue
        if name.get("name").lower() == BOARD_NAME:
            boards.add(int(local))
        key = column_key(name.get("name"))
        if key is not None:
            own[int(local)].append(OwnMark(key, at.top, at.left))
    return [
        Marks(tuple(sorted(found, key=lambda mark: mark[1:])), index in boards)
        for index, found in enumerate(own)
    ]


def _cell(reference: str, sheet: str) -> Area | None:
    """Read a reference to one cell of ``sheet``; ``None`` for anything else."""
    found = _CELL.fullmatch(reference.strip())
    if found is None:
        return None
    quoted, bare, a1 = found.groups()
    name = bare if quoted is None else quoted.replace("''", "'")
    if name.lower() != sheet.lower():
        return None
    try:
        return Area.parse(a1)
    except ValueError:
        return None
