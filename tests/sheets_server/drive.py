"""The methods of Drive that a sync or gspread calls."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

from tests.sheets_server.delimited import exported, replace_content
from tests.sheets_server.files import SPREADSHEET, SheetFile, stamp
from tests.sheets_server.masks import ALL, Mask, read_mask, select
from tests.sheets_server.refusals import DriveRefusalError, Json

BRIEF: Mask = {"kind": {}, "id": {}, "name": {}, "mimeType": {}}
"""The fields that Drive gives when none are asked for."""

MARKS = {"text/csv": ",", "text/tab-separated-values": "\t"}
QUERY = re.compile(r"""(name|mimeType)\s*(=|contains)\s*(?:"([^"]*)"|'([^']*)')""")


class Reply(NamedTuple):
    """An answer before it is written to the wire."""

    status: int
    body: Any
    kind: str = "application/json; charset=UTF-8"


class Store(Protocol):
    """What holds the files."""

    files: dict[str, SheetFile]
    account_storage: bool

    def create(self, title: str, *, owner: str) -> SheetFile: ...
    def new_integer(self) -> int: ...


class Call(NamedTuple):
    """A request to Drive."""

    verb: str
    path: str
    query: dict[str, list[str]]
    body: Any
    email: str


def missing(file_id: str) -> DriveRefusalError:
    # Documented: Drive answers so whether a file is missing or not shared.
    return DriveRefusalError(
        404, f"File not found: {file_id}.", reason="notFound", at="fileId"
    )


def file_json(file: SheetFile, email: str) -> Json:
    role = file.caller(email).role
    edits = role in {"writer", "owner"}
    return {
        "kind": "drive#file",
        "id": file.book.id,
        "name": file.book.properties["title"],
        "mimeType": file.mime_type,
        "trashed": False,
        "version": str(file.version),
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{file.book.id}/edit",
        "createdTime": stamp(file.created),
        "modifiedTime": stamp(file.modified),
        "owners": [
            {"kind": "drive#user", "emailAddress": file.owner, "me": role == "owner"}
        ],
        "ownedByMe": role == "owner",
        "capabilities": {
            "canEdit": edits,
            "canComment": edits or role == "commenter",
            "canCopy": True,
            "canDownload": True,
            "canModifyContent": edits,
            "canReadRevisions": edits,
            "canShare": edits,
        },
    }


def mask_of(call: Call, default: Mask) -> Mask:
    fields = call.query.get("fields", [""])[0]
    return read_mask(fields) if fields else default


def answer(store: Store, call: Call) -> Reply:
    """Answer a call to Drive."""
    path = call.path.removeprefix("/drive/v3")
    if call.path.startswith("/upload/drive/v2/files/"):
        return upload_csv(store, call)
    if path == "/files":
        return create(store, call) if call.verb == "POST" else listed(store, call)
    match = re.fullmatch(r"/files/([^/]+)(/\w+)?(?:/(.+))?", path)
    if match is None:
        raise DriveRefusalError(404, "Not Found", reason="notFound")
    file = store.files.get(match[1])
    if file is None or not file.caller(call.email).role:
        raise missing(match[1])
    method = METHODS.get((call.verb, match[2] or ""))
    if method is None:
        raise DriveRefusalError(404, "Not Found", reason="notFound")
    with file.lock:
        return method(store, file, call)


def listed(store: Store, call: Call) -> Reply:
    wanted = QUERY.findall(unquote(call.query.get("q", [""])[0]))

    def fits(shown: Json) -> bool:
        return all(
            shown[name] == (one or other)
            if sign == "="
            else (one or other).lower() in str(shown[name]).lower()
            for name, sign, one, other in wanted
        )

    files = [
        shown
        for file in reversed(store.files.values())
        if file.caller(call.email).role and fits(shown := file_json(file, call.email))
    ]
    body = {"kind": "drive#fileList", "incompleteSearch": False, "files": files}
    inner: Mask = {"kind": {}, "incompleteSearch": {}, "files": BRIEF}
    return Reply(200, select(body, mask_of(call, inner)))


def create(store: Store, call: Call) -> Reply:
    if not store.account_storage and call.email.endswith(".gserviceaccount.com"):
        # Documented: service accounts own no storage since 2025.
        raise DriveRefusalError(
            403,
            "Service Accounts do not have storage quota. Leverage shared drives "
            "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), "
            "or use OAuth delegation "
            "(http://support.google.com/a/answer/7281227) instead.",
            reason="storageQuotaExceeded",
            domain="usageLimits",
        )
    body = call.body if isinstance(call.body, dict) else {}
    file = store.create(body.get("name") or "Untitled", owner=call.email)
    return Reply(200, select(file_json(file, call.email), mask_of(call, BRIEF)))


