"""Large answers are made small as they come, and say the same afterwards."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.workbooks.google import answers
from sync.workbooks.google.structure import Noted, folded, has_notes, plain, values_of

# Texts as people and attackers type them, with all that JSON and our fold look for.
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            '"',
            "\\",
            '{"effectiveValue":{"numberValue":5}}',
            "}},{",
            "{}",
            "é\n",
            "目标",
        ]
    ),
)
VALUES = st.one_of(
    st.builds(lambda text: {"stringValue": text}, TEXTS),
    st.builds(lambda value: {"boolValue": value}, st.booleans()),
    st.builds(
        lambda number: {"numberValue": number},
        st.integers(-(10**19), 10**19)
        | st.floats(allow_nan=False, allow_infinity=False),
    ),
    st.just({"errorValue": {"type": "N_A"}}),
)
FORMATS: list[Any] = [
    {},
    {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}},
    {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.00"}},
    {"numberFormat": {"type": "NUMBER", "pattern": "0%"}},
    {"numberFormat": {"type": "NUMBER", "pattern": '0" \\"x\\""'}},
    {"numberFormat": {"type": "PERCENT"}},
    {"numberFormat": {"type": "TEXT"}},
]
CELLS = st.one_of(
    st.just({}),
    st.builds(lambda value: {"effectiveValue": value}, VALUES),
    st.builds(
        lambda value, look: {"effectiveValue": value, "effectiveFormat": look},
        VALUES,
        st.sampled_from(FORMATS),
    ),
    st.builds(
        lambda value, note: {"effectiveValue": value, "note": note}, VALUES, TEXTS
    ),
)
ROWS = st.lists(st.builds(lambda row: {"values": row}, st.lists(CELLS, max_size=6)))


def read(content: bytes) -> Any:
    return json.loads(content, object_pairs_hook=plain)


@given(ROWS, st.booleans(), st.data())
def test_a_folded_answer_reads_as_the_whole_one_wherever_it_is_cut(
    rows: list[Any], ascii_only: bool, data: st.DataObject
) -> None:
    shape = {"separators": (",", ":"), "ensure_ascii": ascii_only}
    body = json.dumps({"data": [{"rowData": rows}]}, **shape).encode()  # type: ignore[arg-type]
    cut = data.draw(st.integers(0, len(body)))

    assert repr(read(folded(body[:cut]) + folded(body[cut:]))) == repr(read(body))


def test_an_answer_is_folded_alike_however_the_network_cuts_it() -> None:
    cell = b'{"effectiveValue":{"stringValue":"late"},"effectiveFormat":{}},'
    body = b"[" + cell * 20_000 + b"1]"
    as_one = answers.gathered([body], folded)
    in_parts = answers.gathered(
        [body[at : at + 4099] for at in range(0, len(body), 4099)], folded
    )

    assert as_one == in_parts
    assert len(as_one) < len(body) / 2
    assert read(as_one) == read(body)


def test_a_row_with_notes_gives_its_values() -> None:
    row = [1, Noted("late", "why"), None]

    assert has_notes(row)
    assert values_of(row) == [1, "late", None]
    assert not has_notes([1, "late"])
