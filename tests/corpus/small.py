"""One small workbook, part by part, to be changed before it is packed."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SHEET, BOOK, TEXTS, STYLES, RELS, TYPES, TABLE, SHEET_RELS = (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "xl/tables/table1.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADERS = ("工号", "姓名", "目标", "截止")
WORDS = (*HEADERS, "E1", "张三", "上线 &amp; &lt;新系统&gt;", "E2", "李四", "退货率 2%")
TAIL = "<pageMargins "
"""What stands behind the rows."""
D2, D3 = '<c r="D2" s="1"><v>46387</v></c>', '<c r="D3" s="1"><v>46022</v></c>'

Parts = dict[str, str | bytes]


def small() -> Parts:
    """Give the parts: two goals of four columns, with shared texts and three looks."""

    def text(address: str, index: int, style: int = 0) -> str:
        return f'<c r="{address}" s="{style}" t="s"><v>{index}</v></c>'

    rows = (
        "".join(text(f"{'ABCD'[at]}1", at, 2) for at in range(4)),
        "".join(text(f"{'ABC'[at]}2", at + 4) for at in range(3)) + D2,
        "".join(text(f"{'ABC'[at]}3", at + 7) for at in range(3)) + D3,
    )
    data = "".join(
        f'<row r="{number}" spans="1:4">{cells}</row>'
        for number, cells in enumerate(rows, 1)
    )
    xf = '<xf numFmtId="{}" fontId="{}" fillId="0" borderId="0" xfId="0"/>'
    bodies = {
        TYPES: f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + override(BOOK, "sheet.main")
        + override(SHEET, "worksheet")
        + override(STYLES, "styles")
        + override(TEXTS, "sharedStrings")
        + "</Types>",
        "_rels/.rels": links("officeDocument", "xl/workbook.xml"),
        BOOK: f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="目标" sheetId="1" r:id="rId1"/></sheets></workbook>',
        RELS: links(
            *("worksheet", "worksheets/sheet1.xml"),
            *("styles", "styles.xml", "sharedStrings", "sharedStrings.xml"),
        ),
        SHEET: f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}"><dimension ref="A1:D3"/>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><sheetData>{data}</sheetData>{TAIL}'
        'left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        "</worksheet>",
        STYLES: f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/>'
        '<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
        '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
        "<border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="3">{xf.format(0, 0)}{xf.format(14, 0)}'
        f"{xf.format(0, 1)}</cellXfs></styleSheet>",
        TEXTS: f'<sst xmlns="{MAIN}" count="10" uniqueCount="10">'
        + "".join(f"<si><t>{word}</t></si>" for word in WORDS)
        + "</sst>",
    }
    return {name: DECLARATION + body for name, body in bodies.items()}


def override(part: str, kind: str) -> str:
    """Write what declares a part's type."""
    return f'<Override PartName="/{part}" ContentType="{TYPE}{kind}+xml"/>'


def links(*pairs: str) -> str:
    """Write relationships: kind and target, in turns."""
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            zip(pairs[::2], pairs[1::2], strict=True), 1
        )
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def packed(parts: Parts) -> bytes:
    """Pack the parts as a workbook."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
