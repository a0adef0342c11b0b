"""What axe-core, a keyboard and a printer make of the page."""

from collections.abc import Callable
from datetime import date
from importlib import resources, util
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sync.cli import cli
from sync.demo import build

HAS_AXE = util.find_spec("axe_playwright_python") is not None


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    workbook = build(folder, lang="zh", case="retail", today=date(2026, 11, 22))
    out = folder / "report.html"
    words = ["report", str(workbook), "--out", str(out), "--as-of", "2026-11-22"]
    CliRunner().invoke(cli, words, catch_exceptions=False)
    return out


@pytest.mark.skipif(not HAS_AXE, reason="axe-core is not installed")
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 375)])
def test_axe_finds_nothing_wrong(
    page: Path, watch: Callable[..., Any], theme: str, width: int
) -> None:
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js")
    tab = watch(width=width).open(page, f"#?theme={theme}&lang=en")
    tab.locator("#goals-grid .open").first.click()
    tab.locator("#people-grid .open").first.click()
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    tab.evaluate(axe.read_text("utf-8"))
    found = tab.evaluate("axe.run(document)")

    assert found["passes"]
    assert [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]
    ] == []


def test_a_persons_timeline_opens_by_keyboard(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)
    opener = tab.locator("#people-grid .open").first
    opener.focus()
    tab.keyboard.press("Enter")

    assert opener.get_attribute("aria-expanded") == "true"
    assert tab.locator("#people-grid .timeline li").count() > 0
    assert tab.evaluate("document.activeElement.dataset.row") == opener.get_attribute(
        "data-row"
    )


def test_paper_shows_every_section_and_no_controls(
    page: Path, watch: Callable[..., Any]
) -> None:
    seen = watch()
    tab = seen.open(page)
    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    rows = tab.locator("#goals-grid tr.row").count()
    heads = tab.locator("#goals-grid thead").inner_text()

    # A printer repeats the heads on every page, but not the buttons in them.
    assert "目标" in heads
    assert tab.locator("#goals-grid thead button").count() == 0

    assert rows == int(tab.inner_text("#count").split()[0])
    for control in (".tools", ".filters", ".sections", ".pages"):
        assert not tab.locator(control).first.is_visible()
    for section in ("overview", "goals", "people", "smart", "evaluation", "actions"):
        assert tab.locator(f"#{section} h2").is_visible()
    assert seen.complaints == []


def test_hrs_own_section_speaks_of_what_is_hidden(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)

    assert tab.locator("#evaluation .radars > li").count() > 0
    assert tab.locator("#feedback-grid tr.row").count() > 0
    assert tab.locator("#marks-grid tr.row").count() > 0
    assert "不显示" in tab.inner_text("#evaluation")
