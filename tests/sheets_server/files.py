"""Files in Drive: who shares them, and which content they hold."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.sheets_server.book import Book, Place
from tests.sheets_server.grid import Sheet
from tests.sheets_server.looks import Looks
from tests.sheets_server.masks import ALL
from tests.sheets_server.refusals import Json
from tests.sheets_server.rendering import UNFORMATTED, How, value_rows
from tests.sheets_server.rights import ROLES, Caller

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
UPLOADED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetFile:
    """A spreadsheet in Drive: its content, its sharing, its version.

    `tab`, `rows`, `look` and `edit` are there for tests.
    """

    def __init__(self, book: Book, owner: str) -> None:
        self.book = book
        self.owner = owner
        self.mime_type = SPREADSHEET
        self.version = 1
        self.created = self.modified = now()
        self.permissions: list[Json] = []
        self.link_role = ""
        """What whoever has the link may do; ``""`` for nothing."""
        self.lock = threading.RLock()

    def share(self, email: str, role: str) -> None:
        """Give somebody a role: ``reader``, ``commenter`` or ``writer``."""
        assert role in ROLES
        self.unshare(email)
        self.permissions.append({"emailAddress": email, "role": role, "type": "user"})

    def unshare(self, email: str) -> None:
        self.permissions = [
            one for one in self.permissions if one.get("emailAddress") != email
        ]

    def caller(self, email: str) -> Caller:
        """Say in which role somebody comes to this file."""
        role = self.link_role
        if email == self.owner:
            role = "owner"
        for one in self.permissions:
            if one.get("emailAddress") == email:
                role = max(role, str(one["role"]), key=strength)
        editors = [
            str(one["emailAddress"])
            for one in self.permissions
            if one["role"] == "writer" and "emailAddress" in one
        ]
        return Caller(email, role, self.owner, (self.owner, *editors))

    @property
    def id(self) -> str:
        return self.book.id

    @property
    def url(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit#gid=0"

    def tab(self, title: str | None = None) -> Sheet:
        """Find a tab; None is the first one."""
        sheet = self.book.sheets[0] if title is None else self.book.titled(title)
        assert sheet is not None, f"no tab {title}"
        return sheet

    def rows(
        self, title: str | None = None, render: str = UNFORMATTED
    ) -> list[list[Any]]:
        """Give what a tab shows, without blank ends."""
        sheet = self.tab(title)
        return value_rows(self.book, Place(sheet, sheet.box), How(render))

    def look(self, row: int, column: int, title: str | None = None) -> Json:
        """Give the format that a cell ends up with, counted from 0."""
        sheet = self.tab(title)
        value = self.book.calculation.value(sheet, row, column)
        looks = Looks(self.book, sheet)
        return looks.effective(row, column, sheet.cell(row, column), value, mask=ALL)

    def edit(self, edit: Callable[[Book], None]) -> None:
        """Do at once what a person does in the editor."""
        with self.lock:
            book = self.book.copy()
            edit(book)
            self.keep(book)

    def keep(self, book: Book) -> None:
        """Put a changed copy in place of the content."""
        self.book = book
        self.version += 1
        self.modified = now()


def strength(role: str) -> int:
    return ROLES.index(role) if role in ROLES else -1


def now() -> datetime:
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
