"""The page on paper: printed by a browser that is there, or a sentence that says so."""

import sys
from pathlib import Path
from typing import Any

import pytest

from reports import pdf
from reports.page.edition import edition
from reports.page.render import page
from reports.save import save
from sync.errors import DeliveryError


def html(company: Any) -> str:
    return page(edition(company.judge(), "hr"), source_name="G.xlsx", lang="zh")


def program(folder: Path, body: str) -> Path:
    made = folder / "chromium"
    made.write_text(f"#!{sys.executable}\n{body}\n", "utf-8")
    made.chmod(0o755)
    return made


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.skipif(not pdf.find_browser(), reason="no browser is installed")
def test_an_installed_browser_prints_it_and_it_is_known_again(
    company: Any, tmp_path: Path
) -> None:
    target = tmp_path / "report.pdf"
    save(pdf.print_page(html(company)), target)
    save(target.read_bytes(), target)

    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_size > 20_000


@pytest.mark.skipif(sys.platform != "linux", reason="others keep them elsewhere")
def test_without_a_browser_it_says_what_to_install(
    company: Any, nothing_installed: Path
) -> None:
    with pytest.raises(DeliveryError, match="no browser") as caught:
        pdf.print_page(html(company))

    assert nothing_installed.is_dir()
    assert "Chromium" in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="a script stands for the browser")
def test_a_browser_that_prints_nothing_is_named_with_its_reason(
    company: Any, nothing_installed: Path
) -> None:
    program(nothing_installed, "import sys; sys.stderr.write('no display\\n')")

    with pytest.raises(DeliveryError, match="no display"):
        pdf.print_page(html(company))


@pytest.mark.skipif(sys.platform != "linux", reason="a script stands for the browser")
def test_the_page_reaches_the_browser_as_a_private_file(
    company: Any, nothing_installed: Path
) -> None:
    program(
        nothing_installed,
        "import os, sys\n"
        "from pathlib import Path\n"
        "from urllib.request import url2pathname\n"
        "page = Path(url2pathname(sys.argv[-1].removeprefix('file://')))\n"
        "target = [a for a in sys.argv if a.startswith('--print-to-pdf=')][0]\n"
        "mode = oct(os.stat(page.parent).st_mode & 0o777)\n"
        "Path(target.partition('=')[2]).write_text(mode + str(page))\n",
    )
    printed = pdf.print_page(html(company)).decode()

    assert printed.startswith("0o700")
    assert not Path(printed[5:].splitlines()[0]).exists()


def test_somebody_elses_pdf_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "report.pdf"
    theirs.write_bytes(b"%PDF-1.4 mine")

    with pytest.raises(DeliveryError):
        save(b"%PDF-1.4 ours", theirs)
    assert theirs.read_bytes() == b"%PDF-1.4 mine"
