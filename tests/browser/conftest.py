"""A real browser, where one is installed."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


class Watched:
    """A tab, with everything it asked for and complained of."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.asked: list[str] = []
        self.complaints: list[str] = []
        tab.on("request", lambda one: self.asked.append(one.url))
        tab.on("console", lambda one: self.complaints.append(one.text))
        tab.on("pageerror", lambda one: self.complaints.append(str(one)))

    def open(self, path: Path, fragment: str = "") -> Any:
        self.tab.goto(path.as_uri() + fragment)
        self.tab.wait_for_selector("html[data-ready]")
        return self.tab


@pytest.fixture
def watch(browser: Any) -> Iterator[Callable[..., Watched]]:
    contexts: list[Any] = []

    def _watch(**options: Any) -> Watched:
        context = browser.new_context(
            viewport={"width": options.pop("width", 1440), "height": 900},
            reduced_motion="reduce",
            locale="en-GB",
            **options,
        )
        contexts.append(context)
        return Watched(context.new_page())

    yield _watch
    for context in contexts:
        context.close()
