"""Leads a caller who believes in Google's hosts to the test server."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

HOSTS = (
    "https://sheets.googleapis.com",
    "https://www.googleapis.com",
    "https://oauth2.googleapis.com",
)


class Loopback(HTTPAdapter):
    """Sends what is meant for Google to another address, otherwise unchanged."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(
        self, request: requests.PreparedRequest, *args: Any, **options: Any
    ) -> requests.Response:
        parts = urlsplit(request.url or "")
        query = f"?{parts.query}" if parts.query else ""
        request.url = f"{self.url}{parts.path!s}{query}"
        return super().send(request, *args, **options)

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> Any:
        # A proxy that a machine has set up does not know the way to 127.0.0.1.
        del proxies
        return super().get_connection_with_tls_context(request, verify, {}, cert)


def loopback(session: requests.Session, url: str) -> None:
    for host in HOSTS:
        session.mount(host, Loopback(url))
