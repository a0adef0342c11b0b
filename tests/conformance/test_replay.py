"""The test server gives the answers that Google gave, in recorded conversations."""

import collections
from pathlib import Path

import pytest

from tests.conformance.replay import Outcome, replay, report, shares

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
RECORDED = SHARED / "data" / "gspread-cassettes"
ENOUGH = 0.98


@pytest.fixture(scope="module")
def outcomes(pytestconfig: pytest.Config) -> list[Outcome]:
    chosen = pytestconfig.getoption("--cassettes")
    folder = Path(chosen) if chosen else RECORDED
    if not any(folder.glob("*.json")):
        pytest.skip(f"no recordings in {folder.name}")
    # Replaying also fails on an answer of ours that breaks Google's schema.
    return list(replay(folder))


def test_sheets_answers_as_google_did(outcomes: list[Outcome]) -> None:
    sheets = [one for one in outcomes if one.exchange.sheets]
    equal, of = shares(sheets)

    assert equal >= ENOUGH * of, report(sheets, 10)


def test_hardly_any_recorded_call_is_left_out(outcomes: list[Outcome]) -> None:
    # Only what hangs on files that the recorder already had.
    verdicts = collections.Counter(
        one.verdict for one in outcomes if one.exchange.sheets
    )

    assert verdicts["foreign"] <= 0.2 * verdicts.total()
