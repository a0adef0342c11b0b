"""Measure reading and writing large workbooks: `make bench-excel`.

Not a test: it judges nothing. ``python tests/bench_excel.py [ROWS ...]`` makes a workbook
of so many goals in 20 columns (5,000 and 50,000 when none are named; 500,000 takes
minutes) and runs each way of working in a process of its own, all ways and all sizes in
turns, so that the CPU ratios come from the same minutes of the same machine. Everybody
writes the same: four columns beside each goal and one highlight. What they import has
been compiled before, as it is where it is installed. ``--peers FOLDER`` installs other libraries
that edit workbooks there, each in an environment of its own, and weighs them, too.
"""

import argparse
import gc
import json
import os
import resource
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import median
from time import process_time

ROUNDS = 3
WARM_UP = 10
"""Rows of what each way does once before it is weighed."""
OPENPYXL_UP_TO = 50_000
"""Rows; beyond, openpyxl wants more memory than most machines have."""
PEERS = {"pyofficeeditor": 5_000, "wolfxl": 5_000, "paper-xlsx": 50_000}
"""Package → rows up to which it is weighed; beyond, it takes many minutes."""
N_COLUMNS = 20
SHEET = "Goals"
PART = "xl/worksheets/sheet1.xml"
TODAY = date(2026, 11, 22)
STATUSES = ("按计划 On track", "有风险 At risk", "落后 Behind", "已完成 Achieved")
HEADERS = {"status": "跟进状态", "why": "原因", "smart": "SMART", "next": "下次跟进"}
WHY = "完成 {share}%，按日期应完成 {due}% [behind-plan]"


def make_workbook(path: Path, n_rows: int) -> None:
    """Write a goal sheet the way Excel stores one: shared strings, styles, filter."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (not in the measured processes)

    with Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
        text = book.add_format({"border": 1})
        share = book.add_format({"num_format": "0%", "border": 1})
        head = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
        sheet.write_row(0, 0, [f"列 {n}" for n in range(1, N_COLUMNS + 1)], head)
        for row in range(1, n_rows + 1):
            for column in range(8):
                number = row if column < 2 else row % (50 * (column + 1))
                sheet.write_string(row, column, f"目标文字 {column}-{number}", text)
            for column in range(8, 14):
                sheet.write_number(row, column, row * (column + 1) % 9973 / 8, text)
            for column in range(14, 17):
                sheet.write_number(row, column, row % 101 / 100, share)
            for column in range(17, 20):
                moment = TODAY - timedelta(row % 300 + column)
                sheet.write_number(row, column, moment.toordinal() - 693_594, day)
        sheet.autofilter(0, 0, n_rows, N_COLUMNS - 1)
        sheet.freeze_panes(1, 2)


def values(row: int) -> tuple[str | date, ...]:
    """What is written beside one goal: nearly every reason is another text."""
    why = WHY.format(share=row % 101, due=row % 89)
    smart = f"{row % 101} · M A"
    return STATUSES[row % 4], why, smart, TODAY + timedelta(row % 60)


def ours_without_isal(book: Path, out: Path, n_rows: int) -> None:
    """Let the standard library pack, as where the extra ``isal`` is not installed."""
    sys.modules["isal"] = None  # type: ignore[assignment]
    ours(book, out, n_rows)


def ours(book: Path, out: Path, n_rows: int) -> None:
    """Plan and commit through the door that a sync uses."""
    import shutil  # noqa: PLC0415

    from sync.cells import Area  # noqa: PLC0415
    from sync.wording import same  # noqa: PLC0415
    from sync.workbooks.excel.disk import fingerprint_of  # noqa: PLC0415
    from sync.workbooks.excel.workbook import ExcelWorkbook  # noqa: PLC0415
    from sync.workbooks.plan import (  # noqa: PLC0415
        ColumnEdits,
        Edits,
        Highlight,
        OwnColumn,
        Plan,
    )

    gc.set_threshold(200_000, 50, 50)  # as the command does
    shutil.copyfile(book, out)
    why = same("bench")
    columns = tuple(
        OwnColumn(
            key=key,  # type: ignore[arg-type]
            sheet=SHEET,
            header_row=1,
            column=N_COLUMNS + place,
            first_row=2,
            last_row=n_rows + 1,
            header=header,
            note="Followup",
            width=18,
            holds="date" if key == "next" else "text",
            is_new=True,
        )
        for place, (key, header) in enumerate(HEADERS.items(), 1)
    )
    rows = tuple(range(2, n_rows + 2))
    edits = tuple(
        ColumnEdits(
            sheet=SHEET,
            column=column,
            because=why,
            rows=rows,
            before=(None,) * n_rows,
            after=after,
        )
        for column, after in enumerate(
            zip(*map(values, rows), strict=True), N_COLUMNS + 1
        )
    )
    area = Area(2, N_COLUMNS + 1, n_rows + 1, N_COLUMNS + 1)
    rule = Highlight(SHEET, area, f'$U2="{STATUSES[2]}"', "bad")
    plan = Plan(
        locator=str(out),
        fingerprint=fingerprint_of(out.read_bytes()),
        columns=columns,
        edits=Edits(edits),
        highlights=(rule,),
    )
    ExcelWorkbook(out).commit(plan)


def floor(book: Path, out: Path, _n_rows: int) -> None:
    """Inflate and deflate the sheet part, copy the rest: less cannot be done."""
    data = book.read_bytes()
    with zipfile.ZipFile(book) as archive:
        found = archive.getinfo(PART)
    at = found.header_offset
    begin = at + 30 + sum(struct.unpack_from("<HH", data, at + 26))
    packed = data[begin : begin + found.compress_size]
    sheet = zlib.decompress(packed, -15)
    machine = zlib.compressobj(6, zlib.DEFLATED, -15)
    new = machine.compress(sheet) + machine.flush()
    out.write_bytes(data[:begin] + new + data[begin + found.compress_size :])


def ours_read(book: Path, _out: Path, _n_rows: int) -> None:
    """Read everything into typed cells, behind our own bounds check."""
    from sync.workbooks.excel.workbook import ExcelWorkbook  # noqa: PLC0415

    ExcelWorkbook(book).snapshot()


Way = Callable[[Path, Path, int], None]
Cost = tuple[float, float]
"""CPU seconds, and MiB at the peak."""
WAYS: dict[str, Way] = {
    "start": ours_without_isal,
    "ours": ours_without_isal,
    "ours, isal": ours,
    "floor": floor,
    "ours-read": ours_read,
}
OTHERS = ("openpyxl", "openpyxl, held", "openpyxl-read", *PEERS)
"""Ways of other libraries, which stand in a file that their environments can run."""


def environment(package: str, folder: Path) -> str | None:
    """Make an environment for a peer, once; give its Python, or say why there is none."""
    place = folder / package
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
    done = subprocess.run(
        [str(python), "-m", "pip", "--quiet", "install", package],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return str(python)
    why = (done.stderr.strip() or "pip gave no reason").splitlines()[-1]
    sys.stdout.write(f"{package} is left out: it cannot be installed ({why})\n")
    return None


def measure(python: str, way: str, compiled: Path, *arguments: str) -> Cost:
    """Run one way in a process of its own.

    Args:
        python: Which one runs it.
        way: What to do.
        compiled: Folder of the modules that are compiled already.
        arguments: What to do it with.

    Returns:
        CPU seconds of the whole process, and its peak memory in MiB.
    """
    script = Path(__file__)
    if way in OTHERS:
        script = script.with_name("bench_excel_others.py")
    command = [python, str(script), "--way", way, *arguments]
    settings = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=settings)
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def run(ways: Mapping[str, Way], arguments: Sequence[str]) -> None:
    """Do the work of one process and print what it took."""
    way, book, out, n_rows = arguments
    ways[way](Path(book), Path(out), int(n_rows))
    sys.stdout.write(json.dumps([process_time(), peak_memory()]))


def peak_memory() -> float:
    """MiB this process ever held, without what it inherited when it was forked."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def report(n_rows: int, found: Mapping[str, Sequence[Cost]]) -> list[float]:
    """Print one size; give our CPU seconds a row for writing, round by round."""
    cpu = {way: median(one[0] for one in runs) for way, runs in found.items()}
    peak = {way: max(one[1] for one in runs) for way, runs in found.items()}
    sys.stdout.write(f"\n{n_rows:,} rows{'':16} CPU      peak   CPU / ours  / isal\n")
    for way, runs in found.items():
        line = f"  {way:16} {cpu[way]:8.2f} s {peak[way]:5.0f} MiB"
        ours = ("ours-read",) if way.endswith("-read") else ("ours", "ours, isal")
        for one in ours if way != "start" else ():
            if one in found:
                ratio = median(
                    a / b for (a, _), (b, _) in zip(runs, found[one], strict=True)
                )
                line += f" {ratio:10.2f}"
        sys.stdout.write(f"{line}\n")
    rounds = zip(found["ours"], found["start"], strict=True)
    rows = n_rows - WARM_UP
    return [(ours - start) / rows for (ours, _), (start, _) in rounds]


