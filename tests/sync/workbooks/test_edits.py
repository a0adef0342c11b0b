"""Edits kept by column are the edits they were made of."""

from hypothesis import given
from hypothesis import strategies as st

from sync.cells import CellRef
from sync.wording import same
from sync.workbooks.plan import Edit, Edits

SOME = st.lists(
    st.builds(
        Edit,
        st.builds(
            CellRef, st.sampled_from(["A", "B"]), st.integers(1, 4), st.integers(1, 3)
        ),
        st.none(),
        st.sampled_from(["x", 1, None]),
        st.sampled_from([same("changed"), same("emptied")]),
    )
)


@given(edits=SOME)
def test_no_edit_is_lost_and_none_is_added(edits: list[Edit]) -> None:
    kept = Edits.of(edits)

    assert sorted(map(repr, kept)) == sorted(map(repr, edits))
    assert len(kept) == len(edits)
    assert bool(kept) == bool(edits)


@given(edits=SOME)
def test_rows_of_a_column_ascend(edits: list[Edit]) -> None:
    for column in Edits.of(edits).columns:
        assert list(column.rows) == sorted(column.rows)
