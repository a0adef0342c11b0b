"""What kind of table it is: by its columns, and by what the sheet is called."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import NamedTuple

from sync.tables.assignment import Assignment, assign, is_of_goals
from sync.tables.claims import ACCEPT, Claim, claims_of, is_role_of_rows
from sync.tables.headers import Header
from sync.tables.model import Kind
from sync.tables.normalise import clean, has_cjk
from sync.tables.periods import period_of
from sync.tables.profile import Profile
from sync.tables.vocabulary import TABLES, Shape, TableName, Vocabulary

_ENOUGH = 1.5
"""Less evidence than this and the table is left alone."""
_BY_NAME = 0.7
_TASKS = 0.7
"""Plain tasks with dates are goals to most teams, and lose nothing when read as such."""
_UNSURE = 0.8
_BY_SMART = 1.5
_ANSWERS = frozenset({"score", "comment", "competency"})
_GENERIC = 0.25
"""What a header counts that any table may have, such as ``Name`` or ``日期``."""


class Judged(NamedTuple):
    """One reading of a table."""

    kind: Kind
    assignment: Assignment
    score: float
    name: str
    """The sheet name or title that spoke for the kind, or empty."""


def judge(
    header: Header,
    profiles: Mapping[int, Profile],
    names: Sequence[str],
    vocab: Vocabulary,
    *,
    only: Kind | None = None,
    has_person: bool = False,
) -> Judged | None:
    """Choose the kind whose fields explain the table best.

    Args:
        header: The table's header.
        profiles: What stands in each of its columns.
        names: The sheet's name and the titles above the table, the nearest last.
        vocab: The vocabulary.
        only: The kind the user set, if any.
        has_person: Whether the title says whose table it is.

    Returns:
        ``None`` when no kind has evidence enough.
    """
    readings = [
        _read(table, header, profiles, names, vocab=vocab, has_person=has_person)
        for table in TABLES
        if (only is None and table != "plans") or (only and table == _table_of(only))
    ]
    if only is not None and only is not Kind.OTHER:
        return readings[0]._replace(kind=only)
    good = [reading for reading in readings if reading.score >= _ENOUGH]
    return max(good, key=lambda reading: reading.score) if good else None


def _table_of(kind: Kind) -> str:
    return "goals" if kind is Kind.KPI else str(kind.value)


def _read(
    table: TableName,
    header: Header,
    profiles: Mapping[int, Profile],
    names: Sequence[str],
    *,
    vocab: Vocabulary,
    has_person: bool,
) -> Judged:
    claims = claims_of(table, header, profiles, vocab)
    assignment = assign(table, header, claims, vocab)
    shape = vocab.shapes[table]
    best = _best_by_field(assignment)
    name = next((n for n in reversed(names) if shape.names.search(clean(n))), "")
    score = _evidence(best, shape.signs, assignment, header)
    is_stacked = table == "goals" and _is_stacked(header, profiles)
    score += 2 * _BY_NAME if is_stacked else 0.0
    if name and score > 0.4:
        score += _BY_NAME
    fields = set(best) | ({"employee_name", "ratee"} if has_person else set())
    if table == "people" and "hire_date" in best:
        # A plain start date makes nobody an employee: courses have one as well.
        fields -= {"hire_date"} if best["hire_date"].guess.how == "maybe" else set()
    is_smart = table == "goals" and _is_scored_smart(header, vocab)
    measures = (
        table == "goals"
        and bool({"measure", "goal_title"} & fields)
        and {"target"} < fields & {"target", "actual", "progress_pct"}
    )
    score += _BY_NAME if measures else 0.0
    if _is_wide(table, assignment, header):
        score += _BY_NAME
    elif is_smart:
        score += _BY_SMART
        _name_by_category(assignment, header, vocab)
        best = _best_by_field(assignment)
    elif not is_stacked and not all(anchor & fields for anchor in shape.anchors):
        score = 0.0
    if table == "actions" and not name and _is_task_list(best):
        score *= _TASKS
    n_telling = sum(_worth(claim) > _GENERIC for claim in best.values())
    if n_telling < 2 and not name and not is_smart and not measures:
        score = min(score, 0.0)
    if table == "people" and _has_goal_words(best, claims, vocab, header):
        score -= 1.0
    score *= _is_its_own(table, best, fields, is_named=bool(name), shape=shape)
    return Judged(_kind(table, best, names), assignment, score, name)


def _evidence(
    best: Mapping[str, Claim],
    signs: Mapping[str, float],
    assignment: Assignment,
    header: Header,
) -> float:
    """Add up what the fields found say, less what stays unexplained."""
    score = sum(signs.get(field, 0.1) * _worth(claim) for field, claim in best.items())
    n_headers = sum(not period_of(text) for text in header.texts.values())
    unknown = n_headers - len(assignment.chosen)
    return score - 0.15 * max(0.0, unknown - n_headers * 0.4)


def _best_by_field(assignment: Assignment) -> dict[str, Claim]:
    best: dict[str, Claim] = {}
    for claim in assignment.chosen.values():
        known = best.get(claim.guess.field)
        if known is None or known.score < claim.score:
            best[claim.guess.field] = claim
    return best


def _worth(claim: Claim) -> float:
    """How much a column speaks for its kind."""
    sureness = min(1.0, max(0.0, claim.score))
    if claim.guess.how == "maybe":
        sureness *= _UNSURE
    return sureness * (_GENERIC if claim.guess.is_generic else 1.0)


def _is_stacked(header: Header, profiles: Mapping[int, Profile]) -> bool:
    """Whether each measure has a row for its targets and one for its results."""
    n_periods = sum(bool(period_of(text)) for text in header.texts.values())
    return n_periods >= 2 and any(is_role_of_rows(it) for it in profiles.values())


def _is_wide(table: TableName, assignment: Assignment, header: Header) -> bool:
    """Whether targets and results stand in groups, one group a measure."""
    grouped = {*header.groups, *(c for c, it in header.spread.items() if it.group)}
    if table != "goals" or not grouped:
        return False
    n_grouped = sum(
        claim.guess.field in {"target", "actual", "weighted_score", "progress_pct"}
        and column in grouped
        for column, claim in assignment.chosen.items()
    )
    return n_grouped >= 2 and {"target", "actual"} <= assignment.fields()


def _name_by_category(
    assignment: Assignment, header: Header, vocab: Vocabulary
) -> None:
    """Where goals are scored letter by letter, read the letters as no field of ours.

    What looks like a category then names the goals, when nothing else does.
    """
    letters = frozenset[str]().union(*vocab.smart_words)
    for column, claim in list(assignment.chosen.items()):
        is_score = clean(header.texts.get(column, "")) in letters and claim.fits <= 0
        if is_score or claim.guess.field in {"final_rating", "weight"}:
            del assignment.chosen[column]
            assignment.refused[column] = ("unknown", claim, None)
    if {"goal_title", "measure"} & assignment.fields():
        return
    for column, claim in assignment.chosen.items():
        if claim.guess.field == "category":
            guess = claim.guess._replace(field="goal_title", how="maybe")
            assignment.chosen[column] = replace(claim, guess=guess, score=ACCEPT + 0.1)
            return


def _is_task_list(best: Mapping[str, Claim]) -> bool:
    """Whether tasks are listed without a word of problems or of what is done about them."""
    action = best.get("action")
    return "issue" not in best and (action is None or action.guess.how == "maybe")


def _is_scored_smart(header: Header, vocab: Vocabulary) -> bool:
    """Whether at least three columns are named after the letters of SMART."""
    words = {clean(text) for text in header.texts.values()}
    return sum(bool(words & letter) for letter in vocab.smart_words) >= 3


def _is_its_own(
    table: TableName,
    best: Mapping[str, Claim],
    fields: AbstractSet[str],
    *,
    is_named: bool,
    shape: Shape,
) -> bool:
    """Whether columns that other tables have as well are this kind's for sure."""
    if table == "leave":
        return is_named or _says_leave(best, shape)
    return table != "feedback" or bool(_ANSWERS & fields) or _is_nomination(best)


