"""``spreadsheets.batchUpdate``: all requests or none."""

from tests.sheets_server import (
    kinds_cells,
    kinds_names,
    kinds_objects,
    kinds_paste,
    kinds_protection,
    kinds_rows,
    kinds_rules,
    kinds_sheets,
)
from tests.sheets_server.answers import book_json
from tests.sheets_server.book import Book
from tests.sheets_server.masks import Mask, below, camel, select
from tests.sheets_server.refusals import Json, RefusalError, invalid
from tests.sheets_server.rights import Caller
from tests.sheets_server.tasks import Kind, Task

KINDS: dict[str, Kind] = {
    **kinds_sheets.KINDS,
    **kinds_cells.KINDS,
    **kinds_rows.KINDS,
    **kinds_rules.KINDS,
    **kinds_protection.KINDS,
    **kinds_names.KINDS,
    **kinds_objects.KINDS,
    **kinds_paste.KINDS,
}


def batch_update(book: Book, body: Json, mask: Mask, caller: Caller) -> Json:
    """Carry out every request on a copy that the caller puts in place.

    Args:
        book: A copy of the spreadsheet, thrown away when this refuses.
        body: BatchUpdateSpreadsheetRequest, already checked against the schema.
        mask: The fields of the answer that are wanted.
        caller: Who asks.
    """
    requests = body.get("requests") or []
    if not requests:
        # Recorded.
        raise invalid("Must specify at least one request.")
    replies = [
        carry_out(book, request, index, caller)
        for index, request in enumerate(requests)
    ]
    answer: Json = {"spreadsheetId": book.id, "replies": replies}
    wanted = below(mask, "updatedSpreadsheet")
    if body.get("includeSpreadsheetInResponse") and wanted is not None:
        ranges = body.get("responseRanges")
        answer["updatedSpreadsheet"] = book_json(
            book,
            wanted,
            places=[book.find(one) for one in ranges] if ranges else None,
            with_data=bool(body.get("responseIncludeGridData")),
            caller=caller,
        )
    selected: Json = select(answer, mask)
    return selected


def carry_out(book: Book, request: Json, index: int, caller: Caller) -> Json:
    given = [name for name, inner in request.items() if inner is not None]
    if len(given) > 1:
        raise invalid(
            f"Invalid value at 'requests[{index}]' (oneof), oneof field 'kind' is "
            f"already set. Cannot set '{given[1]}'"
        )
    if not given:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    name = camel(given[0])
    kind = KINDS.get(name)
    if kind is None:
        raise RefusalError(501, f"The test server does not know {name} yet.")
    where = f"Invalid requests[{index}].{name}: "
    reply = kind(Task(book, request[given[0]], where, caller))
    return {} if reply is None else {name: reply}
