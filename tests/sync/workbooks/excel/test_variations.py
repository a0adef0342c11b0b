"""One small workbook written in many legal ways, each put through the whole write-back.

What is looked for in each is what `make corpus` looks for in other people's workbooks.
"""

import re
from collections.abc import Callable

import pytest

from sync.workbooks.excel.exercise import exercise
from tests.corpus.harm import harm
from tests.corpus.small import (
    BOOK,
    D2,
    D3,
    DECLARATION,
    HEADERS,
    LINKS,
    MAIN,
    RELS,
    SHEET,
    SHEET_RELS,
    STYLES,
    TABLE,
    TAIL,
    TEXTS,
    TYPES,
    Parts,
    links,
    override,
    packed,
    small,
)

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

Change = Callable[[Parts], object]


def swap(part: str, old: str, new: str, count: int = -1) -> Change:
    def change(parts: Parts) -> None:
        text = parts[part]
        assert isinstance(text, str)
        assert old in text
        parts[part] = text.replace(old, new, count)

    return change


def regex(part: str, pattern: str, new: str) -> Change:
    return lambda parts: parts.update({part: re.sub(pattern, new, str(parts[part]))})


def before(mark: str, xml: str, part: str = SHEET) -> Change:
    return swap(part, mark, xml + mark, 1)


def encoded(codec: str, *names: str) -> Change:
    def change(parts: Parts) -> None:
        for name in names or tuple(parts):
            text = str(parts[name]).replace("UTF-8", codec.removesuffix("-sig"))
            parts[name] = text.encode(codec, "xmlcharrefreplace")

    return change


