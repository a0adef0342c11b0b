"""What goes wrong on demand between a caller and the server."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from tests.sheets_server.refusals import RefusalError, over_quota

SAYS = {
    500: "Internal error encountered.",
    502: "Bad Gateway",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}


class Kind(StrEnum):
    """How an answer goes wrong."""

    STATUS = "status"
    """An error code as JSON; nothing is applied."""
    HTML = "html"
    """An error code with a web page, as proxies answer; nothing is applied."""
    RESET = "reset"
    """The connection breaks before anything is applied."""
    SLOW = "slow"
    """The answer comes ``seconds`` late, and is right."""
    TRUNCATED = "truncated"
    """Applied; half of the answer comes, then the connection breaks."""
    LOST_TO_RESET = "lost to reset"
    """Applied; the connection breaks before the answer."""
    LOST_TO_STATUS = "lost to status"
    """Applied; the answer is an error code all the same."""


@dataclass
class Fault:
    """One thing that goes wrong, for the next calls that match.

    Attributes:
        kind: What goes wrong.
        match: Regular expression over ``VERB /path``; ``""`` matches every call but
            those for a token.
        status: The code of the kinds that answer one.
        times: How many matching calls go wrong.
        skip: How many matching calls go well before that.
        seconds: How late a slow answer is.
        retry_after: The header of that name, in seconds; None for none.
    """

    kind: Kind = Kind.STATUS
    match: str = ""
    status: int = 503
    times: int = 1
    skip: int = 0
    seconds: float = 0.0
    retry_after: int | None = None
    hits: int = field(default=0, init=False)
    """How many calls it has spoilt."""

    def strikes(self, call: str) -> bool:
        """Say whether this call goes wrong, and count it."""
        if self.times <= 0 or not re.search(self.match, call):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        self.hits += 1
        return True

    def headers(self) -> dict[str, str]:
        if self.retry_after is None:
            return {}
        return {"Retry-After": str(self.retry_after)}

    def refusal(self) -> RefusalError:
        if self.status == 429:
            refusal = over_quota("Write")
        else:
            refusal = RefusalError(self.status, SAYS.get(self.status, "Error"))
        refusal.headers |= self.headers()
        return refusal

    def page(self) -> bytes:
        return (
            "<!DOCTYPE html><html lang=en><title>Error "
            f"{self.status} (Server Error)!!1</title><p>That’s an error.</html>"
        ).encode()
