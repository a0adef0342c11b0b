"""What finds a goal's row again after sorting, inserting and deleting."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from sync.records.values.names import name_key
from sync.records.values.texts import folded

_PLAIN_INTEGER = re.compile(r"[1-9]\d{0,5}")


class GoalIdentity(NamedTuple):
    """What one goal row says of itself."""

    goal_id: str
    """Empty when the sheet has none, or merely numbers its rows."""
    employee: str
    title: str
    period: str
    table: tuple[str, int]
    """Sheet and header row."""


class GoalKey(NamedTuple):
    """The key of one goal row."""

    key: str
    others: tuple[int, ...] = ()
    """Indices of the rows with the same key, three at most."""
    is_usable: bool = True


def merely_number_rows(ids: Sequence[str]) -> bool:
    """Tell whether ids only count the rows: sorting would renumber them.

    All must be plain integers not much beyond the number of rows; gaps and restarts
    do not matter, because deleting a row must not turn a count into ids.
    """
    given = [it for it in ids if it]
    if not given or not all(_PLAIN_INTEGER.fullmatch(it) for it in given):
        return False
    return max(int(it) for it in given) <= 2 * len(ids) + 10


def mostly_repeated(values: Sequence[Hashable]) -> bool:
    """Tell whether more than half of the values are not the only one of their kind.

    Such a column names a group of rows and not the row; in a handful of rows it may
    be a slip.
    """
    counts = Counter(values)
    n_repeated = sum(n for n in counts.values() if n > 1)
    return len(values) >= 8 and n_repeated > len(values) / 2  # noqa: PLR2004


def goal_keys(identities: Sequence[GoalIdentity]) -> list[GoalKey]:
    """Give every goal its key: the goal id, else employee, title and period.

    An id that several sheets use for different periods gets the period added; a title
    that several sheets repeat gets the sheet added.
    """
    keys = [it.goal_id.upper() or _long_key(it) for it in identities]
    for key, sharers in _sharers(keys).items():
        who = [identities[it] for it in sharers]
        if who[0].goal_id:
            if _is_one_id_per_period(who):
                for index in sharers:
                    keys[index] = f"{key}|{identities[index].period}"
        elif len({it.table[0] for it in who}) == len(who):
            for index in sharers:
                keys[index] = f"{key}|{identities[index].table[0]}"
    sharers_of = _sharers(keys)
    return [
        GoalKey(
            key,
            tuple(it for it in sharers_of.get(key, ())[:4] if it != index)[:3],
            bool(identities[index].goal_id or identities[index].title),
        )
        for index, key in enumerate(keys)
    ]


def _sharers(keys: Sequence[str]) -> dict[str, list[int]]:
    """Give the indices of every key that is not the only one of its kind."""
    counts = Counter(keys)
    sharers: defaultdict[str, list[int]] = defaultdict(list)
    if len(counts) < len(keys):
        for index, key in enumerate(keys):
            if counts[key] > 1:
                sharers[key].append(index)
    return sharers


def _is_one_id_per_period(sharers: list[GoalIdentity]) -> bool:
    tables = {it.table for it in sharers}
    periods = {it.period for it in sharers}
    return len(tables) == len(sharers) == len(periods) and "" not in periods


def _long_key(identity: GoalIdentity) -> str:
    title = folded(identity.title).rstrip("。.;；,，")
    return f"{name_key(identity.employee)}|{title}|{folded(identity.period)}"
