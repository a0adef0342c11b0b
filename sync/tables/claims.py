"""What every column of a table may be, each with how much speaks for it."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sync.tables.evidence import fit
from sync.tables.headers import Header
from sync.tables.periods import period_of
from sync.tables.profile import Profile
from sync.tables.vocabulary import Guess, TableName, Vocabulary

ACCEPT = 0.5
"""Below it a column stays unknown: we do not guess."""
_REWARD, _PENALTY = 0.15, 0.55
NAMES = frozenset({"goal_title", "measure"})

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


def claims_of(
    table: TableName, header: Header, profiles: Mapping[int, Profile], vocab: Vocabulary
) -> dict[int, list[Claim]]:
    """List what every column may be, the best first."""
    found: dict[int, list[Claim]] = {}
    for column, text in header.texts.items():
        if is_role_of_rows(profiles[column]):
            found[column] = []
            continue
        if column in header.spread:
            named = vocab.guesses(table, header.spread[column].name)
            guesses = tuple(it for it in named if it.field in vocab.by_group)
            # A column for all of them, such as ``Overall progress``, says more.
            guesses = tuple(it._replace(strength=it.strength * 0.9) for it in guesses)
        else:
            group = header.groups.get(column, "")
            guesses = _guesses(table, text, group, vocab)
        claims = [
            _weigh(table, column, guess, profiles[column], vocab=vocab)
            for guess in guesses
        ]
        found[column] = sorted(claims, key=lambda claim: -claim.score)
    if table == "ratings":
        _rate_people(found)
    if table == "goals":
        _name_goals(found, header, profiles)
    if table == "feedback":
        _spread_competencies(found, header, profiles)
    return found


def is_role_of_rows(found: Profile) -> bool:
    """Whether a column says by turns that its row is a target, a result, a gap."""
    return found.roles > 0.9 and found.n_filled > 3 and found.distinct < 0.8


def _name_goals(
    claims: dict[int, list[Claim]], header: Header, profiles: Mapping[int, Profile]
) -> None:
    """Take a column without a header for the goals' names when no other names them."""
    if any(
        claim.guess.field in NAMES and claim.score >= ACCEPT
        for options in claims.values()
        for claim in options[:1]
    ):
        return
    for column, found in profiles.items():
        fits = fit("title", found)
        if column not in header.texts and fits > 0.3 and found.distinct > 0.7:
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


def _spread_competencies(
    claims: dict[int, list[Claim]], header: Header, profiles: Mapping[int, Profile]
) -> None:
    """Take columns of marks for competencies where no column holds the marks of all.

    Survey exports have one row for each rater and one column for each question.
    """
    sure = {
        options[0].guess.field
        for column, options in claims.items()
        if options and options[0].score >= ACCEPT and options[0].fits >= 0
    }
    if not {"ratee", "relationship"} & sure:
        return
    n_scores = sum(
        options[0].guess.field == "score" and options[0].score >= ACCEPT
        for options in claims.values()
        if options
    )
    if n_scores == 1 or "competency" in sure:
        return
    marks = [
        column
        for column, text in header.texts.items()
        if fit("rating", profiles[column]) > 0.3
        and not (profiles[column].counts_up and profiles[column].n_filled > 3)
        and profiles[column].periods < 0.5
        and not period_of(text)
        and all(
            claim.score < ACCEPT or claim.guess.field in {"score", "competency"}
            for claim in claims[column][:1]
        )
    ]
    if len(marks) < 2:
        return
    for column in marks:
        guess = Guess("competency", 0.6, "marks", header.texts[column])
        fits = fit("rating", profiles[column])
        claims[column] = [Claim(column, guess, 0.6 + 0.1 * fits, fits)]


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
