"""What came back over the wire: gathered, and told from what is no answer."""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

import requests

from sync.workbooks.google.refusals import Refused, Unanswered

Fold = Callable[[bytes], bytes]
"""Makes a block of an answer smaller, wherever it is cut."""

_SERVER = 500
_TRANSIENT = frozenset({408, 409, *range(_SERVER, 600)})
_BLOCK = 1 << 18

T = TypeVar("T")


def gathered(parts: Iterable[bytes], fold: Fold) -> bytes:
    """Join the parts of an answer, folded in blocks.

    The blocks are of one size however the network cuts the parts, so that the same
    answer is always folded to the same bytes.
    """
    folded: list[bytes] = []
    waiting = bytearray()
    for part in parts:
        waiting += part
        while len(waiting) >= _BLOCK:
            folded.append(fold(bytes(waiting[:_BLOCK])))
            del waiting[:_BLOCK]
    folded.append(fold(bytes(waiting)))
    return b"".join(folded)


def taken(response: requests.Response, take: Callable[[requests.Response], T]) -> T:
    """Take what an answer says; one that breaks off halfway says nothing."""
    try:
        return take(response)
    except ValueError as problem:
        raise Unanswered(f"a broken answer ({problem})") from problem


def checked(response: requests.Response) -> requests.Response:
    """Give an answer that is one; a page of HTML with status 200 is none."""
    status, retry_after = response.status_code, _retry_after(response)
    try:
        body = json.loads(response.content) if not response.ok else None
    except ValueError:
        body = None
    if status in _TRANSIENT:
        raise Unanswered(f"status {status}", status=status, retry_after=retry_after)
    if not response.ok:
        error = body.get("error") if isinstance(body, dict) else None
        raise Refused.of(status, error, retry_after)
    kind = response.headers.get("Content-Type", "")
    if "json" not in kind:
        raise Unanswered(f"an answer of type {kind!r}", status=status)
    return response


def _retry_after(response: requests.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None
