"""Which column is which field, within one table of a given kind."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sync.tables.evidence import fit
from sync.tables.headers import Header
from sync.tables.periods import period_of
from sync.tables.profile import Profile
from sync.tables.vocabulary import MAYBE, Guess, TableName, Vocabulary

ACCEPT = 0.5
"""Below it a column stays unknown: we do not guess."""
_REWARD, _PENALTY = 0.15, 0.55
_CLOSE = 0.02
"""Two fields so near each other cannot be told apart by their scores."""

_NAMES = frozenset({"goal_title", "measure"})

_QUALIFIERS = (
    "自评",
    "自我",
    "员工",
    "本人",
    "上级",
    "主管",
    "领导",
    "经理",
    "最终",
    "综合",
    "实际",
    "计划",
    "预计",
    "开始",
    "结束",
    "完成",
    "self",
    "employee",
    "manager",
    "supervisor",
    "final",
    "overall",
    "actual",
    "plan",
    "planned",
    "target",
    "start",
    "end",
    "复评",
    "复核",
    "评分",
    "考核",
    "目标",
    "权重",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A field a column may be, the values considered."""

    column: int
    guess: Guess
    score: float
    fits: float
    """What the values said, −1 to 1."""

    def lifted(self, score: float) -> "Claim":
        """The same claim at another score."""
        return replace(self, score=score)


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


def claims_of(
    table: TableName, header: Header, profiles: Mapping[int, Profile], vocab: Vocabulary
) -> dict[int, list[Claim]]:
    """List what every column may be, the best first."""
    found: dict[int, list[Claim]] = {}
    for column, text in header.texts.items():
        claims = [
            _weigh(table, column, guess, profiles[column], vocab=vocab)
            for guess in _guesses(table, text, header.groups.get(column, ""), vocab)
        ]
        found[column] = sorted(claims, key=lambda claim: -claim.score)
    if table == "ratings":
        _rate_people(found)
    if table == "goals":
        _name_goals(found, header, profiles)
    return found


def _name_goals(
    claims: dict[int, list[Claim]], header: Header, profiles: Mapping[int, Profile]
) -> None:
    """Take a column without a header for the goals' names when no other names them."""
    if any(
        claim.guess.field in _NAMES and claim.score >= ACCEPT
        for options in claims.values()
        for claim in options[:1]
    ):
        return
    for column, found in profiles.items():
        fits = fit("title", found)
        if column not in header.texts and fits > 0.3 and found.distinct > 0.8:
            guess = Guess("measure", 0.5, "values", "")
            claims[column] = [Claim(column, guess, 0.5 + 0.1 * fits, fits)]
            return


def _rate_people(claims: dict[int, list[Claim]]) -> None:
    """Read a plain score as the person's rating where no items are rated one by one."""
    names = {options[0].guess.field for options in claims.values() if options}
    if {"item", "final_rating"} & names:
        return
    for column, options in claims.items():
        found = {claim.guess.field: claim for claim in options}
        if "score" in found and "final_rating" in found:
            final = found["final_rating"].lifted(found["score"].score + 0.01)
            rest = [claim for claim in options if claim.guess.field != "final_rating"]
            claims[column] = [final, *rest]


def _guesses(
    table: TableName, text: str, group: str, vocab: Vocabulary
) -> tuple[Guess, ...]:
    """Read a header, together with the wide cell above it when that qualifies it."""
    if period_of(text):
        inner = vocab.guesses(table, group) if group and not period_of(group) else ()
        return tuple(guess for guess in inner if guess.field in vocab.by_group)
    own = vocab.guesses(table, text)
    if not group or not any(word in group.lower() for word in _QUALIFIERS):
        return own
    joint = vocab.guesses(table, f"{group} {text}") or vocab.guesses(
        table, f"{group}{text}"
    )
    is_told_apart = any(word in text.lower() for word in _QUALIFIERS)
    by_word = bool(joint) and joint[0].how in {"exact", "maybe"}
    if not joint or (is_told_apart and own and not by_word):
        return own
    return tuple(guess._replace(wording=f"{group} {text}") for guess in joint) + tuple(
        guess._replace(strength=guess.strength * 0.7)
        for guess in own
        if all(guess.field != other.field for other in joint)
    )


def _weigh(
    table: TableName, column: int, guess: Guess, found: Profile, *, vocab: Vocabulary
) -> Claim:
    fits = fit(vocab.shape_of_field.get(guess.field, ""), found)
    change = _REWARD * fits if fits > 0 else _PENALTY * fits
    if table == "goals" and guess.how == "maybe" and found.n_filled > 2:
        # A number of each goal differs in every row, one of each person comes again.
        once = found.distinct > 0.95
        change += {"employee_id": -0.3, "goal_id": 0.05}.get(guess.field, 0) * (
            1 if once else -1
        )
    if guess.how == "exact" and -0.7 < fits < 0:
        change *= 0.75  # What HR wrote above the column outweighs untidy values.
    # Of two columns with the same right, the fuller one describes the rows.
    change += 0.01 * found.filled
    return Claim(column, guess, guess.strength + change, fits)


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
    if result.table != "goals" or _NAMES & result.fields():
        return
    for column, claim in result.chosen.items():
        wording = claim.guess.wording
        if claim.guess.field == "goal_description" and (
            "目标" in wording or "goal" in wording or "objective" in wording
        ):
            guess = claim.guess._replace(field="goal_title", how="maybe")
            result.chosen[column] = replace(claim, guess=guess, score=0.75)
            return


def _trust_the_measure(result: Assignment) -> None:
    """Let a word such as ``project`` name the goals only when nothing else does."""
    by_field = {claim.guess.field: claim for claim in result.chosen.values()}
    title, measure = by_field.get("goal_title"), by_field.get("measure")
    if title and measure and measure.guess.how == "exact" and title.guess.is_generic:
        del result.chosen[title.column]
        result.refused[title.column] = ("taken", title, measure)


def _key(claim: Claim, header: Header, vocab: Vocabulary) -> tuple[str, str]:
    """What may be held by one column only: a field, within its group or period."""
    name = claim.guess.field
    if name not in vocab.by_group:
        return (name, "")
    period = period_of(header.texts.get(claim.column, ""))
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
