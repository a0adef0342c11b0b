"""Letters that are worth reading, made once, in the reader's language."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reports.draft import CLIP
from reports.letters import Letter, compose
from sync.cells import CellRef
from sync.config.mail import Mail
from sync.errors import DeliveryError
from sync.records.model import Status
from sync.wording import Text, same

TODAY = date(2026, 11, 22)


def write(
    org: Any, *, today: date = TODAY, mail: Mail | None = None, **more: Any
) -> Any:
    more.setdefault("lang", "zh")
    return compose(
        org.judge(), mail or Mail(), source_name="2026目标.xlsx", today=today, **more
    )


def to(letters: Sequence[Letter], audience: str, key: str = "") -> Letter:
    return next(
        one for one in letters if one.audience == audience and one.person_key == key
    )


def test_a_manager_reads_first_whom_to_talk_to_about_what_and_why_now(
    company: Any,
) -> None:
    text = to(write(company), "manager", "E001").text
    first_screen = text[:420]

    assert "这周建议先和 2 位聊聊，从李雷开始" in first_screen
    assert "完成支付模块单元测试" in first_screen
    assert "为什么是现在：一项目标逾期 12 天" in first_screen
    assert "可以这样问：离完成还差哪一步？" in first_screen
    assert "也别忘了肯定：测试覆盖率" in first_screen


def test_an_employee_reads_what_changed_and_what_to_do_next(company: Any) -> None:
    text = to(write(company), "employee", "E011").text

    assert "Since 15 November: from at risk to behind." in text
    assert "The target moved from 10 to 12." in text
    assert "Next step: Find the one thing" in text


def test_a_goal_that_lacks_something_comes_with_its_gaps_to_fill(company: Any) -> None:
    letters = write(company)

    assert "将【哪个系统】的【可用率】" in to(letters, "employee", "E002").text
    assert "could be more specific, measurable and time-bound" in (
        to(letters, "employee", "E013").text
    )


def test_hr_reads_totals_health_who_has_not_and_what_to_mend(company: Any) -> None:
    text = to(write(company), "hr").text

    assert "滞后 2 项（比11月15日多 2 项）" in text
    assert "滞后或逾期的目标还没有改进措施：4 个里有 3 个" in text
    assert "还没有目标（2 位）：周敏、Ann Carter" in text
    assert "F8：到期日“12月底前”不是日期。写成 2026-12-31 这样的日期。" in text
    assert "陈思远给员工的信：没有登记邮箱" in text


def test_hr_reads_of_as_many_people_as_have_goals(company: Any) -> None:
    text = to(write(company), "hr").text

    assert "7 位同事共有 13 项目标" in text


def test_nobody_without_goals_gets_a_letter(org: Any) -> None:
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")

    assert write(org) == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_large_organisation_still_fits_under_the_clip(org: Any, lang: Any) -> None:
    org.person("M", "Ada")
    for n in range(300):
        org.person(f"E{n}", f"名字{n} " * 9, manager_key="M", department=f"部门{n}" * 9)
        org.goal(
            f"E{n}",
            "很长的目标标题<&>" * 30,
            Status.BEHIND,
            progress=0.2,
            claimed=Status.AHEAD,
            disagrees=True,
            reason=same("原因很长" * 40),
        )
        for sheet in range(9):
            at = CellRef(f"表{sheet}", n + 2, 4)
            org.finding("D101", same("很长的问题" * 30), same("改法" * 50), at)
    for n in range(200):
        org.goal("E7", f"目标{n}" * 20, Status.OVERDUE, progress=0.5)

    letters = write(org, lang=lang)
    sizes = {one.audience: len(one.html.encode()) for one in letters}

    assert max(sizes.values()) <= CLIP
    assert re.search("另有 [0-9,]+ 处|[0-9,]+ more", to(letters, "hr").text)
    assert re.search(
        "另有 [0-9,]+ 项|[0-9,]+ more goals", to(letters, "employee", "E7").text
    )


def test_hostile_words_stay_words(org: Any) -> None:
    evil = (
        "<script>alert(1)</script>\u202egnp.exe\u2028\r\nBcc: x@y.z {{ 7*7 }} {title}"
    )
    org.person("E1", evil, position=evil)
    org.person("E2", evil, manager_key="E1", position=evil)
    org.goal("E2", evil, Status.BEHIND, progress=0.1, reason=same(evil), comments=evil)
    org.finding("D101", same(evil), same(evil), CellRef(evil, 2, 2))

    for letter in write(org, mail=Mail(hr=("hr@example.com",))):
        shown = letter.subject + letter.html + letter.text
        assert "<script" not in letter.html
        assert not set("\u202e\u2028\r") & set(shown)
        assert "\n" not in letter.subject
        assert "{{ 7*7 }}" in shown
        assert "49" not in shown.replace("#", "")


def test_only_web_addresses_given_by_the_workbook_are_linked(company: Any) -> None:
    letters = write(
        company, links=lambda at: f"https://sheets.example/#range={at.a1}&x=<>"
    )

    assert 'href="https://sheets.example/#range=I2&amp;x=&lt;&gt;"' in (
        to(letters, "hr").html.replace("x=<>", "x=&lt;&gt;")
    )


def templates_with(folder: Path, name: str, text: str) -> Mail:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return Mail(templates=folder)


def test_the_users_template_comes_first(company: Any, tmp_path: Path) -> None:
    mail = templates_with(tmp_path, "employee.subject.zh.j2", "{{ s.name }} 的目标")

    assert to(write(company, mail=mail), "employee", "E002").subject == "李雷 的目标"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{{ s.nmae }}", "line 2: variable 'nmae' is not known"),
        ("a\nb\n{{ nobody }}", "line 3: variable 'nobody' is not known"),
        ("{% if %}", "line 1"),
        ("{{ s.n / 0 }}", "line 1: ZeroDivisionError"),
        ("{{ s.__class__.__mro__ }}", "line 1"),
        ("{% include 'missing.j2' %}", "missing.j2"),
    ],
)
def test_a_template_error_names_template_line_and_variable(
    company: Any, tmp_path: Path, text: str, said: str
) -> None:
    mail = templates_with(tmp_path, "employee.text.zh.j2", text)

    with pytest.raises(DeliveryError) as caught:
        write(company, mail=mail)

    assert said in str(caught.value)
    assert "employee.text.zh.j2" in caught.value.what
    assert str(tmp_path) in caught.value.where


def test_a_missing_folder_of_templates_says_so(company: Any, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="does not exist"):
        write(company, mail=Mail(templates=tmp_path / "nowhere"))


def test_missing_is_not_zero(org: Any) -> None:
    org.person("E1", "Ada", language="en")
    org.person("E2", "Bea", manager_key="E1", language="en")
    org.goal("E2", "goal", Status.NO_DATA, reason=Text("", "no value yet"))

    for letter in write(org, lang="en"):
        assert "0%" not in letter.text
        assert "0%" not in re.sub(
            r'(?:width|height|[a-z-]+)[=:]"?[^";>]*', "", letter.html
        )


def test_a_talk_about_one_goal_names_it_once(org: Any) -> None:
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.goal("E2", "Win 12 accounts", Status.BEHIND, progress=0.4)
    org.why["E2"] = (
        Text("“Win 12 accounts”完成 40%", "“Win 12 accounts” is 40% done"),
        Text("“Win 12 accounts”：目标已改", "“Win 12 accounts”: target moved"),
    )
    org.ask["E2"] = (
        Text("做好“Win 12 accounts”还缺什么？", "What does “Win 12 accounts” lack?"),
    )

    zh = to(write(org), "manager", "E1").text
    en = to(write(org, lang="en"), "manager", "E1").text

    assert (zh.count("Win 12 accounts"), en.count("Win 12 accounts")) == (1, 1)
    assert "为什么是现在：完成 40%。目标已改。" in zh
    assert "可以这样问：做好这项目标还缺什么？" in zh
    assert "Why now: It is 40% done. Target moved." in en
    assert "You could ask: What does it lack?" in en


def test_a_question_about_the_only_goal_begins_like_a_sentence(org: Any) -> None:
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.goal("E2", "新签12家客户", Status.BEHIND, progress=0.4)
    org.why["E2"] = (same("落后"),)
    org.ask["E2"] = (Text("“新签12家客户”的实际进展怎样？", "How is “新签12家客户”?"),)

    assert "可以这样问：实际进展怎样？" in to(write(org), "manager", "E1").text


@pytest.mark.parametrize(
    ("n", "zh", "en"),
    [
        (1, "这周建议和同事0聊一聊", "同事0 would gain from a talk"),
        (2, "向你汇报的 2 位同事，这周建议都聊一聊", "Both people who report to you"),
        (3, "向你汇报的 3 位同事，这周建议都聊一聊", "All three people who report"),
    ],
)
def test_a_whole_team_to_talk_to_is_said_as_people_say_it(
    org: Any, n: int, zh: str, en: str
) -> None:
    org.person("M", "Ada")
    for i in range(n):
        org.person(f"E{i}", f"同事{i}", manager_key="M")
        org.goal(f"E{i}", f"goal {i}", Status.BEHIND)

    assert zh in to(write(org), "manager", "M").text
    assert en in to(write(org, lang="en"), "manager", "M").text


def test_a_link_that_is_no_web_address_is_dropped(company: Any) -> None:
    letters = write(company, links=lambda at: f"javascript:alert({at.row})")

    assert not [one for one in letters if "javascript" in one.html]


def test_nobody_is_written_to_when_all_is_well_unless_asked_or_told_otherwise_before(
    org: Any,
) -> None:
    def write(*earlier: str, **options: Any) -> list[str]:
        return [
            one.key
            for one in compose(
                org.judge(),
                Mail(**options),
                source_name="x",
                lang="en",
                today=TODAY,
                earlier=earlier,
            )
            if one.audience == "employee"
        ]

    org.person("E1", "Ann")
    org.goal("E1", "Ship", Status.BEHIND, progress=0.2)
    (bad,) = write()
    org.goals.clear()
    org.goal("E1", "Ship", Status.ON_TRACK, progress=0.9)

    assert write() == []
    assert len(write(when_all_is_well=True)) == 1
    assert len(write(bad)) == 1
