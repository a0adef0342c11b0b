"""One sync with a person's edits between its calls, and what has to hold afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sync import pipeline
from sync.assess.labels import label
from sync.assess.model import Past
from sync.config.model import Config
from sync.workbooks.google.workbook import GoogleWorkbook
from sync.writeback.plan import Intention
from tests.sheets_server import edits
from tests.sheets_server.book import Book
from tests.sheets_server.edits import Edit
from tests.sheets_server.grid import Sheet
from tests.sheets_server.server import SheetFile, SheetsServer

TODAY = date(2026, 11, 22)
HEAD = [
    "Goal ID",
    "Employee",
    "Goal",
    "Unit",
    "Target",
    "Actual",
    "Start date",
    "Due date",
    "Note",
]
DATES = (HEAD.index("Start date"), HEAD.index("Due date"))
OWN = {"Follow-up", "Why", "SMART", "Next follow-up"}
WRITES = "(:batchUpdate|ByDataFilter)$"


def table(n: int) -> list[list[Any]]:
    """A table of goals whose statuses differ."""
    rows: list[list[Any]] = [list(HEAD)]
    for i in range(1, n + 1):
        done = (i * 7) % 23
        rows.append(
            [
                f"G-{i:03}",
                f"Person {chr(65 + i % 26)}{i}",
                f"Win {i + 3} new customers by December",
                "customers",
                20,
                done,
                46023,
                46387,
                f"typed {i}",
            ]
        )
    return rows


def spreadsheet(server: SheetsServer, n: int, editor: str) -> SheetFile:
    """The table on a sheet of its own."""
    file = server.spreadsheet({"Goals": table(n)})
    day = {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}
    for row in range(1, n + 1):
        for column in DATES:
            file.tab().change(row, column, format=day)
    file.tab().resize(rows=n + 30)
    file.share(editor, "writer")
    return file


def scenarios(n: int) -> Mapping[str, Edit | None]:
    """The eleven human edits that every way of writing is measured by."""
    middle = n // 2
    new: list[Any] = [
        "G-900",
        "New Person",
        "Win 9 new customers",
        "customers",
        20,
        3,
        46023,
    ]
    other: list[Any] = [
        "G-901",
        "Aaa",
        "Win 8 new customers",
        "customers",
        20,
        19,
        46023,
    ]
    return {
        "none": None,
        "sort by name": edits.sort_rows(1, descending=True),
        "insert row": edits.insert_rows(middle, [new]),
        "delete row": edits.delete_rows(middle),
        "move rows": edits.move_rows(n - 4, 3, 3),
        "insert column left": edits.insert_column(
            3, ["Manager", *(f"boss {i}" for i in range(n))]
        ),
        "insert column before ours": edits.insert_column(
            9, ["Comment", *(f"said {i}" for i in range(n))]
        ),
        "delete column": edits.delete_column(3),
        "edit one key": edits.type_value(7, 0, "G-777"),
        "rename tab": edits.rename_tab("Goals 2027"),
        "insert row and sort": edits.together(
            edits.insert_rows(3, [other]), edits.sort_rows(2, descending=True)
        ),
    }


Remembered = Mapping[tuple[str, str], str]


def sync(
    workbook: GoogleWorkbook, remembered: Remembered
) -> tuple[Intention, dict[str, str]]:
    """Do what the command does; give the plan and each goal's status by its key."""
    config = Config()
    understood = pipeline.understand(workbook, config, ())
    assessment = pipeline.judge(understood, config, past=Past(), today=TODAY)
    intention = pipeline.plan(understood, assessment, config, remembered)
    workbook.commit(intention.plan)
    statuses = {
        judged.goal.key: label(judged.status, "en") for judged in assessment.goals
    }
    return intention, statuses


def change_figures(file: SheetFile, n: int) -> None:
    """Let people type new figures, so that statuses change."""
    for row in range(2, n, 3):
        file.edit(edits.type_value(row, HEAD.index("Actual"), (row * 5) % 21))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one race."""

    wrong: int
    """Rows that show a status which is not that of their key."""
    missing: int
    """Rows whose key was read and that show no status."""
    destroyed: int
    """Cells of people's that are not what they left."""
    calls: int
    error: str = ""


def race(
    server: SheetsServer,
    file: SheetFile,
    run: Callable[[], Mapping[str, str]],
    between: Sequence[tuple[str, int, Edit]],
) -> Result:
    """Run one sync, with edits before some of its calls.

    Args:
        server: The test server.
        file: The spreadsheet.
        run: Does the sync, and gives the status of every key that was read.
        between: (calls that match, how many of them go before, what a person does).
    """
    people = file.book.copy()
    before = len(server.log)
    done: list[Edit] = []

    def watched(edit: Edit) -> Edit:
        def both(book: Book) -> None:
            done.append(edit)
            edit(book)

        return both

    for match, skip, edit in between:
        server.before(match, file, watched(edit), skip=skip)
    error = ""
    statuses: Mapping[str, str] = {}
    try:
        statuses = run()
    except Exception as problem:  # noqa: BLE001 (a crash is a result)
        error = f"{type(problem).__name__}: {problem}"
    calls = len(server.log) - before
    for edit in done:
        edit(people)
    server.meetings.clear()
    wrong, missing = misplaced(file, statuses)
    return Result(wrong, missing, destroyed(people, file), calls, error)


def misplaced(file: SheetFile, statuses: Mapping[str, str]) -> tuple[int, int]:
    """Count rows with a status that is not theirs, and rows that lack theirs."""
    rows = file.rows(goals_of(file.book).title)
    head = next((row for row in rows if "Goal ID" in row and "Follow-up" in row), None)
    if head is None:
        return 0, len(statuses)
    key, own = head.index("Goal ID"), head.index("Follow-up")
    wrong = missing = 0
    seen = [row[key] for row in rows if len(row) > key]
    for row in rows[rows.index(head) + 1 :]:
        name = str(row[key]) if len(row) > key else ""
        shown = row[own] if len(row) > own else ""
        should = statuses.get(name)
        if should is None:
            wrong += shown != ""
        elif shown == "":
            missing += seen.count(name) == 1
        else:
            wrong += shown != should
    return wrong, missing


def goals_of(book: Book) -> Sheet:
    """The first tab that is not ours."""
    return next(sheet for sheet in book.sheets if not sheet.metadata)


def destroyed(people: Book, file: SheetFile) -> int:
    """Count cells that differ from what people's edits alone would have left."""
    mine, theirs = goals_of(file.book), goals_of(people)
    return sum(a != b for a, b in zip_cells(theirs, mine))


def zip_cells(theirs: Sheet, mine: Sheet) -> list[tuple[Any, Any]]:
    left, right = human_columns(theirs), human_columns(mine)
    pairs: list[tuple[Any, Any]] = [(len(left), len(right))]
    height = max(theirs.height, mine.height)
    for a, b in zip(left, right, strict=False):
        pairs += [(cell(theirs, row, a), cell(mine, row, b)) for row in range(height)]
    return pairs


def cell(sheet: Sheet, row: int, column: int) -> Any:
    found = sheet.cell(row, column) if row < sheet.height else None
    return None if found is None or found.says_nothing() else found


def human_columns(sheet: Sheet) -> list[int]:
    """The columns that hold something of people's, in order."""
    own = {
        number
        for number, column in enumerate(sheet.columns)
        if any(one.key == "followup.column" for one in column.metadata)
    }
    _, width = sheet.extent()
    return [
        number
        for number in range(width)
        if number not in own
        and any(cell(sheet, row, number) is not None for row in range(sheet.height))
    ]
