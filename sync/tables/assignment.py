"""Which column is which field, within one table of a given kind."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.tables.claims import ACCEPT, NAMES, Claim
from sync.tables.headers import Header
from sync.tables.periods import period_of
from sync.tables.vocabulary import MAYBE, TableName, Vocabulary

_GOAL_WORDS = frozenset({"目标", "goal", "goals", "objective", "objectives"})
_MARKS = frozenset({"manager_rating", "final_rating", "weighted_score", "score"})
_CLOSE = 0.02
"""Two fields so near each other cannot be told apart by their scores."""


@dataclass(slots=True)
class Assignment:
    """The outcome for one kind of table."""

    table: TableName
    chosen: dict[int, Claim] = field(default_factory=dict)
    refused: dict[int, tuple[str, Claim | None, Claim | None]] = field(
        default_factory=dict
    )
    """Column → why not: ``ambiguous``, ``contradicted``, ``taken`` and the claims."""

    def fields(self) -> set[str]:
        """All fields found."""
        return {claim.guess.field for claim in self.chosen.values()}


def assign(
    table: TableName,
    header: Header,
    claims: Mapping[int, Sequence[Claim]],
    vocab: Vocabulary,
) -> Assignment:
    """Give every field to the surest column, and every column its best free field."""
    result = Assignment(table)
    holders: dict[tuple[str, str], int] = {}
    order = sorted(
        (claim for options in claims.values() for claim in options),
        key=lambda claim: (-claim.score, claim.column),
    )
    for claim in order:
        key = _key(claim, header, vocab)
        if claim.column in result.chosen or claim.score < ACCEPT:
            continue
        if key not in holders or claim.guess.field in vocab.repeatable:
            holders[key] = claim.column
            result.chosen[claim.column] = claim
    _swap(result, header, claims, holders, vocab=vocab)
    _trust_the_measure(result)
    _name_by_description(result)
    for column, options in claims.items():
        if column in result.chosen:
            _doubt(result, column, options)
        elif options and column not in result.refused:
            result.refused[column] = _why_not(result, header, options[0], vocab)
    return result


def _name_by_description(result: Assignment) -> None:
    """Read a description of the goal as its title when nothing else names it."""
    if result.table != "goals" or NAMES & result.fields():
        return
    for column, claim in result.chosen.items():
        is_description = claim.guess.field == "goal_description"
        if is_description and is_of_goals(claim.guess.wording):
            guess = claim.guess._replace(field="goal_title", how="maybe")
            result.chosen[column] = replace(claim, guess=guess, score=0.75)
            return


def is_of_goals(wording: str) -> bool:
    """Whether a header speaks of goals by name, as in ``goal description``."""
    return any(word in wording for word in ("目标", "goal", "objective"))


def _trust_the_measure(result: Assignment) -> None:
    """Let a word such as ``project`` name the goals only when nothing else does."""
    by_field = {claim.guess.field: claim for claim in result.chosen.values()}
    title, measure = by_field.get("goal_title"), by_field.get("measure")
    if not title or not measure or measure.guess.how != "exact":
        return
    says_so = title.guess.wording in _GOAL_WORDS and title.fits > 0.2
    if title.guess.is_generic and not says_so:
        del result.chosen[title.column]
        result.refused[title.column] = ("taken", title, measure)


def _key(claim: Claim, header: Header, vocab: Vocabulary) -> tuple[str, str]:
    """What may be held by one column only: a field, within its group or period."""
    name = claim.guess.field
    if name not in vocab.by_group:
        return (name, "")
    spread = header.spread.get(claim.column)
    text = header.texts.get(claim.column, "")
    period = spread.period + spread.part if spread else period_of(text)
    return (name, header.groups.get(claim.column, "") + period)


def _swap(
    result: Assignment,
    header: Header,
    claims: Mapping[int, Sequence[Claim]],
    holders: dict[tuple[str, str], int],
    *,
    vocab: Vocabulary,
) -> None:
    """Let a holder move to its second meaning when that gives a column its only one."""
    for column, options in claims.items():
        if column in result.chosen or not options or options[0].score < ACCEPT:
            continue
        wanted = options[0]
        holder = holders.get(_key(wanted, header, vocab))
        if holder is None or holder == column:
            continue
        for other in claims[holder]:
            key = _key(other, header, vocab)
            is_free = key not in holders and other.score >= ACCEPT
            if is_free and other.score + wanted.score > result.chosen[holder].score:
                result.chosen[holder] = other
                result.chosen[column] = wanted
                holders[key] = holder
                holders[_key(wanted, header, vocab)] = column
                break


def _doubt(result: Assignment, column: int, options: Sequence[Claim]) -> None:
    """Take back a choice between two meanings that nothing tells apart."""
    chosen = result.chosen[column]
    if chosen.guess.strength > MAYBE + 0.01 or chosen.fits > 0.3:
        return
    taken = result.fields()
    rivals = [
        claim
        for claim in options
        if claim.guess.field not in taken and claim.score >= ACCEPT
    ]
    if rivals and {chosen.guess.field, rivals[0].guess.field} <= _MARKS:
        return  # Whose mark it is matters less than that it is one.
    if rivals and chosen.score - rivals[0].score < _CLOSE and chosen.fits <= 0:
        del result.chosen[column]
        result.refused[column] = ("ambiguous", chosen, rivals[0])


def _why_not(
    result: Assignment, header: Header, best: Claim, vocab: Vocabulary
) -> tuple[str, Claim | None, Claim | None]:
    key = _key(best, header, vocab)
    for claim in result.chosen.values():
        if _key(claim, header, vocab) == key and best.score >= ACCEPT:
            return ("taken", best, claim)
    if best.guess.strength >= ACCEPT:
        return ("contradicted", best, None)
    return ("unknown", best, None)
