"""Where a table is, as ``values.append`` sees it."""

from tests.sheets_server.a1 import Box
from tests.sheets_server.grid import Sheet


def table_at(sheet: Sheet, box: Box) -> Box | None:
    """Find the block of filled cells to append to.

    Recorded: of all blocks that touch the range the lowest counts, and of those the
    right-most; cells that meet at a corner belong to one block.
    """
    bottom, right = min(box.bottom, sheet.height), min(box.right, sheet.width)
    for row in range(bottom - 1, box.top - 1, -1):
        filled = [
            column
            for column in range(box.left, right)
            if sheet.value(row, column) is not None
        ]
        if filled:
            return block_around(sheet, row, filled[-1])
    return None


def block_around(sheet: Sheet, row: int, column: int) -> Box:
    seen, waiting = {(row, column)}, [(row, column)]
    while waiting:
        at_row, at_column = waiting.pop()
        around = {
            (at_row + down, at_column + across)
            for down in (-1, 0, 1)
            for across in (-1, 0, 1)
            if at_row + down >= 0 and at_column + across >= 0
        }
        for place in around - seen:
            if sheet.value(*place) is not None:
                seen.add(place)
                waiting.append(place)
    rows, columns = [place[0] for place in seen], [place[1] for place in seen]
    return Box(min(rows), max(rows) + 1, min(columns), max(columns) + 1)
