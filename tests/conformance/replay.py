"""Replays recorded conversations with the real API against the test server.

``python tests/conformance/replay.py FOLDER [--show N]`` prints, method by method, how
many recorded answers the test server gave again, and the first N differences.

A recording is what VCR.py writes as JSON: ``{"interactions": [{"request", "response"}]}``.
Only what Google drew by lot is taken from it: ids of files, tabs and other objects.
Times are compared as "some time".
"""

import argparse
import collections
import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from tests.sheets_server.files import SheetFile
from tests.sheets_server.server import OWNER, SheetsServer
from tests.sheets_server.sign_in import Token

ACCOUNT = re.compile(r"[\w.-]+@[\w.-]+\.gserviceaccount\.com")
SHEETS_ID = re.compile(r"/v4/spreadsheets/([^/:?]+)")
DRIVE_ID = re.compile(r"/drive/v[23]/files/([^/?]+)")
TIMES = ("createdTime", "modifiedTime")
IDS = ("sheetId", "namedRangeId", "protectedRangeId", "chartId", "bandedRangeId",
       "filterViewId", "metadataId")  # fmt: skip
SHEETS = "sheets.googleapis.com"


class Exchange(NamedTuple):
    """One recorded request and its answer."""

    name: str
    """Recording and number."""
    verb: str
    url: str
    body: str | None
    kind: str
    status: int
    answer: str

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def sheets(self) -> bool:
        return urlsplit(self.url).netloc == SHEETS


class Outcome(NamedTuple):
    """What became of one exchange."""

    method: str
    exchange: Exchange
    verdict: str
    """``equal``, ``different``, or ``foreign`` when it asks for a file that was there
    before the recording began."""
    difference: str = ""


def exchanges(path: Path) -> list[Exchange]:
    recorded = json.loads(path.read_text(encoding="utf-8"))["interactions"]
    return [
        Exchange(
            f"{path.stem} #{number}",
            one["request"]["method"],
            one["request"]["uri"],
            one["request"]["body"],
            (one["request"]["headers"].get("Content-Type") or ["application/json"])[0],
            one["response"]["status"]["code"],
            one["response"]["body"].get("string") or "",
        )
        for number, one in enumerate(recorded)
    ]


def replay(folder: Path) -> Iterator[Outcome]:
    """Replay every recording of a folder; what the schemas forbid is an error."""
    with SheetsServer() as server, requests.Session() as session:
        for path in sorted(folder.glob("*.json")):
            server.forget()
            yield from replay_one(exchanges(path), server, session)
            if server.problems:
                raise AssertionError(f"{path.name}: {server.problems[0]}")


def replay_one(
    recorded: list[Exchange], server: SheetsServer, session: requests.Session
) -> Iterator[Outcome]:
    found = ACCOUNT.search(" ".join(one.answer for one in recorded))
    email = found[0] if found else "recorder@tests.iam.gserviceaccount.com"
    scopes = frozenset(
        f"https://www.googleapis.com/auth/{name}" for name in ("spreadsheets", "drive")
    )
    server.sign_in.tokens["recorded"] = Token(email, float("inf"), scopes)
    for number, one in enumerate(recorded):
        prepare(one, server)
        if one.verb == "PUT" and "/upload/" in one.path:
            server.next_integers.extend(first_tab(recorded[number:]))
        reply = session.request(
            one.verb,
            server.url + one.url.partition("googleapis.com")[2],
            data=one.body.encode() if one.body is not None else None,
            headers={"Authorization": "Bearer recorded", "Content-Type": one.kind},
            timeout=30,
        )
        yield judged(one, reply.status_code, reply.text, server)
        server.next_ids.clear()
        server.next_integers.clear()


def prepare(one: Exchange, server: SheetsServer) -> None:
    """Let the server draw the lots that Google drew, and lock what was locked."""
    answer = as_json(one.answer)
    match = SHEETS_ID.search(one.path)
    if one.status == 403 and match and match[1] not in server.files:
        server.next_ids.append(match[1])
        server.create("private", owner=OWNER)
    if not isinstance(answer, dict) or one.status != 200:
        return
    if one.verb == "POST" and "/files" in one.path and "id" in answer:
        server.next_ids.append(answer["id"])
    if one.verb == "POST" and one.path.endswith("/v4/spreadsheets"):
        server.next_ids.append(answer["spreadsheetId"])
    if ":copyTo" in one.path:
        server.next_integers.append(answer["sheetId"])
    asked = as_json(one.body or "") or {}
    for request, reply in zip(
        asked.get("requests", []) if isinstance(asked, dict) else [],
        answer.get("replies", []),
        strict=False,
    ):
        if not (given(request) & set(IDS)):
            server.next_integers.extend(drawn(reply))


