"""What one file of the outbox says of itself."""

import email.policy
import email.utils
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.parser import BytesParser
from pathlib import Path

from sync.languages import tag_of_html

# The newer policy takes eight times as long for a letter's parts.
_MAILS = BytesParser(policy=email.policy.compat32)
_HEAD = 16_384
"""Bytes that hold the head of any letter of ours; the rest need not be read."""
_TO_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """One letter in the outbox."""

    path: Path
    key: str
    audience: str
    """``employee``, ``manager``, ``hr`` or ``chat``."""
    recipient: str
    """The reader's name; empty when only the address is known."""
    email: str | None
    language: str
    subject: str
    at: datetime
    held: bool
    """Whether it waits for an address."""
    robot: str
    """Whose robot tells it to a group; empty for a letter by mail."""
    problems: tuple[str, ...]
    """Codes of the findings that hold it."""


def read_entry(path: Path) -> OutboxEntry | None:
    """Read the head of a letter; ``None`` when the file is gone or is not ours."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        return None
    mail = _MAILS.parsebytes(_TO_BLANK_LINE.split(head, 1)[0], headersonly=True)
    key = _decoded(mail["X-Followup-Key"])
    if not key:
        return None
    name, address = email.utils.parseaddr(str(mail["To"] or ""))
    robot = _decoded(mail["X-Followup-Robot"])
    return OutboxEntry(
        path=path,
        key=key,
        audience=_decoded(mail["X-Followup-Audience"]),
        recipient=_decoded(name if address else mail["X-Followup-Recipient"]),
        email=address or None,
        language=tag_of_html(_decoded(mail["Content-Language"])),
        subject=_decoded(mail["Subject"]),
        at=_moment(_decoded(mail["Date"])),
        held=not address and not robot,
        robot=robot,
        problems=tuple(map(_decoded, mail.get_all("X-Followup-Held", []))),
    )


def read_parts(path: Path) -> tuple[str, str]:
    """Read a mail's HTML and text; empty when it lacks one."""
    mail = _MAILS.parsebytes(path.read_bytes())
    found = {"text/html": "", "text/plain": ""}
    for part in mail.walk():
        kind, raw = part.get_content_type(), part.get_payload(decode=True)
        if kind in found and not found[kind] and isinstance(raw, bytes):
            found[kind] = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    return found["text/html"], found["text/plain"]


def _decoded(raw: object) -> str:
    """Read a field as RFC 2047 asks; the newer parser puts spaces into long names."""
    return str(make_header(decode_header(str(raw or "")))).strip()


def _moment(text: str) -> datetime:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return _EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
