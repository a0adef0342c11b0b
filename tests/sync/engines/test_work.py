"""What travels to whoever carries work out."""

import pickle
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from sync.config.mail import Mail, Smtp
from sync.config.model import Config
from sync.engines.work import FOR_JUDGING, Judged, Task, for_judging, judge
from sync.errors import WorkbookError

ELSEWHERE = {"source", "source_list", "mail", "schedule", "history", "google"}
"""Sections that judging has no business with."""


def task(path: Path) -> Task:
    return Task(
        locator=str(path),
        path=str(path),
        tables=(),
        config=for_judging(Config()),
        today=date(2026, 11, 22),
    )


def test_every_section_is_either_for_judging_or_stays_at_home() -> None:
    assert set(Config.model_fields) == FOR_JUDGING | ELSEWHERE
    assert not FOR_JUDGING & ELSEWHERE


def test_no_place_of_a_secret_travels() -> None:
    smtp = Smtp(host="mail.example.com", username="u", password_env="PASSWORD")
    config = Config(mail=Mail(smtp=smtp))

    assert b"PASSWORD" not in pickle.dumps(for_judging(config))


def test_a_judgement_survives_the_journey(tmp_path: Path) -> None:
    path = tmp_path / "goals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Goals")
        sheet.write_row(0, 0, ["Employee", "Goal", "Target", "Actual"])
        sheet.write_row(1, 0, ["Ann Lee", "Open two stores by December", 2, 1])
    before = path.read_bytes()
    judged = judge(task(path))
    arrived = pickle.loads(pickle.dumps(judged))

    assert isinstance(arrived, Judged)
    assert arrived == judged
    assert not arrived.intention.plan.is_empty
    assert path.read_bytes() == before


def test_an_error_survives_the_journey(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        judge(task(tmp_path / "gone.xlsx"))
    arrived = pickle.loads(pickle.dumps(caught.value))

    assert isinstance(arrived, WorkbookError)
    assert str(arrived) == str(caught.value)
    assert arrived.hint
