"""Nobody reads of anybody who is not theirs to read of."""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.audience import views
from reports.letters import Letter, compose
from reports.message import message
from reports.page.edition import edition, with_feedback
from reports.page.render import page
from reports.sheets.book import summary_book
from reports.variant import Variant
from sync.assess.evaluation.model import (
    Evaluation,
    Feedback360,
    GroupFigure,
    KpiScore,
    Marks,
    Tendency,
)
from sync.assess.model import Assessment, Change, Observation
from sync.assess.process import JudgedAction, Rhythm
from sync.config.mail import Chat, Mail
from sync.findings import Finding
from sync.records.model import Action, Place, Status
from sync.smart.model import Verdict
from sync.wording import Text, same

TODAY = date(2026, 11, 22)
ALL = Mail(
    when_all_is_well=True,
    attach_next_talk=True,
    chat=(Chat(name="group", service="wecom", url_env="URL"),),
)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def everything_in(letter: Letter) -> str:
    """Every word a mail program could show or index of a letter, headers included."""
    raw = message(letter, sender="Followup <followup@example.com>", at=AT)
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*(str(value) for value in mail.values()), *parts])


def test_an_employee_sees_their_own_goals_only(company: Any) -> None:
    seen = views(company.judge())

    owners = [
        {one.goal.person_key for one in view.goals} == {view.person.key}
        for view in seen.employees
    ]

    assert len(owners) == 7
    assert all(owners)


def test_a_manager_sees_direct_reports_and_not_themselves(org: Any) -> None:
    org.person("E1", "Ada", manager_key="E1")
    org.person("E2", "Bea", manager_key="E1")
    org.person("E3", "Cid", manager_key="E2")
    for key in ("E1", "E2", "E3"):
        org.goal(key, f"goal of {key}", Status.BEHIND)

    seen = {
        view.person.key: [one.person.key for one in view.members]
        for view in views(org.judge()).managers
    }

    assert seen == {"E1": ["E2"], "E2": ["E3"]}


def test_people_who_report_in_a_circle_are_shown_to_hr_alone(org: Any) -> None:
    org.person("E1", "Ada", manager_key="E2")
    org.person("E2", "Bea", manager_key="E1")
    org.person("E3", "Cid", manager_key="E1")
    for key in ("E1", "E2", "E3"):
        org.goal(key, f"goal of {key}", Status.BEHIND)

    seen = views(org.judge())

    assert [one.key for one in seen.organisation.circular] == ["E1", "E2"]
    assert [[m.person.key for m in view.members] for view in seen.managers] == [["E3"]]


def test_a_goal_of_nobody_known_goes_to_hr_alone(company: Any) -> None:
    letters = compose(company.judge(), ALL, source_name="x", lang="zh", today=TODAY)

    with_it = {one.audience for one in letters if "跨部门项目支持" in one.text}

    assert with_it == {"hr"}


def test_an_earlier_owner_is_neither_named_nor_measured(org: Any) -> None:
    org.person("E1", "李雷")
    org.person("E2", "韩梅梅", manager_key="E1")
    moved = (Text("负责人由 李雷 改为 韩梅梅", "owner changed from 李雷 to 韩梅梅"),)
    org.goal(
        "E2",
        "上线积分功能",
        Status.BEHIND,
        progress=0.4,
        change=Change(
            since=date(2026, 11, 1),
            status_before=Status.AHEAD,
            progress_before=0.17,
            moved=moved,
        ),
    )

    letters = compose(org.judge(), ALL, source_name="x", lang="zh", today=TODAY)
    own = next(one for one in letters if one.audience == "employee")

    assert "李雷" not in everything_in(own)
    assert "17%" not in everything_in(own)


def test_a_colleague_named_in_the_goals_own_words_stays(org: Any) -> None:
    org.person("E1", "李雷")
    org.person("E2", "韩梅梅")
    org.goal("E2", "协助李雷完成验收", Status.AT_RISK, progress=0.4)

    letters = compose(org.judge(), ALL, source_name="x", lang="zh", today=TODAY)

    assert "协助李雷完成验收" in letters[0].text


def test_figures_rolled_up_over_somebody_elses_goals_are_left_out(org: Any) -> None:
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.goal("E2", "hers", Status.ON_TRACK, progress=0.5)
    org.goal("E1", "not hers", Status.ON_TRACK, progress=0.9)
    judged = org.judge()
    team = judged.teams[-1]
    mixed = replace(team.people[0], goals=judged.goals, progress=0.7)
    judged = replace(judged, teams=(replace(team, people=(mixed,)),))

    member = views(judged).managers[0].members[0]

    assert [one.goal.title for one in member.goals] == ["hers"]
    assert member.progress is None


