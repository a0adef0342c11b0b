"""Rows of 360-degree feedback."""

from sync.records.directory import Directory, Mention
from sync.records.model import Feedback
from sync.records.people import Sighting, name
from sync.records.reading import TableReader
from sync.records.values import wording
from sync.records.values.ratings import read_rating
from sync.records.values.relationships import read_relationship
from sync.records.values.texts import text_of
from sync.workbooks.snapshot import RawValue


def sightings_of(reader: TableReader) -> list[Sighting]:
    """Give the people rated; raters may be anonymous and are not people for us."""
    names = reader.read("ratee", name, "")
    return [Sighting(Mention(name=it)) for it in names if it]


def read_feedback(reader: TableReader, directory: Directory) -> list[Feedback]:
    """Read the answers of one table."""
    ratees, periods = reader.read("ratee", name, ""), reader.periods()
    columns = zip(
        reader.places(),
        reader.read("rater", name, ""),
        reader.read("relationship", read_relationship, ""),
        reader.texts("competency"),
        reader.read("score", _score, None),
        reader.long_texts("comment"),
        strict=True,
    )
    answers = []
    for index, parts in enumerate(columns):
        place, rater, relationship, competency, score, comment = parts
        found = directory.find(directory.mention_of(ratees[index]))
        if found.problem:
            reader.note(found.problem, "ratee", index)
        answers.append(
            Feedback(
                place=place,
                ratee_key=found.key,
                ratee=ratees[index],
                rater=rater,
                relationship=relationship,
                competency=competency,
                score=score,
                comment=comment,
                review_cycle=periods[index],
            )
        )
    return answers


def _score(raw: RawValue) -> float | None:
    rated = read_rating(raw)
    if rated.value is None and rated.grade:
        raise wording.RATING_WITHOUT_NUMBER.about(text_of(raw))
    return rated.value
