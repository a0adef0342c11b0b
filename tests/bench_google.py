"""Weigh the sync of Google Sheets: `make bench-google`.

Not a test: it judges nothing. Against the server of the tests, on this machine:

1. Races: eleven edits of people in the moment between reading and writing, for both ways
   of ours and for two that are usual with gspread; then edits chosen at random, before
   any write (``--interleavings``).
2. Faults: runs with answers that fail at random (``--faults``).
3. Size: a sheet of so many rows in 20 columns (``--rows``): calls, bytes, seconds and
   memory of ours, beside `get_all_records` and `update`. Each in a process of its own.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gspread
import requests

from sync.cells import CellRef
from sync.wording import Text
from sync.workbooks.google.access import ENDPOINT, GoogleAccess
from sync.workbooks.google.quota import Quota
from sync.workbooks.google.timing import Timing
from sync.workbooks.google.workbook import GoogleWorkbook, Mode
from sync.workbooks.plan import Edit, Edits, OwnColumn, OwnKey, Plan
from tests.bench_excel import peak_memory
from tests.sheets_server import edits
from tests.sheets_server.book import Book
from tests.sheets_server.client import loopback
from tests.sheets_server.edits import Edit as Human
from tests.sheets_server.faults import Fault, Kind
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.race import (
    HEAD,
    WRITES,
    Remembered,
    Result,
    change_figures,
    misplaced,
    race,
    scenarios,
    spreadsheet,
    sync,
)

BOT = "followup@tests.iam.gserviceaccount.com"
FAST = Timing(connect=5, silence=10, tries=5, first_wait=0.001, longest_wait=0.01)
MODES: tuple[Mode, ...] = ("lookup", "direct")
N_ROWS = 40
N_COLUMNS = 20
OWN: tuple[OwnKey, ...] = ("status", "why", "smart", "next")
CHANGED = 50
"""One row in so many changes between two syncs."""
ANY_WRITE = r"(:batchUpdate|ByDataFilter|/values/.*)$"

Run = Callable[[SheetFile], Mapping[str, str]]


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


class Bench:
    """The server, and who speaks with it."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.key = folder / "key.json"
        self.info = server.account(BOT)
        self.key.write_text(json.dumps(self.info))
        self.key.chmod(0o600)
        self.access = GoogleAccess(self.key, folder, timing=FAST)
        never = Quota(FAST.clock, FAST.sleep, per_user=10**9, per_project=10**9)
        self.access.__dict__["quota"] = never
        self.client = server.gspread(self.info)

    def ours(self, file: SheetFile, mode: Mode, texts: Remembered) -> Mapping[str, str]:
        return sync(GoogleWorkbook(file.url, self.access, mode), texts)[1]

    def established(self, mode: Mode) -> tuple[SheetFile, Book, Remembered]:
        """A sheet that was synced once and has new figures since."""
        file = spreadsheet(self.server, N_ROWS, BOT)
        workbook = GoogleWorkbook(file.url, self.access, mode)
        texts = sync(workbook, {})[0].texts
        change_figures(file, N_ROWS)
        return file, file.book.copy(), texts

    def statuses(self, file: SheetFile) -> tuple[list[list[Any]], Mapping[str, str]]:
        """What a script reads, and the status it works out for each row's key."""
        rows = self.client.open_by_key(file.id).sheet1.get_all_values()
        judged = self.ours(file, "report-only", {})
        return rows, judged

    def row_by_row(self, file: SheetFile) -> Mapping[str, str]:
        """Write as scripts with gspread do: one update a row."""
        rows, judged = self.statuses(file)
        sheet = self.client.open_by_key(file.id).worksheet("Goals")
        column = rows[0].index("Follow-up") + 1
        for number, row in enumerate(rows[1:], start=2):
            sheet.update_cell(number, column, judged[row[0]])
        return judged

    def one_range(self, file: SheetFile) -> Mapping[str, str]:
        """Write as better scripts do: one range in one call."""
        rows, judged = self.statuses(file)
        sheet = self.client.open_by_key(file.id).worksheet("Goals")
        letter = gspread.utils.rowcol_to_a1(1, rows[0].index("Follow-up") + 1)[:-1]
        cells = [[judged[row[0]]] for row in rows[1:]]
        sheet.batch_update(
            [{"range": f"{letter}2:{letter}{len(rows)}", "values": cells}]
        )
        return judged


