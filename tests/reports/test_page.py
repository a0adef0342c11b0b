"""The page holds its data as text, says everything twice, and reaches for nothing."""

import base64
import hashlib
import json
import re
import stat
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.audience import AudienceKind
from reports.page.charts import doughnut, line, stacked
from reports.page.edition import Edition, edition
from reports.page.encode import Sentences, script_json
from reports.page.render import page
from reports.page.style import DARK, DARK_COLOURS
from reports.page.weights import weight_sums
from reports.save import default_name, save
from sync.assess.process import JudgedAction, Trend, TrendPoint
from sync.errors import ConfigError, DeliveryError
from sync.findings import Finding
from sync.records.model import Action, Place, Status
from sync.wording import LANGS, Lang, Text, same

HOSTILE = (
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "line\u2028break\u2029here",
    "\u202eright to left\u202c \u200fmark",
    "{it} {{7*7}} ${window.hit=1} %s",
    "half \ud800 pair",
)


class Elements(HTMLParser):
    """What a browser would find: tags with their attributes, and scripts' contents."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag if tag in self.inside else ""
        if self._open:
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - any end closes it
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inside[self._open][-1] += data


def write(org: Any, audience: str = "hr", lang: Lang = "zh") -> str:
    return page(edition(org.judge(), audience), source_name="Goals.xlsx", lang=lang)


def island(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Elements(html).inside["script"][0])
    return found


def filled(coded: Any, document: dict[str, Any], lang: Lang) -> str:
    """Fill a sentence in as the page's script does."""
    if coded is None or isinstance(coded, str):
        return coded or ""
    zh, en, names = document["texts"][coded[0]]
    template = zh if lang == "zh" else en
    slots = dict(zip(names, coded[1:], strict=True))
    return re.sub(
        r"\{(\w+)\}",
        lambda found: (
            filled(slots[found[1]], document, lang) if found[1] in slots else found[0]
        ),
        template,
    )


def test_nothing_in_the_page_points_outside_or_acts_by_itself(company: Any) -> None:
    elements = Elements(write(company)).found
    targets = [
        value
        for _, attributes in elements
        for name, value in attributes.items()
        if name in {"src", "href", "action", "data", "srcset", "poster"}
    ]
    acting = [
        name
        for _, attributes in elements
        for name in attributes
        if name.startswith("on") or name == "style"
    ]

    assert targets
    assert all((target or "").startswith("#") for target in targets)
    assert acting == []
    assert {tag for tag, _ in elements} & {"link", "img", "iframe", "object"} == set()


def test_only_the_pages_own_script_and_style_may_run(company: Any) -> None:
    html = write(company)
    elements = Elements(html)
    policy = next(
        attributes["content"] or ""
        for tag, attributes in elements.found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f"script-src 'sha256-{digest(elements.inside['script'][1])}'" in policy
    assert f"style-src 'sha256-{digest(elements.inside['style'][0])}'" in policy


def test_hostile_words_stay_words(org: Any) -> None:
    for number, words in enumerate(HOSTILE):
        org.person(f"E{number}", words, department=words, position=words)
        org.goal(f"E{number}", words, Status.OVERDUE, reason=same(words), progress=0.1)
    plain = Elements(write(new_like(org))).found
    html = write(org)
    shown = Elements(html)

    assert len(shown.inside["script"]) == 2
    assert {tag for tag, _ in shown.found} == {tag for tag, _ in plain}
    assert not re.search("[\u2028\u2029\u202e\u200f\ud800]", html)
    assert island(html)["goals"][0][0] == HOSTILE[0]


def new_like(org: Any) -> Any:
    """The same organisation with harmless names."""
    calm = type(org)()
    for number in range(len(HOSTILE)):
        calm.person(f"E{number}", f"N{number}", department=f"D{number}", position="P")
        calm.goal(f"E{number}", "calm", Status.OVERDUE, progress=0.1)
    return calm


@given(st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=8))
def test_json_in_a_script_cannot_end_it_and_reads_back(value: Any) -> None:
    written = script_json(value)

    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == value


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), max_size=20)


