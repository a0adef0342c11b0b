"""Rows of appraisals."""

from sync.records.directory import Directory, Mention
from sync.records.model import Rating
from sync.records.people import Sighting, name, number
from sync.records.reading import TableReader
from sync.records.values.booleans import read_boolean
from sync.records.values.names import read_address
from sync.records.values.ratings import Rated, read_rating
from sync.records.values.texts import text_of
from sync.workbooks.snapshot import RawValue

_NOTHING = Rated(None)
MARKS = ("self_rating", "manager_rating", "final_rating", "grade")


def mentions_of(reader: TableReader) -> list[Mention]:
    """Give whom each row is about."""
    columns = zip(
        reader.read("employee_id", number, ""),
        reader.read("email", read_address, ""),
        reader.read("employee_name", name, ""),
        reader.texts("department"),
        strict=True,
    )
    return [Mention(*parts) for parts in columns]


def sightings_of(reader: TableReader) -> list[Sighting]:
    """Give what the rows tell about people."""
    managers = reader.read("manager", name, "")
    return [
        Sighting(mention, manager=manager)
        for mention, manager in zip(mentions_of(reader), managers, strict=True)
        if any(mention[:3])
    ]


def read_ratings(reader: TableReader, directory: Directory) -> list[Rating]:
    """Read the appraisals of one table; rows without any mark are left out."""
    mentions, places, periods = mentions_of(reader), reader.places(), reader.periods()
    marks = {field: reader.read(field, read_rating, _NOTHING) for field in MARKS[:3]}
    grades = reader.read("grade", _grade, "")
    comments = reader.long_texts("comments")
    potentials = reader.texts("potential")
    rated = reader.dates("rating_date", is_past=True, periods=periods)
    acknowledged = reader.read("acknowledged", read_boolean, None)
    ratings = []
    for index, mention in enumerate(mentions):
        own, managers, final = (marks[field][index] for field in MARKS[:3])
        found = directory.find(mention)
        if found.problem:
            field = {"id": "employee_id", "email": "email"}.get(
                found.by, "employee_name"
            )
            reader.note(found.problem, field, index)
        if not any(mention[:3]):
            continue
        ratings.append(
            Rating(
                place=places[index],
                person_key=found.key,
                employee=mention.name,
                review_cycle=periods[index],
                self_rating=own.value,
                manager_rating=managers.value,
                final_rating=final.value,
                grade=grades[index] or final.grade or managers.grade,
                comments=comments[index],
                rated_on=rated[index],
                acknowledged=acknowledged[index],
                potential=potentials[index],
            )
        )
    return ratings


def _grade(raw: RawValue) -> str:
    """Keep a grade as written, even one we do not know."""
    rated = read_rating(raw) if not isinstance(raw, str) else None
    if rated and rated.value is not None:
        return text_of(raw)
    text = text_of(raw)
    return "" if text in {"-", "/", "N/A", "n/a"} else text
