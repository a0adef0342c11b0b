"""Workbooks that were renamed, moved or copied since the last run, and their history."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sync.cli.session import Session
from sync.config.model import Source
from sync.errors import FollowupError
from sync.history.store import History
from sync.wording import Text
from sync.workbooks.open import open_workbook
from sync.workbooks.sources import identity_of
from sync.writeback.lineage import reasons_shown, share_known

_MOVED = Text(
    "“{new}”就是原来的“{old}”，接着用它的历史记录。",
    '"{new}" is what "{old}" was; its history goes on.',
)
_COPIED = Text(
    "“{new}”是“{old}”的副本，从它的历史记录接着往下记。",
    '"{new}" is a copy of "{old}" and goes on from its history.',
)


def follow(session: Session, history: History, found: Sequence[Source]) -> None:
    """Let workbooks under a new name go on from what is remembered of the old one.

    What is asked for is looked at only where history does not know it, and compared only
    with workbooks that are not asked for as well.
    """
    here = {identity_of(one.path): one.path for one in found}
    known = history.lineage.locators()
    others = [one for one in known if one not in here and "://" not in one]
    new = [one for one in here if one not in known and "://" not in one]
    for locator in new if others else ():
        old = _ancestor(history, here[locator], others)
        if old is None:
            continue
        gone = not Path(old).exists()
        if gone:
            history.lineage.moved(old, locator)
            others.remove(old)
        else:
            history.lineage.copied(old, locator)
        names = {"new": Path(locator).name, "old": Path(old).name}
        said = (_MOVED if gone else _COPIED).fill(**names)
        session.say(said.in_(session.speaks))


def _ancestor(history: History, path: str, others: Sequence[str]) -> str | None:
    """Find the source whose texts a workbook shows; of equals one that is gone."""
    try:
        shown = reasons_shown(open_workbook(path).snapshot())
    except FollowupError:
        # Said where it is judged, with what to do about it.
        return None
    return max(_alike(history, shown, others), default=(0.0, False, None))[-1]


def _alike(
    history: History, shown: frozenset[str], others: Sequence[str]
) -> Iterator[tuple[float, bool, str | None]]:
    for other in others if shown else ():
        share = share_known(shown, history.written(other))
        if share:
            yield share, not Path(other).exists(), other
