"""The goal sheet: titles, sections, names once per block, and what people do to it."""

from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sync.demo.book import TITLE_HEIGHT, Book, Column, Value
from sync.demo.goal_cells import goal_cells, number_style
from sync.demo.look import FAIR, GOOD, POOR
from sync.demo.story import Goal

COLUMNS = (
    Column("goal_id", 7, "cell middle"),
    Column("employee", 15, "cell wrap middle"),
    Column("title", 46, "cell wrap"),
    Column("metric", 19, "cell wrap"),
    Column("unit", 9, "cell middle"),
    Column("baseline", 10),
    Column("target", 10),
    Column("current", 10),
    Column("weight", 16),
    Column("start", 12),
    Column("due", 16, "cell middle"),
    Column("progress", 16),
    Column("claimed", 12, "cell middle"),
    Column("updated", 12),
    Column("supports", 9, "cell middle"),
    Column("remark", 38, "cell wrap"),
    Column("reason", 26, "cell wrap"),
    Column("approved", 14, "cell middle"),
)
PLACE = {column.key: place for place, column in enumerate(COLUMNS)}
HEADER = 4
"""0-based: below title, subtitle, instructions and an empty row."""
CHART_ROWS = 15


def write_goals(book: Book, statuses: str) -> None:
    """Write the goal sheet.

    Args:
        book: The workbook.
        statuses: The range of the list of statuses, as a formula.
    """
    sheet = book.add_sheet("goals", "#C0504D")
    _write_top(book, sheet)
    last = _write_blocks(book, sheet)
    _write_foot(book, sheet, last)
    _add_rules(book, sheet, last, statuses)


def _write_top(book: Book, sheet: Worksheet) -> None:
    look, width = book.look, len(COLUMNS) - 1
    title = f"{book.say(book.story.company)} · " if book.lang == "zh" else ""
    title += book.word("goals_title", cycle=book.cycle_name(book.cycle))
    sheet.merge_range(0, 0, 0, width, title, look["title"])
    sheet.set_row(0, TITLE_HEIGHT)
    who = book.name_of(book.story.prepared_by)
    day = book.cycle.today.isoformat()
    sheet.write_string(1, 0, book.word("subtitle", who=who, day=day), look["subtitle"])
    sheet.merge_range(2, 0, 2, width, book.word("how_to_fill"), look["note"])
    sheet.set_row(2, 18)
    book.write_header(sheet, HEADER, COLUMNS, book.labels.goal_columns)
    sheet.freeze_panes(HEADER + 1, PLACE["title"] + 1)
    sheet.repeat_rows(HEADER)


def _write_blocks(book: Book, sheet: Worksheet) -> int:
    """Write a section per department and in it a block per person."""
    row = HEADER
    department = ""
    numbered = enumerate(book.story.goals, 1)
    for who, goals in groupby(numbered, key=lambda pair: pair[1].who):
        person = book.story.person(who)
        if person.department != department:
            department = person.department
            row += 1
            _write_section(book, sheet, row, department)
        first = row + 1
        for goal in goals:
            row += 1
            _write_goal(book, sheet, row, goal)
        _write_name(book, sheet, (first, row), book.say(person.name))
    return row


def _write_section(book: Book, sheet: Worksheet, row: int, department: str) -> None:
    name = book.say(book.story.departments[department])
    style = book.look["section"]
    if book.lang == "zh":
        sheet.merge_range(row, 0, row, len(COLUMNS) - 1, name, style)
        return
    sheet.write_string(row, 0, name, style)
    for column in range(1, len(COLUMNS)):
        sheet.write_blank(row, column, None, style)


def _write_name(book: Book, sheet: Worksheet, rows: tuple[int, int], name: str) -> None:
    """Write a name once for its block: merged in Chinese, blank below in English."""
    first, last = rows
    column, style = PLACE["employee"], book.look["cell wrap middle"]
    if book.lang == "zh" and last > first:
        sheet.merge_range(first, column, last, column, name, style)
        return
    sheet.write_string(first, column, name, style)
    for row in range(first + 1, last + 1):
        sheet.write_blank(row, column, None, style)


