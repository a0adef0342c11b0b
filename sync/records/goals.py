"""Goal and KPI rows as goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sync.cells import CellRef
from sync.findings import Finding
from sync.records import wording
from sync.records.claims import Claims, read_claims
from sync.records.directory import Directory
from sync.records.due import due_text_of
from sync.records.figures import Figures, read_figures
from sync.records.goal_rows import GoalRows
from sync.records.ignores import read_ignores
from sync.records.keys import GoalKey
from sync.records.model import Goal, Origin
from sync.records.noting import with_subject
from sync.records.plans import Plan, read_plans
from sync.records.reading import TableReader
from sync.records.series import period_at
from sync.records.values.booleans import read_boolean
from sync.records.values.confidence import HEADER, read_confidence, top_of
from sync.records.values.milestones import read_milestones
from sync.records.values.unreadable import UnreadableCell


def goals_of(
    rows: GoalRows,
    keys: Sequence[GoalKey],
    directory: Directory,
    unplaced: dict[str, UnreadableCell],
) -> tuple[list[Goal], list[Finding]]:
    """Put the goals of one table together, now that everybody is known.

    Args:
        rows: The columns as read.
        keys: One for each row kept.
        directory: Who is who.
        unplaced: Person's key → what is wrong with their manager; said once, beside
            the manager's name in the first of their rows, and then taken out.
    """
    reader = rows.reader
    starts = reader.dates("start_date", edge="first", periods=rows.periods)
    dues = reader.dates("due_date", periods=rows.periods, starts=starts)
    due_texts = [due_text_of(raw) for raw in reader.cells("due_date")]
    times = _Times(
        starts,
        dues,
        due_texts,
        reader.dates("actual_end_date", is_past=True, periods=rows.periods),
        reader.dates("last_update", is_past=True, periods=rows.periods),
    )
    words = _Words.read(reader)
    figures, claims = (
        read_figures(reader, rows.mentions, rows.periods),
        read_claims(reader),
    )
    acknowledged = reader.read("acknowledged", read_boolean, None)
    plans = read_plans(reader, figures.targets)
    goals = []
    for index, key in zip(rows.kept, keys, strict=True):
        person = _resolve(rows, index, directory)
        if person in unplaced and rows.managers[index]:
            reader.note(unplaced.pop(person), "manager", index)
        goal = _goal(
            rows, index, key, person, times, words, figures, claims, acknowledged
        )
        until = ""
        if plans[index].parts:
            until = period_at(reader.table, reader.at("actual", index).column)
        goals.append(_planned(goal, plans[index], until, reader.office.today))
    noted = {it.at.row for it in reader.findings if it.at}
    subjects = {
        (it.place.sheet, it.place.row): it.key for it in goals if it.place.row in noted
    }
    findings = [
        with_subject(it, subjects.get((it.at.sheet, it.at.row), "")) if it.at else it
        for it in reader.findings
    ]
    return goals, findings


@dataclass(frozen=True, slots=True)
class _Times:
    starts: Sequence[date | None]
    dues: Sequence[date | None]
    due_texts: Sequence[str]
    ended: Sequence[date | None]
    checked_in: Sequence[date | None]


@dataclass(frozen=True, slots=True)
class _Words:
    description: Sequence[str]
    category: Sequence[str]
    data_source: Sequence[str]
    steps: Sequence[str]
    supports: Sequence[str]
    comments: Sequence[str]
    ignored: Sequence[Mapping[str, CellRef]]
    adjustment_reason: Sequence[str]
    approved_by: Sequence[str]
    confidence: Sequence[float | None]
    guard: Sequence[str]
    curve: Sequence[str]

    @classmethod
    def read(cls, reader: TableReader) -> "_Words":
        return cls(
            reader.long_texts("goal_description"),
            reader.texts("category"),
            reader.texts("data_source"),
            reader.long_texts("specific"),
            reader.texts("relevance"),
            reader.long_texts("comments"),
            read_ignores(reader),
            reader.long_texts("adjustment_reason"),
            reader.texts("approval"),
            _confidence(reader),
            reader.texts("guard"),
            reader.texts("curve"),
        )


def _planned(goal: Goal, plan: Plan, until: str, today: date) -> Goal:
    """Add how the target is to be reached; most rows do not say it."""
    milestones, are_shares = read_milestones(goal.steps, today, goal.start_on)
    if not milestones and not plan.parts and not plan.last_year:
        return goal
    return replace(
        goal,
        planned=plan.parts,
        results_until=until,
        last_year=plan.last_year,
        milestones=milestones,
        milestones_are_shares=are_shares,
    )


def _confidence(reader: TableReader) -> list[float | None]:
    """Read a column of confidence; one of forecasts tells of none."""
    header = reader.header("forecast")
    if not HEADER.search(header):
        return [None] * reader.n
    top = top_of(reader.cells("forecast"), header)
    return reader.read("forecast", lambda raw: read_confidence(raw, top), None)


def _resolve(rows: GoalRows, index: int, directory: Directory) -> str | None:
    mention = rows.mentions[index]
    found = directory.find(mention)
    if found.problem:
        field = {"id": "employee_id", "email": "email"}.get(found.by, rows.who)
        rows.reader.note(found.problem, field, index)
    elif rows.names_people and not any(mention[:3]):
        rows.reader.note(wording.NOBODY_NAMED.about(""), rows.who, index)
    return found.key


def _goal(  # noqa: PLR0913, PLR0917 - the parts of one record, each read on its own
    rows: GoalRows,
    index: int,
    key: GoalKey,
    person_key: str | None,
    times: _Times,
    words: _Words,
    figures: Figures,
    claims: Claims,
    acknowledged: Sequence[bool | None],
) -> Goal:
    table, mention = rows.reader.table, rows.mentions[index]
    return Goal(
        key=key.key,
        place=rows.places[index],
        origin=Origin(table.sheet, table.header_row),
        goal_id=rows.goal_ids[index],
        person_key=person_key,
        employee=mention.name,
        employee_id=mention.employee_id,
        manager=rows.managers[index],
        department=mention.department,
        review_cycle=rows.periods[index],
        title=rows.titles[index],
        description=words.description[index],
        category=words.category[index],
        metric=rows.metrics[index],
        unit=figures.units[index],
        data_source=words.data_source[index],
        steps=words.steps[index],
        direction=figures.directions[index],
        baseline=figures.baselines[index],
        target=figures.targets[index],
        current=figures.currents[index],
        progress=claims.progress[index],
        weight=figures.weights[index],
        max_points=figures.max_points[index],
        supports=words.supports[index],
        start_on=times.starts[index],
        due_on=times.dues[index],
        due_text=times.due_texts[index],
        ended_on=times.ended[index],
        claimed_status=claims.statuses[index],
        claimed_text=claims.texts[index],
        claimed_weak=claims.weak[index],
        checked_in_on=times.checked_in[index],
        acknowledged=acknowledged[index],
        comments=words.comments[index],
        ignored=words.ignored[index],
        adjustment_reason=words.adjustment_reason[index],
        approved_by=words.approved_by[index],
        confidence=words.confidence[index],
        guard=words.guard[index],
        curve=words.curve[index],
        duplicate=bool(key.others),
        usable_key=key.is_usable,
    )
