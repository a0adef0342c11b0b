"""Files that go along with letters, only where they were asked for."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from icalendar import Calendar

from reports.deliver.entry import read_parts
from reports.deliver.outbox import deliver
from reports.letters import Letter, compose
from reports.message import message
from sync.assess.process import Rhythm
from sync.config.mail import Mail

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def judged(company: Any) -> Any:
    (person,) = (one for one in company.people if one.key == "E002")
    rhythm = Rhythm(
        person=person,
        last=None,
        next=date(2026, 11, 27),
        due_on=None,
        missed=0,
        asks_since=None,
    )
    return replace(company.judge(), rhythms=(rhythm,))


def write(judged: Any, **options: Any) -> dict[str, Letter]:
    found = compose(
        judged,
        Mail(hr=("hr@example.com",), **options),
        source_name="2026目标.xlsx",
        lang="zh",
        today=TODAY,
    )
    return {f"{one.audience} {one.person_key}": one for one in found}


def files(letter: Letter) -> list[EmailMessage]:
    mail = message_from_bytes(
        message(letter, sender="HR <hr@example.com>", at=AT), policy=policy.default
    )
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n") == letter.text
    return list(mail.iter_attachments())


def test_nothing_goes_along_unless_asked(judged: Any) -> None:
    assert not [one for one in write(judged).values() if one.attachments]


def test_hr_gets_the_summary_workbook_and_nobody_else(judged: Any) -> None:
    letters = write(judged, attach_summary=True)

    (file,) = files(letters["hr "])
    assert file.get_filename() == "followup-2026-11-22.xlsx"
    with zipfile.ZipFile(BytesIO(file.get_content())) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()
    assert [name for name, one in letters.items() if one.attachments] == ["hr "]


def test_the_next_talk_opens_in_a_calendar(judged: Any) -> None:
    letters = write(judged, attach_next_talk=True)

    assert [name for name, one in letters.items() if one.attachments] == [
        "employee E002"
    ]
    (file,) = files(letters["employee E002"])
    raw = file.get_content()
    text = raw if isinstance(raw, str) else raw.decode()
    assert file.get_filename() == "next-talk.ics"
    assert "DTSTART;VALUE=DATE:20261127" in text
    assert all(len(line.encode()) <= 75 for line in text.splitlines())

    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["SUMMARY"] == "和主管聊聊目标"
    assert event.decoded("DTSTART") == date(2026, 11, 27)


def test_a_letter_with_a_file_is_read_back_from_the_outbox(
    judged: Any, tmp_path: Any
) -> None:
    one = write(judged, attach_summary=True)["hr "]

    (receipt,) = deliver([one], tmp_path, already=set(), at=AT)

    assert receipt.path
    html, text = read_parts(receipt.path)
    assert text == one.text
    assert html == one.html
