"""Rows of talks about progress."""

from sync.records.directory import Directory, Found
from sync.records.model import CheckIn
from sync.records.reading import TableReader
from sync.records.values.names import split_names
from sync.records.values.texts import is_missing, long_text_of
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import RawValue


def read_check_ins(reader: TableReader, directory: Directory) -> list[CheckIn]:
    """Read the talks of one table."""
    periods = reader.periods()
    held = reader.dates("date", is_past=True, periods=periods)
    following = reader.dates("next_date", periods=periods, starts=held)
    nobody: tuple[str, ...] = ()
    participants = reader.read("participants", _names, nobody)
    texts = [
        reader.long_texts(field)
        for field in ("topic", "notes", "done", "issues", "next", "support")
    ]
    talks = []
    for index, place in enumerate(reader.places()):
        topic, notes, done, issues, steps, support = (column[index] for column in texts)
        people = [
            directory.find(directory.mention_of(it)) for it in participants[index]
        ]
        _note_unknown(reader, index, people)
        talks.append(
            CheckIn(
                place=place,
                participants=participants[index],
                person_keys=tuple(
                    dict.fromkeys(it.key for it in people if it.key is not None)
                ),
                held_on=held[index],
                topic=topic,
                notes=notes,
                done=done,
                issues=issues,
                next_steps=steps,
                support=support,
                next_on=following[index],
            )
        )
    return talks


def _names(raw: RawValue) -> tuple[str, ...]:
    text = long_text_of(raw)
    return () if is_missing(text) else split_names(text)


def _note_unknown(reader: TableReader, index: int, people: list[Found]) -> None:
    """Say which participant is not known; mildly, for guests take part in talks."""
    for found in people:
        if found.problem:
            problem = found.problem
            mild = UnreadableCell(problem.what, problem.fix, problem.code, "info")
            reader.note(mild, "participants", index)
