"""Requests about what lies over cells: conditional formats, filters, merges."""

import copy

from tests.sheets_server.a1 import Box, box_of
from tests.sheets_server.answers import rule_json
from tests.sheets_server.cells import EMPTY
from tests.sheets_server.formats import kept
from tests.sheets_server.formulas.syntax import (
    Named,
    Range,
    UnreadableError,
    inside,
    parsed,
)
from tests.sheets_server.grid import Sheet
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.tasks import Kind, Task


def checked_rule(task: Task) -> tuple[Json, Sheet]:
    rule = kept(copy.deepcopy(task.body.get("rule") or {}))
    ranges = rule.get("ranges") or []
    if not ranges:
        raise invalid(f"{task.where}At least one range must be specified.")
    places = [task.book.place(one, task.where) for one in ranges]
    if any(place.sheet is not places[0].sheet for place in places):
        raise invalid(f"{task.where}All ranges must be on the same sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid(
            f"{task.where}Exactly one of booleanRule, gradientRule must be set."
        )
    boolean = rule.get("booleanRule")
    if boolean is not None and "type" not in boolean.get("condition", {}):
        raise invalid(f"{task.where}booleanRule.condition.type must be specified.")
    if boolean is not None:
        require_readable(task, boolean["condition"], places[0].sheet)
    return rule, places[0].sheet


def require_readable(task: Task, condition: Json, sheet: Sheet) -> None:
    """Refuse a formula that does not parse, or that looks at what it may not see.

    Quoted by who met it: the words, and that named ranges are among the forbidden.
    """
    if condition["type"] != "CUSTOM_FORMULA":
        return
    for value in condition.get("values") or [{}]:
        text = value.get("userEnteredValue", "")
        if not text.startswith("=") or not visible(task, text, sheet):
            raise invalid(
                f"{task.where}Invalid ConditionValue.userEnteredValue: {text} for "
                "ConditionType: CUSTOM_FORMULA"
            )


def visible(task: Task, text: str, sheet: Sheet) -> bool:
    try:
        parts = list(inside(parsed(text, task.book.locale)))
    except UnreadableError:
        return False
    for part in parts:
        if isinstance(part, Named) and task.book.range_named(part.name):
            return False
        foreign = isinstance(part, Range) and part.sheet not in {None, sheet.title}
        if foreign:
            return False
    return True


def add_rule(task: Task) -> None:
    rule, sheet = checked_rule(task)
    index = task.body.get("index") or 0
    if index > len(sheet.conditional_formats):
        raise no_rule(task, sheet, index)
    sheet.conditional_formats.insert(index, rule)


def no_rule(task: Task, sheet: Sheet, index: int) -> Exception:
    # Documented: quoted in threads about deleting rules in ascending order.
    return invalid(
        f"{task.where}No conditional format on sheet: {sheet.id} at index: {index}"
    )


def existing_rule(task: Task, sheet: Sheet) -> int:
    index = int(task.body.get("index") or 0)
    if not 0 <= index < len(sheet.conditional_formats):
        raise no_rule(task, sheet, index)
    return index


def update_rule(task: Task) -> Json:
    """Replace a rule, or move it when ``newIndex`` is given."""
    if "newIndex" in task.body:
        sheet = task.sheet(task.body.get("sheetId"))
        index, to = existing_rule(task, sheet), task.body["newIndex"]
        if not 0 <= to < len(sheet.conditional_formats):
            raise no_rule(task, sheet, to)
        rule = sheet.conditional_formats.pop(index)
        sheet.conditional_formats.insert(to, rule)
        answer = {
            "oldRule": rule_json(rule),
            "oldIndex": index,
            "newRule": rule_json(rule),
            "newIndex": to,
        }
        return {name: value for name, value in answer.items() if value != 0}
    rule, sheet = checked_rule(task)
    index = existing_rule(task, sheet)
    old, sheet.conditional_formats[index] = sheet.conditional_formats[index], rule
    answer = {
        "newRule": rule_json(rule),
        "newIndex": index,
        "oldRule": rule_json(old),
        "oldIndex": index,
    }
    return {name: value for name, value in answer.items() if value != 0}


def delete_rule(task: Task) -> Json:
    sheet = task.sheet(task.body.get("sheetId"))
    rule = sheet.conditional_formats.pop(existing_rule(task, sheet))
    return {"rule": rule_json(rule)}


def set_basic_filter(task: Task) -> None:
    made = copy.deepcopy(task.body.get("filter") or {})
    sheet, box = task.place_in(made, "range")
    made["range"] = range_of(sheet, box)
    sheet.basic_filter = made


def range_of(sheet: Sheet, box: Box) -> Json:
    return {
        "sheetId": sheet.id,
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }


def clear_basic_filter(task: Task) -> None:
    task.sheet(task.body.get("sheetId")).basic_filter = None


def merge_cells(task: Task) -> None:
    sheet, box = task.editable()
    drop_merges(task, sheet, box)
    kind = task.body.get("mergeType") or "MERGE_ALL"
    boxes = [box]
    if kind == "MERGE_ROWS":
        boxes = [
            box._replace(top=row, bottom=row + 1) for row in range(box.top, box.bottom)
        ]
    elif kind == "MERGE_COLUMNS":
        boxes = [
            box._replace(left=one, right=one + 1) for one in range(box.left, box.right)
        ]
    for one in boxes:
        keep_first(sheet, one)
        sheet.merges.append(range_of(sheet, one))
    task.book.changed()


def drop_merges(task: Task, sheet: Sheet, box: Box) -> None:
    left = []
    for merge in sheet.merges:
        inner = box_of(merge)
        if not inner.meets(box):
            left.append(merge)
        elif not box.holds(inner):
            raise invalid(
                f"{task.where}You must select all cells in a merged range to merge or unmerge them."
            )
    sheet.merges = left


def keep_first(sheet: Sheet, box: Box) -> None:
    """Merged cells show one value: the first there is."""
    places = [
        (row, column)
        for row in range(box.top, box.bottom)
        for column in range(box.left, box.right)
    ]
    values = [value for place in places if (value := sheet.value(*place)) is not None]
    for place in places:
        if sheet.cell(*place) is not None:
            sheet.put(*place, (sheet.cell(*place) or EMPTY)._replace(value=None))
    if values:
        sheet.change(box.top, box.left, value=values[0])


def unmerge_cells(task: Task) -> None:
    sheet, box = task.editable()
    drop_merges(task, sheet, box)


KINDS: dict[str, Kind] = {
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
}
