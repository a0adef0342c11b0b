"""The ratings of the last cycle, with the grades counted and drawn beside them."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from xlsxwriter.worksheet import Worksheet

from sync.demo.book import Book, Column, Value

COLUMNS = (
    Column("employee_id", 12, "cell middle"),
    Column("name", 18),
    Column("period", 18, "cell middle"),
    Column("self", 12, "cell middle"),
    Column("manager", 14, "cell middle"),
    Column("final", 12, "cell middle"),
    Column("grade", 9, "cell middle"),
    Column("comment", 44, "cell wrap"),
    Column("rated_on", 14),
    Column("acknowledged", 14, "cell middle"),
)
GRADES = ("S", "A", "B", "C")
RATED = timedelta(days=12)
"""How long after the end of the cycle the marks were settled."""


def write_ratings(book: Book) -> None:
    """Write the ratings sheet."""
    sheet = book.add_sheet("ratings", "#4BACC6")
    title = book.word("ratings_title", cycle=book.cycle_name(book.cycle.before))
    names = book.labels.rating_columns
    last = book.write_table(sheet, COLUMNS, names, _rows(book), title=title)
    _count_grades(book, sheet, last)


def _rows(book: Book) -> Iterator[dict[str, Value]]:
    before = book.cycle.before
    for key, rating in book.story.ratings.items():
        own, manager, final, grade, acknowledged, zh, en = rating
        yield {
            "employee_id": book.number_of(key),
            "name": book.name_of(key),
            "period": book.cycle_name(before),
            "self": own,
            "manager": manager,
            "final": final,
            "grade": grade,
            "comment": zh if book.lang == "zh" else en,
            "rated_on": before.end + RATED,
            "acknowledged": book.word("yes" if acknowledged else "no"),
        }


def _count_grades(book: Book, sheet: Worksheet, last: int) -> None:
    """Count the grades to the right of the table, an empty column between."""
    counts = Counter(rating[3] for rating in book.story.ratings.values())
    left, header = len(COLUMNS) + 1, 2
    name = book.say(book.labels.rating_columns["grade"])
    sheet.set_column(left, left + 1, 10)
    sheet.write_string(header, left, name, book.look["header"])
    sheet.write_string(header, left + 1, book.word("grade_count"), book.look["header"])
    for row, grade in enumerate(GRADES, header + 1):
        sheet.write_string(row, left, grade, book.look["cell middle"])
        formula = f'=COUNTIF($G$4:$G${last + 1},"{grade}")'
        look = book.look["cell number middle"]
        sheet.write_formula(row, left + 1, formula, look, counts[grade])
    own = book.sheet_name("ratings")
    first, final = header + 1, header + len(GRADES)
    chart = book.out.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": book.word("grade_count"),
            "categories": [own, first, left, final, left],
            "values": [own, first, left + 1, final, left + 1],
            "gap": 80,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": book.word("grade_chart"), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 360, "height": 240})
    sheet.insert_chart(final + 2, left, chart)
