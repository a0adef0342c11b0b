"""The proxy of an office that lets nobody out but through it.

Only a tunnel is asked of it (RFC 9110, 9.3.6): it learns the service's host and nothing
of the robot's address or of what it is told.
"""

import base64
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from sync.errors import DeliveryError
from sync.wording import Text

_PORT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """Where it is, and what it wants to be shown."""

    host: str
    port: int
    proof: str = field(default="", repr=False)
    """Name and password as in the field Proxy-Authorization; empty for none."""


def proxy_for(host: str, configured: str, where: str) -> Proxy | None:
    """Choose the proxy on the way to a host.

    Args:
        host: Of the service.
        configured: The configuration's proxy; empty for the system's, which is in
            HTTPS_PROXY or ALL_PROXY, less the hosts of NO_PROXY.
        where: The section of the configuration, for messages.

    Returns:
        ``None``: straight to it.

    Raises:
        DeliveryError: If the address is not one of an HTTP proxy.
    """
    address = configured
    if not configured and not proxy_bypass(host):
        known = getproxies()
        address = known.get("https") or known.get("all") or ""
    if not address:
        return None
    parts = urlsplit(address if "://" in address else f"http://{address}")
    try:
        port = parts.port or _PORT
    except ValueError:
        port = 0
    if parts.scheme != "http" or not parts.hostname or not port:
        raise DeliveryError(
            Text(
                "代理的地址不能用",
                "the proxy's address cannot be used",
            ),
            where=f"{where}.proxy" if configured else "HTTPS_PROXY",
            hint=Text(
                "请写 HTTP 代理的地址，例如 http://proxy.example.com:8080",
                "write that of an HTTP proxy, as in http://proxy.example.com:8080",
            ),
        )
    proof = ""
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        proof = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return Proxy(host=parts.hostname, port=port, proof=proof)
