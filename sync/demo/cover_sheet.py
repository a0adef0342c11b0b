"""The first sheet: what is in the workbook, and how many goals say what."""

from collections import Counter

from sync.demo.book import TITLE_HEIGHT, Book
from sync.demo.goals_sheet import HEADER, PLACE, STATUS_ROW

LISTED = ("goals", "people", "ratings", "feedback", "talks", "actions")


def write_cover(book: Book) -> None:
    """Write the read-me sheet; it comes before all others."""
    sheet = book.add_sheet("readme", "#808080")
    look = book.look
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 74)
    sheet.set_row(1, TITLE_HEIGHT)
    cycle = book.cycle_name(book.cycle)
    company = book.say(book.story.company)
    title = book.word("title", company=company, cycle=cycle)
    sheet.write_string(1, 1, title, look["title"])
    who = book.name_of(book.story.prepared_by)
    day = book.cycle.today.isoformat()
    sheet.write_string(2, 1, book.word("subtitle", who=who, day=day), look["subtitle"])
    for row, note in ((4, book.say(book.story.reader_note)), (5, _how(book))):
        sheet.merge_range(row, 1, row, 2, note, look["note"])
        sheet.set_row(row, 48)
    sheet.write_string(7, 1, book.word("contents"), look["header"])
    sheet.write_string(7, 2, book.word("purpose"), look["header"])
    for row, key in enumerate(LISTED, 8):
        name = book.sheet_name(key)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", look["cell link"], name)
        note = book.say(book.labels.sheet_notes[key])
        sheet.write_string(row, 2, note, look["cell"])
    sheet.write_string(15, 1, book.word("confidential"), look["subtitle"])
    _count_statuses(book)
    sheet.activate()


def _how(book: Book) -> str:
    return book.word("how_to_fill")


def _count_statuses(book: Book) -> None:
    """Count the claimed statuses with formulas, as HR would."""
    sheet = book.out.get_worksheet_by_name(book.sheet_name("readme"))
    counts = Counter[str](goal.says for goal in book.story.goals)
    header = STATUS_ROW - 1
    sheet.write_string(header, 1, book.word("reported"), book.look["header"])
    sheet.write_string(header, 2, book.word("count"), book.look["header"])
    letter = chr(ord("A") + PLACE["claimed"])
    goals = book.sheet_name("goals")
    area = f"'{goals}'!${letter}${HEADER + 2}:${letter}$200"
    statuses = [key for key in book.labels.status if key != "none"]
    for row, key in enumerate(statuses, STATUS_ROW):
        name = book.say(book.labels.status[key])
        sheet.write_string(row, 1, name, book.look["cell"])
        formula = f"=COUNTIF({area},B{row + 1})"
        sheet.write_formula(
            row, 2, formula, book.look["cell number middle"], counts[key]
        )
