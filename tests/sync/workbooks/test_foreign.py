"""Old and open formats, read in a child process that may die without us."""

import datetime as dt
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sync.errors import WorkbookError
from sync.workbooks import foreign
from sync.workbooks.open import open_workbook
from sync.workbooks.snapshot import Row

ODS = "application/vnd.oasis.opendocument.spreadsheet"

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet>
<table:table table:name="目标">
<table:table-row/>
<table:table-row>
 <table:table-cell/>
 <table:table-cell office:value-type="string"><text:p>提升满意度</text:p></table:table-cell>
 <table:table-cell office:value-type="float" office:value="3"/>
 <table:table-cell office:value-type="float" office:value="2.5"/>
 <table:table-cell office:value-type="date" office:date-value="2026-12-31"/>
 <table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>
</table:table-row>
</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(content: str = CONTENT) -> bytes:
    content = re.sub(r">\s+<", "><", content)  # the library expects no spaces
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0"><manifest:file-entry manifest:media-type="{ODS}" '
            'manifest:full-path="/"/></manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return target.getvalue()


def test_open_document_is_read_with_types_and_its_own_addresses(
    tmp_path: Path,
) -> None:
    path = tmp_path / "goals.xlsx"
    path.write_bytes(ods())
    snapshot = open_workbook(str(path)).snapshot()

    assert snapshot.format == "ods"
    assert snapshot.sheets[0].name == "目标"
    assert snapshot.sheets[0].rows == (
        Row(2, (None, "提升满意度", 3, 2.5, dt.date(2026, 12, 31), 1.5)),
    )


def test_read_only_format_says_why_and_what_to_do() -> None:
    snapshot = foreign.read(ods(), "goals.ods", "f", "ods")

    assert not snapshot.writing.allowed
    assert snapshot.writing.why is not None
    assert ".xlsx" in snapshot.writing.why.in_("zh")
    assert "{" not in snapshot.writing.why.in_("en")
    assert "{" not in snapshot.remarks[0].in_("zh")


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_damaged_file_is_one_clear_error(kind: foreign.ForeignFormat) -> None:
    with pytest.raises(WorkbookError) as caught:
        foreign.read(b"PK\x03\x04 not really", "goals.xls", "f", kind)

    assert caught.value.where == "goals.xls"
    assert "save it as .xlsx" in caught.value.hint


def run_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Let the child run another script."""
    path = tmp_path / "child.py"
    path.write_text(script)
    monkeypatch.setattr(foreign, "_CHILD", path)


def test_child_that_aborts_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_instead(monkeypatch, tmp_path, "import os\nos.abort()")

    with pytest.raises(WorkbookError, match="stray cell"):
        foreign.read(b"x", "goals.xls", "f", "xls")


def test_child_that_never_ends_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_instead(monkeypatch, tmp_path, "while True: pass")
    monkeypatch.setattr(foreign, "TIME_LIMIT", 0.3)

    with pytest.raises(WorkbookError, match="longer than"):
        foreign.read(b"x", "goals.xls", "f", "xls")


def test_child_that_finds_a_password_says_how_to_remove_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run_instead(monkeypatch, tmp_path, 'print(\'{"error": "password"}\')')

    with pytest.raises(WorkbookError, match="password") as caught:
        foreign.read(b"x", "goals.xls", "f", "xls")
    assert "remove the password" in caught.value.hint


def test_child_imports_nothing_from_where_it_stands(tmp_path: Path) -> None:
    # A module called `open` or `memory` beside the script must not be found as one.
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    child = Path(foreign.__file__).with_name("calamine_child.py")
    done = subprocess.run(
        [sys.executable, "-P", str(child)],
        input=ods(),
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )

    assert done.returncode == 0
