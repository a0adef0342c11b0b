"""One robot: its address, and a note posted to it whose last byte waits for a claim."""

import http.client
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from reports.deliver.answers import Answer
from reports.deliver.chat.proxy import Proxy, proxy_for
from reports.deliver.chat.services import SERVICES, Service, judge, request
from reports.deliver.credentials import find_secret
from reports.deliver.smtp import NotClaimedError
from reports.show import one_line
from sync.config.mail import Chat
from sync.errors import DeliveryError
from sync.wording import Text

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_MOST = 65_536
"""Bytes of an answer that are read; a code stands in the first few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robot:
    """Everything needed to write to one group."""

    name: str
    service: Literal["wecom", "dingtalk", "feishu", "apprise"]
    url: str = field(repr=False)
    """Whoever knows it may write to the group: it is never shown."""
    key: str = field(default="", repr=False)
    """Of the signature; empty for none."""
    timeout: float = 15
    """Seconds for each step."""
    proxy: Proxy | None = None
    """What stands on the way; ``None``: nothing."""


def robot_of(options: Chat, folder: Path, environ: Mapping[str, str]) -> Robot:
    """Put a robot together and fetch its secrets.

    Args:
        options: Its section of the configuration.
        folder: What its paths are relative to.
        environ: Where variables are looked up.

    Raises:
        DeliveryError: If a secret cannot be had, the address is not encrypted, or the
            proxy's cannot be used.
    """
    where = f"config.toml: mail.chat {options.name}"
    url, key = (
        find_secret(
            {
                f"{what}_env": getattr(options, f"{what}_env"),
                f"{what}_file": getattr(options, f"{what}_file"),
                f"{what}_command": getattr(options, f"{what}_command"),
            },
            where=where,
            folder=folder,
            environ=environ,
        )
        or ""
        for what in ("url", "sign")
    )
    proxy = None
    if options.service != "apprise":
        parts = urlsplit(url.strip())
        safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in _LOOPBACK
        )
        if not safe or not parts.hostname:
            raise DeliveryError(
                Text(
                    "机器人的地址不是以 https:// 开头",
                    "the robot's address does not begin with https://",
                ),
                where=where,
                hint=Text(
                    "请把群里显示的机器人地址完整复制过来",
                    "copy the whole address that the group shows for its robot",
                ),
            )
        if parts.scheme == "https":
            proxy = proxy_for(parts.hostname, options.proxy, where)
    return Robot(
        name=options.name,
        service=options.service,
        url=url.strip(),
        key=key.strip(),
        timeout=options.timeout_seconds,
        proxy=proxy,
    )


def post(
    robot: Robot,
    text: str,
    *,
    before_end: Callable[[], bool],
    clock: Callable[[], float] = time.time,
) -> Answer:
    """Hand one note to a robot of 企业微信, 钉钉 or 飞书.

    Args:
        robot: The robot.
        text: The note.
        before_end: Called when all but the last byte has been sent; that byte follows
            only if it answers ``True``. Without it the service has no whole request.
        clock: Unix time, for signatures.

    Raises:
        NotClaimedError: If ``before_end`` said no.
    """
    service = SERVICES[robot.service]
    added, body = request(service, text, robot.key, clock())
    parts = urlsplit(robot.url)
    path = f"{parts.path or '/'}?{parts.query}{added}"
    line = _line(robot)
    try:
        try:
            line.putrequest("POST", path)
            line.putheader("Content-Type", "application/json; charset=utf-8")
            line.putheader("Content-Length", str(len(body)))
            line.endheaders()
            line.send(body[:-1])
        except (OSError, http.client.HTTPException) as error:
            return Answer(fate="deferred", words=_words(robot, error), slow=True)
        if not before_end():
            raise NotClaimedError
        return _finished(robot, service, line, body[-1:])
    finally:
        line.close()


def _finished(
    robot: Robot, service: Service, line: http.client.HTTPConnection, last: bytes
) -> Answer:
    try:
        line.send(last)
        answer = line.getresponse()
        status, raw = answer.status, answer.read(_MOST)
    except (OSError, http.client.HTTPException) as error:
        return Answer(fate="unknown", words=_words(robot, error), slow=True)
    judged = judge(service, status, raw)
    return Answer(
        fate=judged.fate, words=_hidden(robot, judged.words), slow=judged.slow
    )


def _line(robot: Robot) -> http.client.HTTPConnection:
    parts = urlsplit(robot.url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=robot.timeout)
    context, proxy = ssl.create_default_context(), robot.proxy
    if proxy is None:
        return http.client.HTTPSConnection(
            host, port, timeout=robot.timeout, context=context
        )
    line = http.client.HTTPSConnection(
        proxy.host, proxy.port, timeout=robot.timeout, context=context
    )
    shown = {"Proxy-Authorization": proxy.proof} if proxy.proof else {}
    line.set_tunnel(host, port or http.client.HTTPS_PORT, headers=shown)
    return line


def _words(robot: Robot, error: Exception) -> str:
    return one_line(_hidden(robot, f"HTTP {error or type(error).__name__}"), 200)


def _hidden(robot: Robot, words: str) -> str:
    """Take our secrets out of what a service says, should it quote them."""
    parts = urlsplit(robot.url)
    secrets = (robot.url, robot.key, parts.query, parts.path.rpartition("/")[2])
    for secret in (*secrets, parts.query.rpartition("=")[2]):
        if len(secret) > 5:  # noqa: PLR2004 - shorter is no secret, and may be a word
            words = words.replace(secret, "***")
    return words
