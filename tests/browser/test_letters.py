"""Letters as they are seen: on a telephone, on a desk, at night, and in the preview."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reports.deliver.entry import read_parts
from reports.deliver.outbox import list_outbox, preview
from sync.cli import cli
from sync.demo import build
from sync.wording import Lang

Watch = Callable[..., Any]
# Elements whose words stand out too little from what is painted behind them.
PALE = """
() => {
  const light = (c) => {
    const p = c.map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
  };
  const parse = (s) => (s.match(/[0-9.]+/g) || []).map(Number);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!/[\\p{L}\\p{N}]/u.test(walk.currentNode.data) || e.closest(".pre")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color).slice(0, 3)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(1)} ${walk.currentNode.data.trim()}`);
  }
  return found;
}
"""


@pytest.fixture(scope="module", params=["zh", "en"])
def outbox(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The letters of a demonstration, as a sync writes them."""
    lang: Lang = request.param
    folder = tmp_path_factory.mktemp(f"letters-{lang}")
    book = build(folder, lang=lang, case="retail", today=date(2026, 11, 22))
    config = folder / "config.toml"
    config.write_text('[mail]\nhr = ["hr@example.com"]\n', "utf-8")
    words = ["--config", str(config), "sync", str(book), "--yes", "--as-of"]
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FOLLOWUP_STATE", str(folder / "state"))
        result = CliRunner().invoke(cli, [*words, "2026-11-22"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder / "outbox"


def longest(outbox: Path) -> dict[str, str]:
    """The longest letter of each audience."""
    found: dict[str, str] = {}
    for one in list_outbox(outbox):
        html, _ = read_parts(one.path)
        if len(html) > len(found.get(one.audience, "")):
            found[one.audience] = html
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 700])
def test_every_letter_fits_its_screen_and_can_be_read(
    watch: Watch, outbox: Path, width: int, scheme: str
) -> None:
    tab = watch(width=width, color_scheme=scheme).tab
    letters = longest(outbox)

    assert set(letters) == {"employee", "manager", "hr"}
    for audience, html in letters.items():
        tab.set_content(html)
        shown = tab.evaluate("document.documentElement.scrollWidth")

        assert shown <= width, audience
        assert tab.evaluate(PALE) == [], audience


def test_the_first_screen_says_whom_about_what_and_why(
    watch: Watch, outbox: Path
) -> None:
    tab = watch(width=375).tab
    tab.set_content(longest(outbox)["manager"])

    seen = tab.evaluate(
        "[...document.querySelectorAll('p, h1, td.say')]"
        ".filter((e) => e.getBoundingClientRect().bottom < 700)"
        ".map((e) => e.textContent).join('\\n')"
    )

    assert re.search(r"1\. \S+", seen)
    assert re.search(r"为什么是现在：|Why now:", seen)
    assert re.search(r"可以这样问：|You could ask:", seen)


def test_the_preview_switches_audience_language_form_and_light(
    watch: Watch, outbox: Path
) -> None:
    page = preview(outbox)
    watched = watch()
    tab = watched.tab
    tab.goto(page.as_uri())
    tab.click("[data-audience-filter=hr]")

    rows = tab.locator("nav li:not([hidden]) button")
    assert rows.count() == 1
    rows.first.click()

    frame = tab.frame_locator("#frame")
    back = "getComputedStyle(document.body).backgroundColor"
    frame.locator("h1").wait_for()
    light = frame.locator("body").evaluate(back)
    tab.click("[data-scheme=dark]")
    tab.wait_for_function(
        "document.getElementById('frame').srcdoc.includes('@media all')"
    )
    frame.locator("h1").wait_for()
    dark = frame.locator("body").evaluate(back)

    assert light != dark
    tab.click("[data-view=text]")
    assert tab.locator("#plain").is_visible()
    assert not tab.locator("#frame").is_visible()
    assert watched.complaints == []
