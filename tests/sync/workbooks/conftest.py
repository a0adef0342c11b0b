"""Workbooks made for a test, by XlsxWriter or part by part."""

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
import xlsxwriter

from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.snapshot import Snapshot

SML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Parts = Mapping[str, str | bytes]
ReadParts = Callable[..., Snapshot]
ReadMade = Callable[[Callable[[xlsxwriter.Workbook], None]], Snapshot]


def zipped(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def by_hand(  # noqa: PLR0913 (each part of a package is its own)
    sheet: str | bytes,
    *,
    strings: str = "",
    styles: str = "",
    workbook: str = "",
    names: str = "",
    relationships: str = "",
    more: Parts | None = None,
) -> bytes:
    """One sheet's XML and what belongs to it, as a package."""
    if isinstance(sheet, str) and not sheet.startswith("<?xml"):
        sheet = f'<worksheet xmlns="{SML}" xmlns:r="{REL}">{sheet}</worksheet>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": workbook
        or (
            f'<workbook xmlns="{SML}" xmlns:r="{REL}"><sheets>'
            '<sheet name="Goals" sheetId="1" r:id="rId1"/></sheets>'
            f"<definedNames>{names}</definedNames></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/worksheet" '
            'Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{REL}/sharedStrings" '
            'Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{REL}/styles" Target="styles.xml"/>'
            f"{relationships}</Relationships>"
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SML}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{SML}">{styles}</styleSheet>'
    return zipped({**parts, **(more or {})})


def read_bytes(data: bytes) -> Snapshot:
    return read(Package.open(data, "goals.xlsx"), "goals.xlsx", "fingerprint")


@pytest.fixture
def read_parts() -> ReadParts:
    """Read a workbook written by hand: `read_parts(sheet_xml, strings=…)`."""

    return lambda sheet, **parts: read_bytes(by_hand(sheet, **parts))


@pytest.fixture
def made() -> Callable[[Callable[[xlsxwriter.Workbook], None]], bytes]:
    """Make a workbook with XlsxWriter and give its bytes."""

    def making(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
            fill(book)
        return target.getvalue()

    return making


@pytest.fixture
def read_made(
    made: Callable[[Callable[[xlsxwriter.Workbook], None]], bytes],
) -> ReadMade:
    """Make a workbook with XlsxWriter and read it."""
    return lambda fill: read_bytes(made(fill))
