"""One table: from its place on the sheet to columns with fields and reasons."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping
from dataclasses import dataclass

from sync.config.model import TableOverride
from sync.findings import Finding
from sync.tables import overrides as own_word
from sync.tables import reasons
from sync.tables.context import Context, Surroundings, of_table
from sync.tables.explain import because, double_claims, why_unknown
from sync.tables.filldown import filled_down
from sync.tables.grid import Grid
from sync.tables.kinds import Judged, judge
from sync.tables.model import Column, Excluded, Kind, Table
from sync.tables.periods import period_of
from sync.tables.profile import Profile, profile
from sync.tables.regions import Region
from sync.tables.vocabulary import TABLES, TableName, Vocabulary
from sync.wording import Text, same
from sync.workbooks.snapshot import RawValue

_SAMPLE = 120
_NAMING = frozenset(
    {
        "employee_name",
        "employee_id",
        "goal_title",
        "goal_id",
        "measure",
        "ratee",
        "action",
        "issue",
        "date",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A table's place with what surrounds it, before its meaning is known."""

    grid: Grid
    region: Region
    above: Surroundings
    override: TableOverride | None = None


def read_table(draft: Draft, vocab: Vocabulary) -> tuple[Table, list[Finding]]:
    """Work out what the table is and what each of its columns means."""
    grid, region = draft.grid, draft.region
    profiles = _profiles(grid, region)
    judged = judge(
        region.header,
        profiles,
        (grid.sheet.name, *draft.above.titles),
        vocab,
        only=own_word.kind_of(draft.override),
        has_person="employee_name" in draft.above.values,
    )
    kind = judged.kind if judged else Kind.OTHER
    said, findings = _said(draft, kind, vocab)
    columns = [
        _column(column, region, judged, said, profiles=profiles)
        for column in profiles
        if column in region.header.texts or not profiles[column].is_empty
    ]
    fields = {column.column: column.field for column in columns}
    if judged:
        findings += double_claims(judged.assignment, grid, region, said)
        _leave_out_sub_targets(grid, region, fields)
    named = frozenset(field for field in fields.values() if field)
    context: Context = {}
    if kind is not Kind.OTHER:
        context = of_table(kind, draft.above, grid.sheet.name, named, vocab=vocab)
    table = Table(
        kind=kind,
        sheet=grid.sheet.name,
        sheet_index=grid.sheet.index,
        header_top=region.header.top,
        header_row=region.header.row,
        first_row=region.first,
        last_row=region.last,
        columns=tuple(columns),
        excluded=_excluded(region),
        filled_down=filled_down(grid, region, kind, fields),
        context=context,
        missing=_missing(kind, named, context, vocab),
        confidence=_confidence(judged, said),
        why=_why(judged, draft.override),
    )
    return table, findings


def table_name(kind: Kind) -> TableName | None:
    """The part of the vocabulary a kind uses; ``None`` for other tables."""
    if kind is Kind.OTHER:
        return None
    return "goals" if kind is Kind.KPI else next(n for n in TABLES if n == kind.value)


def _said(
    draft: Draft, kind: Kind, vocab: Vocabulary
) -> tuple[dict[int, str | None], list[Finding]]:
    if draft.override is None:
        return {}, []
    region = draft.region
    return own_word.columns_set(
        draft.override,
        region.header,
        (region.left, region.right),
        at=(draft.grid.sheet.name, table_name(kind)),
        vocab=vocab,
    )


