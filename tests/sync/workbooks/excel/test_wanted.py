"""Edits by column come out row by row, whatever rows they have in common."""

from hypothesis import given
from hypothesis import strategies as st

from sync.wording import same
from sync.workbooks.excel.wanted import Wanted
from sync.workbooks.plan import CellChange, ColumnEdits, Scalar

VALUES: st.SearchStrategy[Scalar] = st.sampled_from(["x", 1, 2.5, None, ""])
COLUMNS = st.lists(
    st.tuples(st.integers(1, 4), st.dictionaries(st.integers(2, 5), VALUES, min_size=1))
)


def edited(column: int, cells: dict[int, Scalar]) -> ColumnEdits:
    changes = [CellChange(row, None, value) for row, value in cells.items()]
    return ColumnEdits.of("Goals", column, same("x"), changes)


def cells_of(wanted: Wanted) -> dict[tuple[int, int], Scalar]:
    return {place: wanted.value(*place) for place in wanted.places()}


@given(columns=COLUMNS)
def test_every_cell_is_found_under_its_row(
    columns: list[tuple[int, dict[int, Scalar]]],
) -> None:
    cells = {(row, column) for column, given_cells in columns for row in given_cells}
    wanted = Wanted([edited(*one) for one in columns], {})

    assert set(cells_of(wanted)) == cells
    for row, places in wanted.columns.items():
        assert list(places) == sorted(set(places))
        assert len(wanted.values[row]) == len(places)


@given(columns=COLUMNS)
def test_each_cell_holds_a_value_that_was_given_for_it(
    columns: list[tuple[int, dict[int, Scalar]]],
) -> None:
    wanted = Wanted([edited(*one) for one in columns], {})

    for (row, column), value in cells_of(wanted).items():
        assert value in [
            held[row] for at, held in columns if at == column and row in held
        ]


def test_columns_of_the_same_rows_are_put_side_by_side() -> None:
    wanted = Wanted([edited(5, {2: "b", 3: "d"}), edited(4, {2: "a", 3: "c"})], {})

    assert wanted.columns == {2: (4, 5), 3: (4, 5)}
    assert wanted.values == {2: ("a", "b"), 3: ("c", "d")}
    assert not wanted.careful


def test_headers_and_booleans_need_care() -> None:
    wanted = Wanted([edited(3, {2: 1, 4: True})], {(1, 3): "Status"})

    assert wanted.careful == {1, 4}
    assert cells_of(wanted) == {(1, 3): "Status", (2, 3): 1, (4, 3): True}
