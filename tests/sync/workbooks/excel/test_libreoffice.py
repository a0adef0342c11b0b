"""LibreOffice sees our cells in a handful of other projects' workbooks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
CORPUS = ROOT.parent / "shared" / "corpus"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_libreoffice_shows_our_cells_in_foreign_workbooks() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "corpus" / "libreoffice.py", CORPUS, "5"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "5  with our cells visible" in done.stdout
