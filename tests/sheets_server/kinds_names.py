"""Requests about named ranges."""

import copy
import re

from tests.sheets_server.answers import range_json
from tests.sheets_server.masks import overlay
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.tasks import Kind, Task

# Documented: letters, digits and underscores, no digit and no "true" or "false" first,
# and no reference to cells. https://support.google.com/docs/answer/63175
NAME = re.compile(r"(?!true|false)[^\W\d][\w.]{0,249}", re.IGNORECASE)
CELL = re.compile(r"[a-z]{1,3}\d+|r\d+c\d+", re.IGNORECASE)


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
    if not NAME.fullmatch(name) or CELL.fullmatch(name):
        raise invalid(f"{task.where}The name of the named range is not valid: {name}")
    if task.book.range_named(name) is not None:
        # Quoted by who met it.
        raise invalid(
            f"{task.where}Cannot add named range with name {name}, a named range with "
            "that name already exists."
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
    task.book.named[old["namedRangeId"]] = overlay(old, new, task.mask("NamedRange"))
    task.book.changed()


def delete_named_range(task: Task) -> None:
    del task.book.named[
        named_range(task, task.body.get("namedRangeId"))["namedRangeId"]
    ]
    task.book.changed()


KINDS: dict[str, Kind] = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
}
