"""The Sheets methods: which function answers which call."""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from tests.sheets_server import metadata, values
from tests.sheets_server.answers import book_json
from tests.sheets_server.batch import batch_update
from tests.sheets_server.book import Book
from tests.sheets_server.discovery import Method
from tests.sheets_server.files import SPREADSHEET, SheetFile
from tests.sheets_server.kinds_sheets import copy_title, duplicate, made_sheet
from tests.sheets_server.masks import Mask, read_mask, select
from tests.sheets_server.refusals import (
    Json,
    RefusalError,
    not_found,
    uploaded_file,
)
from tests.sheets_server.rendering import How
from tests.sheets_server.rights import Caller


class Store(Protocol):
    """What holds the files."""

    files: dict[str, SheetFile]

    def create(self, title: str, *, owner: str) -> SheetFile: ...


class Call(NamedTuple):
    """A request to Sheets, its URL taken apart."""

    method: Method
    arguments: tuple[str, ...]
    """What stands in the path: the spreadsheet's id, then a range or a number."""
    query: dict[str, list[str]]
    body: Any
    email: str

    def one(self, name: str) -> str | None:
        return self.query.get(name, [None])[0]

    def flag(self, name: str) -> bool:
        return (self.one(name) or "false").lower() == "true"

    @property
    def mask(self) -> Mask:
        return read_mask(self.one("fields") or "")

    @property
    def json(self) -> Json:
        body: Json = self.body or {}
        return body

    def how(self, prefix: str = "") -> How:
        def named(name: str) -> str | None:
            return self.one(prefix + name[0].upper() + name[1:] if prefix else name)

        return How(
            named("valueRenderOption"),
            named("dateTimeRenderOption"),
            None if prefix else self.one("majorDimension"),
        )


class Visit(NamedTuple):
    """A call to one spreadsheet by one caller."""

    call: Call
    book: Book
    caller: Caller

    def writing(self) -> values.Writing:
        """Read how to write from the URL, as the methods for one range have it."""
        call = self.call
        return values.Writing(
            call.one("valueInputOption"),
            self.caller,
            echo=call.flag("includeValuesInResponse"),
            how=call.how("response"),
        )

    def batch_writing(self) -> values.Writing:
        body = self.call.json
        return values.Writing(
            body.get("valueInputOption"),
            self.caller,
            echo=bool(body.get("includeValuesInResponse")),
            how=How(
                body.get("responseValueRenderOption"),
                body.get("responseDateTimeRenderOption"),
            ),
        )


def answer(store: Store, call: Call) -> Json:
    """Answer a call to Sheets; a write that is refused leaves everything as it was."""
    name = call.method.name.removeprefix("sheets.spreadsheets.")
    if name == "create":
        return create(store, call)
    file = store.files.get(call.arguments[0])
    if file is None:
        raise not_found()
    caller = file.caller(call.email)
    caller.require("reader")
    if file.mime_type != SPREADSHEET:
        raise uploaded_file()
    with file.lock:
        if name in READS:
            return shaped(call, READS[name](Visit(call, file.book, caller)))
        caller.require("writer")
        if name == "sheets.copyTo":
            return copy_to(store, file, call)
        if name not in WRITES:
            raise RefusalError(501, f"The test server does not know {name} yet.")
        book = file.book.copy()
        reply = WRITES[name](Visit(call, book, caller))
        file.keep(book)
        return shaped(call, reply)


def shaped(call: Call, reply: Json) -> Json:
    """Cut an answer to the fields asked for, unless its maker already did."""
    if call.method.response in {"Spreadsheet", "BatchUpdateSpreadsheetResponse"}:
        return reply
    selected: Json = select(reply, call.mask)
    return selected


def create(store: Store, call: Call) -> Json:
    wanted = call.json
    properties = wanted.get("properties") or {}
    title = properties.get("title") or "Untitled spreadsheet"
    file = store.create(title, owner=call.email)
    book = file.book
    for name in ("locale", "timeZone", "autoRecalc"):
        if properties.get(name):
            book.properties[name] = properties[name]
    if wanted.get("sheets"):
        book.sheets = []
        for index, one in enumerate(wanted["sheets"]):
            sheet = one.get("properties") or {}
            book.add(made_sheet(book, sheet, sheet.get("title") or f"Sheet{index + 1}"))
    return book_json(book, call.mask, caller=file.caller(call.email))