def races(bench: Bench) -> None:
    say(f"\nRaces: {N_ROWS} rows; wrong + missing / cells destroyed / calls")
    ways: dict[str, tuple[Mode, Callable[[Remembered], Run], str]] = {
        "row by row": ("direct", lambda _: bench.row_by_row, r"/values/"),
        "one A1 range": ("direct", lambda _: bench.one_range, r"values:batchUpdate$"),
        **{mode: (mode, partial(own_way, bench, mode), WRITES) for mode in MODES},
    }
    table: dict[str, dict[str, Result]] = {}
    for way, (mode, run_of, match) in ways.items():
        file, start, texts = bench.established(mode)
        for name, edit in scenarios(N_ROWS).items():
            file.keep(start.copy())
            run = run_of(texts)
            skip = N_ROWS // 2 if way == "row by row" else 0
            between: list[tuple[str, int, Human]] = (
                [(match, skip, edit)] if edit else []
            )
            found = race(bench.server, file, partial(run, file), between)
            table.setdefault(name, {})[way] = found
    say(f"{'edit meanwhile':28}", *(f"{way:>18}" for way in ways))
    for name, results in table.items():
        say(f"{name:28}", *(f"{shown(results[way]):>18}" for way in ways))
    sums = [total([results[way] for results in table.values()]) for way in ways]
    say(f"{'all':28}", *(f"{one:>18}" for one in sums))


def own_way(bench: Bench, mode: Mode, texts: Remembered) -> Run:
    return lambda file: bench.ours(file, mode, texts)


def shown(one: Result) -> str:
    failed = " !" if one.error else ""
    return f"{one.wrong}+{one.missing}/{one.destroyed}/{one.calls}{failed}"


def total(results: Sequence[Result]) -> str:
    wrong = sum(one.wrong for one in results)
    missing = sum(one.missing for one in results)
    destroyed = sum(one.destroyed for one in results)
    return f"{wrong}+{missing}/{destroyed}/{sum(one.calls for one in results)}"


def interleavings(bench: Bench, n: int) -> None:
    """One or two edits at random, before any of the writes of a sync."""
    for mode in MODES:
        file, start, texts = bench.established(mode)
        found: list[Result] = []
        for seed in range(n):
            chance = random.Random(seed)
            file.keep(start.copy())
            between = [
                (
                    WRITES,
                    chance.randrange(3),
                    edits.at_random(seed * 7 + at, columns=range(len(HEAD))),
                )
                for at in range(chance.choice([1, 1, 2]))
            ]
            run = own_way(bench, mode, texts)
            found.append(race(bench.server, file, partial(run, file), between))
        errors = Counter(one.error.partition(":")[0] for one in found if one.error)
        calls = Counter(one.calls for one in found)
        say(
            f"{n} random interleavings, {mode}: wrong {sum(r.wrong for r in found)}, "
            f"missing {sum(r.missing for r in found)}, "
            f"destroyed {sum(r.destroyed for r in found)}, "
            f"calls {dict(sorted(calls.items()))}, errors {dict(errors)}"
        )


def faults(bench: Bench, n: int) -> None:
    """Random faults at random calls: right at the end, written once, in bounded time."""
    kinds = [kind for kind in Kind if kind is not Kind.SLOW]
    for mode in MODES:
        file, start, texts = bench.established(mode)
        outcomes: Counter[str] = Counter()
        longest = 0.0
        for seed in range(n):
            chance = random.Random(seed)
            file.keep(start.copy())
            before = commits(file)
            for _ in range(chance.randrange(1, 4)):
                fault = Fault(
                    chance.choice(kinds),
                    status=chance.choice([429, 500, 502, 503]),
                    skip=chance.randrange(4),
                    retry_after=0,
                )
                bench.server.fail(fault)
            began = time.monotonic()
            try:
                right = misplaced(file, bench.ours(file, mode, texts)) == (0, 0)
            except Exception as problem:  # noqa: BLE001 (counted)
                outcomes[type(problem).__name__] += 1
            else:
                once = commits(file) == before + 1
                outcomes["right, once" if right and once else "WRONG"] += 1
            longest = max(longest, time.monotonic() - began)
            bench.server.faults.clear()
        say(f"{n} runs with faults, {mode}: {dict(outcomes)}, longest {longest:.1f} s")


def commits(file: SheetFile) -> int:
    ids = [one.id for one in file.book.metadata if one.key == "followup.commit"]
    return max(ids, default=0)


