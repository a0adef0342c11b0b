"""Rows of promised improvements."""

import re

from sync.records.claims import read_claims
from sync.records.directory import Directory
from sync.records.due import due_text_of
from sync.records.model import Action, Status
from sync.records.people import name, number
from sync.records.reading import TableReader

_CLOSED = re.compile(r"\s*(?:closed|已?关闭|已?结案)\s*", re.IGNORECASE)


def read_actions(reader: TableReader, directory: Directory) -> list[Action]:
    """Read the actions of one table; rows without an action or issue are left out."""
    actions, issues = reader.texts("action"), reader.texts("issue")
    owners = reader.read("owner", name, "")
    raised = reader.dates("raised_date", edge="first", is_past=True)
    dues = reader.dates("due", starts=raised)
    closed = reader.dates("closed_date", is_past=True)
    claims = read_claims(reader)
    ids = reader.read("action_id", number, "")
    outcomes = reader.long_texts("outcome")
    categories = reader.texts("category")
    raw_dues, places = reader.cells("due"), reader.places()
    found = []
    for index, place in enumerate(places):
        if not actions[index] and not issues[index]:
            continue
        found.append(
            Action(
                place=place,
                action_id=ids[index],
                issue=issues[index],
                action=actions[index],
                owner=owners[index],
                owner_key=_owner(reader, index, owners[index], directory),
                due_on=dues[index],
                due_text=due_text_of(raw_dues[index]),
                status=_status(claims.statuses[index], claims.texts[index]),
                status_text=claims.texts[index],
                category=categories[index],
                raised_on=raised[index],
                closed_on=closed[index],
                outcome=outcomes[index],
            )
        )
    return found


def _owner(
    reader: TableReader, index: int, owner: str, directory: Directory
) -> str | None:
    if not owner:
        return None
    found = directory.find(directory.mention_of(owner))
    if found.problem:
        reader.note(found.problem, "owner", index)
    return found.key


def _status(status: Status | None, text: str) -> Status | None:
    """A closed action is a finished one, while a closed goal was given up."""
    return Status.ACHIEVED if _CLOSED.fullmatch(text) else status
