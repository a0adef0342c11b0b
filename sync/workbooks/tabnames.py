"""Names for tabs of ours, beside those that people gave theirs."""

from collections.abc import Set as AbstractSet

_MAX_LENGTH = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def free_name(wanted: str, taken: AbstractSet[str]) -> str:
    """Find a name that nobody else has and Excel, the strictest, accepts for a tab.

    Args:
        wanted: What it should be called.
        taken: The other tabs' names, case-folded.
    """
    base = wanted.translate(_NOT_IN_NAMES).strip("' ")[:_MAX_LENGTH] or "Followup"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = base[: _MAX_LENGTH - len(ending)].rstrip() + ending
    return name