statuses = st.sampled_from(list(Status))


@st.composite
def drawn_people(draw: st.DrawFn) -> list[tuple[str, str | None]]:
    """Names, some borne twice, and managers: nobody, oneself, in circles, or unknown."""
    n = draw(st.integers(2, 6))
    people: list[tuple[str, str | None]] = []
    for i in range(n):
        twin = draw(st.integers(0, 4)) == 0 and i > 0
        name = people[-1][0] if twin else f"Nam{'abcdefgh'[i]}xq"
        boss = draw(st.none() | st.integers(0, n))
        people.append((name, None if boss is None else f"E{boss}"))
    return people


goals = st.lists(
    st.tuples(st.none() | st.integers(0, 5), statuses, st.booleans()),
    min_size=1,
    max_size=8,
)


def careless(judged: Assessment) -> Assessment:
    """Mix everybody's goals and teams up, as a judgement never should."""
    people = tuple(replace(one, goals=judged.goals) for one in judged.people)
    talks = tuple(replace(one, goals=judged.goals) for one in judged.conversations)
    teams = tuple(
        replace(team, people=people, conversations=talks) for team in judged.teams
    )
    return replace(judged, people=people, teams=teams)


def _allowed(kind: str, key: str, bosses: dict[str, str | None]) -> set[str]:
    """Say independently whose goals an audience may see."""
    if kind in {"employee", "author"}:
        return {key}

    def in_circle(who: str) -> bool:
        at = bosses.get(who)
        for _ in bosses:
            if at == who:
                return bosses[who] != who
            at = bosses.get(at) if at and bosses.get(at) != at else None
        return False

    return {
        who
        for who, boss in bosses.items()
        if boss == key and who != key and not (in_circle(who) and in_circle(key))
    }


def with_logs(judged: Assessment, n_goals: int) -> Assessment:
    """Give everybody a talk and an action that names the next person."""
    people = [one.person for one in judged.people]
    actions = tuple(
        JudgedAction(
            action=Action(
                place=Place("Actions", n + 2, {"action": 1}),
                issue=f"Action{n}zz",
                action=f"Action{n}zz help {people[(n + n_goals) % len(people)].name}",
                due_on=TODAY - timedelta(days=n),
                owner=one.name,
                owner_key=one.key,
            ),
            is_open=True,
            days_overdue=n,
            reopened=False,
            step="hr",
            reason=same("open"),
        )
        for n, one in enumerate(people)
    )
    rhythms = tuple(
        Rhythm(
            person=one, last=None, next=None, due_on=None, missed=n, asks_since=TODAY
        )
        for n, one in enumerate(people)
    )
    return replace(
        judged, actions=actions, rhythms=rhythms, evaluation=confidential(people)
    )


def confidential(people: Any) -> Evaluation:
    """Marks, scores and raw feedback of everybody, each with a word of its own."""
    return Evaluation(
        kpis=tuple(
            KpiScore(
                person_key=one.key,
                cycle="Kpizz",
                score=913571.0,
                coverage=1.0,
                n_scored=1,
                n=1,
            )
            for one in people
        ),
        marks=tuple(
            Marks(
                person_key=one.key,
                employee=one.name,
                cycle="Cyclezz",
                scales=(),
                own=913572.0,
                manager=913573.0,
                final=913574.0,
                grade="Gradezz",
                own_share=0.9,
                manager_share=0.1,
                final_share=0.5,
                gap=0.8,
                direction="self_higher",
            )
            for one in people
        ),
        tendencies=tuple(
            Tendency(
                rater=f"Rater{one.name}zz",
                n=5,
                difference=0.2,
                leaning="lenient",
                central=True,
                halo=True,
            )
            for one in people
        ),
    )


def published(people: Any) -> tuple[Feedback360, ...]:
    """Feedback about everybody, with comments."""
    figure = GroupFigure(
        relation="Relationzz", n=3, share=0.5, mark=913575.0, comments=("Praisezz",)
    )
    return tuple(
        Feedback360(
            ratee_key=one.key,
            ratee=one.name,
            cycle="Cyclezz",
            groups=(figure,),
            composite=0.5,
            self_gap=0.1,
        )
        for one in people
    )


