"""Number formats as spreadsheet programs in China and elsewhere write them."""

import pytest

from sync.workbooks.excel.elements import parse
from sync.workbooks.excel.formats import cell_kinds, kind_of


@pytest.mark.parametrize(
    "code",
    [
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "yyyy年m月d日",
        '[$-804]yyyy"年"m"月";@',
        "[DBNum1][$-804]yyyy年m月d日;@",
        "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
        "d/m/yy\\ h:mm;@",
        "mmm-yy",
        "mmm",
        "m/d",
        "aaaa",
        '[$-411]ggge"年"m"月"d"日"',
        "yyyy-mm-dd hh:mm:ss.000",
        "[Red]yyyy/mm/dd",
        "DD.MM.YYYY",
    ],
)
def test_format_with_a_day_makes_dates(code: str) -> None:
    assert kind_of(code) == "date"


@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0 %;[Red]-0.0 %", '0"分"%', "#%"])
def test_format_with_a_percent_sign_makes_percentages(code: str) -> None:
    assert kind_of(code) == "percent"


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "G/通用格式",
        "Standard",
        "0.00",
        "#,##0",
        "0.00E+00",
        "[h]:mm",
        "[mm]:ss",
        "h:mm AM/PM",
        'h"时"mm"分"',
        "mm:ss.0",
        '0"天"',
        '0 "days"',
        "0 days",
        '#,##0"d"',
        "_-* #,##0.00\\ _€_-",
        '"100%"0',
        "0\\%",
        "@",
        "",
        ";;;",
        "[Red][<50]0;[Green]0",
        '¥#,##0;"yyyy"',
    ],
)
def test_other_formats_leave_numbers_numbers(code: str) -> None:
    assert kind_of(code) == "number"


@pytest.mark.parametrize("builtin", [14, 17, 22, 27, 31, 36, 50, 57, 58])
def test_formats_known_by_number_only_make_dates(builtin: int) -> None:
    styles = f'<styleSheet><cellXfs><xf numFmtId="{builtin}"/></cellXfs></styleSheet>'

    assert list(cell_kinds(parse(styles.encode(), "styles"))) == ["date"]


def test_definition_in_the_workbook_wins_over_the_known_number() -> None:
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="14" formatCode="0.0"/></numFmts>'
        '<cellXfs><xf numFmtId="14"/><xf numFmtId="46"/><xf numFmtId="x"/></cellXfs>'
        "</styleSheet>"
    )

    assert list(cell_kinds(parse(styles.encode(), "styles"))) == ["number"] * 3


def test_formats_of_alternatives_are_those_of_the_fallback() -> None:
    styles = (
        '<styleSheet xmlns:mc="urn:mc"><cellXfs><xf numFmtId="0"/>'
        '<mc:AlternateContent><mc:Choice><xf numFmtId="9"/></mc:Choice>'
        '<mc:Fallback><xf numFmtId="10"/></mc:Fallback></mc:AlternateContent>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    kinds = list(cell_kinds(parse(styles.encode(), "styles")))

    assert kinds == ["number", "percent", "date"]


def test_workbook_without_styles_has_plain_numbers() -> None:
    assert list(cell_kinds(None)) == []
    assert list(cell_kinds(parse(b"<styleSheet/>", "styles"))) == ["number"]
