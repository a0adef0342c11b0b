"""Requests about rows and columns as such."""

from tests.sheets_server.a1 import box_of, written
from tests.sheets_server.answers import range_json
from tests.sheets_server.cells import Column, Row
from tests.sheets_server.grid import EDGES, Sheet
from tests.sheets_server.masks import overlay
from tests.sheets_server.references import Shift
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.rendering import as_text
from tests.sheets_server.sorting import sort
from tests.sheets_server.tasks import Kind, Task


def span(task: Task, sheet: Sheet, one: Json) -> tuple[str, int, int]:
    """Read a DimensionRange; a missing end is the grid's."""
    dimension = one.get("dimension")
    if dimension not in {"ROWS", "COLUMNS"}:
        raise invalid(f"{task.where}No dimension specified.")
    size = sheet.height if dimension == "ROWS" else sheet.width
    start = one.get("startIndex") or 0
    end = size if one.get("endIndex") is None else one["endIndex"]
    return dimension, start, end


def insert_dimension(task: Task) -> None:
    one = task.body.get("range") or {}
    sheet = task.structure(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    size = sheet.height if dimension == "ROWS" else sheet.width
    if end <= start:
        raise invalid(f"{task.where}range.startIndex must be less than range.endIndex")
    before = bool(task.body.get("inheritFromBefore"))
    if before and start == 0:
        raise invalid(
            f"{task.where}inheritFromBefore cannot be true when inserting at index 0"
        )
    # Measured on the real API by others.
    if start > size:
        raise invalid(
            f"{task.where}range.startIndex[{start}] is larger than current grid size "
            f"({size})"
        )
    if start == size and not before:
        raise invalid(
            f"{task.where}range.startIndex[{start}] must be less than the grid size "
            f"({size}) if inheritFromBefore is false."
        )
    like = start - 1 if before else start
    task.book.insert_like(sheet, Shift(dimension, start, end - start), like)


def append_dimension(task: Task) -> None:
    sheet = task.structure(task.body.get("sheetId"))
    count = task.body.get("length") or 0
    if count < 1:
        raise invalid(f"{task.where}length must be greater than 0")
    if task.body.get("dimension") == "ROWS":
        sheet.resize(rows=sheet.height + count)
    else:
        sheet.resize(columns=sheet.width + count)
    task.book.require_room()
    task.book.changed()


def delete_dimension(task: Task) -> None:
    one = task.body.get("range") or {}
    sheet = task.structure(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    size = sheet.height if dimension == "ROWS" else sheet.width
    word = "row" if dimension == "ROWS" else "column"
    if start >= size:
        # Recorded.
        raise invalid(
            f"{task.where}Cannot delete a {word} that doesn't exist. Tried to delete "
            f"{word} index {start} but there are only {size} {word}s."
        )
    if end <= start:
        raise invalid(f"{task.where}range.startIndex must be less than range.endIndex")
    end = min(end, size)
    if end - start >= size:
        # Recorded.
        raise invalid(f"{task.where}You can't delete all the {word}s on the sheet.")
    require_unfrozen_left(task, sheet, dimension, range(start, end))
    task.book.delete(sheet, dimension, start, end)


def require_unfrozen_left(
    task: Task, sheet: Sheet, dimension: str, gone: range
) -> None:
    name, word, size = (
        ("frozenRowCount", "rows", sheet.height)
        if dimension == "ROWS"
        else ("frozenColumnCount", "columns", sheet.width)
    )
    frozen = sheet.properties["gridProperties"].get(name, 0)
    free = sum(index not in gone for index in range(frozen, size))
    if frozen and not free:
        # Quoted by many who met it.
        raise invalid(
            f"{task.where}Sorry, it is not possible to delete all non-frozen {word}."
        )


def move_dimension(task: Task) -> None:
    one = task.body.get("source") or {}
    sheet = task.structure(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    sheet.require(dimension, start, end, f"{task.where}source.")
    to = task.body.get("destinationIndex") or 0
    size = sheet.height if dimension == "ROWS" else sheet.width
    if not 0 <= to <= size or start < to < end:
        raise invalid(f"{task.where}destinationIndex[{to}] is not valid.")
    require_whole_merges(task, sheet, dimension, range(start, end))
    task.book.move(sheet, dimension, range(start, end), to)


def require_whole_merges(
    task: Task, sheet: Sheet, dimension: str, moved: range
) -> None:
    first, last = EDGES[dimension]
    word = "row" if dimension == "ROWS" else "column"
    for merge in sheet.merges:
        tall = merge[last] - merge[first] > 1
        if tall and merge[first] < moved.stop and merge[last] > moved.start:
            # Measured on the real API by others.
            raise invalid(
                f"{task.where}Sorry, it is not possible to move a {word} to a position "
                "that crosses a merged cell. Please unmerge and try again."
            )


def update_dimension_properties(task: Task) -> None:
    one = task.body.get("range") or {}
    sheet = task.sheet(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    sheet.require(dimension, start, end, task.where)
    mask, new = task.mask("DimensionProperties"), task.body.get("properties") or {}
    for index in range(start, end):
        if dimension == "ROWS":
            row = sheet.rows[index]
            properties = said(overlay(row.properties, new, mask))
            sheet.rows[index] = Row(row.cells, properties, row.metadata)
        else:
            column = sheet.columns[index]
            properties = said(overlay(column.properties, new, mask))
            sheet.columns[index] = Column(properties, column.metadata)


def said(properties: Json) -> Json:
    return {name: value for name, value in properties.items() if value}


def auto_resize_dimensions(task: Task) -> None:
    """Widen columns to their texts, in a font whose letters are all alike (assumed)."""
    one = task.body.get("dimensions") or {}
    sheet = task.sheet(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    if dimension == "ROWS":
        return
    for index in range(start, min(end, sheet.width)):
        longest = max(
            (
                len(
                    as_text(
                        task.book.calculation.value(sheet, row, index),
                        sheet.cell(row, index),
                        task.book.locale,
                    )
                )
                for row in range(sheet.height)
            ),
            default=0,
        )
        if longest:
            column = sheet.columns[index]
            pixels = max(21, 6 + 7 * longest)
            sheet.columns[index] = Column(
                column.properties | {"pixelSize": pixels}, column.metadata
            )


def sort_range(task: Task) -> None:
    sheet, box = task.editable()
    specs = task.body.get("sortSpecs") or []
    if not specs:
        raise invalid(f"{task.where}Must specify at least one sort spec.")
    for spec in specs:
        column = spec.get("dimensionIndex") or 0
        if not box.left <= column < box.right:
            raise invalid(
                f"{task.where}sortSpecs.dimensionIndex[{column}] must be in the range "
                f"[{box.left}, {box.right})"
            )
    for merge in sheet.merges:
        if merge["endRowIndex"] - merge["startRowIndex"] > 1:
            inner = box_of(merge)
            if inner.meets(box):
                # Measured on the real API by others.
                raise invalid(
                    f"{task.where}You can't sort a range containing vertical merges. "
                    f"There is a vertical merge at {written(sheet.title, inner)}"
                )
    sort(task.book, sheet, box, specs)


def add_dimension_group(task: Task) -> Json:
    one = dict(task.body.get("range") or {})
    sheet = task.sheet(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    one |= {"startIndex": start, "endIndex": end}
    groups = sheet.groups[dimension]
    depth = 1 + max(
        (
            group["depth"]
            for group in groups
            if group["range"]["startIndex"] <= start
            and end <= group["range"]["endIndex"]
        ),
        default=0,
    )
    groups.append({"range": one, "depth": depth})
    name = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    # Recorded: the first group switches the control's place on for good.
    sheet.properties["gridProperties"][name] = True
    return groups_json(groups)


def delete_dimension_group(task: Task) -> Json:
    one = task.body.get("range") or {}
    sheet = task.sheet(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    groups = sheet.groups[dimension]
    same = [
        group
        for group in groups
        if (group["range"]["startIndex"], group["range"]["endIndex"]) == (start, end)
    ]
    if not same:
        raise invalid(f"{task.where}There are no groups over the specified range.")
    groups.remove(max(same, key=lambda group: int(group["depth"])))
    return groups_json(groups)


def update_dimension_group(task: Task) -> None:
    new = task.body.get("dimensionGroup") or {}
    one = new.get("range") or {}
    sheet = task.sheet(one.get("sheetId"))
    dimension, start, end = span(task, sheet, one)
    for group in sheet.groups[dimension]:
        ends = (group["range"]["startIndex"], group["range"]["endIndex"])
        if ends == (start, end) and group["depth"] == new.get("depth", 1):
            group["collapsed"] = bool(new.get("collapsed"))
            return
    raise invalid(f"{task.where}There is no group with that range and depth.")


def groups_json(groups: list[Json]) -> Json:
    if not groups:
        return {}
    return {
        "dimensionGroups": [
            {**group, "range": range_json(group["range"])} for group in groups
        ]
    }


KINDS: dict[str, Kind] = {
    "insertDimension": insert_dimension,
    "appendDimension": append_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
    "sortRange": sort_range,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
    "updateDimensionGroup": update_dimension_group,
}
