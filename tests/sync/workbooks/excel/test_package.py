"""What is opened, what is refused, and what the refusal says."""

import io
import struct
import warnings
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import WorkbookError
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.zipraw import Archive
from sync.workbooks.excel.zipwrite import rebuild

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/XL/Book.xml" ContentType="{MAIN}"/></Types>'
)


def links(target: str, kind: str = "officeDocument", more: str = "") -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/{kind}" Target="{target}"{more}/></Relationships>'
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def book(
    target: str = "xl/book.xml", *, more: dict[str, str | bytes] | None = None
) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": links(target),
            "xl/book.xml": "<workbook/>",
            **(more or {}),
        }
    )


@pytest.mark.parametrize(
    "target", ["xl/book.xml", "/xl/book.xml", r"xl\book.xml", "./XL/Book.xml"]
)
def test_targets_are_found_however_they_are_written(target: str) -> None:
    package = Package.open(book(target), "x")

    assert package.main_part == "xl/book.xml"
    assert package.content_type("xl/BOOK.xml") == MAIN


def test_an_external_target_is_no_part() -> None:
    data = zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": links("http://evil/", more=' TargetMode="External"'),
        }
    )
    package = Package.open(data, "x")

    assert package.relationships()[0].external
    with pytest.raises(WorkbookError, match="main part is missing"):
        _ = package.main_part


def ole(stream: str) -> bytes:
    return OLE + bytes(504) + (stream.encode("utf-16-le")).ljust(128, b"\0")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (ole("EncryptedPackage"), "password"),
        (ole("Workbook"), "old .xls"),
        (ole("WordDocument"), "old Office file"),
        (b"<html><table>", "web page"),
        (b"a,b\n1,2", "not an .xlsx"),
        (book()[:-30], "incomplete"),
        (zipped({"x.txt": "x"}), "zip archive"),
        (book(more={"XL/book.xml": "<w/>"}), "two parts"),
        (book(more={"xl/../../x.xml": "<w/>"}), "named"),
    ],
)
def test_what_is_no_workbook_is_named_and_the_way_out_too(
    data: bytes, words: str
) -> None:
    with pytest.raises(WorkbookError, match=words) as refusal:
        Package.open(data, "goals.xlsx")

    assert refusal.value.where == "goals.xlsx"
    assert refusal.value.hint


def test_a_bomb_is_not_inflated() -> None:
    data = book(more={"xl/big.xml": b"\0" * (6 << 20)})

    with pytest.raises(WorkbookError, match="exhaust"):
        Package.open(data, "x").part("xl/big.xml")


def test_a_part_larger_than_the_directory_says_is_refused() -> None:
    data = bytearray(book(more={"xl/big.xml": b"abc" * 1000}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/big.xml"))
    data[at + 24 : at + 28] = struct.pack("<L", 10)

    with pytest.raises(WorkbookError, match="checksum"):
        Package.open(bytes(data), "x").part("xl/big.xml")


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]>' + links("xl/book.xml")
    data = zipped({"[Content_Types].xml": TYPES, "_rels/.rels": bomb})

    with pytest.raises(WorkbookError, match="document type"):
        _ = Package.open(data, "x").main_part


class Unseekable(io.RawIOBase):
    """A target that makes `zipfile` write data descriptors."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        chunk = bytes(data)
        self.written += chunk
        return len(chunk)


def archive_with_descriptors_and_zip64() -> bytes:
    target = Unseekable()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"kept"
        archive.writestr("first.xml", "<a/>")
        with archive.open("wide.xml", "w", force_zip64=True) as wide:
            wide.write(b"<b/>" * 100)
        archive.writestr("last.xml", "<c/>")
    return bytes(target.written)


def test_descriptors_and_wide_entries_survive_a_rewrite() -> None:
    before = archive_with_descriptors_and_zip64()
    archive = Archive.parse(before, "x")
    after = rebuild(archive, {"first.xml": [b"<cha", b"nged/>"]}, {"new.xml": b"<n/>"})

    with zipfile.ZipFile(io.BytesIO(after)) as found:
        assert found.testzip() is None
        assert found.comment == b"kept"
        assert found.read("first.xml") == b"<changed/>"
        assert found.read("wide.xml") == b"<b/>" * 100
        assert found.namelist() == ["first.xml", "wide.xml", "last.xml", "new.xml"]


def test_a_rewrite_without_changes_gives_the_same_bytes() -> None:
    for data in (book(), archive_with_descriptors_and_zip64()):
        assert rebuild(Archive.parse(data, "x"), {}, {}) == data


@given(st.data())
def test_a_damaged_archive_is_refused_or_read_never_a_crash(
    data: st.DataObject,
) -> None:
    whole = bytearray(book())
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    refusal = None
    try:
        package = Package.open(bytes(whole), "x")
        for name in package.names():
            package.part(name)
        _ = package.main_part
    except WorkbookError as problem:
        refusal = problem

    assert refusal is None or refusal.hint
