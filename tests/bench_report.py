"""Weigh the report: seconds and bytes of page and workbook, milliseconds a step.

``make bench-report``, or with ARGS="--goals 5000". Not a test: it measures and judges
nothing. Steps are taken in an installed Chromium, each by the button a reader presses,
up to the finished layout; without a browser they are left out.
"""

import argparse
import gzip
import importlib.util
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from reports.page.edition import edition
from reports.page.render import page
from reports.sheets.book import summary_book
from sync.assess.model import Assessment, Past
from sync.config.model import Config
from sync.pipeline import judge, understand
from sync.workbooks.open import open_workbook
from tests.bench_commands import TODAY, make_workbook

_T = TypeVar("_T")
SIZES = (5_000, 50_000)
STEPS = """(rounds) => {
  const took = {};
  const step = (kind, element) => {
    if (!element || element.disabled) return;
    const start = performance.now();
    element.click();
    document.body.offsetHeight;
    (took[kind] = took[kind] || []).push(performance.now() - start);
  };
  const one = (selector) => document.querySelector(selector);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ["title", "due", "person", "progress"]) {
      step("sort", one(`#goals-grid [data-sort=${name}]`));
    }
    for (const chip of document.querySelectorAll("#statuses button")) step("filter", chip);
    one("button[type=reset]").click();
    for (let n = 0; n < 5; n += 1) {
      step("next page", one("#goals-grid .pages button:last-child"));
      const start = performance.now();
      window.scrollBy(0, 600);
      document.body.offsetHeight;
      (took.scroll = took.scroll || []).push(performance.now() - start);
    }
    window.scrollTo(0, 0);
  }
  return took;
}"""


def judged(path: Path) -> Assessment:
    """Judge a workbook as the command line does, without history."""
    workbook = open_workbook(str(path))
    config = Config()
    return judge(understand(workbook, config, ()), config, past=Past(), today=TODAY)


def timed(make: Callable[[], _T]) -> tuple[float, _T]:
    """Give the seconds something took, and what came of it."""
    began = time.perf_counter()
    made = make()
    return time.perf_counter() - began, made


def steps(path: Path) -> dict[str, Any]:
    """Take a reader's steps; give milliseconds by kind, and the time to open."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be missing

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        began = time.perf_counter()
        tab.goto(path.as_uri())
        tab.wait_for_selector("html[data-ready]")
        opened = (time.perf_counter() - began) * 1000
        found: dict[str, Any] = tab.evaluate(STEPS, 3)
        browser.close()
    return {"open": [opened], **found}


def weigh(folder: Path, n_goals: int) -> None:
    """Print the figures of one size."""
    book = folder / f"goals-{n_goals}.xlsx"
    make_workbook(book, n_goals)
    shown = edition(judged(book), "hr")
    say(f"{n_goals} goals")
    seconds, html = timed(lambda: page(shown, source_name=book.name, lang="zh"))
    raw = html.encode()
    packed = len(gzip.compress(raw))
    say(
        f"  page      {seconds:6.2f} s  {len(raw) / 1e6:6.2f} MB ({packed / 1e6:.2f} zip)"
    )
    seconds, made = timed(lambda: summary_book(shown, source_name=book.name, lang="zh"))
    say(f"  workbook  {seconds:6.2f} s  {len(made) / 1e6:6.2f} MB")
    if not (shutil.which("chromium") and importlib.util.find_spec("playwright")):
        return
    path = folder / f"report-{n_goals}.html"
    path.write_bytes(raw)
    for kind, took in steps(path).items():
        middle, worst = statistics.median(took), max(took)
        say(f"  {kind:9} {middle:6.0f} ms median  {worst:6.0f} ms worst of {len(took)}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Weigh one size, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goals", type=int, action="append")
    sizes = parser.parse_args().goals or SIZES
    with tempfile.TemporaryDirectory() as folder:
        for n_goals in sizes:
            weigh(Path(folder), n_goals)


if __name__ == "__main__":
    main()