def first_tab(recorded: list[Exchange]) -> Iterator[int]:
    """Give the id of the first tab as the next answer has it."""
    for one in recorded:
        answer = as_json(one.answer)
        if isinstance(answer, dict) and "sheets" in answer:
            yield int(answer["sheets"][0]["properties"]["sheetId"])
            return


def given(request: Any) -> set[str]:
    """Name the ids that a request for something new brings along itself."""
    inner = next(iter(next(iter(request.values()), {}).values()), None)
    return set(inner) if isinstance(inner, dict) else set()


def drawn(reply: Any) -> Iterator[int]:
    """Give the ids of what a request made; the last name of each reply holds it."""
    for kind, inner in reply.items():
        if not kind.startswith(("add", "duplicate", "create")):
            continue
        for thing in inner.values():
            for name in IDS if isinstance(thing, dict) else ():
                if str(thing.get(name, "")).isdecimal():
                    yield int(thing[name])


def as_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def judged(one: Exchange, status: int, text: str, server: SheetsServer) -> Outcome:
    method = method_of(one, server)
    if (status, comparable(text)) == (one.status, comparable(one.answer)):
        return Outcome(method, one, "equal")
    if foreign(one, server.files):
        return Outcome(method, one, "foreign")
    wanted, got = shown(one.status, one.answer), shown(status, text)
    lines = difflib.unified_diff(wanted, got, "recorded", "answered", lineterm="", n=2)
    return Outcome(method, one, "different", "\n".join(lines))


def shown(status: int, text: str) -> list[str]:
    value = as_json(text)
    body = (
        text
        if value is None
        else json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)
    )
    return [str(status), *body.splitlines()]


def method_of(one: Exchange, server: SheetsServer) -> str:
    path = unquote(one.path)
    api = server.desk.sheets_api if one.sheets else server.desk.drive_api
    method = api.method(one.verb, path)
    return method.name if method else f"{one.verb} {one.path}"


def foreign(one: Exchange, files: dict[str, SheetFile]) -> bool:
    """Say whether an answer hangs on files that nobody made in this recording."""
    match = SHEETS_ID.search(one.path) or DRIVE_ID.search(one.path)
    if match is not None:
        return one.status == 200 and match[1] not in files
    answer = as_json(one.answer)
    listed = answer.get("files", []) if isinstance(answer, dict) else []
    return any(file.get("id") not in files for file in listed)


def comparable(text: str) -> str:
    """Spell JSON in one way, with every time as "some time"."""
    value = as_json(text)
    return text if value is None else json.dumps(untimed(value), sort_keys=True)


def untimed(value: Any) -> Any:
    if isinstance(value, list):
        return [untimed(item) for item in value]
    if isinstance(value, dict):
        return {
            name: "some time" if name in TIMES else untimed(item)
            for name, item in value.items()
        }
    return value


def report(outcomes: list[Outcome], show: int) -> str:
    table: dict[str, collections.Counter[str]] = collections.defaultdict(
        collections.Counter
    )
    for one in outcomes:
        table[one.method][one.verdict] += 1
    lines = [f"{'method':52}equal  of  foreign"]
    for method, counts in sorted(table.items()):
        of = counts["equal"] + counts["different"]
        lines.append(f"{method:50}{counts['equal']:7}{of:5}{counts['foreign']:8}")
    for title, chosen in (
        ("Sheets v4", [one for one in outcomes if one.exchange.sheets]),
        ("all", outcomes),
    ):
        equal, of = shares(chosen)
        lines.append(f"{title:50}{equal:7}{of:5}   {equal / max(of, 1):8.2%}")
    for one in [one for one in outcomes if one.verdict == "different"][:show]:
        exchange = one.exchange
        query = parse_qs(urlsplit(exchange.url).query)
        lines += ["", f"{exchange.name}: {exchange.verb} {exchange.path} {query}",
                  f"  {exchange.body}", one.difference]  # fmt: skip
    return "\n".join(lines)


def shares(outcomes: list[Outcome]) -> tuple[int, int]:
    """Count the equal answers, and all that could have been."""
    kinds = collections.Counter(one.verdict for one in outcomes)
    return kinds["equal"], kinds["equal"] + kinds["different"]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--show", type=int, default=0)
    chosen = arguments.parse_args()
    print(report(list(replay(chosen.folder)), chosen.show))  # noqa: T201


if __name__ == "__main__":
    main()
