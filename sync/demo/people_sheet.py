"""The people sheet, and the hidden sheet of lists that the drop-downs use."""

from collections.abc import Iterator
from datetime import timedelta

from sync.demo.book import Book, Column, Value
from sync.demo.story import Person

COLUMNS = (
    Column("employee_id", 12, "cell middle"),
    Column("name", 18),
    Column("department", 20),
    Column("position", 28),
    Column("manager", 18),
    Column("email", 34),
    Column("hired", 14),
    Column("state", 18, "cell middle"),
    Column("language", 12, "cell middle"),
)
EMAIL = 5
LANGUAGE = 8
PROBATION = timedelta(days=90)


def list_ranges(book: Book) -> dict[str, str]:
    """Give the range of each list, as a formula, whether it is written yet or not."""
    name = book.sheet_name("lists")
    return {
        key: f"='{name}'!${letter}$1:${letter}${len(values)}"
        for letter, (key, values) in zip("ABC", _lists(book).items(), strict=True)
    }


def write_lists(book: Book) -> None:
    """Write the hidden sheet of lists."""
    sheet = book.add_sheet("lists", "#808080")
    sheet.hide()
    for column, values in enumerate(_lists(book).values()):
        sheet.write_column(0, column, values, book.look["plain"])


def _lists(book: Book) -> dict[str, list[str]]:
    status, action = book.labels.status, book.labels.action_status
    return {
        "status": [book.say(text) for key, text in status.items() if key != "none"],
        "action_status": [book.say(text) for text in action.values()],
        "language": [book.word("chinese"), book.word("english")],
    }


def write_people(book: Book, languages: str) -> None:
    """Write the people sheet.

    Args:
        book: The workbook.
        languages: The range of the list of languages, as a formula.
    """
    sheet = book.add_sheet("people", "#4F81BD")
    title = book.word("people_title")
    names = book.labels.people_columns
    last = book.write_table(sheet, COLUMNS, names, _rows(book), title=title)
    for row, person in enumerate(book.story.people, last + 1 - len(book.story.people)):
        if person.mail:
            address = _address(book, person)
            look = book.look["cell link"]
            sheet.write_url(row, EMAIL, f"mailto:{address}", look, address)
    sheet.data_validation(
        3, LANGUAGE, last, LANGUAGE, {"validate": "list", "source": languages}
    )


def _rows(book: Book) -> Iterator[dict[str, Value]]:
    for person in book.story.people:
        # Somebody who prefers the language the workbook is not written in.
        chinese = (book.lang == "zh") != person.other_language
        hired = person.hired
        if isinstance(hired, int):
            hired = book.cycle.today - timedelta(days=hired)
        new = book.cycle.today - hired < PROBATION
        yield {
            "employee_id": book.number_of(person.key),
            "name": book.say(person.name),
            "department": book.say(book.story.departments[person.department]),
            "position": book.say(person.position),
            "manager": book.name_of(person.manager),
            "email": _address(book, person),
            "hired": hired,
            "state": book.word("trainee" if new else "active"),
            "language": book.word("chinese" if chinese else "english"),
        }


def _address(book: Book, person: Person) -> str:
    return f"{book.say(person.mail)}@example.com" if person.mail else ""