def main() -> None:
    """Measure each size, all ways in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[5_000, 50_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--skip", nargs="*", default=[], choices=(*WAYS, *OTHERS))
    parser.add_argument("--peers", type=Path, help="folder for their environments")
    options = parser.parse_args()
    pythons = dict.fromkeys((*WAYS, *OTHERS), sys.executable)
    for name in PEERS:
        python = environment(name, options.peers) if options.peers else None
        if python:
            pythons[name] = python
        else:
            del pythons[name]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = measured(place, pythons, options)
    costs = {n_rows: report(n_rows, ways) for n_rows, ways in found.items()}
    least = min(costs.values(), key=median)
    for n_rows, cost in costs.items():
        ratio = median(a / b for a, b in zip(cost, least, strict=True))
        sys.stdout.write(f"{n_rows:9,} rows: {ratio:.2f} x a row\n")


def measured(
    folder: Path, pythons: Mapping[str, str], options: argparse.Namespace
) -> Mapping[int, Mapping[str, Sequence[Cost]]]:
    """Run all rounds; give what each way took, by size."""
    ways = {way: python for way, python in pythons.items() if way not in options.skip}
    compiled, out = folder / "compiled", folder / "out.xlsx"
    books = {n_rows: folder / f"{n_rows}.xlsx" for n_rows in (WARM_UP, *options.rows)}
    for n_rows, book in books.items():
        make_workbook(book, n_rows)
    for way, python in ways.items():
        measure(python, way, compiled, str(books[WARM_UP]), str(out), str(WARM_UP))
    found: dict[int, dict[str, list[Cost]]] = {n_rows: {} for n_rows in options.rows}
    for _ in range(options.rounds):
        for n_rows, (way, python) in product(options.rows, ways.items()):
            most = OPENPYXL_UP_TO if "openpyxl" in way else n_rows
            if n_rows <= PEERS.get(way, most):
                # What no row pays for is what a workbook of ten rows costs.
                written = WARM_UP if way == "start" else n_rows
                files = (str(books[written]), str(out), str(written))
                one = measure(python, way, compiled, *files)
                found[n_rows].setdefault(way, []).append(one)
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        run(WAYS, sys.argv[2:])
    else:
        main()
