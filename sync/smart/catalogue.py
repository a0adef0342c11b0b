"""Every rule of the lint, in the order S M A R T, for `followup rules`."""

from typing import Final

from sync.smart import (
    achievable,
    agreement,
    measurable,
    peers,
    relevant,
    sets,
    specific,
    timed,
    weights,
)
from sync.smart.model import LETTERS
from sync.smart.rules import Rule

_BY_SUBJECT: Final = (
    agreement,
    specific,
    measurable,
    achievable,
    relevant,
    timed,
    sets,
    weights,
    peers,
)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        (rule for subject in _BY_SUBJECT for rule in subject.RULES),
        key=lambda rule: (LETTERS.index(rule.letter), rule.code),
    )
)
"""In the order of the letters, then of the codes."""

_BY_CODE: Final = {rule.code: rule for rule in RULES}
_BY_NAME: Final = {rule.name: rule for rule in RULES}


def rule(code: str) -> Rule:
    """Find a rule by its code or name, in either case.

    Raises:
        KeyError: If there is no such rule.
    """
    found = _BY_CODE.get(code.upper()) or _BY_NAME.get(code.lower())
    if found is None:
        raise KeyError(code)
    return found
