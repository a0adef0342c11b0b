"""Exercise the write-back on every workbook of a folder and look at what came out.

``python -m tests.corpus.run DIR [EVERY]`` prints how many files were done, refused (by
reason) and failed, and ends with 1 when any failed. ``EVERY`` takes each n-th file only.
A file is done when nothing of theirs was harmed, and nobody's program would find fault
with what is ours: see `tests.corpus.harm`.
"""

import collections
import multiprocessing
import sys
import time
import warnings
from pathlib import Path
from typing import NamedTuple

from sync.errors import FollowupError
from sync.workbooks.excel.exercise import exercise
from tests.corpus.harm import harm
from tests.corpus.schema import has_validator

SECONDS_A_FILE = 120
WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm"}


class Outcome(NamedTuple):
    """What became of one file."""

    name: str
    kind: str
    """``done``, ``refused`` or ``failed``."""
    why: str


def check(path: Path) -> Outcome:
    """Exercise one file and compare before with after."""
    before = path.read_bytes()
    try:
        after = exercise(before, path.name)
    except FollowupError as problem:
        return Outcome(path.name, "refused", _reason(problem))
    wrong = next(harm(path.name, before, after), None)
    if wrong:
        return Outcome(path.name, "failed", wrong)
    return Outcome(path.name, "done", "")


def _reason(problem: FollowupError) -> str:
    text = problem.what.partition(",")[0]
    words = [
        "…" if any(sign in word for sign in "'“”0123456789") else word
        for word in text.split()
    ]
    return f"{problem.code} {' '.join(words)[:70]}"


def _work(path: Path) -> Outcome:
    warnings.simplefilter("ignore")
    try:
        return check(path)
    except Exception as problem:  # noqa: BLE001
        return Outcome(path.name, "failed", f"{type(problem).__name__}: {problem}")


def main(arguments: list[str]) -> int:
    """Run over a folder; the exit code is 1 when any file failed."""
    folder = Path(arguments[0])
    every = int(arguments[1]) if len(arguments) > 1 else 1
    files = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in WORKBOOKS
    )[::every]
    begun = time.monotonic()
    outcomes = []
    # A child each few files: a library that aborts must not take the report along.
    with multiprocessing.Pool(1, maxtasksperchild=50) as pool:
        waiting = [(path, pool.apply_async(_work, (path,))) for path in files]
        for path, result in waiting:
            try:
                outcomes.append(result.get(SECONDS_A_FILE))
            except multiprocessing.TimeoutError:
                outcomes.append(Outcome(path.name, "failed", "took too long"))
    return _report(outcomes, time.monotonic() - begun)


def _report(outcomes: list[Outcome], seconds: float) -> int:
    kinds = collections.Counter(outcome.kind for outcome in outcomes)
    for kind in ("done", "refused", "failed"):
        sys.stdout.write(f"{kinds[kind]:6}  {kind}\n")
    reasons = collections.Counter(
        outcome.why for outcome in outcomes if outcome.kind == "refused"
    )
    for why, count in reasons.most_common():
        sys.stdout.write(f"{count:10}  {why}\n")
    for outcome in outcomes:
        if outcome.kind == "failed":
            sys.stdout.write(f"failed: {outcome.name}: {outcome.why}\n")
    if not has_validator():
        sys.stdout.write("no schema was looked at: openxml-audit is not installed\n")
    sys.stdout.write(f"{len(outcomes)} files in {seconds:.0f} s\n")
    return 1 if kinds["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
