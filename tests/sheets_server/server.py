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
from collections.abc import Callable, Sequence
from typing import Any, Self

import gspread
import requests
from google.oauth2 import credentials, service_account

from tests.sheets_server.book import Book
from tests.sheets_server.calls import Entry, Meeting, Received
from tests.sheets_server.cells import Cell, Row
from tests.sheets_server.client import loopback
from tests.sheets_server.desk import SCOPE, Desk
from tests.sheets_server.edits import Edit
from tests.sheets_server.faults import Fault
from tests.sheets_server.files import SheetFile
from tests.sheets_server.grid import Sheet
from tests.sheets_server.handler import Listener
from tests.sheets_server.refusals import Json
from tests.sheets_server.sign_in import SignIn

__all__ = ["OWNER", "SheetFile", "SheetsServer"]

OWNER = "hr@example.com"


class SheetsServer:
    """The server and everything it keeps. A context manager; `stop` ends it."""

    def __init__(self, seed: int = 0) -> None:
        self.chance = random.Random(seed)
        self.listener = Listener(self)
        self.url = self.listener.url
        self.lock = threading.RLock()
        self.sessions: list[requests.Session] = []
        self.forget()

    def forget(self) -> None:
        """Begin anew, on the same port."""
        self.desk = Desk(self)
        self.sign_in = SignIn(self.url)
        self.files: dict[str, SheetFile] = {}
        self.log: list[Entry] = []
        self.problems: list[str] = []
        self.faults: list[Fault] = []
        self.meetings: list[Meeting] = []
        self.disabled: set[str] = set()
        self.quota: dict[str, int] = {}
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
            for at, values in enumerate(rows):
                sheet.rows[at] = Row(
                    tuple(
                        None if value in (None, "") else Cell(value) for value in values
                    )
                )
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
        creds: Any
        if info["type"] == "service_account":
            creds = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                info, scopes=scopes
            )
        else:
            # Not from_authorized_user_info: it asks Google wherever the file points to.
            creds = credentials.Credentials(  # type: ignore[no-untyped-call]
                None,
                refresh_token=info["refresh_token"],
                token_uri=info["token_uri"],
                client_id=info["client_id"],
                client_secret=info["client_secret"],
                scopes=scopes,
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
        book = Book(number, title, self.new_integer)
        book.add(Sheet(0, "Sheet1", 1000, 26))
        file = SheetFile(book, owner)
        with self.lock:
            self.files[number] = file
        return file

    def new_id(self) -> str:
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
        return "1" + "".join(self.chance.choices(letters, k=43))

    def new_integer(self) -> int:
        if self.next_integers:
            return self.next_integers.popleft()
        return self.chance.randrange(1, 1 << 31)

    def fault(self, call: str, *, asked_for: bool = False) -> Fault | None:
        """Find the first fault that strikes; some calls only one that names them."""
        with self.lock:
            return next(
                (
                    one
                    for one in self.faults
                    if (one.match or not asked_for) and one.strikes(call)
                ),
                None,
            )

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
