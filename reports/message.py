"""A letter as the bytes of a mail, the same bytes for the same letter and moment."""

import base64
import hashlib
import re
from datetime import datetime
from email.utils import format_datetime, getaddresses

from reports.headers import mailbox, one_header_line, unstructured
from reports.letters import Letter
from sync.errors import DeliveryError
from sync.languages import languages
from sync.wording import Text

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def message(letter: Letter, *, sender: str, at: datetime) -> bytes:
    """Write a letter as one mail to one recipient.

    Args:
        letter: The letter; without an address it gets no To and cannot be sent by
            mistake, its reader stands in ``X-Followup-Recipient``.
        sender: Who sends it, as in ``Followup <followup@example.com>``.
        at: The moment of writing, with a time zone.

    Raises:
        DeliveryError: If ``sender`` is not one mailbox.
    """
    key = hashlib.sha256(letter.key.encode()).hexdigest()
    boundary = f"=_followup_{key[:24]}"
    head = [
        *_from_and_to(letter, sender),
        unstructured("Subject", letter.subject),
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{key[:32]}@{_host(sender)}>",
        "MIME-Version: 1.0",
        # RFC 3834, 5, and what Exchange heeds: no out-of-office note in return.
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        f"Content-Language: {languages()[letter.language].html}",
        f"X-Followup-Key: {one_header_line(letter.key)}",
        f"X-Followup-Audience: {letter.audience}",
    ]
    head += [f"X-Followup-Held: {found.code}" for found in letter.problems]
    body = _alternatives(letter, boundary)
    if letter.attachments:
        body = _with_attachments(letter, body, f"{boundary}_m")
    return "\r\n".join([*head, *body]).encode("utf-8")


def _alternatives(letter: Letter, boundary: str) -> list[str]:
    """Write the same letter as plain text and, where there is one, as HTML."""
    parts = [("plain", letter.text)]
    if letter.html:
        parts.append(("html", letter.html))
    lines = [f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"', ""]
    for subtype, content in parts:
        lines += [f"--{boundary}", *_part(subtype, content)]
    return [*lines, f"--{boundary}--", ""]


def _with_attachments(letter: Letter, body: list[str], boundary: str) -> list[str]:
    """Put a letter and its files side by side."""
    lines = [f'Content-Type: multipart/mixed;\r\n boundary="{boundary}"', ""]
    lines += [f"--{boundary}", *body]
    for one in letter.attachments:
        lines += [
            f"--{boundary}",
            f"Content-Type: {one.kind};\r\n name={one.name}",
            "Content-Transfer-Encoding: base64",
            f"Content-Disposition: attachment; filename={one.name}",
            "",
            *_in_base64(one.content),
            "",
        ]
    return [*lines, f"--{boundary}--", ""]


def check_sender(sender: str) -> tuple[str, str]:
    """Split a sender into name and address.

    Raises:
        DeliveryError: If it is not one mailbox with an address.
    """
    found = getaddresses([sender]) if one_header_line(sender) == sender.strip() else []
    name, address = found[0] if len(found) == 1 else ("", "")
    try:
        mailbox("From", name, address)
    except ValueError:
        address = ""
    if not address or "@" not in address:
        raise DeliveryError(
            Text(
                "“{sender}”不能用作发件人",
                "{sender!r} is not a sender",
                {"sender": sender},
            ),
            where="mail.sender",
            hint=Text(
                '请写名称和地址，例如 "Followup <followup@example.com>"',
                'write a name and an address, as in "Followup <followup@example.com>"',
            ),
        )
    return name, address


def _from_and_to(letter: Letter, sender: str) -> list[str]:
    name, address = check_sender(sender)
    lines = [mailbox("From", name, address)]
    to = letter.recipient
    if to.email:
        return [*lines, mailbox("To", to.name, to.email)]
    if to.robot:
        return [*lines, f"X-Followup-Robot: {one_header_line(to.robot)}"]
    return [*lines, unstructured("X-Followup-Recipient", to.name or "HR")]


def _host(sender: str) -> str:
    _, address = check_sender(sender)
    host = address.rpartition("@")[2]
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    return host if _HOST.fullmatch(host) else "followup.invalid"


def _part(subtype: str, content: str) -> list[str]:
    """Write a part in base64: a third larger, but no server rewrites its lines."""
    text = content.replace("\r\n", "\n").replace("\n", "\r\n")
    return [
        f"Content-Type: text/{subtype}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *_in_base64(text.encode("utf-8", "replace")),
        "",
    ]


def _in_base64(raw: bytes) -> list[str]:
    whole = base64.b64encode(raw).decode()
    return [whole[start : start + 76] for start in range(0, len(whole), 76)]
