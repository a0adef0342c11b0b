"""Letters in the Chinese of Taiwan: our words converted and reviewed, people's kept."""

import importlib.util
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reports.letters import Letter, compose
from reports.message import message
from reports.show import day
from sync.config.mail import Chat, Mail
from sync.languages import sentences
from sync.records.model import Status
from sync.wording import Text

ROOT = Path(__file__).resolve().parents[2]
MAIL = Mail(
    language="zh-TW",
    hr=("hr@example.com",),
    chat=(Chat(name="g", service="wecom", url_env="URL"),),
)
# As Taiwan's HR would not say it; s2twp without a review says several of these.
MAINLAND = re.compile(
    r"數據|信息|默認|單元格|工作簿|郵箱|反饋|質量|滯後|周[一二三四五六日]?建議|項目標準|專案標|“|”|隻是"
)


def write(org: Any) -> tuple[Letter, ...]:
    judged = org.judge()
    return compose(judged, MAIL, source_name="目標.xlsx", lang="zh", today=judged.today)


@pytest.fixture
def letters(company: Any) -> tuple[Letter, ...]:
    """The company's letters, in a company that writes traditional Chinese."""
    company.people[:] = [
        type(one)(**{f: getattr(one, f) for f in one.__slots__} | {"language": ""})
        for one in company.people
    ]
    return write(company)


@pytest.fixture(scope="module")
def catalogue() -> ModuleType:
    path = ROOT / "tests" / "catalogue.py"
    spec = importlib.util.spec_from_file_location("followup_catalogue", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_everything_a_letter_says_is_in_the_catalogue(catalogue: ModuleType) -> None:
    ours = ("templates/", "reports/wording", "reports/show", "reports/woven")
    missing = [
        said
        for said, files in catalogue.extracted().items()
        if any(file.startswith(ours) for file in files)
        and said not in sentences("zh-TW")
    ]

    assert missing == []


def test_nearly_all_that_is_said_elsewhere_is_in_it_too(catalogue: ModuleType) -> None:
    said = catalogue.extracted()
    known = sum(one in sentences("zh-TW") for one in said)

    assert known / len(said) > 0.9


def test_slots_and_tags_survive_translation() -> None:
    for said, own in sentences("zh-TW").items():
        assert sorted(re.findall(r"\{.*?\}", said)) == sorted(
            re.findall(r"\{.*?\}", own)
        )
        assert re.findall(r"[<>]|</?\w+>", said) == re.findall(r"[<>]|</?\w+>", own)


def test_no_sign_of_simplified_chinese_is_left(letters: tuple[Letter, ...]) -> None:
    table = sentences("zh-TW")
    simplified = set("".join(table)) - set("".join(table.values()))
    own = {sign for sign in simplified if "\u3400" <= sign <= "\u9fff"}
    phrases = [own_ for said, own_ in table.items() if len(own_) > 6]

    assert own >= set("这进标项说来")
    for one in letters:
        said = [phrase for phrase in phrases if phrase in one.text]

        assert said
        assert not own & set("".join(said))


def test_the_words_are_taiwans() -> None:
    found = {own for own in sentences("zh-TW").values() if MAINLAND.search(own)}

    assert found == set()


def test_what_people_wrote_is_left_as_it_is(org: Any) -> None:
    title = "这项目标由后台周敏跟进：“质量”"
    org.person("E1", "周发财", email="e1@example.com")
    org.goal(
        "E1", title, Status.BEHIND, progress=0.3, reason=Text("落后", "it is behind")
    )

    (one, *_) = write(org)

    assert title in one.text
    assert "周发财，你好" in one.text
    assert "目標小結" in one.text


def test_mail_programs_and_screen_readers_are_told(letters: tuple[Letter, ...]) -> None:
    one = letters[0]
    at = datetime(2026, 11, 22, tzinfo=UTC)

    assert one.language == "zh-TW"
    assert '<html lang="zh-TW">' in one.html
    assert "Microsoft JhengHei" in one.html
    assert "Microsoft YaHei" not in one.html
    assert b"Content-Language: zh-TW" in message(one, sender="a@b.cn", at=at)


def test_a_template_of_its_own_comes_first(company: Any, tmp_path: Path) -> None:
    (tmp_path / "employee.subject.zh-TW.j2").write_text("自己的主旨", "utf-8")
    (tmp_path / "employee.text.zh.j2").write_text("你手上有 {{ s.n }} 项", "utf-8")
    company.people[:] = [
        type(one)(**{f: getattr(one, f) for f in one.__slots__} | {"language": ""})
        for one in company.people
    ]
    judged = company.judge()

    (one, *_) = compose(
        judged,
        Mail(language="zh-TW", templates=tmp_path),
        source_name="x",
        lang="zh",
        today=judged.today,
    )

    assert one.subject == "自己的主旨"
    assert one.text.startswith("你手上有 ")


@pytest.mark.parametrize(
    ("tag", "this_year", "next_year"),
    [
        ("zh", "11月22日", "2027年1月5日"),
        ("zh-TW", "11月22日", "2027年1月5日"),
        ("en", "22 November", "5 January 2027"),
        ("en-US", "November 22", "January 5, 2027"),
    ],
)
def test_days_are_written_as_each_language_does(
    tag: str, this_year: str, next_year: str
) -> None:
    today = date(2026, 11, 22)

    assert day(today, tag, today) == this_year
    assert day(date(2027, 1, 5), tag, today) == next_year