def copy_to(store: Store, file: SheetFile, call: Call) -> Json:
    source = file.book.sheet(int(call.arguments[1]), "")
    target = store.files.get(call.json.get("destinationSpreadsheetId", ""))
    if target is None:
        raise not_found()
    target.caller(call.email).require("writer")
    with target.lock:
        book = target.book.copy()
        sheet = duplicate(source, book.new_id(), copy_title(book, source.title))
        book.add(sheet)
        target.keep(book)
    return copy.deepcopy(sheet.properties)


def get(visit: Visit) -> Json:
    ranges = visit.call.query.get("ranges")
    return book_json(
        visit.book,
        visit.call.mask,
        places=[visit.book.find(one) for one in ranges] if ranges else None,
        with_data=visit.call.flag("includeGridData"),
        caller=visit.caller,
    )


def get_by_filter(visit: Visit) -> Json:
    body = visit.call.json
    places = [
        place
        for one in body.get("dataFilters") or []
        for place in metadata.places(visit.book, one)
    ]
    return book_json(
        visit.book,
        visit.call.mask,
        places=places if body.get("dataFilters") else None,
        with_data=bool(body.get("includeGridData")),
        caller=visit.caller,
    )


def metadata_get(visit: Visit) -> Json:
    number = visit.call.arguments[1]
    for hung in metadata.everything(visit.book):
        if str(hung.one.id) == number:
            return hung.json()
    # Documented: the guide's own 404.
    raise RefusalError(404, f"No developer metadata with ID {number}.")


def metadata_search(visit: Visit) -> Json:
    matched: dict[int, Json] = {}
    for one in visit.call.json.get("dataFilters") or []:
        for hung in metadata.found(visit.book, one):
            entry = matched.setdefault(
                hung.one.id, {"developerMetadata": hung.json(), "dataFilters": []}
            )
            entry["dataFilters"].append(one)
    return {"matchedDeveloperMetadata": list(matched.values())} if matched else {}


def update(visit: Visit) -> Json:
    text = visit.call.arguments[1]
    return values.update(visit.book, text, visit.call.json, visit.writing())


def append(visit: Visit) -> Json:
    insert = visit.call.one("insertDataOption") == "INSERT_ROWS"
    return values.append(
        visit.book,
        visit.call.arguments[1],
        visit.call.json,
        visit.writing(),
        insert=insert,
    )


def clear(visit: Visit) -> Json:
    place = visit.book.find(visit.call.arguments[1])
    cleared = values.clear(visit.book, place, visit.caller)
    return {"spreadsheetId": visit.book.id, "clearedRange": cleared}


def batch_clear(visit: Visit) -> Json:
    texts = visit.call.json.get("ranges") or []
    return values.batch_clear(
        visit.book, [visit.book.find(text) for text in texts], visit.caller
    )


def batch_clear_by_filter(visit: Visit) -> Json:
    filters = visit.call.json.get("dataFilters") or []
    places = [place for one in filters for place in metadata.places(visit.book, one)]
    return values.batch_clear(visit.book, places, visit.caller)


READS: dict[str, Callable[[Visit], Json]] = {
    "get": get,
    "getByDataFilter": get_by_filter,
    "developerMetadata.get": metadata_get,
    "developerMetadata.search": metadata_search,
    "values.get": lambda visit: values.get(
        visit.book, visit.call.arguments[1], visit.call.how()
    ),
    "values.batchGet": lambda visit: values.batch_get(
        visit.book, visit.call.query.get("ranges", []), visit.call.how()
    ),
    "values.batchGetByDataFilter": lambda visit: values.batch_get_by_filter(
        visit.book, visit.call.json
    ),
}

WRITES: dict[str, Callable[[Visit], Json]] = {
    "batchUpdate": lambda visit: batch_update(
        visit.book, visit.call.json, visit.call.mask, visit.caller
    ),
    "values.update": update,
    "values.append": append,
    "values.clear": clear,
    "values.batchClear": batch_clear,
    "values.batchClearByDataFilter": batch_clear_by_filter,
    "values.batchUpdate": lambda visit: values.batch_update(
        visit.book, visit.call.json, visit.batch_writing()
    ),
    "values.batchUpdateByDataFilter": lambda visit: values.batch_update_by_filter(
        visit.book, visit.call.json, visit.batch_writing()
    ),
}
