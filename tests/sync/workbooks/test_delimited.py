"""Text files as people's programs export them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import WorkbookError
from sync.workbooks.delimited import find_separator, read, split
from sync.workbooks.snapshot import Row

SIMPLIFIED = (
    "员工姓名,目标,权重\n张三,完成季度销售额 300 万元,30%\n李四,提升客户满意度,20%\n"
)
TRADITIONAL = "員工姓名,目標,權重\n張三,完成季度銷售額,30%\n李四,提升客戶滿意度,20%\n"
JAPANESE = "名前,目標,進捗\n田中太郎,売上を上げるために努力する,30%\n"
KOREAN = "이름,목표,진행률\n김철수,분기 매출 목표 달성,30%\n"
GERMAN = "Name,Ziel,Größe\nMüller,Umsatz erhöhen – 5 € je Stück,groß\n"
RUSSIAN = "Имя,Цель,Вес\nИванов,Увеличить продажи на 20 процентов,30\n"


def values(data: bytes) -> list[tuple[object, ...]]:
    return [row.values for row in read(data, "goals.csv", "f").sheets[0].rows]


def as_rows(text: str) -> list[tuple[object, ...]]:
    return [tuple(line.split(",")) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        ("姓名,目标\n", "gb18030"),
        ("部门,合计\n研发部,12\n", "gbk"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (JAPANESE, "cp932"),
        (KOREAN, "cp949"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_guessed_encoding_gives_the_text_and_is_said(text: str, encoding: str) -> None:
    snapshot = read(text.encode(encoding), "goals.csv", "f")

    assert [row.values for row in snapshot.sheets[0].rows] == as_rows(text)
    assert len(snapshot.remarks) == 1
    assert "{" not in snapshot.remarks[0].in_("zh")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_needs_no_remark(encoding: str) -> None:
    snapshot = read(SIMPLIFIED.encode(encoding), "goals.csv", "f")

    assert [row.values for row in snapshot.sheets[0].rows] == as_rows(SIMPLIFIED)
    assert snapshot.remarks == ()


def test_utf8_with_one_damaged_place_stays_utf8() -> None:
    damaged = SIMPLIFIED.encode() * 5 + b"\xff\n"
    snapshot = read(damaged, "goals.csv", "f")

    assert snapshot.sheets[0].rows[0].values == ("员工姓名", "目标", "权重")
    assert "�" in snapshot.remarks[0].in_("en")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_and_line_end_is_understood(separator: str, ends: str) -> None:
    lines = ["Title", "", "a,b,c".replace(",", separator), '"x, y; z"' + separator]
    text = ends.join(lines) + ends

    assert split(text, "f").rows == (
        Row(1, ("Title",)),
        Row(3, ("a", "b", "c")),
        Row(4, ("x, y; z",)),
    )


def test_decimal_commas_do_not_win_over_semicolons() -> None:
    text = "Name;Ziel;Ist\nA;3,5;2,1\nB;4,2;1,0\nC;5,0;3,3\n"

    assert find_separator(text) == ";"


def test_commas_in_texts_do_not_win_over_tabs() -> None:
    text = "name\tgoal\nA\tgrow sales, margin\nB\tcut cost, waste\n"

    assert find_separator(text) == "\t"


def test_first_line_may_name_the_separator_and_is_no_row() -> None:
    assert split("sep=|\r\na|b,c\r\n", "f").rows == (Row(1, ("a", "b,c")),)


def test_values_stay_the_text_they_are() -> None:
    assert values(b"007,2026-01-31, 20% ,=1+1,1e5,TRUE\n") == [
        ("007", "2026-01-31", " 20% ", "=1+1", "1e5", "TRUE")
    ]


def test_quotes_hold_separators_line_breaks_and_quotes() -> None:
    assert values(b'a,"b\nb, ""c""",d\ne,f,g\n') == [
        ("a", 'b\nb, "c"', "d"),
        ("e", "f", "g"),
    ]


def test_quote_that_is_never_closed_swallows_nothing() -> None:
    snapshot = read(b'a,"5 inch,x\nb,6,y\n' * 3, "goals.csv", "f")

    assert len(snapshot.sheets[0].rows) == 6
    assert snapshot.sheets[0].rows[0].values == ("a", '"5 inch', "x")
    assert snapshot.remarks


def test_quote_inside_a_value_is_text() -> None:
    assert values(b'a,"b" c,d\n') == [("a", "b c", "d")]


def test_one_column_needs_no_separator() -> None:
    assert values("目标\n提升满意度\n".encode()) == [("目标",), ("提升满意度",)]


def test_blank_lines_count_as_rows() -> None:
    rows = read(b"a,b\n\n,,\nc,d\n", "goals.csv", "f").sheets[0].rows

    assert [row.number for row in rows] == [1, 4]


def test_sheet_is_named_after_the_file_as_excel_allows() -> None:
    snapshot = read(b"a,b\n", "C/2026 [goals] of the whole sales department.csv", "f")

    assert snapshot.sheets[0].name == "2026 _goals_ of the whole sales"
    assert not snapshot.writing.allowed


def test_file_with_more_columns_than_a_sheet_is_refused() -> None:
    with pytest.raises(WorkbookError, match="16,385 columns"):
        read(b"," * 16_384 + b"x\n", "wide.csv", "f")


def test_very_long_value_is_read() -> None:
    long = "x" * 200_000

    assert values(f"a,{long}\nb,c\n".encode()) == [("a", long), ("b", "c")]


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    assert len(read(data, "x.csv", "f").sheets) == 1


fields = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
    min_size=1,
    max_size=8,
).filter(lambda text: text.strip('" ') == text and text)


@given(
    st.lists(st.lists(fields, min_size=2, max_size=2), min_size=3, max_size=9),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read_back(records: list[list[str]], encoding: str) -> None:
    text = "sep=,\n" + "".join(
        ",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in record) + "\n"
        for record in records
    )

    assert values(text.encode(encoding)) == [tuple(record) for record in records]
