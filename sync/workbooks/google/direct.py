"""Values typed into columns of ours by place, and put right when the rows have moved.

The columns are found by Google itself, by their marks, at the moment of writing; rows
have no marks that follow a sort. So the same call gives back what the key columns and
ours hold afterwards, and values that came to stand beside another key are moved.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sync.workbooks.google.http import SheetsHttp
from sync.workbooks.google.refusals import Unanswered
from sync.workbooks.google.repairs import After, Job, repairs
from sync.workbooks.google.values import Json, storable
from sync.workbooks.plan import Scalar

MAX_TRIES = 3

Cells = Mapping[int, Any]
"""Row, 1-based → what a column holds there."""


def write_direct(
    http: SheetsHttp,
    spreadsheet: str,
    jobs: Sequence[Job],
    edits: Sequence[Mapping[int, Mapping[int, Scalar]]],
) -> bool:
    """Type values into columns of ours.

    Args:
        http: Makes the calls.
        spreadsheet: Its id.
        jobs: What each table shall show in the end.
        edits: What is typed for that, job by job: mark of a column → row → value.

    Returns:
        Whether every value stands beside its own key; ``False`` when people moved rows
        so often meanwhile that the next run has to put it right.
    """
    for _ in range(MAX_TRIES):
        if not any(cells for by_mark in edits for cells in by_mark.values()):
            return True
        answers = _typed_in(http, spreadsheet, jobs, edits)
        edits = [repairs(job, after) for job, after in zip(jobs, answers, strict=True)]
    return not any(cells for by_mark in edits for cells in by_mark.values())


def type_formulas(
    http: SheetsHttp, spreadsheet: str, cells: Mapping[int, Mapping[int, str]]
) -> None:
    """Type formulas of ours into header cells, found by the marks of their columns.

    Args:
        http: Makes the call.
        spreadsheet: Its id.
        cells: Mark of a column → row → formula; an empty one empties the cell.
    """
    data = [_entry(_marked(mark), rows) for mark, rows in cells.items()]
    _post(http, spreadsheet, data, option="USER_ENTERED")


def _typed_in(
    http: SheetsHttp,
    spreadsheet: str,
    jobs: Sequence[Job],
    edits: Sequence[Mapping[int, Mapping[int, Scalar]]],
) -> Iterator[After]:
    writes = [
        _entry(_marked(mark), cells)
        for by_mark in edits
        for mark, cells in by_mark.items()
        if cells
    ]
    # An empty write changes nothing, and is answered with all that stands there; a
    # write only with as much as it wrote.
    reads = [
        _entry(_marked(mark), {})
        for job in jobs
        for mark in (*job.keys, *(place.metadata for place in job.places))
    ]
    data = [*writes, *reads]
    answer = _post(http, spreadsheet, data, option="RAW")[len(writes) :]
    if None in answer:
        answer = _read_back(http, spreadsheet, reads)
    columns = iter(one or [] for one in answer)
    for job in jobs:
        keys = [next(columns) for _ in job.keys]
        own = {place.metadata: next(columns) for place in job.places}
        yield After(keys, own)


def _marked(mark: int) -> Json:
    return {"developerMetadataLookup": {"metadataId": mark}}


def _entry(found_by: Json, cells: Cells) -> Json:
    """Write one column; ``null`` leaves a cell alone and ``""`` empties it."""
    values: list[Any] = [None] * max(cells, default=0)
    for row, value in cells.items():
        plain = storable(value)
        values[row - 1] = "" if plain is None else plain
    return {
        "dataFilter": found_by,
        "majorDimension": "COLUMNS",
        "values": [values] if values else [],
    }


def _post(
    http: SheetsHttp, spreadsheet: str, data: list[Json], *, option: str
) -> list[list[Any] | None]:
    """Write columns, and give what each holds afterwards, if Google says so.

    The same values at the same place may be written twice without harm: what became of
    them is in the answer of the last time.
    """
    body = {
        "valueInputOption": option,
        "includeValuesInResponse": True,
        "responseValueRenderOption": "UNFORMATTED_VALUE",
        "responseDateTimeRenderOption": "SERIAL_NUMBER",
        "data": data,
    }
    path = f"{spreadsheet}/values:batchUpdateByDataFilter"
    timing = http.timing
    for attempt in range(1, timing.tries + 1):
        try:
            answer = http.ask("POST", path, json=body)
        except Unanswered as unanswered:
            if attempt == timing.tries:
                raise
            wait = timing.first_wait * 2 ** (attempt - 1)
            timing.sleep(max(unanswered.retry_after or 0.0, wait))
        else:
            return [_column(one) for one in answer["responses"]]
    raise AssertionError("the last attempt returns or raises")


def _column(response: Json) -> list[Any] | None:
    data = response.get("updatedData")
    return None if data is None else _first(data)


def _first(data: Json) -> list[Any]:
    """Give the only column of a range, whichever way it is turned."""
    values = data.get("values") or [[]]
    if data.get("majorDimension") == "COLUMNS":
        return list(values[0])
    return [row[0] if row else "" for row in values]


def _read_back(
    http: SheetsHttp, spreadsheet: str, data: Sequence[Json]
) -> list[list[Any] | None]:
    """Read the columns anew, where the answer to a write left some out."""
    body = {
        "dataFilters": [one["dataFilter"] for one in data],
        "majorDimension": "COLUMNS",
        "valueRenderOption": "UNFORMATTED_VALUE",
        "dateTimeRenderOption": "SERIAL_NUMBER",
    }
    path = f"{spreadsheet}/values:batchGetByDataFilter"
    found: dict[int, list[Any] | None] = {
        one["dataFilters"][0]["developerMetadataLookup"]["metadataId"]: _first(
            one["valueRange"]
        )
        for one in http.ask("POST", path, json=body).get("valueRanges") or ()
    }
    marks = [one["dataFilter"]["developerMetadataLookup"]["metadataId"] for one in data]
    return [found.get(mark) for mark in marks]
