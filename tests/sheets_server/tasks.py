"""One request of a batchUpdate, as the functions that carry it out see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.sheets_server.a1 import Box
from tests.sheets_server.book import Book, Place
from tests.sheets_server.discovery import api
from tests.sheets_server.grid import Sheet
from tests.sheets_server.masks import Mask, read_mask
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.rights import Caller, require_editable, require_structure


@dataclass(frozen=True, slots=True)
class Task:
    book: Book
    """The copy that is worked on; it counts only if all requests go well."""
    body: Json
    where: str
    """How a refusal begins: ``Invalid requests[0].addSheet: ``."""
    caller: Caller

    def sheet(self, sheet_id: int | None) -> Sheet:
        """Find a sheet that is named as such, and not by a range on it."""
        for sheet in self.book.sheets:
            if sheet.id == (sheet_id or 0):
                return sheet
        # Quoted by who met it; of a range it is "No grid with id".
        raise invalid(f"{self.where}No sheet with id: {sheet_id or 0}")

    def structure(self, sheet_id: int | None) -> Sheet:
        """Find a sheet whose rows, columns or name are about to change."""
        sheet = self.sheet(sheet_id)
        require_structure(sheet, self.caller, self.where)
        return sheet

    def place(self, name: str = "range") -> Place:
        return self.place_in(self.body, name)

    def place_in(self, holder: Json, name: str) -> Place:
        return self.book.place(holder.get(name) or {}, self.where)

    def editable(self, name: str = "range") -> Place:
        """Find cells that are about to be written."""
        place = self.place(name)
        self.require_editable(place.sheet, place.box)
        return place

    def require_editable(self, sheet: Sheet, box: Box) -> None:
        require_editable(sheet, box, self.caller, self.where)

    def mask(self, schema: str) -> Mask:
        """Read the fields that are written, of an object with that schema."""
        fields = self.body.get("fields")
        if not fields:
            # Recorded.
            raise invalid(
                f"{self.where}At least one field must be listed in 'fields'. (Use '*' "
                "to indicate all fields.)"
            )
        mask = read_mask(fields)
        unknown = api("sheets.v4").unknown_path(mask, schema)
        if unknown:
            raise invalid(f"{self.where}Invalid field: {unknown}")
        return mask

    def require_new_id(self, number: int | None, used: set[int], what: str) -> int:
        if number is None:
            return self.book.new_id()
        if number in used:
            raise invalid(f"{self.where}{what} with id: {number} already exists.")
        return number


Kind: TypeAlias = Callable[[Task], Json | None]
"""Carries out one kind of request; gives its reply, or None for an empty one."""
