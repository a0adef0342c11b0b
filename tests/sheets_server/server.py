"""A Google that runs inside the tests: Sheets v4, the bits of Drive v3, and sign-in.

Unmodified gspread and google-auth talk to it over real HTTP. How to use it::

    def test_reads_goals(sheets_server):                  # the fixture in tests/conftest
        file = sheets_server.spreadsheet({"Goals": [["ID", "Goal"], ["G-1", "Sell"]]})
        key = sheets_server.account("bot@x.iam.gserviceaccount.com")  # key file's JSON
        file.share("bot@x.iam.gserviceaccount.com", "writer")
        client = sheets_server.gspread(key)               # a gspread.Client
        sheets_server.mount(session)                      # or any requests.Session:
                                                          # Google's hosts lead here
        sheets_server.fail(Fault(Kind.LOST_TO_STATUS, match=":batchUpdate"))
        sheets_server.before(":batchUpdate", file, edits.sort_rows(1))
        ...
        assert file.rows("Goals") == [...]                # as UNFORMATTED_VALUE
        assert [entry.call for entry in sheets_server.log] == [...]

- People: `account` (service account), `person` (OAuth, an authorised-user file);
  ``file.share(email, role)``, roles ``reader``, ``commenter``, ``writer``;
  `spreadsheet` belongs to ``owner`` (an HR colleague unless said).
- Refusals: ``file.mime_type = UPLOADED`` (an .xlsx in Drive),
  ``server.disabled.add("sheets.googleapis.com")`` (API not enabled),
  ``server.quota["write"] = 60`` (a minute and user), ``server.sign_in.revoke()``.
- Faults: `fail` takes `tests.sheets_server.faults.Fault`; the first that matches a call
  strikes. Calls are written ``"POST /v4/spreadsheets/ID:batchUpdate"``.
- People's edits: `before` and `after` do an edit of `tests.sheets_server.edits` at the
  n-th call that matches, `meanwhile` calls anything (another run of ours);
  ``file.edit`` does one at once. An edit is ``Callable[[Book], None]``.
- ``log`` holds every call but those for tokens, with bytes on the wire both ways.
- Every request and answer is checked against Google's discovery document: a bad request
  is refused in Google's words, a bad answer of ours is listed in ``problems``, which
  the fixture wants empty.
"""

import collections
import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

import gspread
import requests
from google.oauth2 import credentials, service_account

from tests.sheets_server import drive, routes
from tests.sheets_server.book import Book, Place
from tests.sheets_server.client import loopback
from tests.sheets_server.discovery import Discovery
from tests.sheets_server.edits import Edit
from tests.sheets_server.faults import Fault
from tests.sheets_server.files import File
from tests.sheets_server.grid import Sheet
from tests.sheets_server.handler import Listener, Received
from tests.sheets_server.refusals import (
    Json,
    RefusalError,
    api_disabled,
    no_identity,
    over_quota,
    too_few_scopes,
)
from tests.sheets_server.rendering import UNFORMATTED, How, value_rows
from tests.sheets_server.sign_in import SignIn, Token

OWNER = "hr@example.com"
SCOPE = "https://www.googleapis.com/auth/"
READ_SCOPES = {
    SCOPE + name
    for name in (
        "spreadsheets",
        "spreadsheets.readonly",
        "drive",
        "drive.readonly",
        "drive.file",
    )
}
WRITE_SCOPES = {SCOPE + name for name in ("spreadsheets", "drive", "drive.file")}
DRIVE_SCOPES = {
    SCOPE + name
    for name in ("drive", "drive.readonly", "drive.file", "drive.metadata.readonly")
}
TITLES = {
    "sheets.googleapis.com": "Google Sheets API",
    "drive.googleapis.com": "Google Drive API",
}
READING = re.compile(r":(search|getByDataFilter)$|values:batchGetByDataFilter$")


class Entry(NamedTuple):
    """One call, as the log has it."""

    verb: str
    path: str
    query: dict[str, list[str]]
    body: Any
    status: int
    """0 when the connection broke before an answer."""
    received: int
    """Bytes of the request's body."""
    sent: int
    """Bytes of the answer's body on the wire."""

    @property
    def call(self) -> str:
        return f"{self.verb} {self.path}"


@dataclass
class Meeting:
    """Something that waits for a call."""

    match: str
    act: Callable[[], None]
    skip: int
    after: bool
    done: bool = field(default=False, init=False)


