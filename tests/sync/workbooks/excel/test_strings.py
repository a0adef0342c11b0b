"""Shared strings in every shape a program may write them."""

import pytest

from sync.errors import WorkbookError
from sync.workbooks.excel.strings import shared_strings

ITEMS = (
    "<si><t>目标</t></si><si><t xml:space='preserve'> a&amp;b\r\n</t></si><si><t/></si>"
    "<si><r><rPr><b/></rPr><t>提升 </t></r><r><t>20%</t></r><rPh sb='0' eb='1'>"
    "<t>tisheng</t></rPh><phoneticPr fontId='1'/></si><si><t>_x0041_</t></si>"
)
EXPECTED = ["目标", " a&b\n", "", "提升 20%", "A"]


def part(items: str, encoding: str = "utf-8") -> bytes:
    return f"<sst count='9' uniqueCount='99'>{items}</sst>".encode(encoding)


@pytest.mark.parametrize(
    "data",
    [
        part(ITEMS),
        part("<!-- x -->" + ITEMS),
        part(ITEMS.replace("<si>", "<si a='1'>")),
        part(ITEMS.replace("<t>目标</t>", "<t><![CDATA[目标]]></t>")),
        b"\xef\xbb\xbf" + part(ITEMS),
        b"\xff\xfe" + part(ITEMS, "utf-16-le"),
    ],
    ids=["plain", "comment", "attributes", "cdata", "mark", "utf-16"],
)
def test_strings_are_the_same_in_every_shape(data: bytes) -> None:
    assert shared_strings(data, "strings") == EXPECTED


def test_prefixed_strings_are_read() -> None:
    data = (
        b"<x:sst xmlns:x='u'><x:si><x:t>a</x:t></x:si><x:si><x:t>b</x:t></x:si></x:sst>"
    )

    assert shared_strings(data, "strings") == ["a", "b"]


@pytest.mark.parametrize(
    "items",
    [
        "<si><t>a</t>",
        "<si><t>a & b</t></si>",
        "<si><t>&#0;</t></si>",
        "<si><t>a</t></si></si><si><t>b</t></si>",
        "<si><r><t>a</t></r></si></r><si><t>b</t></si>",
        "<si><t>a</t></si></sst><si>",
    ],
)
def test_damaged_strings_are_one_clear_error(items: str) -> None:
    with pytest.raises(WorkbookError, match="damaged"):
        shared_strings(part(items), "strings")
