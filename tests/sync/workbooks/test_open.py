"""A file is what it holds, and what cannot be read says what it is instead."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from sync.errors import WorkbookError
from sync.workbooks.open import open_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
XML_2003 = (
    b'<?xml version="1.0"?>\n'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
)
MakeBook = Callable[[Callable[[xlsxwriter.Workbook], None]], bytes]


def archive(**entries: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def stream(name: str) -> bytes:
    return name.encode("utf-16-le").ljust(128, b"\0")


ENCRYPTED = b"\x09\x08\x10\0\0\x06\x05\0".ljust(20, b"\1") + b"\x2f\0\x36\0\1\0"
LOCKED_ODS = archive(
    mimetype="application/vnd.oasis.opendocument.spreadsheet",
    **{"META-INF/manifest.xml": "<m:file-entry><m:encryption-data/></m:file-entry>"},
)


def write_goal(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Goals").write("A1", "grow")


@pytest.mark.parametrize("name", ["goals.xlsx", "goals.xls", "goals.csv", "goals"])
def test_excel_workbook_is_opened_under_any_name(
    made: MakeBook, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(made(write_goal))
    snapshot = open_workbook(str(path)).snapshot()

    assert snapshot.format == "xlsx"
    assert snapshot.sheets[0].value(1, 1) == "grow"


def test_text_under_an_excel_name_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("Goal\tDue\ngrow\t2026\n", encoding="utf-16")
    snapshot = open_workbook(str(path)).snapshot()

    assert snapshot.format == "csv"
    assert snapshot.sheets[0].rows[1].values == ("grow", "2026")


@pytest.mark.parametrize(
    ("content", "says", "hints"),
    [
        (b"", "empty", "synced"),
        (b"\0" * 5000, "empty", "synced"),
        (b"%PDF-1.7\n%...", "PDF", "printed from"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture", "workbook"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture", "workbook"),
        (b"<html><table><tr><td>goal", "web page", "save it as .xlsx"),
        (b"\xef\xbb\xbf \r\n<TABLE border=1>", "web page", "save it as .xlsx"),
        (
            XML_2003,
            "XML spreadsheet",
            "save it as .xlsx",
        ),
        (OLE + stream("EncryptedPackage"), "password", "remove the password"),
        (OLE + stream("Workbook") + ENCRYPTED, "password", "remove the password"),
        (LOCKED_ODS, "password", "remove the password"),
        (OLE + stream("WordDocument"), "Word", ".xlsx"),
        (OLE, "no workbook", ".xlsx"),
        (archive(Index__Document_iwa="x"), "", ""),
        (b"Rar!\x1a\x07", "archive", "unpack"),
        (b"SQLite format 3\0", "database", ".xlsx"),
        (bytes(range(256)) * 20, "no workbook", ".xlsx"),
        (b'{"goals": []}', "JSON", ".xlsx"),
        (b"\x09\x08\x10\0\0\x06", "Excel 95", "save it as .xlsx"),
    ],
)
def test_what_is_no_workbook_is_named(
    tmp_path: Path, content: bytes, says: str, hints: str
) -> None:
    path = tmp_path / "goals.xlsx"
    path.write_bytes(content.replace(b"Document_iwa", b"Document.iwa"))

    with pytest.raises(WorkbookError) as caught:
        open_workbook(str(path)).snapshot()
    assert caught.value.where == str(path)
    assert says in caught.value.what
    assert hints in caught.value.hint


def test_numbers_document_says_how_to_export(tmp_path: Path) -> None:
    path = tmp_path / "goals.numbers"
    path.write_bytes(archive(Index__Tables=""))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("Index/Document.iwa", "x")

    with pytest.raises(WorkbookError, match="Numbers") as caught:
        open_workbook(str(path))
    assert "Export" in caught.value.hint


def test_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "goals.xlsx"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Override PartName="/word/document.xml" '
            f'ContentType="{word}.main+xml"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="r" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        file.writestr("word/document.xml", "<w/>")

    with pytest.raises(WorkbookError, match="Word"):
        open_workbook(str(path)).snapshot()


def test_truncated_workbook_is_refused(made: MakeBook, tmp_path: Path) -> None:
    path = tmp_path / "goals.xlsx"
    path.write_bytes(made(write_goal)[:2000])

    with pytest.raises(WorkbookError) as caught:
        open_workbook(str(path)).snapshot()
    assert str(path) in caught.value.where
    assert caught.value.hint


def test_lock_file_under_another_name_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "copy.xlsx"
    owner = b"\x03Tom" + b" " * 51 + b"\x03\0" + "Tom".encode("utf-16-le")
    path.write_bytes(owner.ljust(165, b" "))

    with pytest.raises(WorkbookError, match="lock file"):
        open_workbook(str(path))


def test_missing_file_names_a_similar_one(tmp_path: Path) -> None:
    (tmp_path / "goals 2026.xlsx").write_bytes(b"x")

    with pytest.raises(WorkbookError, match="no such file") as caught:
        open_workbook(str(tmp_path / "goals2026.xlsx"))
    assert "goals 2026.xlsx" in caught.value.hint


def test_folder_names_a_workbook_in_it(tmp_path: Path) -> None:
    (tmp_path / "goals.xlsx").write_bytes(b"x")

    with pytest.raises(WorkbookError, match="folder") as caught:
        open_workbook(str(tmp_path))
    assert "goals.xlsx" in caught.value.hint


@pytest.mark.parametrize("name", ["~$goals.xlsx", ".~lock.goals.xlsx#"])
def test_lock_file_names_the_workbook(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x05Tom" + b" " * 161)

    with pytest.raises(WorkbookError, match="lock file") as caught:
        open_workbook(str(tmp_path / name))
    assert "'goals.xlsx'" in caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "goals.xlsx")

    with pytest.raises(WorkbookError, match="no ordinary file"):
        open_workbook(str(tmp_path / "goals.xlsx"))


def test_unreadable_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "goals.csv"
    path.write_text("a,b\n")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    with pytest.raises(WorkbookError, match="Permission denied"):
        open_workbook(str(path))


@pytest.mark.parametrize("name", ["a\0b.xlsx", "x" * 300 + ".xlsx", "a.csv/b.csv"])
def test_impossible_paths_are_workbook_errors(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text("a,b\n")

    with pytest.raises(WorkbookError):
        open_workbook(str(tmp_path / name))


def test_web_addresses_say_what_to_do() -> None:
    with pytest.raises(WorkbookError, match="web address"):
        open_workbook("https://example.sharepoint.com/goals.xlsx")