def _profiles(grid: Grid, region: Region) -> dict[int, Profile]:
    """Describe every column from rows spread over the whole table."""
    odd = {number for number, _ in region.odd}
    start, end = grid.index(region.first), grid.index(region.last + 1)
    step = max(1, (end - start) // _SAMPLE)
    rows = [row for row in grid.rows[start:end:step] if row.number not in odd]
    found: dict[int, Profile] = {}
    for column in range(region.left, region.right + 1):
        if column in grid.own:
            continue
        values: list[RawValue] = [
            row.values[column - 1] if column <= len(row.values) else None
            for row in rows
        ]
        found[column] = profile(values)
    return found


def _column(
    number: int,
    region: Region,
    judged: Judged | None,
    said: Mapping[int, str | None],
    *,
    profiles: Mapping[int, Profile],
) -> Column:
    header = region.header
    text, group = header.texts.get(number, ""), header.groups.get(number, "")
    spread = header.spread.get(number)
    group = group or (spread.group if spread else "")
    period = spread.period if spread else period_of(text) or period_of(group)
    field, confidence, why = None, 0.0, reasons.OTHER_TABLE
    if number in said:
        field, confidence = said[number], 1.0
        why = reasons.CONFIG if field else reasons.IGNORED
    elif judged and number in judged.assignment.chosen:
        claim = judged.assignment.chosen[number]
        field, confidence = claim.guess.field, round(min(claim.score, 0.99), 2)
        why = because(claim, profiles[number])
        if field in {other for c, other in said.items() if c != number}:
            field, confidence, why = None, 0.0, reasons.IGNORED
    elif judged:
        why = why_unknown(number, text, period, judged.assignment)
    return Column(
        column=number,
        header=text,
        field=field,
        confidence=confidence,
        why=why,
        group=group,
        period=period,
    )


def _leave_out_sub_targets(
    grid: Grid, region: Region, fields: Mapping[int, str | None]
) -> None:
    """Exclude a line of targets or units between the header and the first record."""
    naming = {column for column, field in fields.items() if field in _NAMING}
    if not naming:
        return
    odd = {number for number, _ in region.odd}
    rows = grid.between(region.first, min(region.last, region.first + 1))
    for row in rows:
        filled = {
            column
            for column in range(region.left, region.right + 1)
            if column <= len(row.values) and row.values[column - 1] is not None
        }
        covered = {c for c in naming if grid.covering(row.number, c)}
        if row.number in odd or filled & naming or covered or len(filled) < 2:
            return
        region.odd.append((row.number, "subhead"))
        region.first = row.number + 1


def _excluded(region: Region) -> tuple[Excluded, ...]:
    return tuple(
        Excluded(number, what, reasons.EXCLUDED[what])
        for number, what in sorted(region.odd)
        if what != "record"
    )


def _missing(
    kind: Kind, named: frozenset[str], context: Context, vocab: Vocabulary
) -> tuple[str, ...]:
    table = table_name(kind)
    if table is None:
        return ()
    there = named | set(context)
    same_thing = (
        {"employee_name", "employee_id"},
        {"goal_title", "measure"},
        {"action", "issue"},
        {"employee_name", "owner"},
        {"final_rating", "grade", "score"},
    )
    for group in same_thing:
        if group & there and (table in {"goals", "ratings", "actions"}):
            there |= group
    return tuple(f for f in vocab.shapes[table].usual if f not in there)


def _confidence(judged: Judged | None, said: Mapping[int, str | None]) -> float:
    if judged is None:
        return 0.0
    return 1.0 if said else round(min(1.0, 0.35 + judged.score / 8), 2)


def _why(judged: Judged | None, override: TableOverride | None) -> Text:
    if override is not None and override.kind is not None:
        return reasons.CONFIG
    if judged is None:
        return reasons.KIND_UNKNOWN
    signs = sorted(
        judged.assignment.chosen.values(), key=lambda c: (c.guess.is_generic, -c.score)
    )
    names = [claim.guess.field for claim in signs]
    fields = ", ".join(dict.fromkeys(names[:4]))
    said = reasons.KIND_BY_NAME if judged.name else reasons.KIND_BY_COLUMNS
    return said.fill(
        fields=same(fields),
        kind=reasons.KIND_NAMES[judged.kind.value],
        name=judged.name,
    )
