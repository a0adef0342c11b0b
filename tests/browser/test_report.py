"""The report in a real browser: what a reader does with it, and what it never does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

from sync.cli import cli
from sync.demo import build

TODAY = "2026-11-22"
HOSTILE = (
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "\u202eright to left \u2028 '\"><svg onload=window.hit=1>",
    "عمر 李雷 {it}",
)


def report(workbook: Path, out: Path, *more: str) -> Path:
    words = ["report", str(workbook), "--out", str(out), "--as-of", TODAY, *more]
    CliRunner().invoke(cli, words, catch_exceptions=False)

    assert out.exists()

    return out


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    workbook = build(folder, lang="en", case="retail", today=date(2026, 11, 22))
    return report(workbook, folder / "report.html", "--lang", "en")


def large(path: Path, n: int) -> Path:
    with xlsxwriter.Workbook(path) as book:
        tab = book.add_worksheet("Goals")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        heads = ["ID", "Employee", "Department", "Goal", "Target", "Actual", "Due"]
        tab.write_row(0, 0, heads)
        for row in range(1, n + 1):
            who = f"Person {row % 900}"
            title = f"Cut returns of group {row} to 3 %"
            actual = (row * 7) % 100
            tab.write_row(
                row, 0, [f"G{row}", who, f"Unit {row % 12}", title, 100, actual]
            )
            tab.write_datetime(row, 6, date(2026, 1 + row % 12, 28), day)
    return path


def count(tab: Any) -> int:
    return int(tab.inner_text("#count").split()[0].replace(",", ""))


def titles(tab: Any) -> list[str]:
    found: list[str] = tab.locator("#goals-grid .open").all_inner_texts()
    return found


def test_it_asks_for_nothing_and_complains_of_nothing(
    page: Path, watch: Callable[..., Any]
) -> None:
    seen = watch()
    tab = seen.open(page)
    for link in tab.locator(".sections a").all():
        link.click()
    tab.locator("#goals-grid .open").first.click()
    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert [url.partition("#")[0] for url in seen.asked] == [page.as_uri()]
    assert seen.complaints == []


def test_search_filters_and_keeps_its_words_in_the_address(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)
    whole = count(tab)
    word = titles(tab)[0].split()[-1]
    tab.fill("#q", word)
    tab.wait_for_function("() => location.hash.includes('q=')")
    fitting = count(tab)

    assert 0 < fitting < whole

    rows = tab.locator("#goals-grid tr.row").all_inner_texts()
    assert all(word.lower() in row.lower() for row in rows)

    kept = tab.evaluate("location.hash")
    again = watch().open(page, kept)

    assert count(again) == fitting
    assert again.input_value("#q") == word
    again.click("button[type=reset]")

    assert count(again) == whole
    assert "q=" not in again.evaluate("location.hash")


def test_status_chips_and_selects_narrow_together(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)
    chip = tab.locator("#statuses button").first
    promised = int(chip.inner_text().split()[-1])
    chip.click()

    assert count(tab) == promised
    assert chip.get_attribute("aria-pressed") == "true"

    values = tab.locator("select[name=dept] option").evaluate_all(
        "all => all.map(one => one.value)"
    )
    by_department = 0

    assert len(values) > 2

    for value in values[1:]:
        tab.select_option("select[name=dept]", value)
        tab.wait_for_function(
            "value => new URLSearchParams(location.hash.split('?')[1]).get('dept')"
            " === value",
            arg=value,
        )
        by_department += count(tab)

    assert by_department == promised


def test_a_chart_leads_to_its_goals(page: Path, watch: Callable[..., Any]) -> None:
    tab = watch().open(page)
    row = tab.locator(".ringed tbody tr").first
    n = int(row.locator("td").first.inner_text())
    row.locator("button").click()

    assert count(tab) == n

    tab.go_back()

    assert count(tab) > n


def test_a_cell_of_the_heat_map_leads_to_its_goals(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)
    cells = tab.locator(".heat td button")

    assert cells.count() > 5

    for cell in cells.all()[:6]:
        n = int(cell.inner_text())
        cell.click()

        assert count(tab) == n


def test_headings_sort_both_ways_and_say_so(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)
    tab.click("#goals-grid [data-sort=title]")
    up = titles(tab)
    tab.click("#goals-grid [data-sort=title]")
    down = titles(tab)

    assert up != down
    assert up == sorted(up, key=str.casefold)
    head = tab.locator("#goals-grid th[aria-sort]")
    assert head.get_attribute("aria-sort") == "descending"


def test_it_changes_its_language_and_keeps_the_choice(
    page: Path, watch: Callable[..., Any]
) -> None:
    seen = watch()
    tab = seen.open(page)

    assert tab.inner_text("h1") == "Follow-up report"

    tab.click("[data-speak=zh]")

    assert tab.inner_text("h1") == "绩效跟进报告"
    assert tab.title() == "绩效跟进报告"
    assert tab.get_attribute("html", "lang") == "zh-CN"
    assert tab.inner_text("#goals-grid th:nth-child(2)") == "目标"
    assert "lang=zh" in tab.evaluate("location.hash")
    assert tab.locator("text=Whom to talk to first").is_hidden()
    assert seen.complaints == []


def test_dark_and_light_are_the_readers_choice(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch(color_scheme="dark").open(page)
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = tab.evaluate(ground)
    tab.click("[data-theme-set=light]")
    light = tab.evaluate(ground)
    tab.click("[data-theme-set=dark]")

    assert dark != light
    assert tab.evaluate(ground) == dark

    tab.emulate_media(media="print")

    assert tab.evaluate("getComputedStyle(document.documentElement).colorScheme") == (
        "light"
    )


def test_the_keyboard_reaches_everything(page: Path, watch: Callable[..., Any]) -> None:
    tab = watch().open(page)
    tab.keyboard.press("/")

    assert tab.evaluate("document.activeElement.id") == "q"

    first = tab.locator("#goals-grid .open").first
    first.focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    row = tab.locator("#goals-grid tr.detail")

    assert row.count() == 1
    assert tab.evaluate("document.activeElement.getAttribute('aria-expanded')") == (
        "true"
    )

    tab.keyboard.press("Enter")

    assert row.count() == 0


@pytest.mark.parametrize("width", [375, 768, 1440])
def test_nothing_sticks_out_of_a_narrow_window(
    page: Path, watch: Callable[..., Any], width: int
) -> None:
    tab = watch(width=width).open(page)

    for lang in ("zh", "en"):
        tab.click(f"[data-speak={lang}]")

        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_screen_reader_finds_the_charts_tables_and_controls(
    page: Path, watch: Callable[..., Any]
) -> None:
    tab = watch().open(page)
    unnamed = tab.evaluate(
        """() => [...document.querySelectorAll('button,input,select,a,svg[role=img]')]
        .filter(one => !(one.getAttribute('aria-label') || one.textContent.trim()
            || one.closest('label')))
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")

    assert unnamed == []
    assert len(ids) == len(set(ids))
    assert tab.get_by_role("img", name="Ring of goals by status").count() == 1
    assert tab.get_by_role("heading", level=1).count() == 1