def pages(judged: Assessment, lang: Any) -> list[tuple[str, str, str]]:
    """Every report that is not HR's: its kind, whose it is, and all of its bytes."""
    seen = views(judged)
    readers = [("manager", view.person) for view in seen.managers]
    readers += [("employee", view.person) for view in seen.employees]
    found = []
    for kind, person in readers:
        shown = with_feedback(
            edition(judged, f"{kind}:{person.email}"),
            published(one.person for one in judged.people),
        )
        html = page(shown, source_name="Goals.xlsx", lang=lang)
        book = unzipped(summary_book(shown, source_name="Goals.xlsx", lang=lang))
        found.append((kind, person.key, f"{html}\n{book}"))
    return found


def unzipped(raw: bytes) -> str:
    """Every part of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = [package.read(name) for name in package.namelist()]
    return b"\n".join(parts).decode()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    people=drawn_people(),
    goals=goals,
    lang=st.sampled_from(["zh", "en"]),
    mixed_up=st.booleans(),
    wish=st.tuples(
        st.sampled_from([None, *Variant]), st.sampled_from(["in-letter", "own-letter"])
    ),
)
def test_no_letter_holds_a_goal_name_number_or_comment_of_an_outsider(
    *,
    new_org: Callable[[], Any],
    people: list[tuple[str, str | None]],
    goals: list[tuple[int | None, Status, bool]],
    lang: Any,
    mixed_up: bool,
    wish: tuple[Variant | None, str],
) -> None:
    org = new_org()
    for i, (name, boss) in enumerate(people):
        org.person(f"E{i}", name, manager_key=boss, position=f"Role{i}zz")
    owners: dict[int, str | None] = {}
    for n, (who, status, handed_over) in enumerate(goals):
        owner = None if who is None or who >= len(people) else f"E{who}"
        owners[n] = owner
        moved = (same(f"owner changed from {people[n % len(people)][0]} to you"),)
        org.goal(
            owner,
            f"Title{n}zz",
            status,
            employee=people[n % len(people)][0]
            if owner is None
            else people[who or 0][0],
            comments=f"Comment{n}zz",
            description=f"Description{n}zz",
            progress=n / 10,
            reason=same(f"reached {700000 + n} of {800000 + n}"),
            change=Change(
                since=date(2026, 11, 15),
                status_before=Status.ON_TRACK,
                progress_before=0.05,
                moved=moved if handed_over else (),
            ),
            review_cycle="2026H2",
            month_ago=Observation(
                on=date(2026, 10, 20), status=Status.BEHIND, progress=0.05
            ),
            verdict=Verdict(
                score=10,
                missing=("M",),
                findings=(),
                suggestion_zh=f"Hint{n}zz",
                suggestion_en=f"Hint{n}zz",
            ),
        )
    bosses = {f"E{i}": boss for i, (_, boss) in enumerate(people)}
    names = {f"E{i}": name for i, (name, _) in enumerate(people)}

    judged = careless(org.judge()) if mixed_up else org.judge()
    logged = with_logs(judged, len(goals))
    letters = compose(
        *(logged, ALL.model_copy(update={"smart_hints": wish[1]})),
        source_name="Goals.xlsx",
        lang=lang,
        today=TODAY,
        variant=wish[0],
    )

    shown_to = [
        (str(one.audience), one.person_key, everything_in(one))
        for one in letters
        if one.audience != "hr"
    ]
    own = len(shown_to)
    shown_to += pages(logged, lang)

    for place, (kind, key, shown) in enumerate(shown_to):
        assert not re.search(r"(Kpi|Cycle|Grade|Praise|Relation)zz|91357\d", shown)
        assert (
            not re.search("自评|own mark|评分|marks (high|low)er", shown)
            or place >= own
        )

        allowed = _allowed(kind, key, bosses)
        if kind == "manager" and place < own:
            # Their own goals are in the same letter; a report has a page for each.
            allowed |= {key}
        marks = {
            int(found)
            for found in re.findall(
                r"(?:Title|Comment|Description|Hint)(\d+)zz|[78]0000(\d)", shown
            )
            for found in found
            if found
        }
        assert {owners[n] for n in marks} <= allowed, (kind, key)
        readable = {names[who] for who in allowed | ({key} & set(names))}
        assert set(re.findall(r"Nam[a-h]xq", shown)) <= readable, (kind, key)
        for mark in ("Role", "Action"):
            found = {f"E{one}" for one in re.findall(rf"{mark}(\d)zz", shown)}
            assert found <= allowed, (kind, key, mark)


def test_findings_are_told_to_hr_alone(company: Any) -> None:
    company.findings.append(
        Finding(
            code="D102",
            severity="error",
            what=same("salary 98765 is not a date"),
            fix=same("write a date"),
        )
    )

    letters = compose(company.judge(), ALL, source_name="x", lang="zh", today=TODAY)

    assert {one.audience for one in letters if "98765" in everything_in(one)} == {"hr"}
