"""A blank tab to try things on, wherever the API is."""

import itertools
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import requests

from tests.sheets_server.refusals import Json

ROWS, COLUMNS = 100, 10
COUNTER = itertools.count(1)
PAUSES = (0, 15, 30, 60)
"""Seconds before each try: a live run meets the quota of 60 calls a minute."""


class RefusedError(Exception):
    """The API answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Scratch:
    """Calls the API about one tab; ``{tab}`` in a range is its title."""

    def __init__(self, session: requests.Session, url: str, spreadsheet: str) -> None:
        self.session = session
        self.base = f"{url}/v4/spreadsheets/{spreadsheet}"
        self.spreadsheet = spreadsheet
        self.title = f"conformance {next(COUNTER)}"
        self.sheet_id = 0

    def begin(self) -> None:
        grid = {"rowCount": ROWS, "columnCount": COLUMNS}
        properties = {"title": self.title, "gridProperties": grid}
        (reply,) = self.batch({"addSheet": {"properties": properties}})
        self.sheet_id = reply["addSheet"]["properties"]["sheetId"]

    def end(self) -> None:
        self.batch({"deleteSheet": {"sheetId": self.sheet_id}})

    def call(self, verb: str, path: str, body: Any = None, **query: Any) -> Any:
        """Call a method; ``path`` is what follows the spreadsheet's id."""
        for pause in PAUSES:
            time.sleep(pause)
            reply = self.session.request(
                verb, self.base + path, json=body, params=query, timeout=60
            )
            if reply.status_code != requests.codes.too_many_requests:
                break
        if not reply.ok:
            raise RefusedError(reply.status_code, reply.json()["error"]["message"])
        return reply.json()

    def batch(self, *requests_: Json, **more: Any) -> list[Json]:
        body = {"requests": list(requests_), **more}
        replies: list[Json] = self.call("POST", ":batchUpdate", body)["replies"]
        return replies

    def a1(self, cells: str) -> str:
        return f"'{self.title}'!{cells}" if cells else f"'{self.title}'"

    def path(self, cells: str) -> str:
        return "/values/" + quote(self.a1(cells), safe="")

    def put(self, cells: str, values: list[list[Any]], option: str = "RAW") -> Json:
        body = {"values": values}
        answer: Json = self.call("PUT", self.path(cells), body, valueInputOption=option)
        return answer

    def type(self, cells: str, *values: Any) -> Json:
        """Enter values below each other, as if typed."""
        return self.put(cells, [[value] for value in values], "USER_ENTERED")

    def get(self, cells: str, **query: Any) -> list[list[Any]]:
        answer = self.call("GET", self.path(cells), **query)
        values: list[list[Any]] = answer.get("values", [])
        return values

    def raw(self, cells: str) -> list[list[Any]]:
        return self.get(cells, valueRenderOption="UNFORMATTED_VALUE")

    def typed(self, cells: str) -> list[list[Any]]:
        return self.get(cells, valueRenderOption="FORMULA")

    def tab(self, fields: str) -> Json:
        """Read some fields of the tab's Sheet."""
        answer = self.call(
            "GET", "", fields=f"sheets({fields})", ranges=self.a1("A1:J100")
        )
        sheet: Json = answer["sheets"][0]
        return sheet

    def cells(self, box: str, fields: str) -> list[list[Json]]:
        """Read some fields of the cells in a box."""
        answer = self.call(
            "GET",
            "",
            fields=f"sheets.data.rowData.values({fields})",
            ranges=self.a1(box),
        )
        rows = answer["sheets"][0]["data"][0].get("rowData", [])
        return [row.get("values", []) for row in rows]

    def box(self, top: int, bottom: int, left: int, right: int) -> Json:
        return {
            "sheetId": self.sheet_id,
            "startRowIndex": top,
            "endRowIndex": bottom,
            "startColumnIndex": left,
            "endColumnIndex": right,
        }

    def span(self, dimension: str, start: int, end: int) -> Json:
        return {
            "sheetId": self.sheet_id,
            "dimension": dimension,
            "startIndex": start,
            "endIndex": end,
        }


def flat(rows: list[list[Any]]) -> Iterator[Any]:
    for row in rows:
        yield from row or [""]
