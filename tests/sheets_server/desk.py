"""What every call meets before it is carried out: sign-in, scopes, quota, schemas."""

import collections
import re
import threading
import time
from typing import TYPE_CHECKING

from tests.sheets_server import drive, routes
from tests.sheets_server.calls import Received
from tests.sheets_server.discovery import api
from tests.sheets_server.masks import read_mask
from tests.sheets_server.refusals import (
    DriveRefusalError,
    RefusalError,
    api_disabled,
    no_identity,
    over_quota,
    too_few_scopes,
)
from tests.sheets_server.sign_in import Token

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

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


class Desk:
    """Lets a call in or refuses it, and looks over the answer."""

    def __init__(self, server: "SheetsServer") -> None:
        self.server = server
        self.sheets_api = api("sheets.v4")
        self.drive_api = api("drive.v3")
        self.lock = threading.Lock()
        self.used: dict[tuple[str, str], collections.deque[float]] = (
            collections.defaultdict(collections.deque)
        )

    def answer(self, received: Received) -> drive.Reply:
        """Answer a call whose URL is taken apart and unquoted."""
        if received.authorization is None:
            raise no_identity()
        caller = self.server.sign_in.caller(received.authorization)
        if received.path.startswith("/v4/"):
            return self.answer_sheets(received, caller)
        return self.answer_drive(received, caller)

    def answer_sheets(self, received: Received, caller: Token) -> drive.Reply:
        verb, path, body = received.verb, received.path, received.body
        method = self.sheets_api.method(verb, path)
        if method is None:
            raise RefusalError(404, "Not Found")
        reading = verb == "GET" or READING.search(path) is not None
        self.require_service(
            "sheets.googleapis.com", caller, READ_SCOPES if reading else WRITE_SCOPES
        )
        self.require_quota("Read" if reading else "Write", caller.email)
        self.sheets_api.refuse_bad_request(method, body, received.query)
        match = method.pattern.fullmatch(path)
        assert match is not None
        call = routes.Call(method, match.groups(), received.query, body, caller.email)
        reply = routes.answer(self.server, call)
        self.server.problems += self.sheets_api.reply_problems(method, reply)
        return drive.Reply(200, reply)

    def answer_drive(self, received: Received, caller: Token) -> drive.Reply:
        self.require_service("drive.googleapis.com", caller, DRIVE_SCOPES)
        verb, path = received.verb, received.path
        call = drive.Call(verb, path, received.query, received.body, caller.email)
        method = self.drive_api.method(verb, path)
        for fields in received.query.get("fields", []):
            lost = method and self.drive_api.unknown_path(
                read_mask(fields), method.response
            )
            if lost:
                # Quoted by many who met it.
                raise DriveRefusalError(
                    400,
                    f"Invalid field selection {lost.rpartition('.')[2]}",
                    reason="invalidParameter",
                    at="fields",
                )
        reply = drive.answer(self.server, call)
        if method is not None and isinstance(reply.body, dict):
            self.server.problems += self.drive_api.reply_problems(method, reply.body)
        return reply

    def require_service(self, service: str, caller: Token, scopes: set[str]) -> None:
        if service in self.server.disabled:
            raise api_disabled(service, TITLES[service], "123456789012")
        if not caller.scopes & scopes:
            raise too_few_scopes(service, "any")

    def require_quota(self, kind: str, email: str) -> None:
        limit = self.server.quota.get(kind.lower())
        if limit is None:
            return
        with self.lock:
            used = self.used[email, kind]
            while used and used[0] < time.monotonic() - 60:
                used.popleft()
            if len(used) >= limit:
                raise over_quota(kind)
            used.append(time.monotonic())
