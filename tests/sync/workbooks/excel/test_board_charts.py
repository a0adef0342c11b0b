"""Charts on the board: there, about its cells, replaced in place, gone without a trace."""

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from reports.palette import COLOURS as LETTERS
from sync.cells import Area
from sync.workbooks.excel.charts import chart_xml, drawing_xml
from sync.workbooks.excel.remove import clean
from sync.workbooks.excel.write import write
from sync.workbooks.plan import Board, BoardCell, BoardChart, Plan, Series
from sync.writeback.board_charts import COLOURS


def chart(kind: Any, title: str = "目标 <状态> & “x”") -> BoardChart:
    return BoardChart(
        kind=kind,
        title=title,
        names=Area(2, 1, 3, 1),
        series=(Series(Area(2, 2, 3, 2), ("2F7D4A", "B53A3F"), (1, 2)),),
        row=2,
        column=4,
    )


def board(*charts: BoardChart, n: int = 3, name: str = "O'Neil 看板") -> Board:
    rows = (
        (BoardCell("Status", "head"), BoardCell("N", "head")),
        (BoardCell("a & <b>"), BoardCell(n)),
        (BoardCell("c"), BoardCell(None)),
    )
    return Board(name=name, rows=rows, widths=(20, 9), charts=charts)


def made(*, with_chart: bool = False) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Goals")
        sheet.write_row(0, 0, ["Goal", 1])
        if with_chart:
            theirs = book.add_chart({"type": "line"})
            theirs.add_series({"values": "=Goals!$B$1:$B$2"})
            sheet.insert_chart("D4", theirs)
    return target.getvalue()


def put(data: bytes, wanted: Board) -> bytes:
    return write(data, Plan(locator="g.xlsx", fingerprint="", board=wanted))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def drawn(data: bytes) -> list[str]:
    """Name the kinds of charts that another reader finds on the board."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    return [type(one).__name__ for one in sheet._charts]


ALL = (chart("ring"), chart("bars"), chart("lines"))


def test_every_chart_is_read_by_others_and_refers_to_the_boards_cells() -> None:
    out = put(made(), board(*ALL))
    ring = parts(out)["xl/charts/chart1.xml"].decode()

    assert drawn(out) == ["DoughnutChart", "BarChart", "LineChart"]
    assert "<c:f>'O''Neil 看板'!$B$2:$B$3</c:f>" in ring
    assert "a &amp; &lt;b&gt;" in ring
    # An empty cell is no zero.
    assert re.findall(r"<c:numCache>.*?</c:numCache>", ring)[0].count("<c:pt ") == 1


def test_charts_of_theirs_keep_their_parts() -> None:
    before = made(with_chart=True)
    out = put(before, board(*ALL))
    old, new = parts(before), parts(out)

    for name in ("xl/charts/chart1.xml", "xl/drawings/drawing1.xml"):
        assert new[name] == old[name]
    assert sorted(name for name in new if "charts/chart" in name) == [
        f"xl/charts/chart{number}.xml" for number in range(1, 5)
    ]


def test_the_same_board_again_changes_nothing_and_another_keeps_the_parts() -> None:
    out = put(made(), board(*ALL))
    again = put(out, board(*ALL))
    other = put(out, board(*ALL, n=9))
    fewer = put(other, board(ALL[0], n=8))

    assert again == out
    assert set(parts(other)) == set(parts(out))
    assert b"<c:v>9</c:v>" in parts(other)["xl/charts/chart1.xml"]
    assert drawn(fewer) == ["DoughnutChart"]


@pytest.mark.parametrize("with_chart", [False, True])
def test_clean_gives_the_original_bytes_back(with_chart: bool) -> None:
    before = made(with_chart=with_chart)
    out = put(put(before, board(*ALL)), board(chart("bars"), n=7))

    assert clean(out, "g.xlsx") == before


def test_after_another_program_saved_nothing_of_ours_is_left_behind() -> None:
    out = put(made(with_chart=True), board(*ALL))
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(out)).save(saved)
    left = parts(clean(saved.getvalue(), "g.xlsx"))
    types = left["[Content_Types].xml"].decode()
    declared = re.findall(r'PartName="/([^"]+)"', types)

    assert len([name for name in left if "charts/chart" in name]) == 1
    assert len([name for name in left if re.search(r"drawings/drawing\d", name)]) == 1
    assert set(declared) <= set(left)


def test_a_board_that_people_renamed_is_what_its_charts_refer_to() -> None:
    out = put(made(), board(*ALL))
    book = openpyxl.load_workbook(io.BytesIO(out))
    book.worksheets[1].title = "Ours"
    saved = io.BytesIO()
    book.save(saved)
    later = put(saved.getvalue(), board(*ALL, n=5))
    charts = [part for name, part in parts(later).items() if "charts/chart" in name]

    assert len(charts) == 3
    assert all(b"<c:f>Ours!$A$2:$A$3</c:f>" in one for one in charts)


def test_a_board_without_charts_has_no_drawing() -> None:
    out = put(put(made(), board(*ALL)), board())
    (sheet,) = [
        part for name, part in parts(out).items() if name.endswith("sheet2.xml")
    ]

    assert b"<drawing" not in sheet
    assert drawn(out) == []


def test_strict_workbooks_get_strict_names_only() -> None:
    whole = drawing_xml(ALL, strict=True) + b"".join(
        chart_xml(one, board(*ALL), "b", strict=True) for one in ALL
    )

    assert b"schemas.openxmlformats.org" not in whole
    assert b"purl.oclc.org/ooxml/drawingml/chart" in whole


def test_colours_are_those_of_the_letters() -> None:
    assert {one: f"#{colour}" for one, colour in COLOURS.items()} == {
        one: LETTERS[one].bar for one in LETTERS
    }
