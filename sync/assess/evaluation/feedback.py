"""360-degree answers gathered: by person, relation and rater, never one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from sync.assess.evaluation.model import UNNAMED, Group, Rater, Scale
from sync.assess.evaluation.scales import scale_of
from sync.assess.words import plain
from sync.cells import CellRef
from sync.records.model import Feedback

RELATIONS = ("self", "manager", "peer", "report", "other")
"""In the order in which they are shown; a relation as written comes after them."""


@dataclass(slots=True)
class _Answers:
    """What one rater said of one person."""

    shares: list[float] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Gathered:
    ratee: str
    person_key: str
    scale: Scale | None
    at: CellRef
    named: dict[str, _Answers] = field(default_factory=dict)
    unnamed: dict[int, _Answers] = field(default_factory=dict)
    n_of_item: dict[str, int] = field(default_factory=dict)

    def answers_of(self, row: Feedback) -> _Answers:
        """Find the rater a row belongs to.

        Unnamed raters are counted by how often an item was answered: the second answer
        to the same item is another person's.
        """
        if name := plain(row.rater):
            return self.named.setdefault(name, _Answers())
        item = plain(row.competency)
        n = self.n_of_item[item] = self.n_of_item.get(item, 0) + 1
        return self.unnamed.setdefault(n, _Answers())


def gather(feedback: Iterable[Feedback]) -> tuple[Group, ...]:
    """Gather the raters of every person and relation, each with the mean of their items.

    An item answered by "don't know" counts nowhere; a rater who answered nothing else
    is nominated only. Rows without a relation are "other": they never escape the
    minimum by being unlabelled.

    Args:
        feedback: The answers, in any order.

    Returns:
        Ordered by person, period and relation.
    """
    rows = list(feedback)
    scales = _scales(rows)
    found: dict[tuple[str, str, str], _Gathered] = {}
    for row in rows:
        ratee = _sound(plain(row.ratee))
        if not ratee:
            continue
        relation = _sound(row.relationship) or "other"
        scale = scales[row.place.sheet]
        group = found.setdefault(
            (ratee, _sound(row.review_cycle), relation),
            _Gathered(row.ratee, _sound(row.ratee_key or ""), scale, _cell(row)),
        )
        group.at = min(group.at, _cell(row))
        answers = group.answers_of(row)
        share = scale.share(row.score) if scale else None
        if share is not None:
            answers.shares.append(share)
        if row.comment.strip():
            answers.comments.append(" ".join(row.comment.split()))
    return tuple(_group(key, found[key]) for key in sorted(found, key=_order))


def _cell(row: Feedback) -> CellRef:
    return row.place.at("relationship" if row.place.has("relationship") else "ratee")


def digest(*parts: str) -> str:
    """Give what stands for a name or a text where it must not be kept itself."""
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def relation_order(relation: str) -> tuple[int, str]:
    """Give the place of a relation among those shown."""
    known = relation in RELATIONS
    return RELATIONS.index(relation) if known else len(RELATIONS), relation


def _sound(text: str) -> str:
    """Make a key that every database can hold, so that it is found again.

    A group that is not found would be published once more, beside what was before.
    """
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def _order(key: tuple[str, str, str]) -> tuple[str, str, tuple[int, str]]:
    return key[0], key[1], relation_order(key[2])


def _scales(rows: Iterable[Feedback]) -> dict[str, Scale | None]:
    scores: dict[str, list[float | None]] = {}
    for row in rows:
        scores.setdefault(row.place.sheet, []).append(row.score)
    return {sheet: scale_of(found) for sheet, found in scores.items()}


def _group(key: tuple[str, str, str], gathered: _Gathered) -> Group:
    ratee_key, cycle, relation = key
    named = [
        (digest(ratee_key, name), answers) for name, answers in gathered.named.items()
    ]
    unnamed = [(UNNAMED, answers) for answers in gathered.unnamed.values()]
    raters = [
        Rater(
            known,
            round(sum(answers.shares) / len(answers.shares), 9),
            tuple(sorted(answers.comments)),
        )
        for known, answers in (*named, *unnamed)
        if answers.shares
    ]
    return Group(
        ratee_key=ratee_key,
        ratee=gathered.ratee,
        person_key=gathered.person_key,
        cycle=cycle,
        relation=relation,
        raters=tuple(sorted(raters, key=lambda one: (one.digest, one.share))),
        n_nominated=len(gathered.named) + len(gathered.unnamed),
        scale=gathered.scale,
        at=gathered.at,
    )
