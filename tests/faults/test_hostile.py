"""Workbooks made to do harm, each with the outcome that is wanted of it.

The generator lies beside the repository; without it these tests are skipped. What each
limit and each refusal is for is tested on its own in ``tests/sync/workbooks``.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sync.config.model import Config
from sync.errors import FollowupError
from sync.pipeline import understand
from sync.workbooks.open import open_workbook

MAKER = Path(__file__).resolve().parents[2] / "../shared/prototypes/make_hostile.py"
READ_BY_CONTENT = {"csv_renamed", "xls_renamed"}
"""We go by what a file is and not by its name, and read these."""
ACCEPTED = {"reject": False, "accept": True, "value": True}

pytestmark = pytest.mark.skipif(not MAKER.exists(), reason="the generator is not here")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("hostile")
    # A hundredth of the size: the limits are tested at full size on their own.
    command = [sys.executable, str(MAKER), str(folder), "--scale", "0.01"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=120)
    found = json.loads((folder / "manifest.json").read_text("utf-8"))
    return [{**case, "path": folder / case["file"]} for case in found]


def test_every_hostile_workbook_has_the_outcome_that_is_wanted(
    cases: list[dict[str, Any]],
) -> None:
    wrong = []
    for case in cases:
        path: Path = case["path"]
        before = path.read_bytes()
        try:
            understand(open_workbook(str(path)), Config(), ())
            accepted = True
        except FollowupError:
            accepted = False
        assert path.read_bytes() == before
        wanted = ACCEPTED.get(case["want"], accepted)
        if accepted != wanted and case["name"] not in READ_BY_CONTENT:
            wrong.append((case["name"], case["want"], case["why"]))

    assert len(cases) > 100
    assert wrong == []
