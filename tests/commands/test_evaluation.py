"""What HR alone sees of marks and feedback, and that nobody else does."""

import json
from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from click.testing import Result

Run = Callable[..., Result]

GOALS: list[list[Any]] = [
    ["ID", "Employee", "Manager", "Goal", "Target", "Actual", "Weight", "Start", "Due"],
    ["G-1", "Ann Lee", "Max Roe", "Open two stores by December", 2, 1, 0.6,
     date(2026, 1, 1), date(2026, 12, 31)],
    ["G-2", "Ann Lee", "Max Roe", "Win 40 new customers by June", 40, 30, 0.4,
     date(2026, 1, 1), date(2026, 6, 30)],
    ["G-3", "Bo Chen", "Max Roe", "Answer 90 % of mails in a day", 90, 80, 1,
     date(2026, 1, 1), date(2026, 12, 31)],
]  # fmt: skip
PEOPLE: list[list[Any]] = [
    ["Employee", "Email", "Department", "Position", "Manager"],
    ["Ann Lee", "ann@example.com", "Sales", "Sales lead", "Max Roe"],
    ["Bo Chen", "bo@example.com", "Service", "Agent", "Max Roe"],
    ["Max Roe", "max@example.com", "Sales", "Head of sales", ""],
]
RATINGS: list[list[Any]] = [
    ["Employee", "Self rating", "Manager rating", "Final rating", "Comments"],
    ["Ann Lee", 97.25, 61.75, 63.5, "Zebra: always late, so we lost a day in March"],
    ["Bo Chen", 71.5, 72.5, 72.25, "good job"],
]
HEADS = ["Ratee", "Rater", "Relationship", "Competency", "Score", "Comment"]
ANSWERS: list[list[Any]] = [
    ["Ann Lee", "Ann Lee", "Self", "Teamwork", 5, ""],
    ["Ann Lee", "Max Roe", "Manager", "Teamwork", 2, "Quagga"],
    ["Ann Lee", "Bo Chen", "Peer", "Teamwork", 4, "Okapi"],
    ["Ann Lee", "Cy Dunn", "Peer", "Teamwork", 4, "Tapir"],
    ["Ann Lee", "Di Eve", "Peer", "Teamwork", 5, "Gnu"],
    ["Ann Lee", "Ed Fox", "Direct report", "Teamwork", 1, "Kudu"],
]
LATER = ["Ann Lee", "Flo Gee", "Peer", "Teamwork", 1, "Eland"]
SECRETS = (
    "Zebra", "Quagga", "Okapi", "Tapir", "Gnu", "Kudu",
    "97.25", "61.75", "63.5", "71.5", "72.25", "4.33",
)  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write the workbook, with more answers when they are given."""

    def _book(*more: list[Any]) -> Path:
        path = tmp_path / "review.xlsx"
        sheets: dict[str, list[list[Any]]] = {
            "Goals": GOALS,
            "People": PEOPLE,
            "Ratings": RATINGS,
            "360 feedback": [HEADS, *ANSWERS, *more],
        }
        with xlsxwriter.Workbook(path) as out:
            day = out.add_format({"num_format": "yyyy-mm-dd"})
            for name, rows in sheets.items():
                tab = out.add_worksheet(name)
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        style = day if isinstance(value, date) else None
                        tab.write(number, column, value, style)
        return path

    return _book


def evaluation(run: Run, path: Path) -> dict[str, Any]:
    document = json.loads(run("status", path, "--json").stdout)
    found: dict[str, Any] = document["evaluation"]
    return found


def test_hr_sees_marks_gaps_scores_and_groups(
    run: Run, book: Callable[..., Path]
) -> None:
    seen = evaluation(run, book())
    ann = seen["people"][0]
    groups = {one["relation"]: one for one in seen["feedback_360"][0]["groups"]}

    assert (ann["self"], ann["manager"], ann["final"]) == (97.25, 61.75, 63.5)
    assert (ann["gap"], ann["direction"]) == (0.355, "self_higher")
    assert [(one["employee"], one["coverage"]) for one in seen["kpi"]] == [
        ("Ann Lee", 1.0),
        ("Bo Chen", 1.0),
    ]
    assert (groups["peer"]["raters"], groups["peer"]["score"]) == (3, 4.3333)
    assert groups["peer"]["low_n"]
    assert groups["report"]["suppressed"]
    assert groups["report"]["never_enough"]
    assert sorted(groups["peer"]["comments"]) == ["Gnu", "Okapi", "Tapir"]
    assert seen["feedback_texts"]["incomplete"][-1]["vague"] == ["good job"]


def test_one_more_answer_tomorrow_moves_no_figure(
    run: Run, book: Callable[..., Path]
) -> None:
    today = evaluation(run, book())["feedback_360"]
    tomorrow = evaluation(run, book(LATER))["feedback_360"]
    frozen = [one["frozen"] for one in tomorrow[0]["groups"]]

    for group in tomorrow[0]["groups"]:
        group["frozen"] = False
    assert tomorrow == today
    assert frozen == [False, False, True, False]


def test_nobody_but_hr_gets_marks_or_feedback(
    run: Run, book: Callable[..., Path], tmp_path: Path
) -> None:
    path = book()
    assert run("sync", path, "--yes").exit_code in {0, 1}

    board = openpyxl.load_workbook(path)
    ours = [
        tab for tab in board if tab.title not in {"People", "Ratings", "360 feedback"}
    ]
    shown = "\n".join(
        str(cell) for tab in ours for row in tab.values for cell in row if cell
    )
    letters = [
        message_from_bytes(found.read_bytes(), policy=policy.default)
        for found in (tmp_path / "outbox").rglob("*.eml")
    ]
    bodies = [
        part.get_content()
        for letter in letters
        if "example.com" in str(letter["To"])
        for part in letter.walk()
        if part.get_content_maintype() == "text"
    ]

    assert len(ours) == 2
    assert bodies
    for text in (shown, *bodies):
        assert [secret for secret in SECRETS if secret in text] == []


def test_hrs_page_shows_feedback_as_published_and_no_other_page_does(
    run: Run, book: Callable[..., Path], tmp_path: Path
) -> None:
    path = book()
    pages = {}
    for who in ("hr", "manager:Max Roe", "employee:Ann Lee"):
        out = tmp_path / "page.html"

        assert run("report", path, "--audience", who, "--out", out).exit_code == 0

        pages[who] = out.read_text("utf-8")

    assert "Zebra" not in pages["hr"]
    assert "Okapi" in pages["hr"]
    # One report's answer alone would be known to be theirs.
    assert "Kudu" not in pages["hr"]
    for who in ("manager:Max Roe", "employee:Ann Lee"):
        assert [secret for secret in SECRETS if secret in pages[who]] == []
