"""A letter goes to one known address in its reader's language, or waits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from reports.letters import Letter, compose
from sync.config.mail import Mail
from sync.records.model import Status

TODAY = date(2026, 11, 22)


def write(
    org: Any, *, today: date = TODAY, mail: Mail | None = None, **more: Any
) -> Any:
    more.setdefault("lang", "zh")
    return compose(
        org.judge(),
        mail or Mail(when_all_is_well=True),
        source_name="2026目标.xlsx",
        today=today,
        **more,
    )


def to(letters: Sequence[Letter], audience: str, key: str = "") -> Letter:
    return next(
        one for one in letters if one.audience == audience and one.person_key == key
    )


def test_the_language_is_the_persons_then_the_domains_then_the_offices(
    org: Any,
) -> None:
    org.person("E1", "Ada", language="en", email="a@corp.cn")
    org.person("E2", "Bea", email="b@corp.cn")
    org.person("E3", "Cid", email="c@corp.com")
    for key in ("E1", "E2", "E3"):
        org.goal(key, "goal", Status.ON_TRACK, progress=0.9)
    mail = Mail(languages_by_domain={"corp.cn": "zh"}, when_all_is_well=True)

    default = [one.language for one in write(org, mail=mail, lang="en")]
    office = [
        one.language
        for one in write(
            org, mail=mail.model_copy(update={"language": "zh"}), lang="en"
        )
    ]

    assert default == ["en", "zh", "en", "en"]
    assert office == ["en", "zh", "zh", "zh"]


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("", "P901"),
        ("x@elsewhere.org", "P902"),
        ("x@corp.cn.evil.org", "P902"),
        ("x at corp.cn", "P903"),
        ("x@corp.cn, y@corp.cn", "P903"),
        ("x@corp.cn\r\nBcc: y@corp.cn", "P903"),
        ("shared@corp.cn", "P905"),
    ],
)
def test_a_letter_is_held_when_its_address_is_in_doubt(
    org: Any, email: str, code: str
) -> None:
    org.person("E1", "Ada", email=email)
    org.person("E2", "Bea", email="shared@corp.cn")
    org.goal("E1", "goal", Status.BEHIND)

    letter = write(org, mail=Mail(allowed_domains=("Corp.cn",)))[0]

    assert [found.code for found in letter.problems] == [code]
    assert letter.recipient.email is None


def test_an_allowed_address_is_used_as_it_is_written(org: Any) -> None:
    org.person("E1", "Ada", email="Ada.B@corp.CN")
    org.goal("E1", "goal", Status.BEHIND)

    letter = write(org, mail=Mail(allowed_domains=("corp.cn",)))[0]

    assert letter.recipient.email == "Ada.B@corp.CN"
    assert letter.problems == ()


def test_a_managers_address_is_taken_from_their_reports_when_they_agree(
    org: Any,
) -> None:
    org.person("E1", "Ada", email="")
    org.person("E2", "Bea", manager_key="E1", manager_email="ada@corp.cn")
    org.person("E3", "Cid", manager_key="E1", manager_email="ADA@corp.cn")
    org.goal("E2", "goal", Status.BEHIND)
    agreed = to(write(org), "manager", "E1")
    org.person("E4", "Dan", manager_key="E1", manager_email="other@corp.cn")
    torn = to(write(org), "manager", "E1")

    assert agreed.recipient.email == "ada@corp.cn"
    assert torn.recipient.email is None
    assert [found.code for found in torn.problems] == ["P904"]


def test_somebody_who_has_left_is_not_written_to(org: Any) -> None:
    org.person("E1", "Ada", employment_status="已离职")
    org.goal("E1", "goal", Status.BEHIND)

    letter = write(org)[0]

    assert letter.recipient.email is None
    assert [found.code for found in letter.problems] == ["P906"]


def test_each_of_hrs_addresses_gets_a_letter_of_its_own(company: Any) -> None:
    mail = Mail(hr=("a@hr.cn", "b@hr.cn", "a@hr.cn"))

    hr = [one for one in write(company, mail=mail) if one.audience == "hr"]

    assert [one.recipient.email for one in hr] == ["a@hr.cn", "b@hr.cn"]
    assert hr[0].key != hr[1].key
