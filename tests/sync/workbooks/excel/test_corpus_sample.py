"""A sample of other projects' workbooks goes through the whole write-back unharmed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
CORPUS = ROOT.parent / "shared" / "corpus"
EVERY = 60


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_a_sample_of_foreign_workbooks_is_written_and_given_back() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus.run", CORPUS, str(EVERY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
