"""A Google Sheet as a workbook that is read, written back and cleaned."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Literal

from google.auth.exceptions import GoogleAuthError

from sync.errors import ChangedSinceReadError, NotWritableError
from sync.wording import Lang, Text, same
from sync.workbooks.google.access import GoogleAccess
from sync.workbooks.google.address import canonical, spreadsheet_id
from sync.workbooks.google.change import change_of
from sync.workbooks.google.direct import type_formulas, write_direct
from sync.workbooks.google.explanations import explain
from sync.workbooks.google.http import DRIVE
from sync.workbooks.google.reading import (
    FIRST_COMMIT,
    Reading,
    may_edit,
    reading_of,
)
from sync.workbooks.google.refusals import Refused, Unanswered
from sync.workbooks.google.remove import remove
from sync.workbooks.google.repairs import after_of, outstanding
from sync.workbooks.google.rules import put_back
from sync.workbooks.google.settle import settle
from sync.workbooks.google.setup import unmark
from sync.workbooks.google.starting import is_blank, starter_requests
from sync.workbooks.google.structure import FIELDS, folded, plain
from sync.workbooks.google.transaction import Transaction
from sync.workbooks.google.ways import (
    DIRECT,
    LOOKUP,
    NEW_ONE,
    NOT_BLANK,
    NOT_EDITOR,
    REPORT_ONLY,
)
from sync.workbooks.pause import collector_paused
from sync.workbooks.plan import Committed, Plan
from sync.workbooks.snapshot import ALLOWED, Decision, Sheet, Snapshot

Mode = Literal["auto", "lookup", "direct", "report-only"]

_FORBIDDEN = 403


class GoogleWorkbook:
    """One spreadsheet of Google's."""

    def __init__(self, locator: str, access: GoogleAccess, mode: Mode = "auto") -> None:
        """Name the spreadsheet; nothing is sent yet.

        Args:
            locator: Its web address.
            access: How to reach it.
            mode: How to write; ``auto`` is by lookup.

        Raises:
            WorkbookError: If that is not the address of a spreadsheet.
        """
        self._id = spreadsheet_id(locator)
        self._locator = canonical(locator)
        self._access = access
        self._mode = mode
        self._reading: Reading | None = None
        self._fingerprint = ""

    def snapshot(self) -> Snapshot:
        """Read everything once, in one call.

        Raises:
            SignInError: If signing in does not work.
            UnreachableError: If Google does not answer.
            WorkbookError: If it is no Google Sheet, or this account may not see it.
        """
        by_key = self._mode in {"auto", "lookup"}
        with self._explained(), collector_paused():
            reading = self._read()
            writing, how = self._writing(reading)
            results = reading.ours("results")
            sheets = tuple(
                _as_written(tab.sheet, writing, by_key=by_key)
                for tab in reading.tabs
                if tab is not results
            )
        return Snapshot(
            locator=self._locator,
            format="google",
            fingerprint=self._fingerprint,
            sheets=sheets,
            writing=writing,
            board_writing=writing,
            name=reading.title,
            how=how,
        )

    def commit(self, plan: Plan) -> Committed:
        """Carry out a plan: one atomic write, and what cannot be part of it after.

        Raises:
            ChangedSinceReadError: If the plan was made from another reading, or another
                run of ours wrote meanwhile.
            NotWritableError: If this account may not write, or a protection forbids it.
            UnreachableError: If Google does not answer.
        """
        if plan.is_empty:
            return self._nothing()
        with self._explained(), collector_paused():
            reading = self._planned_from(plan)
            self._carry_out(plan, reading)
        n_new = sum(column.is_new for column in plan.columns)
        return self._applied(len(plan.edits) + n_new)

    def clean(self) -> Committed:
        """Take away everything of ours; what people typed into our columns stays.

        Raises:
            NotWritableError: If this account may not write, or a protection forbids it.
            UnreachableError: If Google does not answer.
        """
        with self._explained():
            reading = self._reading or self._read()
            if not remove(self._access.http, self._id, reading):
                return self._nothing()
        return self._applied(0)

    def begin(self, lang: Lang, today: date) -> None:
        """Put the starter workbook into a spreadsheet that holds nothing yet.

        Args:
            lang: The language of all of it.
            today: The day near which the examples lie.

        Raises:
            NotWritableError: If it holds something, or this account may not write.
            UnreachableError: If Google does not answer.
        """
        with self._explained():
            reading = self._read()
            if not is_blank(reading):
                raise NotWritableError(NOT_BLANK, where=self._locator, hint=NEW_ONE)
            requests = starter_requests(reading, lang, today)
            Transaction(self._access.http, self._id, reading).send(requests)
        self._reading = None

    def version(self) -> str | None:
        """Ask Drive which version of the sheet this is; every edit makes another one.

        Returns:
            ``None`` where the user does not want to give the right to ask for it.

        Raises:
            SignInError: If the Drive API is not enabled, or signing in does not work.
            UnreachableError: If Google does not answer.

        Source:
            Drive API, files: ``version`` grows with every change that users can see.
        """
        if not self._access.sees_versions:
            return None
        with self._explained():
            answer = self._access.http.request(
                "GET",
                f"{DRIVE}/drive/v3/files/{self._id}",
                params={"fields": "version", "supportsAllDrives": "true"},
            )
            return str(answer.json()["version"])

    def undo(self, *, before: str, after: str) -> None:  # noqa: ARG002 (the protocol's)
        """Bring nothing back as a whole: people have gone on typing meanwhile.

        What was written is taken back cell by cell, each found by its key.

        Args:
            before: Fingerprint from before that write.
            after: Fingerprint that the write left.
        """
        self._reading = None

    def _carry_out(self, plan: Plan, reading: Reading) -> None:
        http = self._access.http
        change = change_of(plan, reading, self._access.account.address)
        transaction = Transaction(http, self._id, reading)
        sent = transaction.send(change.requests, change.at_once)
        if lost := put_back([*change.requests, *change.at_once], sent.replies):
            transaction.send(lost)
        edits = [job.edits for job in change.jobs]
        if change.new:
            after = sent.after or self._read()
            settled = settle(reading, after, change.new)
            change.formulas |= settled.cells
            if settled.requests:
                transaction.send(settled.requests)
            edits = [outstanding(job, after_of(job, after)) for job in change.jobs]
        if change.formulas:
            type_formulas(http, self._id, change.formulas)
        write_direct(http, self._id, change.jobs, edits)

    def _read(self) -> Reading:
        def read(content: bytes) -> tuple[str, Reading]:
            digest, text = hashlib.sha256(content).hexdigest(), content.decode()
            # As bytes and as text at a time, a large answer weighs twice.
            del content
            return digest, reading_of(json.loads(text, object_pairs_hook=plain))

        self._fingerprint, self._reading = self._access.http.fetch(
            "GET", self._id, read, params={"fields": FIELDS}, fold=folded
        )
        return self._reading

    def _planned_from(self, plan: Plan) -> Reading:
        """Give the reading a plan was made from.

        Raises:
            ChangedSinceReadError: If it was another one.
        """
        reading = self._reading or self._read()
        if plan.fingerprint != self._fingerprint:
            raise ChangedSinceReadError(
                Text(
                    "表格在读取之后被改动过", "the sheet was changed after it was read"
                ),
                where=self._locator,
                hint=Text(
                    "请再运行一次，届时会读取最新内容",
                    "run again: the new state is read then",
                ),
            )
        return reading

    def _writing(self, reading: Reading) -> tuple[Decision, Text]:
        """Tell whether and how this account writes."""
        if self._mode == "report-only":
            return Decision(allowed=False, why=REPORT_ONLY), REPORT_ONLY
        if not self._may_edit(reading):
            who = self._access.account.address or "…"
            why = NOT_EDITOR.fill(who=who)
            return Decision(allowed=False, why=why), REPORT_ONLY
        return ALLOWED, DIRECT if self._mode == "direct" else LOOKUP

    def _may_edit(self, reading: Reading) -> bool:
        """Tell whether this account may write; before our first write, by asking.

        Google does not say it in an answer. What is asked for is to take away a mark
        that does not exist, which changes nothing.
        """
        if reading.commits:
            results = reading.ours("results")
            return results is None or may_edit(results)
        try:
            body = {"requests": [unmark(FIRST_COMMIT)]}
            self._access.http.ask("POST", f"{self._id}:batchUpdate", json=body)
        except Refused as refused:
            return refused.status != _FORBIDDEN
        return True

    def _nothing(self) -> Committed:
        return Committed(
            outcome="nothing", fingerprint=self._fingerprint, written_to=self._locator
        )

    def _applied(self, n_cells: int) -> Committed:
        """Say what was done; what the sheet is now only another reading can tell."""
        self._reading = None
        self._fingerprint = hashlib.sha256(
            f"{self._fingerprint} written".encode()
        ).hexdigest()
        return Committed(
            outcome="applied",
            fingerprint=self._fingerprint,
            written_to=self._locator,
            n_cells=n_cells,
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what goes wrong into words for the user."""
        try:
            yield
        except ChangedSinceReadError as problem:
            problem.place = problem.place if problem.where else same(self._locator)
            raise
        except (Refused, Unanswered, GoogleAuthError) as problem:
            who = self._access.account.address
            raise explain(problem, who=who, where=self._locator) from problem


def _as_written(sheet: Sheet, writing: Decision, *, by_key: bool) -> Sheet:
    """Say of a sheet whether and how it is written."""
    if not writing.allowed:
        return replace(sheet, writing=writing)
    return replace(sheet, by_key=by_key, whole_columns=True)
