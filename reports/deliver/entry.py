"""What one file of the outbox says of itself."""

import email.policy
import email.utils
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesParser
from pathlib import Path

_PARSER = BytesParser(policy=email.policy.default)
_HEAD = 16_384
"""Bytes that hold the head of any letter of ours; the rest need not be read."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """One letter in the outbox."""

    path: Path
    key: str
    audience: str
    """``employee``, ``manager`` or ``hr``."""
    recipient: str
    """The reader's name; empty when only the address is known."""
    email: str | None
    language: str
    subject: str
    at: datetime
    held: bool
    """Whether it waits for an address."""
    problems: tuple[str, ...]
    """Codes of the findings that hold it."""


def read_entry(path: Path) -> OutboxEntry | None:
    """Read the head of a letter; ``None`` when the file is gone or is not ours."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        return None
    mail = _PARSER.parsebytes(head, headersonly=True)
    key = str(mail.get("X-Followup-Key", ""))
    if not key:
        return None
    to = mail["To"]
    mailboxes = to.addresses if to is not None else ()
    address = mailboxes[0] if mailboxes else None
    waiting = str(mail.get("X-Followup-Recipient", ""))
    return OutboxEntry(
        path=path,
        key=key,
        audience=str(mail.get("X-Followup-Audience", "")),
        recipient=address.display_name if address else waiting,
        email=address.addr_spec if address else None,
        language=str(mail.get("Content-Language", ""))[:2],
        subject=str(mail.get("Subject", "")),
        at=_moment(str(mail.get("Date", ""))),
        held=address is None,
        problems=tuple(str(one) for one in mail.get_all("X-Followup-Held", [])),
    )


def read_parts(path: Path) -> tuple[str, str]:
    """Read a mail's HTML and text; empty when it lacks one."""
    mail = _PARSER.parsebytes(path.read_bytes())
    found = []
    for kind in ("html", "plain"):
        part = mail.get_body(preferencelist=(kind,))
        found.append(str(part.get_content()) if part else "")
    return found[0], found[1]


def _moment(text: str) -> datetime:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return _EPOCH
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
