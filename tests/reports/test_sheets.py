"""The summary workbook: formulas that live, words that stay words, one audience."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.ours import may_replace
from reports.page.edition import edition, with_feedback
from reports.sheets.book import MARK, summary_book
from sync.assess.evaluation.model import (
    Evaluation,
    Feedback360,
    GroupFigure,
    KpiScore,
)
from sync.assess.process import BurnPoint
from sync.records.model import Status
from sync.wording import LANGS, Lang

# A data bar of one colour is an extension that openpyxl does not know.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported:UserWarning"
)

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "</t></is><c>",
    "\u202eright \u2028 _x0041_ \x01 \ud800",
    "*",
    ">5",
)


def made(judged: Any, audience: str = "hr", lang: Lang = "en") -> bytes:
    return summary_book(edition(judged, audience), source_name="Goals.xlsx", lang=lang)


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(raw))


def everything(raw: bytes) -> str:
    with zipfile.ZipFile(BytesIO(raw)) as package:
        parts = [package.read(name) for name in package.namelist()]
    return b"\n".join(parts).decode("utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_every_goal_is_a_row_of_a_table_that_formulas_count(
    company: Any, lang: Lang
) -> None:
    raw = made(company.judge(), lang=lang)
    book = opened(raw)
    front, goals = book.worksheets[:2]
    formulas = [
        cell.value for row in front for cell in row if str(cell.value).startswith("=")
    ]

    assert list(goals.tables) == ["Goals"]
    assert goals.max_row == len(company.goals) + 1
    assert any("Goals[" in one for one in formulas)
    assert front._charts
    assert goals.freeze_panes == "A2"
    assert made(company.judge(), lang=lang) == raw


def test_peoples_words_are_never_formulas(org: Any) -> None:
    org.person("B", "Boss", department="X")
    for number, text in enumerate(HOSTILE):
        org.person(f"E{number}", text, department=text, position=text)
        org.goal(f"E{number}", text, Status.BEHIND)
    book = opened(made(org.judge()))
    shown = {
        cell.value
        for sheet in book.worksheets
        for row in sheet
        for cell in row
        if cell.data_type == "s"
    }

    assert {"-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")'} <= shown
    for sheet in book.worksheets:
        for row in sheet:
            for cell in row:
                if cell.data_type == "f":
                    assert cell.value.startswith(
                        ("=SUMPRODUCT", "=SUM", "=IF", "=B", "=0")
                    )
                assert cell.hyperlink is None


def test_a_managers_workbook_holds_reports_only(company: Any) -> None:
    judged = replace(
        company.judge(),
        evaluation=Evaluation(
            kpis=(
                KpiScore(
                    person_key="Zebra",
                    cycle="Zebra",
                    score=91.25,
                    coverage=1,
                    n_scored=1,
                    n=1,
                ),
            )
        ),
    )
    seen = with_feedback(
        edition(judged, "manager:e001@example.com"),
        (
            Feedback360(
                ratee_key="x",
                ratee="Okapi",
                cycle="",
                groups=(GroupFigure(relation="peer", n=3, share=0.5, mark=3.0),),
                composite=0.5,
                self_gap=None,
            ),
        ),
    )
    whole = everything(summary_book(seen, source_name="G.xlsx", lang="zh"))
    theirs = {one.goal.title for one in seen.goals}
    others = {one.title for one in (g.goal for g in judged.goals)} - theirs

    assert theirs
    assert others
    assert [title for title in others if title in whole] == []
    assert not re.search("Zebra|Okapi|91.25", whole)


def test_a_group_too_small_to_show_says_so_and_has_no_figure(org: Any) -> None:
    judged = replace(org.judge(), evaluation=Evaluation())
    hidden = GroupFigure(relation="peer", n=None, share=None, mark=None)
    about = Feedback360(
        ratee_key="a",
        ratee="Ada",
        cycle="",
        groups=(hidden,),
        composite=None,
        self_gap=None,
    )
    shown = with_feedback(edition(judged, "hr"), (about,))
    book = opened(summary_book(shown, source_name="G.xlsx", lang="en"))
    row = [cell.value for cell in book["360 feedback"][2]]

    assert row == ["Ada", None, "Peers", None, None, None, "too few answers, not shown"]


def test_weeks_are_drawn_with_gaps_where_nothing_is_known_yet(company: Any) -> None:
    today = company.judge().today
    weeks = tuple(
        BurnPoint(on=today.replace(day=day), n=3, done=done, expected=0.5)
        for day, done in ((8, 0.2), (15, 0.4), (22, 0.5), (29, None))
    )
    whole = everything(made(replace(company.judge(), burn_up=weeks)))

    assert "<c:lineChart>" in whole
    assert '<c:dispBlanksAs val="gap"/>' in whole or "dispBlanksAs" not in whole


def test_only_an_untouched_summary_is_replaced(company: Any, tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    path.write_bytes(made(company.judge()))

    assert may_replace(path, MARK)
    assert not may_replace(path, "FollowupFixHints")
    book = openpyxl.load_workbook(path)
    book.save(path)
    assert not may_replace(path, MARK)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_office_program_works_the_same_figures_out(
    company: Any, tmp_path: Path
) -> None:
    raw = made(company.judge())
    said = openpyxl.load_workbook(BytesIO(raw), data_only=True).worksheets[0]
    emptied = tmp_path / "emptied.xlsx"
    with (
        zipfile.ZipFile(BytesIO(raw)) as source,
        zipfile.ZipFile(emptied, "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            # Without the values that we wrote, it has to work them out itself.
            target.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
         str(tmp_path / "out"), str(emptied)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = openpyxl.load_workbook(tmp_path / "out" / "emptied.xlsx", data_only=True)

    for row in said:
        for cell in row:
            other = found.worksheets[0][cell.coordinate].value
            if isinstance(cell.value, int | float):
                assert other == pytest.approx(cell.value), cell.coordinate


@pytest.mark.parametrize("lang", LANGS)
def test_it_keeps_to_the_schema_of_the_format(
    company: Any, tmp_path: Path, lang: Lang
) -> None:
    validator = pytest.importorskip("openxml_audit").OpenXmlValidator(max_errors=0)
    path = tmp_path / "summary.xlsx"
    path.write_bytes(made(company.judge(), lang=lang))

    assert [one.description for one in validator.validate(str(path)).errors] == []
