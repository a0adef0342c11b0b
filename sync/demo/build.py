"""Write the demo workbook: the same bytes for the same arguments."""

from datetime import UTC, date, datetime
from pathlib import Path

from xlsxwriter import Workbook

from sync.demo.book import Book
from sync.demo.cover_sheet import write_cover
from sync.demo.cycle import Cycle
from sync.demo.goals_sheet import write_goals
from sync.demo.log_sheets import write_actions, write_feedback, write_talks
from sync.demo.look import Look
from sync.demo.people_sheet import list_ranges, write_lists, write_people
from sync.demo.ratings_sheet import write_ratings
from sync.demo.story import Case, label, tell
from sync.wording import Lang


def build(
    folder: Path, *, lang: Lang, case: Case, today: date, on: date | None = None
) -> Path:
    """Write a workbook as an HR team would really keep one.

    Args:
        folder: Where to put it; made when it is not there.
        lang: The language of everything in it.
        case: ``retail``: sales targets by store, one-to-ones, adjusted targets.
            ``tech``: 360 feedback, the gaps it shows, the actions that follow.
        today: The day it was last kept up to date; all its dates follow from it.
        on: The day it is seen on, when that is some weeks before ``today``: goals,
            feedback, talks and actions stand as they stood then.

    Returns:
        The file, which replaces one of the same name.

    Raises:
        OSError: If the folder or the file cannot be written.
    """
    story, labels = tell(case), label()
    folder.mkdir(parents=True, exist_ok=True)
    name = labels.words["filename"].fill(company=story.company).in_(lang)
    path = folder / f"{name}.xlsx"
    with path.open("wb") as file:
        out = Workbook(file, {"in_memory": True})
        look = Look(out, lang, case)
        book = Book(
            out=out,
            story=story,
            labels=labels,
            lang=lang,
            cycle=Cycle(today, on),
            look=look,
        )
        _describe(book)
        _write_sheets(book)
        out.close()
    return path


def _describe(book: Book) -> None:
    # Without a fixed day XlsxWriter stamps the file with the moment it is made.
    day = book.cycle.today
    book.out.set_properties(
        {
            "title": book.word("goals_title", cycle=book.cycle_name(book.cycle)),
            "author": book.name_of(book.story.prepared_by),
            "company": book.say(book.story.company),
            "created": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        }
    )
    book.out.set_size(2400, 1400)


def _write_sheets(book: Book) -> None:
    # XlsxWriter keeps sheets in the order they are added: the hidden lists, which the
    # others know by name, come last.
    lists = list_ranges(book)
    write_cover(book)
    write_people(book, lists["language"])
    write_goals(book, lists["status"])
    write_ratings(book)
    write_feedback(book)
    write_talks(book)
    write_actions(book, lists["action_status"])
    write_lists(book)