@given(words, words, st.integers())
def test_a_sentence_reads_the_same_as_before_it_was_packed(
    one: str, other: str, n: int
) -> None:
    inner = Text("{n} 天", "{n} days", {"n": n})
    text = Text(
        "{a}：{b}，{c}", "{a}: {b}, {c}", {"a": one, "b": inner, "c": same(other)}
    )
    for whole in (
        text,
        same(one),
        Text("没有", "none"),
        Text("{n:>3}", "{n!s}", {"n": n}),
    ):
        packed = Sentences()
        coded = packed.encode(whole)
        document = {"texts": packed.templates}
        for lang in LANGS:
            shown = " ".join(filled(coded, document, lang).split())

            assert shown == " ".join(whole.in_(lang).split())


def test_templates_are_kept_once(org: Any) -> None:
    org.person("E1", "Ada")
    for n in range(50):
        reason = Text("完成 {n}", "{n} done", {"n": n})
        org.goal("E1", f"goal {n}", Status.BEHIND, reason=reason, progress=0.2)

    document = island(write(org))

    assert ["完成 {n}", "{n} done", ["n"]] in document["texts"]
    assert len(document["texts"]) < 20


def test_both_languages_are_there_whichever_it_opens_in(company: Any) -> None:
    for lang in LANGS:
        html = write(company, lang=lang)

        assert f'data-lang="{lang}"' in html
        assert "先和谁谈" in html
        assert "Whom to talk to first" in html


def test_data_findings_are_in_hrs_page_alone(company: Any) -> None:
    what = same("salary 98765 is not a date")
    company.findings.append(
        Finding(code="D102", severity="error", what=what, fix=same("write a date"))
    )

    assert "98765" in write(company)
    assert "98765" not in write(company, "manager:E001@example.com")


def test_a_lint_sentence_about_other_rows_is_hrs_alone(org: Any) -> None:
    quoted = Finding(
        code="R203",
        severity="warning",
        what=same("circle with Secretgoal"),
        fix=same("break it"),
        letter="R",
    )
    org.person("E1", "Ada")
    org.goal("E1", "mine", Status.ON_TRACK)
    goal = org.goals[0]
    org.goals[0] = replace(goal, verdict=replace(goal.verdict, findings=(quoted,)))

    assert "Secretgoal" in write(org)
    assert "Secretgoal" not in write(org, "employee:Ada")


def test_an_action_that_speaks_of_somebody_else_is_left_out(org: Any) -> None:
    boss = org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.person("E3", "Zoltan")
    org.goal("E2", "hers", Status.BEHIND)
    judged = replace(
        org.judge(),
        actions=tuple(
            JudgedAction(
                action=Action(
                    place=Place("A", n, {"action": 1}),
                    action=text,
                    owner="Bea",
                    owner_key="E2",
                ),
                is_open=True,
                days_overdue=n,
                reopened=False,
                step="none",
                reason=same("open"),
            )
            for n, text in enumerate(["write it down", "cover for Zoltan"])
        ),
    )

    shown = edition(judged, f"manager:{boss.name}")

    assert [one.action.action for one in shown.actions] == ["write it down"]
    assert len(edition(judged, "hr").actions) == 2


@pytest.mark.parametrize(
    ("audience", "says"),
    [
        ("everybody", "is no audience"),
        ("manager:", "is no audience"),
        ("manager:Nobody", "is called 'Nobody'"),
        ("employee:Twin", "2 people are called 'Twin'"),
    ],
)
def test_a_reader_who_is_not_clear_is_asked_for(
    org: Any, audience: str, says: str
) -> None:
    org.person("E1", "Twin", employee_id="E1")
    org.person("E2", "Twin", employee_id="E2")
    org.goal("E1", "one", Status.ON_TRACK)
    org.goal("E2", "two", Status.ON_TRACK)

    with pytest.raises(ConfigError, match=says):
        edition(org.judge(), audience)

    assert edition(org.judge(), "employee:e2").key == "E2"


