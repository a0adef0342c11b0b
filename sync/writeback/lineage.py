"""Whether a workbook goes on from another one: it shows what we wrote there."""

from collections.abc import Iterator, Mapping

from sync.workbooks.snapshot import Sheet, Snapshot
from sync.writeback.ours import INTENDED, as_text

_MOST = 0.5
"""The share of reasons that has to be known: people go on typing in a copy."""


def reasons_shown(snapshot: Snapshot) -> frozenset[str]:
    """Give the reasons that stand in our columns; empty before a first sync.

    Reasons name figures and days, and so are hardly the same in two workbooks.
    """
    return frozenset(
        text for sheet in snapshot.sheets for text in _in_our_column(sheet)
    )


def share_known(
    shown: frozenset[str], remembered: Mapping[tuple[str, str], str]
) -> float:
    """Tell how much of what a workbook shows was written into another one.

    Args:
        shown: Its reasons.
        remembered: What history says we wrote into the other one.

    Returns:
        The share of its reasons, 0–1; 0 when it is too little to go by.
    """
    ours = {
        text
        for (_, key), text in remembered.items()
        if key.removesuffix(INTENDED) == "why"
    }
    share = len(shown & ours) / len(shown) if shown else 0.0
    return share if share > _MOST else 0.0


def _in_our_column(sheet: Sheet) -> Iterator[str]:
    for mark in sheet.own:
        if mark.key == "why":
            for row in sheet.rows:
                value = sheet.value(row.number, mark.column)
                if row.number > mark.row and value is not None:
                    yield as_text(value)
