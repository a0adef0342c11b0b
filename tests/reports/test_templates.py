"""What every letter's form must hold to, in every mail program."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import templates
from reports import palette
from reports.letters import Letter, compose
from reports.render import OWN
from sync.config.mail import Mail

TODAY = date(2026, 11, 22)
VOID = {"meta", "br", "img", "hr", "link", "input"}
# What Outlook's Word engine, Gmail and QQ mail leave out or break (caniemail, 2026).
UNSUPPORTED = (
    "<svg",
    "<img",
    "data:",
    "<link",
    "<script",
    "float:",
    "position:",
    "flex",
)
UNKIND = (
    "解雇",
    "辞退",
    "开除",
    "淘汰",
    "失职",
    "fire",
    "dismiss",
    "terminat",
    "fault",
    "blame",
    "fail",
)


@pytest.fixture(params=["zh", "en"])
def letters(request: pytest.FixtureRequest, company: Any) -> tuple[Letter, ...]:
    """Every kind of letter, all in one language."""
    lang = request.param
    company.people[:] = [
        type(one)(**{f: getattr(one, f) for f in one.__slots__} | {"language": lang})
        for one in company.people
    ]
    return compose(
        company.judge(),
        Mail(hr=("hr@example.com",)),
        source_name="Goals.xlsx",
        lang=lang,
        today=TODAY,
    )


class Outline(HTMLParser):
    """Checks nesting and gathers what a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(letter: Letter) -> Outline:
    parsed = Outline()
    parsed.feed(letter.html)
    parsed.close()
    return parsed


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_pair_of_colours_can_be_read() -> None:
    pairs = [
        *((c.ink, c.fill) for c in palette.COLOURS.values()),
        *((c.ink, palette.PAPER) for c in palette.COLOURS.values()),
        (palette.INK, palette.SOFT),
        (palette.INK, palette.PAPER),
        (palette.INK, palette.DESK),
        (palette.QUIET, palette.PAPER),
        (palette.ACCENT, palette.PAPER),
    ]

    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_every_bar_stands_out_from_the_paper() -> None:
    bars = [contrast(c.bar, palette.PAPER) for c in palette.COLOURS.values()]

    assert min(bars) >= 3


def test_the_markup_is_whole_and_its_language_said(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        parsed = outline(letter)

        assert parsed.open == []
        assert parsed.seen[0] == (
            "html",
            {"lang": "zh-CN" if letter.language == "zh" else "en"},
        )


def test_nothing_is_used_that_mail_programs_leave_out(
    letters: tuple[Letter, ...],
) -> None:
    for letter in letters:
        body = letter.html.split("<body", 1)[1]

        assert not [one for one in UNSUPPORTED if one in body]
        assert letter.html.count("<style") == 1  # for the night, and not needed
        assert not re.findall(r"(?:src|background)=|url\(|@import", letter.html)


def test_tables_that_only_place_things_say_so(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        tables = [attrs for tag, attrs in outline(letter).seen if tag == "table"]

        for attrs in tables:
            assert attrs.get("role") == "presentation" or attrs.get("class") == "rows"


def test_colour_never_stands_alone(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        shown = re.findall(
            r"background-color: ?#[0-9A-F]{6};[^>]*bold[^>]*>([^<]*)<", letter.html
        )

        assert all(re.search(r"\w", one) for one in shown)


def test_the_preheader_says_something_of_its_own(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        found = re.search(r'<div class="pre"[^>]*>([^<]*)', letter.html)

        assert found
        assert len(found[1].split("\u2007")[0].strip()) > 8


def test_letters_stay_light(letters: tuple[Letter, ...]) -> None:
    assert max(len(one.html.encode()) for one in letters) < 30_000


def test_the_plain_part_is_prose(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        assert "<" not in letter.text
        assert "&#" not in letter.text
        assert "None" not in letter.text
        assert "\n\n\n" not in letter.text
        assert not re.search(r"[ \t]\n", letter.text)
        assert letter.text.endswith("\n")


def test_english_counts_agree_with_their_nouns(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        if letter.language == "en":
            shown = letter.subject + letter.text + letter.html
            wrong = r"\b(?:1|one) (?:goals|people|cells|places|others)\b|\bone (?:are|have|need|deserve|lack)\b"

            assert not re.findall(wrong, shown)
            assert not re.findall(
                r"\b(?:two|three|[2-9]) (?:goal|person|cell|is|has)\b", shown
            )


def test_chinese_letters_use_full_width_marks(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        if letter.language == "zh":
            assert not re.findall(r"[\u4e00-\u9fff][,;:?!]", letter.text)
            assert not re.findall(r"。。|，。|；。|：。|。，", letter.text)


def test_no_letter_blames_or_threatens(letters: tuple[Letter, ...]) -> None:
    for letter in letters:
        if letter.audience != "hr":
            assert not [one for one in UNKIND if one in letter.text.lower()]


def test_every_audience_has_every_part_in_every_language() -> None:
    names = {path.name for path in Path(templates.__file__).parent.glob("*.j2")}
    wanted = {
        f"{audience}.{part}.{lang}.j2"
        for audience in ("employee", "manager", "hr")
        for part in ("html", "text", "subject")
        for lang in ("zh", "en")
    }

    assert wanted <= names
    assert Path(templates.__file__).parent == OWN
