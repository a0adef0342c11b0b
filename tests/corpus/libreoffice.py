"""Let LibreOffice open what we wrote into other projects' workbooks.

``python tests/corpus/libreoffice.py DIR [FILES]`` takes so many workbooks of a folder
(90), evenly, writes into each as `exercise` does, converts them with LibreOffice and
looks for our cells in what it saved. A file that LibreOffice could not convert before we
touched it says nothing. Ends with 1 when any file lost our cells.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sync.errors import FollowupError
from sync.workbooks.excel.exercise import exercise
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read

BATCH = 10
SECONDS_A_BATCH = 240
MAX_BYTES = 400_000
OURS = ("跟进状态 Follow-up", "跟进看板 Follow-up board")
"""The header of our first column, and the title of the board."""


class Seen(NamedTuple):
    """What LibreOffice made of some workbooks."""

    visible: list[str]
    lost: list[str]
    unreadable: list[str]
    """Converted neither before nor after."""


def office() -> str | None:
    """Find LibreOffice on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def sample(folder: Path, wanted: int) -> list[Path]:
    """Take so many small workbooks of a folder, evenly."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in {".xlsx", ".xlsm"}
        and path.stat().st_size <= MAX_BYTES
    )
    return files[:: max(1, len(files) // wanted)]


def look(paths: Sequence[Path], wanted: int) -> Seen:
    """Exercise workbooks and look for our cells in LibreOffice's conversion."""
    seen = Seen([], [], [])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        written = dict(_written(paths, work / "after", wanted))
        _convert(list(written), work)
        doubtful = [one for one in written if not _shows(work / "out" / one.name)]
        before = work / "before"
        before.mkdir()
        for one in doubtful:
            shutil.copyfile(written[one], before / one.name)
        shutil.rmtree(work / "out", ignore_errors=True)
        _convert([before / one.name for one in doubtful], work)
        for one, source in written.items():
            if one not in doubtful:
                seen.visible.append(source.name)
            elif (work / "out" / one.name).exists():
                seen.lost.append(source.name)
            else:
                seen.unreadable.append(source.name)
    return seen


def _written(
    paths: Sequence[Path], folder: Path, wanted: int
) -> Iterator[tuple[Path, Path]]:
    folder.mkdir()
    done = 0
    for number, path in enumerate(paths):
        if done == wanted:
            return
        with contextlib.suppress(FollowupError):
            new = exercise(path.read_bytes(), path.name)
            shown = read(Package.open(new, path.name), path.name, "")
            if any(sheet.own or sheet.is_board for sheet in shown.sheets):
                target = folder / f"{number}.xlsx"
                target.write_bytes(new)
                done += 1
                yield target, path


def _convert(files: Sequence[Path], work: Path) -> None:
    program = office()
    assert program  # asked for before
    for begin in range(0, len(files), BATCH):
        profile = (work / "profile").as_uri()
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [
                    *(program, f"-env:UserInstallation={profile}", "--headless"),
                    *("--convert-to", "xlsx", "--outdir", str(work / "out")),
                    *map(str, files[begin : begin + BATCH]),
                ],
                capture_output=True,
                timeout=SECONDS_A_BATCH,
                check=False,
            )


def _shows(converted: Path) -> bool:
    if not converted.exists():
        return False
    # Our own reader: calamine allocates all cells up to a stray one at the end.
    with contextlib.suppress(FollowupError):
        package = Package.open(converted.read_bytes(), converted.name)
        return any(
            isinstance(value, str) and value.startswith(OURS)
            for sheet in read(package, converted.name, "").sheets
            for row in sheet.rows
            for value in row.values
        )
    return False


def main(arguments: list[str]) -> int:
    """Run over a folder; the exit code is 1 when any file lost our cells."""
    wanted = int(arguments[1]) if len(arguments) > 1 else 90
    seen = look(sample(Path(arguments[0]), wanted), wanted)
    sys.stdout.write(f"{len(seen.visible):6}  with our cells visible\n")
    sys.stdout.write(f"{len(seen.unreadable):6}  not converted before either\n")
    sys.stdout.write(f"{len(seen.lost):6}  lost\n")
    for name in seen.lost:
        sys.stdout.write(f"lost: {name}\n")
    return 1 if seen.lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
