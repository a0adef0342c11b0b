"""Recognised tables to typed records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from sync.findings import Finding, reading_order
from sync.records import feedback as feedback_rows
from sync.records import ratings as rating_rows
from sync.records.actions import read_actions
from sync.records.check_ins import read_check_ins
from sync.records.directory import Directory
from sync.records.goal_rows import GoalRows, keys_of, read_goal_rows
from sync.records.goals import goals_of
from sync.records.groups import by_group
from sync.records.leave_rows import read_leave, with_leave
from sync.records.model import Goal, Rating, Records, Status
from sync.records.people import (
    Managed,
    people_from,
    read_people,
    with_managers,
    with_unique_keys,
)
from sync.records.plan_rows import read_breakdowns
from sync.records.planned_goals import with_breakdowns
from sync.records.reading import Office, TableReader
from sync.records.surveys import by_competency
from sync.records.values.texts import folded
from sync.records.values.unreadable import UnreadableCell
from sync.tables.model import Kind, Recognition, Table
from sync.workbooks.snapshot import Snapshot

T = TypeVar("T")


def parse(
    snapshot: Snapshot,
    recognition: Recognition,
    *,
    today: date,
    fiscal_year_starts: int = 1,
    labels: Mapping[str, str] | None = None,
) -> Records:
    """Read every record of a workbook.

    A cell that cannot be read becomes a finding at that cell and stops nothing.

    Args:
        snapshot: What the workbook holds.
        recognition: Which tables and columns it has.
        today: Used only to infer the year of dates written without one.
        fiscal_year_starts: The month in which Q1 begins.
        labels: Status words of the office's own → the status they claim, by its
            value, or ``none`` for a word that claims nothing.

    Returns:
        The records in the order of the tables and rows, and what could not be read.
    """
    own = {
        folded(word).strip(): None if status == "none" else Status(status)
        for word, status in (labels or {}).items()
    }
    office = Office(today, fiscal_year_starts, snapshot.date_system, own)

    def readers(*kinds: Kind) -> list[TableReader]:
        return [
            reader
            for table in recognition.of(*kinds)
            for reader in _readers(table, snapshot, office)
        ]

    goal_rows = [read_goal_rows(it) for it in readers(Kind.GOALS, Kind.KPI)]
    ratings, feedback = readers(Kind.RATINGS), readers(Kind.FEEDBACK)
    check_ins, actions = readers(Kind.CHECKINS), readers(Kind.ACTIONS)
    lists, leave = readers(Kind.PEOPLE), readers(Kind.LEAVE)
    plans = readers(Kind.PLANS)
    people, findings, unplaced = _people(lists, goal_rows, ratings, feedback)
    directory = Directory(people, is_list=any(it.place for it in people))
    goals, goal_findings = _goals(goal_rows, directory, unplaced)
    if breakdowns := [it for reader in plans for it in read_breakdowns(reader)]:
        goals = with_breakdowns(goals, breakdowns, directory)
    records = Records(
        people=with_leave(people, _each(leave, directory, read_leave)),
        goals=goals,
        ratings=(
            *_each(ratings, directory, rating_rows.read_ratings),
            *_ratings_beside_goals(goal_rows, directory),
        ),
        feedback=_each(feedback, directory, feedback_rows.read_feedback),
        check_ins=_each(check_ins, directory, read_check_ins),
        actions=_each(actions, directory, read_actions),
    )
    for reader in (*lists, *leave, *plans, *ratings, *feedback, *check_ins, *actions):
        findings += reader.findings
    return replace(records, findings=_in_order([*findings, *goal_findings]))


def _readers(table: Table, snapshot: Snapshot, office: Office) -> list[TableReader]:
    sheet = snapshot.sheet(table.sheet)
    if sheet is None:
        return []
    tables: tuple[Table, ...] = (table,)
    if table.kind in {Kind.GOALS, Kind.KPI}:
        tables = by_group(table)
    elif table.kind is Kind.FEEDBACK:
        tables = by_competency(table)
    return [TableReader(it, sheet, office) for it in tables]


def _people(
    lists: Sequence[TableReader],
    goals: Sequence[GoalRows],
    ratings: Sequence[TableReader],
    feedback: Sequence[TableReader],
) -> Managed:
    listed = [person for reader in lists for person in read_people(reader)]
    if listed:
        people, findings = with_unique_keys(listed)
    else:
        findings = []
        people = people_from(
            [
                *(it for rows in goals for it in rows.sightings()),
                *(it for reader in ratings for it in rating_rows.sightings_of(reader)),
                *(
                    it
                    for reader in feedback
                    for it in feedback_rows.sightings_of(reader)
                ),
            ]
        )
    managed = with_managers(people)
    return managed._replace(findings=[*findings, *managed.findings])


def _goals(
    tables: Sequence[GoalRows],
    directory: Directory,
    unplaced: dict[str, UnreadableCell],
) -> tuple[tuple[Goal, ...], list[Finding]]:
    goals: list[Goal] = []
    findings: list[Finding] = []
    for rows, keys in zip(tables, keys_of(tables), strict=True):
        of_table, unread = goals_of(rows, keys, directory, unplaced)
        goals += of_table
        findings += unread
    return tuple(goals), findings


def _ratings_beside_goals(
    tables: Sequence[GoalRows], directory: Directory
) -> list[Rating]:
    """Read the final marks of tables with one row a person and goals as columns."""
    ratings: list[Rating] = []
    seen = set()
    for rows in tables:
        table = rows.reader.table
        place = (table.sheet, table.header_row)
        is_grouped = "goal_title" in table.context and rows.reader.has("final_rating")
        if is_grouped and place not in seen:
            seen.add(place)
            ratings += rating_rows.read_ratings(rows.reader, directory)
    return ratings


def _each(
    readers: Sequence[TableReader],
    directory: Directory,
    read: Callable[[TableReader, Directory], list[T]],
) -> tuple[T, ...]:
    return tuple(record for reader in readers for record in read(reader, directory))


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort for reading; what several blocks of one table found is said once."""
    once = {(it.at, it.code, it.what.in_("en")): it for it in findings}
    return tuple(sorted(once.values(), key=reading_order))