def test_the_owner_reads_a_next_step_and_the_manager_a_question(org: Any) -> None:
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.goal("E2", "hers", Status.BEHIND)
    templates = {
        who: json.dumps(island(write(org, f"{who}"))["texts"])
        for who in ("employee:Bea", "manager:Ada", "hr")
    }

    assert "who could help" in templates["employee:Bea"]
    assert "could I move for you" in templates["manager:Ada"]
    assert "who could help" not in templates["hr"]


def test_an_empty_workbook_makes_a_page_too(org: Any) -> None:
    document = island(write(org))

    assert document["goals"] == []


def test_a_page_is_its_owners_and_replaces_nothing_but_a_page(
    org: Any, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    save(write(org).encode(), path)
    save(write(org, lang="en").encode(), path)
    other = tmp_path / "goals.xlsx"
    other.write_bytes(b"PK")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert 'data-lang="en"' in path.read_text("utf-8")
    with pytest.raises(DeliveryError, match="not a report"):
        save(write(org).encode(), other)
    assert other.read_bytes() == b"PK"
    with pytest.raises(DeliveryError, match="cannot be written"):
        save(write(org).encode(), tmp_path / "nowhere" / "report.html")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "goals.xlsx",
        "report.html",
    ]


def test_the_default_name_is_ascii_and_names_nobody() -> None:
    shown = Edition(
        kind=AudienceKind.MANAGER,
        key="周敏 研发部",
        name="周敏",
        today=date(2026, 11, 22),
        previous_on=None,
        goals=(),
    )

    assert re.fullmatch(
        r"followup-report-manager-[0-9a-f]{10}-2026-11-22\.html",
        default_name(shown, ".html"),
    )
    assert (
        default_name(replace(shown, kind=AudienceKind.HR), ".html")
        == "followup-report-2026-11-22.html"
    )


def test_what_changed_since_the_last_run_is_told(company: Any) -> None:
    company.previous = date(2026, 11, 15)

    assert "和上次（" in write(company)


def test_a_ring_of_one_status_is_still_a_ring() -> None:
    (arc,) = doughnut([(Status.BEHIND, 7), (Status.AHEAD, 0)], 100, 60)

    assert arc.path.startswith("M0.0 -100.0A100")
    assert "L" in arc.path
    assert arc.wide


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    parts = stacked(
        [(Status.BEHIND, 2), (Status.AHEAD, 0), (Status.ACHIEVED, 6)], 16, 80
    )

    assert [(one.x, one.width) for one in parts] == [(0.0, 10.0), (10.0, 30.0)]


def test_a_line_leaves_out_what_was_not_known() -> None:
    points = [
        TrendPoint(on=date(2026, 11, 1), n=5, of=10),
        TrendPoint(on=date(2026, 11, 8), n=0, of=0),
        TrendPoint(on=date(2026, 11, 21), n=0, of=10),
    ]

    dots = line(points, 100, 50)

    assert [(dot.x, dot.y) for dot in dots] == [(0.0, 25.0), (100.0, 50.0)]


def test_trends_are_drawn_when_there_are_two_points(company: Any) -> None:
    points = tuple(TrendPoint(on=date(2026, 11, on), n=on, of=30) for on in (1, 8, 22))
    judged = replace(company.judge(), trends=(Trend(name="goals_red", points=points),))
    html = page(edition(judged, "hr"), source_name="x", lang="en")

    assert "<polyline" in html
    assert "<polyline" not in write(company)


def test_no_weight_at_all_is_not_a_weight_of_zero(org: Any) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "one", Status.ON_TRACK)

    assert weight_sums(org.goals) == []


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_dark_colours_can_be_read() -> None:
    pairs = [(one.ink, one.fill) for one in DARK_COLOURS.values()]
    pairs += [
        (DARK[ink], DARK[on])
        for ink in ("ink", "quiet", "accent")
        for on in ("paper", "desk", "soft")
    ]
    pairs.append((DARK["on-accent"], DARK["accent"]))

    assert min(contrast(*pair) for pair in pairs) >= 4.5
    assert min(contrast(one.bar, DARK["paper"]) for one in DARK_COLOURS.values()) >= 3
