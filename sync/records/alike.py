"""Cells of a column that read alike: they are read once."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import repeat

from sync.workbooks.snapshot import RawValue


def told_apart(
    raws: Sequence[RawValue], beside: Sequence[Hashable] | None
) -> tuple[Sequence[Hashable], Iterable[Hashable]]:
    """Give a key to every cell, equal for cells that read alike, and what is beside it.

    Only text is read in the light of its row; and 1, 1.0 and True are equal, so that
    their class must be part of the key wherever a column mixes them.
    """
    if beside:
        hints = [
            hint if raw.__class__ is str else None
            for raw, hint in zip(raws, beside, strict=True)
        ]
    elif len({*map(type, raws)} - {type(None)}) < 2:  # noqa: PLR2004 - of one class
        return raws, repeat(None, len(raws))
    else:
        hints = [None] * len(raws)
    keys = [
        None if raw is None else (raw.__class__, raw, hint)
        for raw, hint in zip(raws, hints, strict=True)
    ]
    return keys, hints