def size(bench: Bench, n_rows: int) -> None:
    """Weigh one large sheet."""
    say(f"\nSize: {n_rows:,} rows x {N_COLUMNS} columns")
    heads = [f"Column {at}" for at in range(1, N_COLUMNS)]
    rows = [
        [
            f"G-{row:06}",
            *(
                row * at % 997 if at % 3 else f"text {row % 89} {at}"
                for at in range(1, N_COLUMNS)
            ),
        ]
        for row in range(1, n_rows + 1)
    ]
    file = bench.server.spreadsheet({"Goals": [["Goal ID", *heads], *rows]})
    file.share(BOT, "writer")
    figures = {}
    for job in ("ours, first sync", "ours, 2 % changed", "get_all_records + update"):
        before = len(bench.server.log)
        figures[job] = child(bench, job, file.id, n_rows)
        calls = bench.server.log[before:]
        figures[job] |= {
            "calls": len(calls),
            "up": sum(one.received for one in calls),
            "down": sum(one.sent for one in calls),
        }
    for job, it in figures.items():
        say(
            f"{job:26} calls {it['calls']:3} up {it['up'] / 1e6:6.2f} MB "
            f"down {it['down'] / 1e6:6.2f} MB  client CPU {it['cpu']:6.2f} s "
            f"wall {it['wall']:6.1f} s  memory {it['peak']:5.0f} MiB"
        )
    ours, theirs = figures["ours, 2 % changed"], figures["get_all_records + update"]
    say(
        "ratio (theirs / ours): "
        + ", ".join(
            f"{name} {theirs[name] / ours[name]:.1f}"
            for name in ("up", "down", "cpu", "wall", "peak")
        )
    )


def child(bench: Bench, job: str, number: str, n_rows: int) -> dict[str, float]:
    words = [sys.executable, "-m", "tests.bench_google", "--job", job]
    words += ["--url", bench.server.url, "--sheet", number, "--rows", str(n_rows)]
    done = subprocess.run(
        [*words, "--key", str(bench.key)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def do(job: str, options: argparse.Namespace) -> None:
    """Do one of the jobs of `size`, in a process of its own."""
    wall, cpu = time.monotonic(), time.process_time()
    if job.startswith("ours"):
        write_ours(options, first="first" in job)
    else:
        write_theirs(options)
    peak = peak_memory()
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    say(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))


def write_ours(options: argparse.Namespace, *, first: bool) -> None:
    os.environ[ENDPOINT] = options.url
    timing = Timing(silence=600, call=600)
    access = GoogleAccess(options.key, options.key.parent, timing=timing)
    address = f"https://docs.google.com/spreadsheets/d/{options.sheet}"
    workbook = GoogleWorkbook(address, access)
    snapshot = workbook.snapshot()
    columns = tuple(own_columns(options.rows, is_new=first))
    step = 1 if first else CHANGED
    changes = [
        Edit(
            at=CellRef("Goals", row, one.column),
            before=None,
            after=said(row, one.key, first=first),
            because=Text("", ""),
        )
        for one in columns
        for row in range(2, options.rows + 2, step)
    ]
    workbook.commit(
        Plan(
            locator=address,
            fingerprint=snapshot.fingerprint,
            columns=columns,
            edits=Edits.of(changes),
        )
    )


def own_columns(n_rows: int, *, is_new: bool) -> Iterator[OwnColumn]:
    for at, key in enumerate(OWN, start=N_COLUMNS + 1):
        yield OwnColumn(
            key=key,
            sheet="Goals",
            header_row=1,
            column=at,
            first_row=2,
            last_row=n_rows + 1,
            header=key,
            note="ours",
            width=12,
            holds="text",
            is_new=is_new,
            keys=(1,),
            by_key=True,
        )


def said(row: int, key: OwnKey, *, first: bool) -> str:
    return f"{key} {row} as long as a reason may be" + ("" if first else ", changed")


def write_theirs(options: argparse.Namespace) -> None:
    info = json.loads(options.key.read_text())
    client = gspread.service_account_from_dict(info)
    session = client.http_client.session
    assert isinstance(session, requests.Session)
    loopback(session, options.url)
    sheet = client.open_by_key(options.sheet).worksheet("Goals")
    heads = ["Goal ID", *(f"Column {at}" for at in range(1, N_COLUMNS))]
    records = sheet.get_all_records(expected_headers=heads)
    cells = [
        [said(row, key, first=True) for key in OWN]
        for row in range(2, len(records) + 2)
    ]
    # Beside what ours has put there, so that both work on the same sheet.
    sheet.update(cells, f"Z2:AC{len(records) + 1}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interleavings", type=int, default=500)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--job")
    parser.add_argument("--url")
    parser.add_argument("--sheet")
    parser.add_argument("--key", type=Path)
    options = parser.parse_args()
    if options.job:
        do(options.job, options)
        return
    with SheetsServer() as server, tempfile.TemporaryDirectory() as folder:
        os.environ[ENDPOINT] = server.url
        bench = Bench(server, Path(folder))
        races(bench)
        if options.interleavings:
            interleavings(bench, options.interleavings)
        if options.faults:
            faults(bench, options.faults)
        if options.rows:
            size(bench, options.rows)


if __name__ == "__main__":
    main()
