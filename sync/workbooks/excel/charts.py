"""Charts of the board as DrawingML: each of cells of the board, with their values."""

from collections.abc import Iterator, Sequence

from sync.cells import Area, column_letters
from sync.workbooks.excel.book import RELATIONSHIPS, quoted
from sync.workbooks.excel.charset import escape_attribute, escape_text
from sync.workbooks.plan import Board, BoardChart, Series

_EMU = 9525
"""English Metric Units of one pixel at 96 dots an inch."""
_SPACES = (
    (
        b"http://schemas.openxmlformats.org/drawingml/2006/chart",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/chart",
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    ),
)
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_INK, _LINE, _PAPER = b"56646A", b"DDE1DF", b"FFFFFF"
_TITLE = (
    b"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr/></a:pPr><a:r>"
    b'<a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>%s</a:t></a:r></a:p></c:rich></c:tx>'
    b'<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
)
_TEXT = (
    b'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="%d" b="%d"><a:solidFill>'
    b'<a:srgbClr val="%s"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/>'
    b"</a:p></c:txPr>"
)
_FLAGS = (
    b'<c:showLegendKey val="0"/><c:showVal val="%d"/><c:showCatName val="0"/>'
    b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_AXES = b'<c:axId val="501"/><c:axId val="502"/>'
_TICKS = (
    b'<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    b'<c:tickLblPos val="nextTo"/>'
)


def drawing_xml(charts: Sequence[BoardChart], *, strict: bool) -> bytes:
    """Write where charts stand; the first is found by ``rId1``, and so on."""
    chart, main, drawing = _SPACES[strict]
    anchors = b"".join(
        _anchor(one, number, chart, RELATIONSHIPS[strict].encode())
        for number, one in enumerate(charts, 1)
    )
    return b'%s<xdr:wsDr xmlns:xdr="%s" xmlns:a="%s">%s</xdr:wsDr>' % (
        _HEAD,
        drawing,
        main,
        anchors,
    )


def chart_xml(chart: BoardChart, board: Board, sheet: str, *, strict: bool) -> bytes:
    """Write one chart.

    Args:
        chart: What it shows.
        board: The cells it is of, whose values are written along for programs that do
            not look them up.
        sheet: What the board's tab is called.
        strict: Whether the workbook uses the strict namespaces.
    """
    space, main, _ = _SPACES[strict]
    cells = _Cells(board, sheet)
    plots = {"ring": _ring, "bars": _bars, "lines": _lines}
    legend = b"r" if chart.kind == "ring" else b"b"
    return b"".join(
        (
            _HEAD,
            b'<c:chartSpace xmlns:c="%s" xmlns:a="%s">' % (space, main),
            b'<c:roundedCorners val="0"/><c:chart>',
            _TITLE % escape_text(chart.title).encode(),
            b"<c:plotArea><c:layout/>%s</c:plotArea>" % plots[chart.kind](chart, cells),
            b'<c:legend><c:legendPos val="%s"/><c:overlay val="0"/></c:legend>'
            % legend,
            b'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>',
            b"<c:spPr>%s%s</c:spPr>" % (_fill(_PAPER), _stroke(_LINE, 9525)),
            b"</c:chartSpace>",
        )
    )


class _Cells:
    """The board's cells as a chart refers to them."""

    def __init__(self, board: Board, sheet: str) -> None:
        self._rows = board.rows
        self._sheet = quoted(sheet)

    def words(self, area: Area) -> bytes:
        """Refer to texts, with what they say."""
        points = b"".join(
            b'<c:pt idx="%d"><c:v>%s</c:v></c:pt>'
            % (at, escape_text(str(value)).encode())
            for at, value in enumerate(self._values(area))
            if value is not None
        )
        return b'<c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>%s' % (
            self._formula(area),
            area.bottom - area.top + 1,
            points + b"</c:strCache></c:strRef>",
        )

    def numbers(self, area: Area) -> bytes:
        """Refer to figures, with what they are; an empty cell stays empty."""
        points = b"".join(
            b'<c:pt idx="%d"><c:v>%s</c:v></c:pt>' % (at, repr(value).encode())
            for at, value in enumerate(self._values(area))
            if isinstance(value, int | float)
        )
        return (
            b"<c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>General</c:formatCode>"
            b'<c:ptCount val="%d"/>%s</c:numCache></c:numRef>'
            % (self._formula(area), area.bottom - area.top + 1, points)
        )

    def _formula(self, area: Area) -> bytes:
        letters = column_letters(area.left)
        text = f"{self._sheet}!${letters}${area.top}"
        if area.bottom > area.top:
            text += f":${letters}${area.bottom}"
        return escape_text(text).encode()

    def _values(self, area: Area) -> Iterator[object]:
        for row in self._rows[area.top - 1 : area.bottom]:
            yield row[area.left - 1].value if len(row) >= area.left else None


def _ring(chart: BoardChart, cells: _Cells) -> bytes:
    (one,) = chart.series
    points = b"".join(
        b'<c:dPt><c:idx val="%d"/><c:bubble3D val="0"/><c:spPr>%s%s</c:spPr></c:dPt>'
        % (number, _fill(colour.encode()), _stroke(_PAPER, 9525))
        for number, colour in enumerate(one.colours)
    )
    labels = b"<c:dLbls>%s%s</c:dLbls>" % (_TEXT % (1000, 1, _PAPER), _FLAGS % 1)
    series = _series(chart, one, 0, cells, points + labels)
    return (
        b'<c:doughnutChart><c:varyColors val="1"/>%s<c:firstSliceAng val="0"/>'
        b'<c:holeSize val="58"/></c:doughnutChart>' % series
    )


def _bars(chart: BoardChart, cells: _Cells) -> bytes:
    series = b"".join(
        _series(
            chart,
            one,
            number,
            cells,
            b'<c:invertIfNegative val="0"/>',
            look=_fill(one.colours[0].encode()) + _stroke(_PAPER, 9525),
        )
        for number, one in enumerate(chart.series)
    )
    # The first name on top turns the axis of figures over as well; "max" turns it back.
    return (
        b'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/>'
        b'<c:varyColors val="0"/>%s<c:gapWidth val="45"/><c:overlap val="100"/>%s'
        b"</c:barChart>" % (series, _AXES)
    ) + _axes(b"maxMin", b"l", b"b", b"max", b"")


def _lines(chart: BoardChart, cells: _Cells) -> bytes:
    series = b"".join(
        _series(
            chart,
            one,
            number,
            cells,
            b'<c:marker><c:symbol val="none"/></c:marker>',
            look=_stroke(one.colours[0].encode(), 25400, dashed=one.dashed),
            after=b'<c:smooth val="0"/>',
        )
        for number, one in enumerate(chart.series)
    )
    return (
        b'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>%s'
        b'<c:marker val="1"/>%s</c:lineChart>' % (series, _AXES)
    ) + _axes(b"minMax", b"b", b"l", b"autoZero", b'<c:max val="100"/><c:min val="0"/>')


def _series(  # noqa: PLR0913, PLR0917 - the parts of one element, in their order
    chart: BoardChart,
    one: Series,
    number: int,
    cells: _Cells,
    inside: bytes,
    look: bytes = b"",
    after: bytes = b"",
) -> bytes:
    said = b""
    if one.name:
        row, column = one.name
        said = b"<c:tx>%s</c:tx>" % cells.words(Area(row, column, row, column))
    return b"".join(
        (
            b'<c:ser><c:idx val="%d"/><c:order val="%d"/>' % (number, number),
            said,
            b"<c:spPr>%s</c:spPr>" % look if look else b"",
            inside,
            b"<c:cat>%s</c:cat>" % cells.words(chart.names),
            b"<c:val>%s</c:val>" % cells.numbers(one.values),
            after,
            b"</c:ser>",
        )
    )


def _axes(  # noqa: PLR0917 - how two axes differ from chart to chart
    order: bytes, names_at: bytes, figures_at: bytes, crosses: bytes, bounds: bytes
) -> bytes:
    text = _TEXT % (900, 0, _INK)
    grid = b"<c:majorGridlines><c:spPr>%s</c:spPr></c:majorGridlines>" % _stroke(
        _LINE, 9525
    )
    line = b"<c:spPr>%s</c:spPr>" % _stroke(_LINE, 9525)
    names = (
        b'<c:catAx><c:axId val="501"/><c:scaling><c:orientation val="%s"/></c:scaling>'
        b'<c:delete val="0"/><c:axPos val="%s"/>%s%s%s<c:crossAx val="502"/>'
        b'<c:crosses val="autoZero"/></c:catAx>' % (order, names_at, _TICKS, line, text)
    )
    figures = (
        b'<c:valAx><c:axId val="502"/><c:scaling><c:orientation val="minMax"/>%s'
        b'</c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s'
        b'<c:numFmt formatCode="0" sourceLinked="0"/>%s%s%s<c:crossAx val="501"/>'
        b'<c:crosses val="%s"/></c:valAx>'
        % (bounds, figures_at, grid, _TICKS, line, text, crosses)
    )
    return names + figures


def _fill(colour: bytes) -> bytes:
    return b'<a:solidFill><a:srgbClr val="%s"/></a:solidFill>' % colour


def _stroke(colour: bytes, width: int, *, dashed: bool = False) -> bytes:
    dash = b'<a:prstDash val="dash"/>' if dashed else b""
    return b'<a:ln w="%d">%s%s</a:ln>' % (width, _fill(colour), dash)


def _anchor(one: BoardChart, number: int, space: bytes, links: bytes) -> bytes:
    title = escape_attribute(one.title).encode()
    return (
        b"<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>%d</xdr:colOff>"
        b"<xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        b'<xdr:ext cx="%d" cy="%d"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        b'<xdr:cNvPr id="%d" name="Followup %d" descr="%s"/><xdr:cNvGraphicFramePr/>'
        b'</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
        b'</xdr:xfrm><a:graphic><a:graphicData uri="%s"><c:chart xmlns:c="%s" '
        b'xmlns:r="%s" r:id="rId%d"/></a:graphicData></a:graphic></xdr:graphicFrame>'
        b"<xdr:clientData/></xdr:oneCellAnchor>"
        % (
            one.column - 1,
            one.shift * _EMU,
            one.row - 1,
            one.width * _EMU,
            one.height * _EMU,
            number + 1,
            number,
            title,
            space,
            space,
            links,
            number,
        )
    )
