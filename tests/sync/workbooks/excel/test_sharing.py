"""Texts are found again in the shared string table, however it is written."""

import pytest

from sync.workbooks.excel.sharing import SharedStrings, StringsPart
from sync.workbooks.excel.strings import shared_strings

NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def part(items: bytes) -> bytes:
    return b'<sst xmlns="%s" uniqueCount="9">%s</sst>' % (NAMESPACE, items)


SHAPES = {
    "one behind the other": b"<si><t>a</t></si><si><t>b</t></si><si><t>a</t></si>",
    "on lines": b"\n <si><t>a</t></si>\n <si><t>b</t></si>\n",
    "after an empty one": b"<si><t>a</t></si><si/><si><t>b</t></si>",
    "beside rich text": b"<si><t>a</t></si><si><r><t>x</t></r></si><si><t>b</t></si>",
    "with attributes": b'<si><t>a</t></si><si x="1"><t>x</t></si><si><t>b</t></si>',
    "extended": b"<si><t>a</t></si><si><t>b</t></si><extLst><ext/></extLst>",
}


@pytest.mark.parametrize("items", SHAPES.values(), ids=SHAPES)
def test_a_text_that_is_there_is_used_and_a_new_one_is_put_behind(items: bytes) -> None:
    before = shared_strings(part(items), "x")
    strings = SharedStrings(StringsPart(part(items), "x", depth=1))
    wanted = ["b", "new & <old>", "a", "new & <old>"]
    places = [strings.index(text) for text in wanted]
    after = shared_strings(strings.result(), "x")

    assert [after[place] for place in places] == wanted
    assert after == [*before, "new & <old>"]
    assert places[2] == before.index("a")


@pytest.mark.parametrize("items", [b"", b"<si/>", b"<si></si>"])
def test_a_table_without_texts_takes_the_first(items: bytes) -> None:
    strings = SharedStrings(StringsPart(part(items), "x", depth=1))
    place = strings.index("first")

    assert shared_strings(strings.result(), "x")[place] == "first"
