"""What may go along with a letter: HR's summary workbook, the next talk as an event."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from reports.show import one_line, spoken
from sync.assess.model import Assessment
from sync.assess.process import Rhythm
from sync.languages import languages
from sync.wording import Text

_LINE = 75
"""Bytes of a line of a calendar file (RFC 5545, 3.1)."""
_TALK = Text("和主管聊聊目标", "Talk about goals with your manager")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes along with a letter."""

    name: str
    """ASCII: QQ mail and Outlook show any other as ``untitled`` or ``.bin``."""
    kind: str
    """Its media type, with parameters."""
    content: bytes


def summary_workbook(judged: Assessment, source_name: str, tag: str) -> Attachment:
    """Make HR's summary workbook of a judgement."""
    # XlsxWriter takes its time to load, and few letters have a workbook.
    editions = import_module("reports.page.edition")
    books = import_module("reports.sheets.book")
    content = books.summary_book(
        editions.edition(judged, "hr"),
        source_name=source_name,
        lang=languages()[tag].base,
    )
    return Attachment(
        name=f"followup-{judged.today:%Y-%m-%d}.xlsx",
        kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        content=content,
    )


def next_talk(rhythm: Rhythm, today: date, tag: str) -> Attachment | None:
    """Make a calendar file of somebody's next talk; ``None`` when none is to come.

    Opened in a calendar it is a whole-day event, which a later file with another day
    moves: its name stays the same.
    """
    day = rhythm.next
    if day is None or day < today:
        return None
    name = hashlib.sha256(f"talk\n{rhythm.person.key}".encode()).hexdigest()[:32]
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Followup//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{name}@followup.invalid",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"SEQUENCE:{(today - date(2020, 1, 1)).days}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(spoken(_TALK, tag))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    whole = "".join(f"{part}\r\n" for line in lines for part in _folded(line))
    return Attachment(
        name="next-talk.ics",
        kind="text/calendar; charset=utf-8; method=PUBLISH",
        content=whole.encode(),
    )


def _escaped(text: str) -> str:
    """Escape as RFC 5545, 3.3.11 asks."""
    flat = one_line(text, 200).replace("\\", "\\\\")
    return flat.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Cut a line between characters; what follows begins with a space."""
    held = ""
    for sign in line:
        if len((held + sign).encode()) > _LINE:
            yield held
            held = " "
        held += sign
    yield held
