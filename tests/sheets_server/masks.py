"""Field masks: ``sheets(properties(title,sheetId),data.rowData)`` and what they select.

A mask is a tree of names; an empty branch means everything below it. Reading takes
`select`, the ``fields`` of a request kind takes `overlay`.
"""

import re
from typing import Any, TypeAlias

from tests.sheets_server.refusals import Json, RefusalError, invalid

Mask: TypeAlias = dict[str, "Mask"]

ALL: Mask = {}
WORD = re.compile(r"[A-Za-z0-9_*@]+")


def camel(name: str) -> str:
    """Spell a name as JSON does: protocol buffers take ``sheet_id`` for ``sheetId``."""
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)


def snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: "_" + found[1].lower(), name)


def read_mask(text: str) -> Mask:
    """Read the ``fields`` of a URL or of a request; ``""`` selects everything.

    >>> read_mask("a.b,c(d,e/f)")
    {'a': {'b': {}}, 'c': {'d': {}, 'e': {'f': {}}}}
    """
    text = re.sub(r"\s", "", text).replace("/", ".")
    mask, rest = read_list(text)
    if rest:
        raise selection(text)
    return ALL if "*" in mask else mask


def read_list(text: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while text:
        chain, text = read_chain(text)
        branch: Mask = {}
        if text.startswith("("):
            branch, text = read_list(text[1:])
            if not text.startswith(")"):
                raise selection(text)
            text = text[1:]
        node = mask
        for name in chain[:-1]:
            node = node.setdefault(name, {})
        known = node.setdefault(chain[-1], {})
        if "*" not in branch:
            known.update(branch)
        if not text.startswith(","):
            break
        text = text[1:]
    return mask, text


def read_chain(text: str) -> tuple[list[str], str]:
    chain: list[str] = []
    while True:
        word = WORD.match(text)
        if word is None:
            raise selection(text)
        chain.append(camel(word[0]))
        text = text[word.end() :]
        if not text.startswith("."):
            # `a.*` is all of a.
            return (chain[:-1] if chain[1:] and chain[-1] == "*" else chain), text
        text = text[1:]


def selection(text: str) -> RefusalError:
    name = text.split(",", maxsplit=1)[0]
    return invalid(
        f"Request contains an invalid argument.\nInvalid field selection {name}"
    )


def select(value: Any, mask: Mask) -> Any:
    """Take from an answer what a read mask names."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if isinstance(value, dict):
        return {
            name: select(item, mask[name])
            for name, item in value.items()
            if name in mask
        }
    return value


def below(mask: Mask, name: str) -> Mask | None:
    """Say what a mask wants of one field: its branch, or None when it wants nothing."""
    return ALL if not mask or "*" in mask else mask.get(name)


def overlay(old: Json, new: Json, mask: Mask) -> Json:
    """Set what a write mask names; what it names and ``new`` lacks is cleared."""
    if not mask or "*" in mask:
        return {name: value for name, value in new.items() if value is not None}
    changed = dict(old)
    for name, branch in mask.items():
        value = new.get(name)
        if branch:
            inner = old.get(name)
            value = overlay(
                inner if isinstance(inner, dict) else {},
                value if isinstance(value, dict) else {},
                branch,
            )
        if value is None or (branch and not value):
            changed.pop(name, None)
        else:
            changed[name] = value
    return changed
