"""A letter as a mail that every program reads back the same."""

import email
import email.policy
import email.utils
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.addresses import Recipient
from reports.audience import AudienceKind
from reports.headers import mailbox, one_header_line, unstructured
from reports.letters import Letter
from reports.message import message
from sync.errors import DeliveryError
from sync.findings import Finding
from sync.wording import same

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
SENDER = "人力资源部 Followup <followup@example.com>"

LETTER = Letter(
    audience=AudienceKind.EMPLOYEE,
    key="employee:abc:2026-W47:def",
    person_key="E1",
    recipient=Recipient("王小明 Xiaoming", "xm@example.com"),
    language="zh",
    subject="你的目标 Goals：2 项 deserve a look",
    text="你好\n第二行\n",
    html="<p>你好</p>\n",
    told=(),
)


def read(letter: Letter = LETTER) -> EmailMessage:
    raw = message(letter, sender=SENDER, at=AT)
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_both_parts_come_back_as_they_were_written() -> None:
    mail = read()

    parts = [part.get_content() for part in mail.iter_parts()]

    assert [one.replace("\r\n", "\n") for one in parts] == [LETTER.text, LETTER.html]
    assert mail.get_content_type() == "multipart/alternative"


def test_names_and_subject_come_back_as_they_were_written() -> None:
    mail = read()

    assert mail["Subject"] == LETTER.subject
    assert mail["To"].addresses[0].display_name == "王小明 Xiaoming"
    assert mail["To"].addresses[0].addr_spec == "xm@example.com"
    assert mail["From"].addresses[0].display_name == "人力资源部 Followup"


def test_the_same_letter_at_the_same_moment_is_the_same_bytes() -> None:
    once = message(LETTER, sender=SENDER, at=AT)

    assert once == message(LETTER, sender=SENDER, at=AT)


def test_the_message_id_is_the_letters_and_survives_the_hour() -> None:
    later = message(LETTER, sender=SENDER, at=AT.replace(hour=17))
    other = read(replace(LETTER, key="employee:abc:2026-W48:def"))

    assert f"Message-ID: {read()['Message-ID']}".encode() in later
    assert read()["Message-ID"] != other["Message-ID"]


def test_out_of_office_programs_are_asked_to_stay_quiet() -> None:
    mail = read()

    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"


def test_a_letter_without_an_address_cannot_be_sent_by_mistake() -> None:
    problem = Finding(code="P901", severity="warning", what=same(""), fix=same(""))
    held = replace(LETTER, recipient=Recipient("王小明", None), problems=(problem,))

    mail = read(held)

    assert mail["To"] is None
    assert mail["X-Followup-Recipient"] == "王小明"
    assert mail["X-Followup-Held"] == "P901"


@pytest.mark.parametrize(
    "sender", ["", "nobody", "a@b.c, d@e.f", "x <a@b.c\r\nBcc: q@r.s>"]
)
def test_a_sender_that_is_not_one_mailbox_is_refused(sender: str) -> None:
    with pytest.raises(DeliveryError, match="sender"):
        message(LETTER, sender=sender, at=AT)


@pytest.mark.parametrize("address", ["a@b.c\r\nBcc: d@e.f", "a@b.c,d@e.f", "<a@b.c>"])
def test_an_address_that_could_be_two_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="@"):
        mailbox("To", "", address)


mixed = st.text(
    st.sampled_from('目标跟进 周报🚀Q4 overdue,逾期(3):研发—“”é?=_"\\<>@;')
    | st.characters(codec="utf-8"),
    max_size=90,
)


@given(mixed)
def test_any_subject_comes_back_as_it_was_written(text: str) -> None:
    raw = (unstructured("Subject", text) + "\r\n\r\n").encode()

    mail = email.message_from_bytes(raw, policy=email.policy.default)

    assert str(mail["Subject"]) == one_header_line(text)
    assert list(mail.keys()) == ["Subject"]


@given(mixed)
def test_any_name_comes_back_as_it_was_written(name: str) -> None:
    raw = (mailbox("To", name, "a@example.com") + "\r\n\r\n").encode()

    mail = email.message_from_bytes(raw)
    # The newer parser puts a space between the encoded words of a long name.
    shown, address = email.utils.parseaddr(mail["To"])

    assert address == "a@example.com"
    assert str(make_header(decode_header(shown))) == " ".join(
        one_header_line(name).split()
    )
    assert list(mail.keys()) == ["To"]


@given(mixed)
def test_no_line_of_a_header_is_longer_than_the_standard_asks(text: str) -> None:
    lines = unstructured("Subject", text).split("\r\n")

    assert max(len(line) for line in lines) <= 76
    assert all(line.isascii() for line in lines)
