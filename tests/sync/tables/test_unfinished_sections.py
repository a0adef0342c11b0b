"""A list of what is to be measured one day, with most of its cells still empty."""

from sync.tables.model import Kind
from sync.tables.recognise import recognise
from sync.workbooks.memory import MemoryWorkbook
from sync.workbooks.snapshot import RawValue

HEADS: list[RawValue] = [
    "",
    "KPI",
    "Owner",
    "Target",
    "Data source",
    "Frequency",
    "Comments",
]
BEGINNING: list[list[RawValue]] = [
    HEADS,
    ["", "TECHNOLOGY"],
    ["", "Uptime", "Li Wei", 0.999, "monitor", "Monthly", ""],
    ["", "Response time", "Li Wei", "600 ms", "monitor", "Monthly", ""],
    ["", "Production incidents", "Wu Min", "≤ 2", "tickets", "Monthly", ""],
    ["", "First time right"],
    [],
]
SALES: list[list[RawValue]] = [
    ["", "SALES"],
    ["", "New bookings"],
    ["", "Average deal"],
]


def rows_of(*more: list[RawValue]) -> tuple[int, int]:
    cells = [*BEGINNING, *more]
    snapshot = MemoryWorkbook({"KPI map": cells}).snapshot()
    (table,) = recognise(snapshot).of(Kind.KPI, Kind.GOALS)
    return table.first_row, table.last_row


def test_sections_that_hold_names_only_belong_to_the_table() -> None:
    assert rows_of(*SALES) == (2, 10)


def test_an_empty_section_between_does_not_end_it() -> None:
    assert rows_of(["", "MARKETING"], [], *SALES) == (2, 12)


def test_lines_without_a_section_above_them_are_remarks() -> None:
    remarks: list[list[RawValue]] = [["", "Agreed with finance"], ["", "See minutes"]]

    assert rows_of(*remarks)[1] < 8