def _write_goal(
    book: Book, sheet: Worksheet, row: int, numbered: tuple[int, Goal]
) -> None:
    number, goal = numbered
    cells = goal_cells(book, number, goal)
    sheet.set_row(row, 30)
    for place, column in enumerate(COLUMNS):
        if column.key != "employee":
            value = cells.get(column.key)
            book.write(sheet, (row, place), value, _style(column, value, goal))
    if goal.progress == "formula" and isinstance(cells.get("current"), float):
        _write_progress(book, sheet, row, cells)
    if goal.comment:
        manager = book.story.person(goal.who).manager or book.story.prepared_by
        sheet.write_comment(
            row,
            PLACE["title"],
            f"{book.name_of(manager)}:\n{book.say(goal.comment)}",
            {"author": book.name_of(manager), "x_scale": 1.6, "font_size": 9},
        )


def _style(column: Column, value: Value, goal: Goal) -> str:
    if column.key in {"baseline", "target", "current"}:
        return "cell typed" if isinstance(value, str) else number_style(goal)
    if column.key in {"weight", "progress"}:
        return "cell middle wrap" if isinstance(value, str) else "cell share"
    return column.style


def _write_progress(
    book: Book, sheet: Worksheet, row: int, cells: dict[str, Value]
) -> None:
    """Let the sheet compute the progress, as the footnote says."""
    at = {
        key: xl_rowcol_to_cell(row, PLACE[key])
        for key in ("baseline", "target", "current")
    }
    if not all(isinstance(cells.get(key), float) for key in at):
        return
    sheet.write_formula(
        row,
        PLACE["progress"],
        "=({current}-{baseline})/({target}-{baseline})".format_map(at),
        book.look["cell share"],
        cells["progress"],
    )


def _write_foot(book: Book, sheet: Worksheet, last: int) -> None:
    look = book.look
    who = book.name_of(book.story.prepared_by)
    sheet.write_string(last + 2, 0, book.word("goals_foot"), look["subtitle"])
    sheet.write_string(last + 3, 0, book.word("signed", who=who), look["subtitle"])
    readme = book.sheet_name("readme")
    count = len(book.labels.status) - 1
    chart = book.out.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": book.word("count"),
            "categories": [readme, STATUS_ROW, 1, STATUS_ROW + count - 1, 1],
            "values": [readme, STATUS_ROW, 2, STATUS_ROW + count - 1, 2],
            "fill": {"color": "#7F9DB9"},
            "gap": 60,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": book.word("chart"), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 20 * CHART_ROWS})
    sheet.insert_chart(last + 5, PLACE["employee"], chart)


STATUS_ROW = 18
"""Where the read-me sheet counts the statuses, 0-based; the chart shows it."""


def _add_rules(book: Book, sheet: Worksheet, last: int, statuses: str) -> None:
    """Add what Excel does by itself: colours, bars, lists, number checks."""
    first = HEADER + 1

    def column(key: str) -> tuple[int, int, int, int]:
        return first, PLACE[key], last, PLACE[key]

    for colours, names in (
        (GOOD, ("on_track", "done")),
        (FAIR, ("at_risk",)),
        (POOR, ("behind",)),
    ):
        shown = book.look.change(colours)
        for name in names:
            said = f'"{book.say(book.labels.status[name])}"'
            sheet.conditional_format(
                *column("claimed"),
                {"type": "cell", "criteria": "==", "value": said, "format": shown},
            )
    sheet.conditional_format(
        *column("progress"),
        {
            "type": "data_bar",
            "bar_color": "#9DC3E6",
            "bar_solid": True,
            "min_type": "num",
            "max_type": "num",
            "min_value": 0,
            "max_value": 1,
        },
    )
    sheet.data_validation(
        *column("claimed"),
        {"validate": "list", "source": statuses, "input_message": book.word("pick")},
    )
    sheet.data_validation(
        *column("weight"),
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 1,
            "error_message": book.word("share_error"),
            "error_type": "warning",
        },
    )
    # Excel cannot sort merged cells, so a sheet with merged names has no filter.
    if book.lang == "en":
        sheet.autofilter(HEADER, 0, last, len(COLUMNS) - 1)
