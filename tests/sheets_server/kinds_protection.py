"""Requests about ranges that not everybody may edit."""

import copy

from tests.sheets_server.answers import protected_json
from tests.sheets_server.grid import Sheet
from tests.sheets_server.masks import overlay
from tests.sheets_server.refusals import Json, invalid, protected
from tests.sheets_server.rights import free
from tests.sheets_server.tasks import Kind, Task

TAKEN = ("namedRangeId", "description", "warningOnly", "unprotectedRanges")


def add_protected_range(task: Task) -> Json:
    """Protect a range and say so.

    Recorded: the reply names the editors that were asked for; the next read shows that
    owner and creator are always among them, of a range that only warns as well.
    """
    wanted = copy.deepcopy(task.body.get("protectedRange") or {})
    sheet, one = protected_cells(task, wanted)
    used = {
        int(other["protectedRangeId"])
        for each in task.book.sheets
        for other in each.protected
    }
    number = wanted.get("protectedRangeId")
    number = task.require_new_id(number, used, "Protected range")
    made: Json = {"protectedRangeId": number, "range": one}
    made |= {name: wanted[name] for name in TAKEN if wanted.get(name)}
    editors = {
        name: value for name, value in (wanted.get("editors") or {}).items() if value
    }
    if made.get("warningOnly") and editors:
        raise invalid(
            f"{task.where}Editors cannot be set on a warningOnly protected range."
        )
    caller = task.caller
    reply = protected_json({**made, "editors": editors}, caller, asks=True)
    users = editors.get("users", [])
    if wanted.get("editors") is None and not made.get("warningOnly"):
        # Documented: whoever may edit the file stays an editor unless named otherwise.
        users = caller.editors
    editors["users"] = [
        user for user in dict.fromkeys([*users, caller.email, caller.owner]) if user
    ]
    sheet.protected.append({**made, "editors": editors})
    return {"protectedRange": reply}


def protected_cells(task: Task, wanted: Json) -> tuple[Sheet, Json]:
    if "range" in wanted:
        return task.place_in(wanted, "range").sheet, wanted["range"]
    named = task.book.named.get(wanted.get("namedRangeId") or "")
    if named is None:
        raise invalid(f"{task.where}One of range, namedRangeId must be specified.")
    return task.sheet(named["range"].get("sheetId")), dict(named["range"])


def found(task: Task, number: int | None) -> tuple[Sheet, int]:
    for sheet in task.book.sheets:
        for index, one in enumerate(sheet.protected):
            if one["protectedRangeId"] == number:
                if not free(one, task.caller):
                    raise protected(task.where)
                return sheet, index
    raise invalid(f"{task.where}No protected range with ID: {number}")


def update_protected_range(task: Task) -> None:
    new = task.body.get("protectedRange") or {}
    sheet, index = found(task, new.get("protectedRangeId"))
    old = sheet.protected[index]
    made = overlay(old, new, task.mask("ProtectedRange"))
    made["protectedRangeId"] = old["protectedRangeId"]
    editors = dict(made.get("editors") or {})
    users = [*editors.get("users", ()), task.caller.owner]
    made["editors"] = editors | {"users": list(dict.fromkeys(filter(None, users)))}
    sheet.protected[index] = made


def delete_protected_range(task: Task) -> None:
    sheet, index = found(task, task.body.get("protectedRangeId"))
    del sheet.protected[index]


KINDS: dict[str, Kind] = {
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
}