def _is_nomination(best: Mapping[str, Claim]) -> bool:
    """Whether the headers say that people rate people: others have relations as well."""
    return all(
        field in best
        and best[field].guess.how != "maybe"
        and not best[field].guess.is_generic
        for field in ("ratee", "rater", "relationship")
    )


def _says_leave(best: Mapping[str, Claim], shape: Shape) -> bool:
    """Whether a column's own words speak of leave: anything has a start and an end."""
    return any(
        shape.names.search(claim.guess.wording)
        for field, claim in best.items()
        if field in {"leave_kind", "away_start", "away_end", "away"}
    )


def _has_goal_words(
    best: Mapping[str, Claim],
    claims: Mapping[int, Sequence[Claim]],
    vocab: Vocabulary,
    header: Header,
) -> bool:
    """Whether columns beside the people's own are those of goals or ratings."""
    taken = {claim.column for claim in best.values()}
    rest = [column for column in claims if column not in taken]
    others = [
        column
        for column in rest
        for table in ("goals", "ratings")
        if any(
            guess.strength > 0.8 and not guess.is_generic
            for guess in vocab.guesses(table, header.texts[column])[:1]
        )
    ]
    return len(others) >= 2


def _kind(table: TableName, best: Mapping[str, Claim], names: Sequence[str]) -> Kind:
    """Tell KPIs from goals: they name what is measured, not what is to be reached."""
    if table != "goals":
        return Kind(table)
    if "goal_title" not in best:
        named = any("kpi" in clean(name) or "指标" in clean(name) for name in names)
        described = best.get("goal_description")
        if described and not named and is_of_goals(described.guess.wording):
            return Kind.GOALS
        is_kpi = "measure" in best or named or not described
        return Kind.KPI if is_kpi and "achievable" not in best else Kind.GOALS
    wording = best["goal_title"].guess.wording
    called = " ".join(clean(name) for name in names)
    says_kpi = "kpi" in called or "指标" in called
    says_goal = "goal" in called or "目标" in called or "okr" in called
    unsure = best["goal_title"].guess.how == "maybe" and has_cjk(wording)
    return Kind.KPI if says_kpi and not says_goal and unsure else Kind.GOALS
