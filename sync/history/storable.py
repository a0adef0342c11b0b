"""Text that every database can hold."""

from collections.abc import Mapping
from dataclasses import replace
from json.encoder import encode_basestring as quoted

from sync.assess.model import Observation


def storable(text: str) -> str:
    """Replace what databases refuse: lone surrogates, and NUL for PostgreSQL.

    Cells hold both now and then; a goal's key with them is kept under the same
    replacement each time.
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def packed(texts: Mapping[str, str]) -> str:
    """Write texts by name as one text: JSON, with its keys in order."""
    # `json.dumps` makes an encoder for each of 50,000 goals.
    said = [f"{quoted(name)}: {quoted(texts[name])}" for name in sorted(texts)]
    return storable(f"{{{', '.join(said)}}}")


def storable_facts(facts: Observation) -> Observation:
    """Do the same for every text of an observation."""
    texts = (facts.current, facts.target, facts.title, facts.owner)
    said = "".join((*texts, facts.person_key or "", facts.baseline or ""))
    if said == storable(said):
        return facts
    return replace(
        facts,
        current=storable(facts.current),
        target=storable(facts.target),
        title=storable(facts.title),
        owner=storable(facts.owner),
        person_key=None if facts.person_key is None else storable(facts.person_key),
        baseline=None if facts.baseline is None else storable(facts.baseline),
    )
