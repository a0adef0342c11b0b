"""A word to a service that raises an alarm when it does not hear from us.

The addresses are those of Healthchecks, which others understand too: ``URL/start`` when
a run begins, ``URL`` when it went well, ``URL/fail`` when it did not. Nothing else is
sent. Whatever goes wrong here takes nothing from the run: it is not waited for longer
than `PATIENCE`, and its errors name no address, which is as good as a password.

Source:
    healthchecks.io/docs/http_api: "success", "start" and "fail" endpoints.
"""

import threading
import urllib.request
from http.client import HTTPException
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from sync.wording import Text, same

PATIENCE = 5.0
"""Seconds."""
_LATE = Text("没有及时回应", "no answer in time")
_NO_WEB = Text("地址不是 http 或 https", "the address is not http or https")

Event = Literal["start", "success", "fail"]


class Ping:
    """One word on its way, in a thread of its own."""

    def __init__(self, url: str, event: Event, after: "Ping | None" = None) -> None:
        """Send a word.

        Args:
            url: The address for ``success``.
            event: What happened.
            after: A word that has to be there first, or have failed.
        """
        self._after = after
        self._url = _address(url, event)
        self._problem: Text | None = _LATE
        self._thread = threading.Thread(target=self._send, daemon=True)
        self._thread.start()

    def wait(self) -> Text | None:
        """Wait for the answer, but not long; give what went wrong, in a few words."""
        self._thread.join(2 * PATIENCE if self._after else PATIENCE)
        return self._problem

    def _send(self) -> None:
        if self._after:
            self._after.wait()
        try:
            if urlsplit(self._url).scheme not in {"http", "https"}:
                self._problem = _NO_WEB
                return
            with urllib.request.urlopen(self._url, timeout=PATIENCE):  # noqa: S310
                self._problem = None
        except (OSError, HTTPException, ValueError) as error:
            # Their words may quote the address.
            self._problem = same(type(error).__name__)


def _address(url: str, event: Event) -> str:
    if event == "success":
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{event}"))
