"""What finds a goal's row again after sorting, inserting and deleting."""

import re
from collections import defaultdict
from collections.abc import Sequence
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


def goal_keys(identities: Sequence[GoalIdentity]) -> list[GoalKey]:
    """Give every goal its key: the goal id, else employee, title and period.

    An id that several sheets use for different periods gets the period added; a title
    that several sheets repeat gets the sheet added.
    """
    by_id: defaultdict[str, list[int]] = defaultdict(list)
    for index, identity in enumerate(identities):
        if identity.goal_id:
            by_id[identity.goal_id.upper()].append(index)
    keys = [
        _long_key(it) if not it.goal_id else it.goal_id.upper() for it in identities
    ]
    for goal_id, sharers in by_id.items():
        if _is_one_id_per_period([identities[it] for it in sharers]):
            for index in sharers:
                keys[index] = f"{goal_id}|{identities[index].period}"
    for key, sharers in _sharers(keys).items():
        tables = {identities[it].table[0] for it in sharers}
        if 1 < len(sharers) == len(tables) and not identities[sharers[0]].goal_id:
            for index in sharers:
                keys[index] = f"{key}|{identities[index].table[0]}"
    sharers_of = _sharers(keys)
    return [
        GoalKey(
            key,
            tuple(it for it in sharers_of[key][:4] if it != index)[:3],
            bool(identities[index].goal_id or identities[index].title),
        )
        for index, key in enumerate(keys)
    ]


def _sharers(keys: Sequence[str]) -> dict[str, list[int]]:
    sharers: defaultdict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        sharers[key].append(index)
    return sharers


def _is_one_id_per_period(sharers: list[GoalIdentity]) -> bool:
    if len(sharers) == 1:
        return False
    tables = {it.table for it in sharers}
    periods = {it.period for it in sharers}
    return len(tables) == len(sharers) == len(periods) and "" not in periods


def _long_key(identity: GoalIdentity) -> str:
    title = folded(identity.title).rstrip("。.;；,，")
    return f"{name_key(identity.employee)}|{title}|{folded(identity.period)}"
