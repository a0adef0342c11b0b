"""Requests about what lies over cells: rules, protection, filters, names, merges."""

import copy

from tests.sheets_server.a1 import Box
from tests.sheets_server.answers import box_of, protected_json, range_json, rule_json
from tests.sheets_server.cells import EMPTY
from tests.sheets_server.formats import kept
from tests.sheets_server.grid import Sheet
from tests.sheets_server.masks import overlay
from tests.sheets_server.refusals import Json, invalid, protected
from tests.sheets_server.rights import free
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
    return rule, places[0].sheet


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


def add_protected_range(task: Task) -> Json:
    wanted = copy.deepcopy(task.body.get("protectedRange") or {})
    if "range" in wanted:
        sheet = task.place_in(wanted, "range").sheet
    elif wanted.get("namedRangeId") in task.book.named:
        sheet = task.sheet(
            task.book.named[wanted["namedRangeId"]]["range"].get("sheetId")
        )
        wanted["range"] = dict(task.book.named[wanted["namedRangeId"]]["range"])
    else:
        raise invalid(f"{task.where}One of range, namedRangeId must be specified.")
    used = {
        int(one["protectedRangeId"])
        for each in task.book.sheets
        for one in each.protected
    }
    number = task.require_new_id(
        wanted.get("protectedRangeId"), used, "Protected range"
    )
    made: Json = {"protectedRangeId": number, "range": wanted["range"]}
    for name in ("namedRangeId", "description", "warningOnly", "unprotectedRanges"):
        if wanted.get(name):
            made[name] = wanted[name]
    editors = {
        name: value for name, value in (wanted.get("editors") or {}).items() if value
    }
    if made.get("warningOnly") and editors:
        raise invalid(
            f"{task.where}Editors cannot be set on a warningOnly protected range."
        )
    # Recorded: the answer names the editors that were asked for ...
    reply = {"protectedRange": range_answer(made, editors)}
    if not made.get("warningOnly"):
        if wanted.get("editors") is None:
            editors = {"users": list(task.caller.editors)}
        # ... and the next read shows that owner and creator are always among them.
        users = dict.fromkeys(
            [*editors.get("users", ()), task.caller.email, task.caller.owner]
        )
        editors["users"] = [user for user in users if user]
    sheet.protected.append({**made, "editors": editors})
    return reply


def range_answer(made: Json, editors: Json) -> Json:
    answer = protected_json({**made, "warningOnly": True, "editors": editors}, "")
    if not made.get("warningOnly"):
        del answer["warningOnly"]
    return answer


def protected_range(task: Task, number: int | None) -> tuple[Sheet, int]:
    for sheet in task.book.sheets:
        for index, one in enumerate(sheet.protected):
            if one["protectedRangeId"] == number:
                if not free(one, task.caller):
                    raise protected(task.where)
                return sheet, index
    raise invalid(f"{task.where}No protected range with ID: {number}")


def update_protected_range(task: Task) -> None:
    new = task.body.get("protectedRange") or {}
    sheet, index = protected_range(task, new.get("protectedRangeId"))
    old = sheet.protected[index]
    made = overlay(old, new, task.mask())
    made["protectedRangeId"] = old["protectedRangeId"]
    if made.get("warningOnly"):
        made["editors"] = {}
    else:
        editors = dict(made.get("editors") or {})
        users = [*editors.get("users", ()), task.caller.owner]
        made["editors"] = editors | {"users": list(dict.fromkeys(filter(None, users)))}
    sheet.protected[index] = made


def delete_protected_range(task: Task) -> None:
    sheet, index = protected_range(task, task.body.get("protectedRangeId"))
    del sheet.protected[index]


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


def add_named_range(task: Task) -> Json:
    wanted = copy.deepcopy(task.body.get("namedRange") or {})
    name = wanted.get("name") or ""
    require_name(task, name)
    task.place_in(wanted, "range")
    number = wanted.get("namedRangeId") or str(task.book.new_id())
    if number in task.book.named:
        raise invalid(
            f"{task.where}The namedRangeId specified must be unique. {number} is already in use."
        )
    made: Json = {
        "namedRangeId": number,
        "name": name,
        "range": clean(wanted["range"]),
    }
    task.book.named[number] = made
    task.book.changed()
    return {"namedRange": {**made, "range": range_json(made["range"])}}


def clean(one: Json) -> Json:
    return {name: value for name, value in one.items() if value is not None}


def require_name(task: Task, name: str) -> None:
    if not name or not name.replace("_", "a").replace(".", "a").isalnum():
        raise invalid(f"{task.where}The name of the named range is not valid: {name}")
    if task.book.range_named(name) is not None:
        raise invalid(
            f"{task.where}A named range with the name '{name}' already exists."
        )


def named_range(task: Task, number: str | None) -> Json:
    made = task.book.named.get(number or "")
    if made is None:
        raise invalid(f"{task.where}No named range with id: {number}")
    return made


def update_named_range(task: Task) -> None:
    new = task.body.get("namedRange") or {}
    old = named_range(task, new.get("namedRangeId"))
    if new.get("name") and new["name"].lower() != old["name"].lower():
        require_name(task, new["name"])
    task.book.named[old["namedRangeId"]] = overlay(old, new, task.mask())
    task.book.changed()


def delete_named_range(task: Task) -> None:
    del task.book.named[
        named_range(task, task.body.get("namedRangeId"))["namedRangeId"]
    ]
    task.book.changed()


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
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
}