def prefixed(prefix: str) -> Change:
    def change(parts: Parts) -> None:
        for name in (SHEET, BOOK, TEXTS, STYLES):
            text = re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{prefix}:", str(parts[name]))
            parts[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:{prefix}="{MAIN}"')

    return change


def strict(parts: Parts) -> None:
    for name, text in parts.items():
        one = str(text).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        base = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        parts[name] = one.replace(LINKS, base)


def table(area: str, totals: str = "") -> Change:
    columns = "".join(
        f'<tableColumn id="{number}" name="{name}"/>'
        for number, name in enumerate(HEADERS, 1)
    )

    def change(parts: Parts) -> None:
        parts[TABLE] = (
            f'{DECLARATION}<table xmlns="{MAIN}" id="1" name="T" displayName="T" '
            f'ref="{area}"{totals}><autoFilter ref="A1:D3"/><tableColumns count="4">'
            f"{columns}</tableColumns></table>"
        )
        parts[SHEET_RELS] = DECLARATION + links("table", "../tables/table1.xml")
        before("</Types>", override(TABLE, "table"), TYPES)(parts)
        parts_of_sheet = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
        before("</worksheet>", parts_of_sheet)(parts)

    return change


def extension(name: str, body: str) -> Change:
    whole = f'<ext uri="{{x}}" xmlns:x14="{X14}"><x14:{name} xmlns:xm="{XM}">{body}'
    return before("</worksheet>", f"<extLst>{whole}</x14:{name}></ext></extLst>")


FORMULA = '<c r="D2" s="1"><f{}>1+1</f><v>2</v></c>'
RULE = '<cfRule type="expression" priority="{}"><formula>1</formula></cfRule>'
CF = f'<conditionalFormatting sqref="A1:D3">{RULE}</conditionalFormatting>'
DV = '<dataValidations count="1"><dataValidation type="whole" sqref="A2"/>'
COLS = '<cols><col min="1" max="4" width="9"/><col min="5" max="16384" {}/></cols>'
FILTER = '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
NOTHING = '<c r="E{}" t="str"><f>IF(D1=0,"x","")</f><v></v></c>'
ARRAY = '<c r="D3" s="1"><f t="array" ref="D3:F3">{1,2,3}</f><v>1</v></c>'
ROW_4 = '<row r="4"><c r="A4" t="s"><v>0</v></c></row>'

VARIATIONS: dict[str, tuple[Change, ...]] = {
    "as it is": (),
    "prefixed": (prefixed("x"),),
    "prefixed with digits": (prefixed("ns0"),),
    "strict": (
        strict,
        swap(SHEET, D2, D2.replace("s=", 't="d" s=').replace("46387", "2026-12-31")),
    ),
    "cells without addresses": (regex(SHEET, r'<c r="\w+"', "<c"),),
    "rows without numbers": (regex(SHEET, r'<row r="\d"', "<row"),),
    "some cells without addresses": (regex(SHEET, r'<c r="[BD]\d"', "<c"),),
    "a sheet in UTF-16": (encoded("UTF-16", SHEET),),
    "all in UTF-16": (encoded("UTF-16"),),
    "marked as UTF-8": (encoded("UTF-8-sig"),),
    "all in ASCII": (encoded("US-ASCII"),),
    "single quotes": (
        regex(SHEET, '"', "'"),
        regex(BOOK, '"', "'"),
        regex(STYLES, '"', "'"),
    ),
    "pretty": (
        regex(SHEET, "><", ">\n  <"),
        regex(BOOK, "><", ">\n  <"),
        regex(STYLES, "><", ">\n  <"),
    ),
    "line breaks in tags": (regex(SHEET, "<(c|row) ", r"<\1\n\t"),),
    "spaces in end tags": (regex(SHEET, "</(c|row|sheetData)>", r"</\1 >"),),
    "other order of attributes": (
        regex(SHEET, r'<c (r="\w+") (s="\d") (t="s")', r"<c \3 \2 \1"),
    ),
    "a comment among rows": (swap(SHEET, "</row>", '</row><!-- <row r="9"> -->', 1),),
    "a comment in a row": (swap(SHEET, "</c>", "</c><!-- </c></row> -->", 1),),
    "comments elsewhere": (
        before(TAIL, "<!-- <cols/> -->"),
        before("<sheets>", "<!-- <sheets/> -->", BOOK),
        before("<si>", "<!-- <si/> -->", TEXTS),
    ),
    "an instruction among rows": (swap(SHEET, "</row>", "</row><?x </row> ?>", 1),),
    "a value as CDATA": (swap(SHEET, "<v>46387</v>", "<v><![CDATA[46387]]></v>"),),
    "a text as CDATA": (swap(TEXTS, "<t>E1</t>", "<t><![CDATA[<E1>&]]></t>"),),
    "entities in a name": (
        swap(BOOK, 'name="目标"', 'name="A&amp;B &#39;&lt;目标&gt;"'),
    ),
    "rows without cells": (before("</sheetData>", '<row r="4"/><row r="5" ht="20"/>'),),
    "no rows": (regex(SHEET, "<sheetData>.*</sheetData>", "<sheetData/>"),),
    "no size": (swap(SHEET, '<dimension ref="A1:D3"/>', ""),),
    "a size that lies": (swap(SHEET, "A1:D3", "A1:ZZ99999"),),
    "rich and phonetic texts": (
        swap(
            TEXTS,
            "<t>张三</t>",
            '<r><rPr><b/></rPr><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh>',
        ),
    ),
    "no counts of texts": (swap(TEXTS, ' count="10" uniqueCount="10"', ""),),
    "a table": (table("A1:D3", ' totalsRowShown="0"'),),
    "a table with totals": (
        swap(SHEET, "</sheetData>", ROW_4 + "</sheetData>"),
        table("A1:D4", ' totalsRowCount="1"'),
    ),
    "a prefixed table": (table("A1:D3"), prefixed("x")),
    "a filter": (
        before(TAIL, '<autoFilter ref="A1:D3"/>'),
        before(
            "</workbook>",
            f"<definedNames>{FILTER}目标!$A$1:$D$3</definedName></definedNames>",
            BOOK,
        ),
    ),
    "sparklines": (
        extension(
            "sparklineGroups",
            "<x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>A1</xm:f><xm:sqref>E2</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>",
        ),
    ),
    "new conditional formats": (
        extension(
            "conditionalFormattings",
            f'<x14:conditionalFormatting><x14:cfRule type="expression" priority="7" id="{{{"A" * 8}-1111-2222-3333-{"4" * 12}}}"><xm:f>1</xm:f></x14:cfRule><xm:sqref>A1</xm:sqref></x14:conditionalFormatting>',
        ),
    ),
    "formats and validations": (before(TAIL, f"{CF.format(1)}{DV}</dataValidations>"),),
    "formats only": (before(TAIL, CF.format(9)),),
    "no room for a priority": (before(TAIL, CF.format(2147483647)),),
    "validations only": (before(TAIL, f"{DV}</dataValidations>"),),
    "a formula, no properties": (swap(SHEET, D2, FORMULA.format("")),),
    "a shared formula": (
        swap(SHEET, D2, FORMULA.format(' t="shared" ref="D2:D3" si="0"')),
        swap(SHEET, D3, '<c r="D3"><f t="shared" si="0"/><v>2</v></c>'),
    ),
    "an array formula": (swap(SHEET, D2, FORMULA.format(' t="array" ref="D2:D3"')),),
    "an array of cells that are not there": (swap(SHEET, D3, ARRAY),),
    "formulas that show nothing": (
        swap(SHEET, "</row>", NOTHING.format(1) + "</row>", 1),
        swap(SHEET, D3, D3 + NOTHING.format(3)),
    ),
    "texts without characters": (
        swap(TEXTS, "</sst>", "<si><t></t></si></sst>"),
        swap(SHEET, "</row>", '<c r="E1" t="s"><v>10</v></c></row>', 1),
    ),
    "cells without a value": (
        swap(SHEET, "</row>", '<c r="E1" t="str"><v></v></c></row>', 1),
    ),
    "nothing but the last row": (
        regex(SHEET, '<row r="[12]".*</row>(?=<row r="3")', ""),
        regex(SHEET, r'(?<=r=")([A-D]?)3(?=")', r"\g<1>1048576"),
        swap(SHEET, "A1:D3", "A1048576:D1048576"),
    ),
    "merged headers": (
        regex(SHEET, r'<c r="[BCD]1".*?</c>', ""),
        before(TAIL, '<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>'),
    ),
    "columns to the end": (
        before("<sheetData>", COLS.format('width="9" hidden="1" outlineLevel="1"')),
    ),
    "columns that overlap": (
        before("<sheetData>", COLS.format('width="9"').replace('max="4"', 'max="9"')),
    ),
    "no columns in the list": (before("<sheetData>", "<cols/>"),),
    "a row's own looks": (
        swap(SHEET, '<row r="2"', '<row r="2" s="1" customFormat="1" ht="30"'),
    ),
    "extensions in a row": (
        swap(SHEET, "</c></row>", '</c><extLst><ext uri="{x}"/></extLst></row>', 1),
    ),
    "format 0 is a date": (
        swap(
            STYLES,
            '<cellXfs count="3"><xf numFmtId="0"',
            '<cellXfs count="3"><xf numFmtId="14"',
        ),
    ),
    "counted from 1904": (before("<sheets>", '<workbookPr date1904="1"/>', BOOK),),
    "a locked sheet": (before(TAIL, '<sheetProtection sheet="1"/>'),),
    "alternatives": (
        before(
            "<sheets>",
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="r"/></mc:AlternateContent>',
            BOOK,
        ),
    ),
    "a format among alternatives": (
        swap(
            STYLES,
            '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>',
            f'<mc:AlternateContent xmlns:mc="{MC}" xmlns:hs="urn:hs"><mc:Choice Requires="hs"><xf hs:a="1"/></mc:Choice><mc:Fallback><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></mc:Fallback></mc:AlternateContent>',
        ),
    ),
    "no looks": (
        regex(STYLES, "(<styleSheet[^>]*)>.*</styleSheet>", r"\1/>"),
        regex(SHEET, r' s="\d"', ""),
    ),
    "a chart alone on its sheet": (
        swap(RELS, "/worksheet", "/chartsheet"),
        swap(TYPES, "spreadsheetml.worksheet", "spreadsheetml.chartsheet"),
        regex(SHEET, "<sheetData>.*</sheetData>", ""),
        swap(SHEET, '<sheetFormatPr defaultRowHeight="15"/>', ""),
        swap(SHEET, '<dimension ref="A1:D3"/>', ""),
        regex(SHEET, "(?<=[</])worksheet", "chartsheet"),
    ),
    "no sheet to be seen": (swap(BOOK, "<sheet ", '<sheet state="hidden" '),),
    "absolute targets": (swap(RELS, 'Target="', 'Target="/xl/'),),
    "targets in another case": (
        swap(RELS, "worksheets/sheet1", "Worksheets/SHEET%31"),
    ),
}


@pytest.mark.parametrize("changes", VARIATIONS.values(), ids=VARIATIONS.keys())
def test_a_workbook_is_written_unharmed(changes: tuple[Change, ...]) -> None:
    parts = small()
    for change in changes:
        change(parts)
    data = packed(parts)

    assert list(harm("goals.xlsx", data, exercise(data, "goals.xlsx"))) == []
