"""The page on paper: printed by a browser that is installed already."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sync.errors import DeliveryError
from sync.wording import Text

MARK = b"% Followup report\n"
"""Stands behind the end of every PDF: only a file that bears it is ever replaced."""

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
    # The page draws its tables before it is printed.
    "--virtual-time-budget=10000",
)
_SECONDS = 180


def find_browser() -> str | None:
    """Give the program of an installed Chromium, Chrome or Edge, or ``None``."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return next((str(path) for path in _usual_places() if path.is_file()), None)


def print_page(html: str) -> bytes:
    """Print a page as PDF, with the fonts of this computer.

    Raises:
        DeliveryError: If no browser is installed, or it does not print.
    """
    browser = find_browser()
    if browser is None:
        raise DeliveryError(
            Text(
                "找不到可以打印报告的浏览器",
                "no browser was found that could print the report",
            ),
            where="--pdf",
            hint=Text(
                "请安装 Chromium、Chrome 或 Edge；或者去掉 --pdf，打开网"
                "页后用浏览器打印",
                "install Chromium, Chrome or Edge; or open the page "
                "without --pdf and print it from your browser",
            ),
        )
    with TemporaryDirectory(prefix="followup-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(html, "utf-8")
        said = _run(browser, source, target, Path(folder, "profile"))
        if not target.is_file() or not target.stat().st_size:
            raise DeliveryError(
                Text(
                    "浏览器没有打印出内容：{said}",
                    "the browser printed nothing: {said}",
                    {"said": said or Text("没有说明原因", "it gave no reason")},
                ),
                where=browser,
                hint=Text(
                    "请去掉 --pdf，打开网页后用浏览器打印",
                    "open the page without --pdf and print it from your browser",
                ),
            )
        return target.read_bytes() + MARK


def _run(browser: str, source: Path, target: Path, profile: Path) -> str:
    """Print; return the last line it said."""
    flags = [*_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # As root, as in a container, it starts without its sandbox or not at all.
        flags.append("--no-sandbox")
    try:
        done = subprocess.run(  # noqa: S603 (a program of this computer, our own page)
            [browser, *flags, source.as_uri()],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "")


def _usual_places() -> Iterator[Path]:
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (folder / name for name in _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if root := os.environ.get(variable):
            yield from (Path(root, name) for name in _WINDOWS)