def get(store: Store, file: SheetFile, call: Call) -> Reply:
    del store
    return Reply(200, select(file_json(file, call.email), mask_of(call, BRIEF)))


def rename(store: Store, file: SheetFile, call: Call) -> Reply:
    require(file, call, "writer")
    if call.body and call.body.get("name"):
        file.book.properties["title"] = call.body["name"]
        file.keep(file.book)
    return get(store, file, call)


def require(file: SheetFile, call: Call, *roles: str) -> None:
    if file.caller(call.email).role not in {*roles, "owner"}:
        raise DriveRefusalError(
            403,
            "The user does not have sufficient permissions for this file.",
            reason="insufficientFilePermissions",
        )


def delete(store: Store, file: SheetFile, call: Call) -> Reply:
    require(file, call)
    del store.files[file.book.id]
    return Reply(204, None, "text/html")


def copied(store: Store, file: SheetFile, call: Call) -> Reply:
    body = call.body if isinstance(call.body, dict) else {}
    old = file.book
    title = body.get("name") or f"Copy of {old.properties['title']}"
    twin = store.create(title, owner=call.email)
    book = old.copy()
    book.id, book.new_id = twin.book.id, twin.book.new_id
    book.properties["title"] = title
    twin.book = book
    return Reply(200, select(file_json(twin, call.email), mask_of(call, BRIEF)))


def export(store: Store, file: SheetFile, call: Call) -> Reply:
    del store
    kind = call.query.get("mimeType", [""])[0]
    if kind not in MARKS:
        raise DriveRefusalError(
            400,
            "The requested conversion is not supported.",
            reason="badRequest",
            at="convertTo",
        )
    return Reply(200, exported(file.book, MARKS[kind]), kind)


def comments(store: Store, file: SheetFile, call: Call) -> Reply:
    del store, file, call
    return Reply(200, {"comments": []})


def permissions(store: Store, file: SheetFile, call: Call) -> Reply:
    if call.verb == "GET":
        owner = {"type": "user", "role": "owner", "emailAddress": file.owner}
        listed = {
            "kind": "drive#permissionList",
            "permissions": [owner, *file.permissions],
        }
        return Reply(200, select(listed, mask_of(call, ALL)))
    require(file, call, "writer")
    one = {
        "kind": "drive#permission",
        "id": str(store.new_integer()),
        "type": call.body["type"],
        "role": call.body["role"],
    }
    if call.body["type"] == "anyone":
        file.link_role = call.body["role"]
    email = call.body.get("emailAddress")
    file.permissions.append(one | ({"emailAddress": email} if email else {}))
    return Reply(200, one)


def unshare(store: Store, file: SheetFile, call: Call) -> Reply:
    del store
    require(file, call, "writer")
    number = call.path.rpartition("/")[2]
    gone = [one for one in file.permissions if one.get("id") == number]
    if any(one["type"] == "anyone" for one in gone):
        file.link_role = ""
    file.permissions = [one for one in file.permissions if one not in gone]
    return Reply(204, None, "text/html")


def revisions(store: Store, file: SheetFile, call: Call) -> Reply:
    del store, call
    one = {
        "kind": "drive#revision",
        "id": str(file.version),
        "mimeType": SPREADSHEET,
        "modifiedTime": stamp(file.modified),
    }
    return Reply(200, {"kind": "drive#revisionList", "revisions": [one]})


def upload_csv(store: Store, call: Call) -> Reply:
    """Replace the content with a table, as gspread's ``import_csv`` does."""
    file = store.files.get(call.path.rpartition("/")[2])
    if file is None:
        raise missing(call.path.rpartition("/")[2])
    book = file.book.copy()
    replace_content(book, call.body.decode("utf-8"))
    file.keep(book)
    return Reply(200, {"kind": "drive#file", "id": book.id, "mimeType": SPREADSHEET})


METHODS: dict[tuple[str, str], Callable[[Store, SheetFile, Call], Reply]] = {
    ("GET", ""): get,
    ("PATCH", ""): rename,
    ("DELETE", ""): delete,
    ("POST", "/copy"): copied,
    ("GET", "/export"): export,
    ("GET", "/comments"): comments,
    ("GET", "/permissions"): permissions,
    ("POST", "/permissions"): permissions,
    ("DELETE", "/permissions"): unshare,
    ("GET", "/revisions"): revisions,
}
