"""Atomic writes that take place once, whatever happens to their answers.

Google knows no condition under which a write is refused because of what others did, and
an error or a lost answer may follow a write that was carried out. So each write makes a
piece of metadata whose number is the next after the last write's: the number can be
taken only once. A repeated write is refused for it, and so is that of another run that
began from the same state.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sync.errors import ChangedSinceReadError
from sync.wording import Text
from sync.workbooks.google.http import SheetsHttp
from sync.workbooks.google.reading import FIRST_COMMIT, Reading, reading_of
from sync.workbooks.google.refusals import Refused, Unanswered
from sync.workbooks.google.results import MAX_BYTES
from sync.workbooks.google.structure import COMMIT, FIELDS, folded, plain
from sync.workbooks.google.values import Json

_BAD = 400
_MISSING = 404
_AFTERWARDS = f"replies,updatedSpreadsheet({FIELDS})"


class Sent(NamedTuple):
    """What Google answered to a write."""

    replies: list[Json]
    """One to each request; empty ones where an answer was lost on the way."""
    after: Reading | None = None
    """The spreadsheet as the write left it, where that was asked for and came."""


class Transaction:
    """The writes of one run to one spreadsheet, after one reading."""

    def __init__(self, http: SheetsHttp, spreadsheet: str, reading: Reading) -> None:
        """Begin after a reading.

        Args:
            http: Makes the calls.
            spreadsheet: Its id.
            reading: What the writes were worked out from.
        """
        self._http = http
        self._id = spreadsheet
        self._old = reading.commits
        self._last = reading.commit
        self.run = secrets.token_hex(8)
        """What tells our writes from another run's."""

    def send(self, requests: Sequence[Json], at_once: Sequence[Json] = ()) -> Sent:
        """Carry out requests, together as far as Google's advice on size allows.

        Args:
            requests: What may be divided.
            at_once: What comes last and is never divided, because it speaks of places
                as it makes them. What it left is part of the answer.

        Raises:
            ChangedSinceReadError: If another run of ours wrote meanwhile.
            Refused: If Google will not do it; nothing of this group was done.
            Unanswered: If nobody knows; running again finds out.
        """
        replies: list[Json] = []
        *first, last = _groups(requests)
        if at_once and last and size_of(last) + size_of(at_once) > MAX_BYTES:
            first, last = [*first, last], []
        for group in first:
            replies += self._sent(group, "replies").replies
        sent = self._sent([*last, *at_once], _AFTERWARDS if at_once else "replies")
        return sent._replace(replies=[*replies, *sent.replies])

    def _sent(self, requests: Sequence[Json], fields: str) -> Sent:
        number = FIRST_COMMIT + self._last + 1
        tokens = list(self._token(number))
        body: Json = {"requests": [*tokens, *requests]}
        if fields == _AFTERWARDS:
            body["includeSpreadsheetInResponse"] = True
        answer = self._once(body, number, fields) or {}
        self._old, self._last = (number,), self._last + 1
        replies = [one or {} for one in answer.get("replies") or ()][len(tokens) :]
        replies += [{}] * (len(requests) - len(replies))
        after = answer.get("updatedSpreadsheet")
        return Sent(replies, reading_of(after) if after else None)

    def _token(self, number: int) -> Iterator[Json]:
        mark = {
            "metadataId": number,
            "metadataKey": COMMIT,
            "metadataValue": self.run,
            "visibility": "DOCUMENT",
            "location": {"spreadsheet": True},
        }
        yield {"createDeveloperMetadata": {"developerMetadata": mark}}
        for old in self._old:
            lookup = {"developerMetadataLookup": {"metadataId": old}}
            yield {"deleteDeveloperMetadata": {"dataFilter": lookup}}

    def _once(self, body: Json, number: int, fields: str) -> Json | None:
        """Send until it is certain that it took place once; ``None`` without answer."""
        timing = self._http.timing
        for attempt in range(1, timing.tries + 1):
            try:
                answer: Json = self._http.fetch(
                    "POST",
                    f"{self._id}:batchUpdate",
                    _plain,
                    params={"fields": fields},
                    json=body,
                    fold=folded,
                )
            except Refused as refused:
                if refused.status != _BAD:
                    raise
                whose = self._whose(number)
                if whose is None:
                    raise
                if whose != self.run:
                    raise _overtaken() from refused
                return None
            except Unanswered as unanswered:
                if attempt == timing.tries or not unanswered.may_have_applied:
                    if self._whose(number) == self.run:
                        return None
                    raise
                wait = timing.first_wait * 2 ** (attempt - 1)
                asked = unanswered.retry_after or 0.0
                timing.sleep(max(asked, min(wait, timing.longest_wait)))
            else:
                return answer
        raise AssertionError("the last attempt returns or raises")

    def _whose(self, number: int) -> str | None:
        """Tell which run took a number; ``None`` when nobody did."""
        try:
            mark = self._http.ask("GET", f"{self._id}/developerMetadata/{number}")
        except Refused as refused:
            if refused.status == _MISSING:
                return None
            raise
        return str(mark.get("metadataValue", ""))


def _overtaken() -> ChangedSinceReadError:
    return ChangedSinceReadError(
        Text(
            "另一次 Followup 运行同时写了这个表格，所以这一次没有写入",
            "another run of Followup wrote to the sheet meanwhile, so this one did not",
        ),
        hint=Text(
            "请再运行一次，届时会读取那次写入的内容",
            "run again: what the other one wrote is read then",
        ),
    )


def _plain(content: bytes) -> Json:
    answer: Json = json.loads(content, object_pairs_hook=plain) or {}
    return answer


def size_of(requests: Sequence[Json]) -> int:
    """Count the bytes that requests take in a call."""
    return sum(
        len(json.dumps(request, ensure_ascii=False).encode()) for request in requests
    )


def _groups(requests: Sequence[Json]) -> Iterator[list[Json]]:
    """Divide requests into calls of bounded size; at least one, even without any."""
    group: list[Json] = []
    size = 0
    for request in requests:
        n_bytes = size_of([request])
        if group and size + n_bytes > MAX_BYTES:
            yield group
            group, size = [], 0
        group.append(request)
        size += n_bytes
    yield group
