"""Who may do what: roles on the file, and ranges protected against some of them."""

from typing import NamedTuple

from tests.sheets_server.a1 import Box, box_of
from tests.sheets_server.grid import Sheet
from tests.sheets_server.refusals import no_permission, protected

ROLES = ("reader", "commenter", "writer", "owner")


class Caller(NamedTuple):
    """Who calls, and what the file's sharing says of them."""

    email: str
    role: str
    owner: str = ""
    editors: tuple[str, ...] = ()
    """Everybody who may write the file."""

    def require(self, role: str) -> None:
        """Refuse whom the file is not shared with in that role or a stronger one."""
        if self.role not in ROLES or ROLES.index(self.role) < ROLES.index(role):
            raise no_permission()


def require_editable(sheet: Sheet, box: Box, caller: Caller, where: str) -> None:
    """Refuse to write cells that are protected against the caller.

    A protection that only warns does not hold back the API; the owner is always an
    editor; of a protected sheet the cells in ``unprotectedRanges`` stay free.
    """
    for one in sheet.protected:
        if free(one, caller) or not box_of(one.get("range", {})).meets(box):
            continue
        open_boxes = [box_of(inner) for inner in one.get("unprotectedRanges", [])]
        if not any(inner.holds(box) for inner in open_boxes):
            raise protected(where)


def require_structure(sheet: Sheet, caller: Caller, where: str) -> None:
    """Refuse to insert, delete or rename what a protected sheet holds still."""
    for one in sheet.protected:
        whole = not {"startRowIndex", "startColumnIndex", "endRowIndex",
                     "endColumnIndex"} & set(one.get("range", {}))  # fmt: skip
        if whole and not free(one, caller):
            raise protected(where)


def free(one: dict[str, object], caller: Caller) -> bool:
    if one.get("warningOnly") or caller.role == "owner":
        return True
    editors = one.get("editors")
    users = editors.get("users", ()) if isinstance(editors, dict) else ()
    return caller.email in users