class SheetFile(File):
    """A spreadsheet with what tests ask of it."""

    @property
    def id(self) -> str:
        return self.book.id

    @property
    def url(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self.id}/edit#gid=0"

    def tab(self, title: str | None = None) -> Sheet:
        sheet = self.book.sheets[0] if title is None else self.book.titled(title)
        assert sheet is not None, f"no tab {title}"
        return sheet

    def rows(
        self, title: str | None = None, render: str = UNFORMATTED
    ) -> list[list[Any]]:
        """Give what a tab shows, without blank ends."""
        sheet = self.tab(title)
        return value_rows(self.book, Place(sheet, sheet.box), How(render))

    def edit(self, edit: Edit) -> None:
        """Do at once what a person does in the editor."""
        with self.lock:
            book = self.book.copy()
            edit(book)
            self.keep(book)


class SheetsServer:
    """The server and everything it keeps. A context manager; `stop` ends it."""

    def __init__(self, seed: int = 0) -> None:
        self.chance = random.Random(seed)
        self.listener = Listener(self)
        self.url = self.listener.url
        self.sheets_api = Discovery("sheets.v4")
        self.drive_api = Discovery("drive.v3")
        self.lock = threading.RLock()
        self.sessions: list[requests.Session] = []
        self.forget()

    def forget(self) -> None:
        """Begin anew, on the same port."""
        self.sign_in = SignIn(self.url)
        self.files: dict[str, File] = {}
        self.log: list[Entry] = []
        self.problems: list[str] = []
        self.faults: list[Fault] = []
        self.meetings: list[Meeting] = []
        self.disabled: set[str] = set()
        self.quota: dict[str, int] = {}
        self.used: dict[tuple[str, str], collections.deque[float]] = (
            collections.defaultdict(collections.deque)
        )
        self.account_storage = True
        self.next_ids: collections.deque[str] = collections.deque()
        self.next_integers: collections.deque[int] = collections.deque()

    def __enter__(self) -> Self:
        self.listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        for session in self.sessions:
            session.close()
        self.listener.stop()

    # What a test sets up.

    def spreadsheet(
        self,
        tabs: dict[str, Sequence[Sequence[Any]]] | None = None,
        *,
        title: str = "Goals 2026",
        owner: str = OWNER,
        locale: str = "en_US",
        zone: str = "Etc/GMT",
    ) -> SheetFile:
        """Make a spreadsheet whose tabs hold these rows, entered as raw values."""
        file = self.create(title, owner=owner)
        book = file.book
        book.properties |= {"locale": locale, "timeZone": zone}
        if tabs:
            book.sheets = []
        for name, rows in (tabs or {}).items():
            width = max((len(row) for row in rows), default=0)
            number = self.new_integer() if book.sheets else 0
            sheet = Sheet(number, name, max(1000, len(rows) + 50), max(26, width + 4))
            book.add(sheet)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value not in (None, ""):
                        sheet.change(row, column, value=value)
        book.number()
        return file

    def account(self, email: str = "followup@tests.iam.gserviceaccount.com") -> Json:
        """Make a service account; gives the content of its key file."""
        return self.sign_in.account(email)

    def person(self, email: str) -> Json:
        """Make a signed-in person; gives the content of an authorised-user file."""
        return self.sign_in.person(email)

    def mount(self, session: requests.Session) -> None:
        """Let a session's calls to Google's hosts end here."""
        loopback(session, self.url)

    def gspread(self, info: Json) -> gspread.Client:
        """Give an unmodified gspread client that is signed in."""
        scopes = [SCOPE + "spreadsheets", SCOPE + "drive"]
        creds = (
            service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                info, scopes=scopes
            )
            if info["type"] == "service_account"
            else credentials.Credentials.from_authorized_user_info(  # type: ignore[no-untyped-call]
                info, scopes
            )
        )
        client = gspread.Client(auth=creds)
        self.mount(client.http_client.session)
        self.sessions.append(client.http_client.session)
        return client

    def fail(self, *faults: Fault) -> None:
        self.faults.extend(faults)

    def before(self, match: str, file: SheetFile, edit: Edit, *, skip: int = 0) -> None:
        """Do an edit right before the first matching call but ``skip`` is carried out."""
        self.meetings.append(Meeting(match, lambda: file.edit(edit), skip, after=False))

    def after(self, match: str, file: SheetFile, edit: Edit, *, skip: int = 0) -> None:
        """Do an edit right after such a call, before its answer is sent."""
        self.meetings.append(Meeting(match, lambda: file.edit(edit), skip, after=True))

    def meanwhile(self, match: str, act: Callable[[], None], *, skip: int = 0) -> None:
        """Let anything else happen right before such a call: another run, a refusal."""
        self.meetings.append(Meeting(match, act, skip, after=False))

    # What the HTTP side asks for.

    def create(self, title: str, *, owner: str) -> SheetFile:
        number = self.next_ids.popleft() if self.next_ids else self.new_id()
        book = Book(number, title, "en_US", "Etc/GMT", self.new_integer)
        book.add(Sheet(0, "Sheet1", 1000, 26))
        file = SheetFile(book, owner)
        self.files[number] = file
        return file

    def new_id(self) -> str:
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
        return "1" + "".join(self.chance.choices(letters, k=43))

    def new_integer(self) -> int:
        if self.next_integers:
            return self.next_integers.popleft()
        return self.chance.randrange(1, 1 << 31)

    def fault(self, call: str) -> Fault | None:
        with self.lock:
            return next((one for one in self.faults if one.strikes(call)), None)

    def record(self, call: Received, status: int, sent: int) -> None:
        """Write a call into the log; status 0 is none, ``sent`` counts bytes."""
        self.log.append(
            Entry(
                call.verb, call.path, call.query, call.body, status, call.length, sent
            )
        )

    def met(self, call: str) -> list[Meeting]:
        """Find the edits that wait for this call."""
        with self.lock:
            now = []
            for one in self.meetings:
                if not one.done and re.search(one.match, call):
                    one.skip -= 1
                    if one.skip < 0:
                        one.done = True
                        now.append(one)
            return now

    def answer(
        self,
        verb: str,
        path: str,
        query: dict[str, list[str]],
        body: Any,
        authorization: str | None,
    ) -> drive.Reply:
        """Answer a call whose URL is taken apart and unquoted."""
        if authorization is None:
            raise no_identity()
        caller = self.sign_in.caller(authorization)
        if path.startswith("/v4/"):
            return self.answer_sheets(verb, path, query, body, caller)
        return self.answer_drive(
            drive.Call(verb, path, query, body, caller.email), caller
        )

    def answer_sheets(
        self,
        verb: str,
        path: str,
        query: dict[str, list[str]],
        body: Any,
        caller: Token,
    ) -> drive.Reply:
        method = self.sheets_api.method(verb, path)
        if method is None:
            raise RefusalError(404, "Not Found")
        reading = verb == "GET" or READING.search(path) is not None
        self.require_service(
            "sheets.googleapis.com", caller, READ_SCOPES if reading else WRITE_SCOPES
        )
        self.require_quota("Read" if reading else "Write", caller.email)
        self.sheets_api.refuse_bad_request(method, body, query)
        match = method.pattern.fullmatch(path)
        assert match is not None
        call = routes.Call(method, match.groups(), query, body, caller.email)
        reply = routes.answer(self, call)
        if not call.mask:
            # Fields that were left out on request are no fault of the answer.
            self.problems += self.sheets_api.reply_problems(method, reply)
        return drive.Reply(200, reply)

    def answer_drive(self, call: drive.Call, caller: Token) -> drive.Reply:
        self.require_service("drive.googleapis.com", caller, DRIVE_SCOPES)
        reply = drive.answer(self, call)
        method = self.drive_api.method(call.verb, call.path)
        if method is not None and isinstance(reply.body, dict):
            self.problems += self.drive_api.reply_problems(method, reply.body)
        return reply

    def require_service(self, service: str, caller: Token, scopes: set[str]) -> None:
        if service in self.disabled:
            raise api_disabled(service, TITLES[service], "123456789012")
        if not caller.scopes & scopes:
            raise too_few_scopes(service, "any")

    def require_quota(self, kind: str, email: str) -> None:
        limit = self.quota.get(kind.lower())
        if limit is None:
            return
        with self.lock:
            used = self.used[email, kind]
            while used and used[0] < time.monotonic() - 60:
                used.popleft()
            if len(used) >= limit:
                raise over_quota(kind)
            used.append(time.monotonic())