def test_hostile_words_are_shown_and_never_run(
    tmp_path: Path, watch: Callable[..., Any]
) -> None:
    workbook = tmp_path / "goals.xlsx"
    with xlsxwriter.Workbook(workbook) as book:
        tab = book.add_worksheet("Goals")
        tab.write_row(
            0, 0, ["ID", "Employee", "Department", "Goal", "Target", "Actual"]
        )
        for row, words in enumerate(HOSTILE, start=1):
            tab.write_row(row, 0, [f"G{row}", words, words, words, 100, 40])
    seen = watch()
    tab = seen.open(report(workbook, tmp_path / "r.html", "--lang", "en"))
    for button in tab.locator("#goals-grid .open").all():
        button.click()

    assert tab.evaluate("window.hit") is None
    assert HOSTILE[0] in titles(tab)
    assert tab.locator("main img, main script").count() == 0
    assert seen.complaints == []


def test_five_thousand_goals_stay_small_and_fluid(
    tmp_path: Path, watch: Callable[..., Any]
) -> None:
    workbook = large(tmp_path / "large.xlsx", 5000)
    path = report(workbook, tmp_path / "large.html", "--lang", "en")
    tab = watch().open(path)
    took = tab.evaluate(
        """() => {
          const times = [];
          for (const name of ['title', 'due', 'person', 'progress']) {
            const start = performance.now();
            document.querySelector(`#goals-grid [data-sort=${name}]`).click();
            document.body.offsetHeight;
            times.push(performance.now() - start);
          }
          for (const chip of document.querySelectorAll('#statuses button')) {
            const start = performance.now();
            chip.click();
            document.body.offsetHeight;
            times.push(performance.now() - start);
          }
          return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
        }"""
    )

    assert path.stat().st_size < 1_500_000
    assert tab.locator("#goals-grid tr.row").count() <= 50
    # Measured at 20 ms; a shared machine may be several times slower.
    assert took < 250
