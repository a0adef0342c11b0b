"""New parts take no name and no link that anything else speaks of."""

import io
import zipfile
from collections import Counter

from sync.workbooks.excel.elements import parse
from sync.workbooks.excel.exercise import exercise
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from tests.corpus.harm import harm
from tests.corpus.small import (
    BOOK,
    LINKS,
    RELS,
    SHEET_RELS,
    TYPES,
    Parts,
    links,
    override,
    packed,
    small,
)

NOWHERE = f'<Relationship Id="rId9" Type="{LINKS}/worksheet" Target="{{}}"/>'


def left_behind() -> Parts:
    """A workbook of which parts were taken out, and not what speaks of them."""
    parts = small()

    def before(part: str, mark: str, xml: str) -> None:
        parts[part] = str(parts[part]).replace(mark, xml + mark)

    before(TYPES, "</Types>", override("xl/worksheets/sheet2.xml", "worksheet"))
    before(RELS, "</Relationships>", NOWHERE.format("worksheets/sheet3.xml"))
    before(BOOK, "</sheets>", '<sheet name="A" sheetId="2" r:id="rId9"/>')
    before(BOOK, "</sheets>", '<sheet name="B" sheetId="3" r:id="rId4"/>')
    parts[SHEET_RELS] = links("drawing", "../drawings/drawing1.xml")
    parts["xl/charts/_rels/chart1.xml.rels"] = links("image", "../media/image1.png")
    return parts


def test_new_parts_take_names_that_nothing_speaks_of() -> None:
    data = packed(left_behind())
    new = exercise(data, "goals.xlsx")
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        added = set(archive.namelist()) - set(left_behind())
        types = parse(archive.read(TYPES), "types")
    declared = Counter(one.get("PartName") for one in types.all("Override"))

    assert {name for name in added if "_rels" not in name} == {
        "xl/worksheets/sheet4.xml",
        "xl/drawings/drawing2.xml",
        "xl/charts/chart2.xml",
        "xl/charts/chart3.xml",
        "xl/charts/chart4.xml",
        "followup/undo.dat",
    }
    assert max(declared.values()) == 1
    assert list(harm("goals.xlsx", data, new)) == []


def test_sheets_that_lead_nowhere_do_not_lead_to_the_board() -> None:
    new = exercise(packed(left_behind()), "goals.xlsx")
    snapshot = read(Package.open(new, "goals.xlsx"), "goals.xlsx", "")

    assert [(one.index, one.is_board) for one in snapshot.sheets] == [
        (0, False),
        (3, True),
    ]


def test_styles_that_are_linked_and_declared_but_lost_are_made_where_they_belong() -> (
    None
):
    parts = small()
    del parts["xl/styles.xml"]
    data = packed(parts)
    new = exercise(data, "goals.xlsx")
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        added = set(archive.namelist()) - set(parts)
        types = parse(archive.read(TYPES), "types")
    declared = Counter(one.get("PartName") for one in types.all("Override"))

    assert "xl/styles.xml" in added
    assert not any(name.startswith("xl/styles1") for name in added)
    assert declared["/xl/styles.xml"] == 1
    assert list(harm("goals.xlsx", data, new)) == []
