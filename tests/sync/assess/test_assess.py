from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.assess import assess
from sync.assess.health import health_of, process_health_of
from sync.assess.model import (
    Assessment,
    Conversation,
    GoalAssessment,
    Observation,
    Past,
)
from sync.cells import CellRef
from sync.config.model import Followup
from sync.findings import Finding
from sync.records.model import (
    Action,
    CheckIn,
    Goal,
    Origin,
    Person,
    Place,
    Quantity,
    Rating,
    Records,
    Status,
)
from sync.smart.model import Lint, Verdict
from sync.wording import same

TODAY = date(2026, 7, 1)  # a Wednesday
JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
PLACE = Place("目标", 2, {"goal_title": 1})


def goal(key: str, person: str | None = "p1", **fields: object) -> Goal:
    known: dict[str, object] = {"title": f"目标{key}", "start_on": JAN, "due_on": DEC}
    return Goal(
        key=key,
        place=PLACE,
        origin=Origin("目标", 1),
        person_key=person,
        **{**known, **fields},  # type: ignore[arg-type]
    )


def person(key: str, manager: str | None = None, **fields: object) -> Person:
    return Person(key=key, name=key, place=PLACE, manager_key=manager, **fields)  # type: ignore[arg-type]


def judge(
    *goals: Goal,
    people: Iterable[Person] = (),
    past: Past | None = None,
    today: date = TODAY,
    lacking: tuple[str, ...] = (),
    **more: object,
) -> Assessment:
    records = Records(
        goals=goals,
        people=tuple(people) or (person("p1"),),
        **more,  # type: ignore[arg-type]
    )
    verdict = Verdict(score=50, missing=lacking, findings=())  # type: ignore[arg-type]
    lint = Lint(verdicts=(verdict,) * len(goals), findings=())
    return assess(records, lint, past or Past(), Followup(), today=today)


def seen(day: date, status: Status, **fields: object) -> Observation:
    known: dict[str, object] = {"progress": None, "due_on": DEC, "person_key": "p1"}
    return Observation(on=day, status=status, **{**known, **fields})  # type: ignore[arg-type]


def figures(found: Assessment) -> Mapping[str, tuple[int, int]]:
    return {one.name: (one.n, one.of) for one in found.health}


def test_a_person_rolls_up_by_weight_with_coverage() -> None:
    (one,) = judge(
        goal("a", progress=0.2, weight=0.5),
        goal("b", progress=0.8, weight=0.3),
        goal("c", weight=0.2),
    ).people

    assert one.progress == pytest.approx((0.2 * 0.5 + 0.8 * 0.3) / 0.8)
    assert one.coverage == pytest.approx(0.8)
    assert one.status is Status.BEHIND


def test_a_missing_weight_makes_all_alike() -> None:
    (one,) = judge(goal("a", progress=0.2, weight=0.9), goal("b", progress=0.8)).people

    assert one.progress == pytest.approx(0.5)


def test_one_goal_at_400_percent_does_not_hide_three_at_zero() -> None:
    goals = [goal(key, progress=0.0) for key in "abc"]
    (one,) = judge(goal("x", progress=4.0), *goals).people

    assert one.progress == pytest.approx(0.25)


def test_closed_goals_count_neither_way() -> None:
    (one,) = judge(
        goal("a", progress=0.6), goal("b", claimed_status=Status.CLOSED)
    ).people

    assert (one.progress, one.coverage) == (0.6, 1.0)
    assert one.n_by_status == {Status.AHEAD: 1, Status.CLOSED: 1}


@pytest.mark.parametrize(
    ("behind", "status"),
    [(0.19, Status.ON_TRACK), (0.20, Status.AT_RISK), (0.50, Status.BEHIND)],
)
def test_a_person_is_at_risk_when_20_percent_of_the_weight_is_behind(
    behind: float, status: Status
) -> None:
    (one,) = judge(
        goal("a", progress=0.1, weight=behind),
        goal("b", progress=0.5, weight=1 - behind),
    ).people

    assert one.status is status


def test_somebody_without_goals_has_no_data() -> None:
    (one,) = judge().people

    assert (one.status, one.progress, one.coverage) == (Status.NO_DATA, None, 0.0)


def test_teams_gather_direct_reports_and_last_those_without_a_manager() -> None:
    people = [person("boss"), person("p1", "boss"), person("p2", "nobody known")]
    teams = judge(goal("a", progress=0.1), people=people).teams

    assert [
        (team.manager and team.manager.key, [one.person.key for one in team.people])
        for team in teams
    ] == [("boss", ["p1"]), (None, ["boss", "p2"])]
    assert [talk.person.key for talk in teams[0].conversations] == ["p1"]
    assert teams[0].n_by_status == {Status.BEHIND: 1}


def test_the_talk_says_why_now_and_its_points_add_up() -> None:
    found = judge(
        goal("a", progress=0.4, weight=0.6, claimed_status=Status.ON_TRACK),
        goal("b", due_on=date(2026, 6, 1), weight=0.4),
        goal("c", progress=1.0),
    )
    (talk,) = found.conversations

    assert talk.score == sum(talk.points)
    assert list(talk.points) == sorted(talk.points, reverse=True)
    assert len(talk.why) == len(talk.points)
    assert talk.why[0].in_("zh") == "“目标b”已逾期 30 天"
    assert [one.goal.key for one in talk.goals] == ["a", "b"]
    assert 2 <= len(talk.ask) <= 3
    assert [thanks.in_("en") for thanks in talk.praise] == ["“目标c” is achieved"]


def test_many_reasons_are_told_as_six_and_still_add_up() -> None:
    goals = [goal(f"g{n}", due_on=date(2026, 6, 1)) for n in range(20)]
    (talk,) = judge(*goals).conversations

    assert len(talk.why) == 6
    assert talk.why[-1].in_("en") == "15 more points to look at"
    assert sum(talk.points) == talk.score == 20 * 50


def test_who_needs_it_most_comes_first_and_ties_go_by_key() -> None:
    people = [person(key) for key in ("p3", "p2", "p1")]
    talks = judge(
        goal("a", "p1", progress=0.4),
        goal("b", "p2", progress=0.4),
        goal("c", "p3", due_on=date(2026, 6, 1)),
        people=people,
    ).conversations

    assert [talk.person.key for talk in talks] == ["p3", "p1", "p2"]


def test_nobody_who_goes_well_or_has_left_is_called_to_a_talk() -> None:
    people = [person("p1"), person("p2", employment_status="已离职")]
    found = judge(goal("a", progress=0.5), goal("b", "p2", progress=0.0), people=people)

    assert found.conversations == ()


def test_news_to_thank_for_is_reason_enough_for_a_talk() -> None:
    past = Past(goals={"a": (seen(date(2026, 6, 30), Status.BEHIND, progress=0.1),)})
    (talk,) = judge(goal("a", progress=0.5), past=past).conversations

    assert talk.why == talk.praise
    assert talk.praise[0].in_("zh") == "“目标a”由“滞后”回到“正常”"


def test_no_sentence_of_a_talk_ever_speaks_of_dismissal() -> None:
    found = judge(
        *[goal(f"g{n}", due_on=date(2026, 6, 1)) for n in range(5)],
        goal("x", acknowledged=False),
        actions=(Action(place=PLACE, owner_key="p1", due_on=JAN),),
        check_ins=(
            CheckIn(
                place=PLACE,
                participants=("p1",),
                person_keys=("p1",),
                held_on=date(2026, 6, 30),
                support="人手",
            ),
        ),
    )
    words = " ".join(
        text.in_(lang)
        for talk in found.conversations
        for text in (*talk.why, *talk.ask, *talk.praise)
        for lang in ("zh", "en")
    )

    assert words
    for word in (
        "淘汰",
        "辞退",
        "解雇",
        "开除",
        "末位",
        "dismiss",
        "terminate",
        "fire",
    ):
        assert word not in words


def test_the_support_asked_for_is_followed_up_without_quoting_it() -> None:
    asked = CheckIn(
        place=PLACE,
        participants=("p1",),
        person_keys=("p1",),
        held_on=date(2026, 6, 20),
        support="家里有事，需要调班",
    )
    (talk,) = judge(goal("a", progress=0.5), check_ins=(asked,)).conversations

    assert talk.why[0].in_("zh") == "2026-06-20 沟通时提出了需要的支持"
    assert "调班" not in "".join(text.in_("zh") for text in (*talk.why, *talk.ask))


def test_silence_counts_from_the_latest_sign_of_life() -> None:
    talk = CheckIn(
        place=PLACE, participants=(), person_keys=("p1",), held_on=date(2026, 6, 21)
    )
    later = replace(talk, held_on=date(2026, 7, 9))
    one = goal("a", progress=0.5, checked_in_on=date(2026, 6, 1))

    assert judge(one).goals[0].days_silent == 30
    assert judge(one, check_ins=(talk, later)).goals[0].days_silent == 10
    assert judge(goal("a", progress=0.5)).goals[0].days_silent is None


def test_silence_before_the_goal_began_does_not_count() -> None:
    young = goal(
        "a", progress=0.01, start_on=date(2026, 6, 28), checked_in_on=date(2026, 3, 1)
    )

    assert judge(young).goals[0].days_silent == 3


def test_a_value_that_changed_between_runs_is_a_sign_of_life() -> None:
    one = goal("a", current=Quantity("12", 12), target=Quantity("24", 24))
    days = (
        seen(date(2026, 6, 1), Status.ON_TRACK, current="8", progress=1 / 3),
        seen(date(2026, 6, 20), Status.ON_TRACK, current="12", progress=0.5),
    )

    assert judge(one, past=Past(goals={"a": days})).goals[0].days_silent == 11


def test_the_next_look_is_a_working_day_and_stands_still_until_it_comes() -> None:
    behind = goal("a", progress=0.1)
    first = judge(behind).goals[0].next_on
    assert first == date(2026, 7, 8)
    for later in range(1, 8):
        day = TODAY + timedelta(later)
        past = Past(goals={"a": (seen(TODAY, Status.BEHIND, progress=0.1),)})
        found = judge(behind, past=past, today=day).goals[0]

        assert found.next_on == first


def test_an_agreed_talk_comes_before_the_routine() -> None:
    agreed = CheckIn(
        place=PLACE, participants=(), person_keys=("p1",), next_on=date(2026, 7, 3)
    )

    assert judge(goal("a", progress=0.5), check_ins=(agreed,)).goals[0].next_on == (
        date(2026, 7, 3)
    )


@given(
    today=st.dates(),
    checked=st.none() | st.dates(),
    due=st.none() | st.dates(),
    progress=st.sampled_from([None, 0.0, 0.4, 1.0]),
)
def test_the_next_look_is_never_past_nor_on_a_weekend(
    today: date, checked: date | None, due: date | None, progress: float | None
) -> None:
    one = goal("a", checked_in_on=checked, due_on=due, progress=progress)
    next_on = judge(one, today=today).goals[0].next_on

    assert next_on is None or (next_on >= today and next_on.weekday() < 5)


def test_a_change_tells_what_it_was_and_what_was_moved() -> None:
    before = seen(
        date(2026, 6, 24),
        Status.ON_TRACK,
        progress=0.5,
        target="60",
        weight=0.2,
        due_on=date(2026, 9, 30),
        person_key="p0",
        owner="李雷",
    )
    one = goal(
        "a", target=Quantity("50", 50), progress=0.1, weight=0.3, employee="韩梅梅"
    )
    change = judge(one, past=Past(goals={"a": (before,)})).goals[0].change

    assert change is not None
    assert (change.since, change.status_before) == (before.on, Status.ON_TRACK)
    assert [text.in_("zh") for text in change.moved] == [
        "目标值由“60”改为“50”",
        "截止日由 2026-09-30 推迟到 2026-12-31",
        "权重由 20% 改为 30%",
        "负责人由 李雷 改为 韩梅梅",
    ]


def test_nothing_changed_is_no_change() -> None:
    same_day = seen(date(2026, 6, 24), Status.ON_TRACK, progress=0.5, target="５０")
    one = goal("a", progress=0.5, target=Quantity("50 ", 50))

    assert judge(one, past=Past(goals={"a": (same_day,)})).goals[0].change is None


def test_a_goal_that_cannot_be_found_again_has_no_past() -> None:
    past = Past(goals={"a": (seen(date(2026, 6, 24), Status.BEHIND),)})

    for one in (goal("a", duplicate=True), goal("a", usable_key=False)):
        assert judge(one, past=past).goals[0].change is None


def test_health_counts_what_hinders_the_follow_up() -> None:
    found = judge(
        goal("a", progress=0.1, acknowledged=True),
        goal("b", progress=0.1, claimed_status=Status.ACHIEVED, acknowledged=False),
        goal("c", checked_in_on=date(2026, 1, 5)),
        goal("d", claimed_status=Status.CLOSED),
        people=[person("p1"), person("p2"), person("p3", employment_status="离职")],
        lacking=("M",),
        actions=(
            Action(place=PLACE, owner_key="p1", action="跟进目标a", due_on=JAN),
            Action(place=PLACE, owner_key="p1", status=Status.ACHIEVED, due_on=JAN),
        ),
    )

    assert figures(found) == {
        "goals_failing_s_or_m": (3, 3),
        "goals_without_value": (1, 3),
        "goals_silent": (1, 1),
        "goals_claimed_otherwise": (1, 1),
        "red_goals_without_action": (1, 2),
        "actions_overdue": (1, 1),
        "people_without_goals": (1, 2),
        "goals_unacknowledged": (1, 2),
        "goals_eased_late": (0, 0),
        "people_missing_talks": (0, 0),
        "people_unaligned": (0, 0),
        "company_goals_uncarried": (0, 0),
        "feedback_unacknowledged": (0, 0),
    }


def test_appraisals_given_wait_for_the_employees_word() -> None:
    asked = Place("评分", 2, {"final_rating": 1, "acknowledged": 2})
    unasked = Place("旧评分", 2, {"final_rating": 1})
    ratings = (
        Rating(place=asked, person_key="p1", employee="甲", final_rating=4),
        Rating(
            place=asked,
            person_key="p2",
            employee="乙",
            manager_rating=3,
            acknowledged=True,
        ),
        Rating(place=asked, person_key="p3", employee="丙", self_rating=5),
        Rating(place=unasked, person_key="p4", employee="丁", grade="A"),
    )
    found = judge(goal("a"), ratings=ratings)

    assert figures(found)["feedback_unacknowledged"] == (1, 2)


def test_without_a_sheet_of_actions_no_goal_lacks_one() -> None:
    assert figures(judge(goal("a", progress=0.1)))["red_goals_without_action"] == (0, 0)


def test_findings_of_all_rooms_come_once_and_in_reading_order() -> None:
    def finding(code: str, row: int) -> Finding:
        at = CellRef("目标", row, 1)
        return Finding(code=code, severity="info", what=same(code), fix=same(""), at=at)

    records = Records(findings=(finding("D101", 9), finding("D101", 2)))
    lint = Lint(verdicts=(), findings=(finding("S001", 4),))
    found = assess(
        records,
        lint,
        Past(),
        Followup(),
        today=TODAY,
        findings=(finding("D101", 9), finding("L001", 1)),
    ).findings

    assert [(one.code, one.at and one.at.row) for one in found] == [
        ("L001", 1),
        ("D101", 2),
        ("S001", 4),
        ("D101", 9),
    ]


GOAL_FIELDS = st.fixed_dictionaries(
    {
        "progress": st.none() | st.integers(0, 120).map(lambda n: n / 100),
        "weight": st.none() | st.integers(0, 100).map(lambda n: n / 100),
        "due_on": st.none() | st.dates(JAN, DEC),
        "claimed_status": st.sampled_from([None, *Status]),
        "checked_in_on": st.none() | st.dates(JAN, DEC),
        "acknowledged": st.sampled_from([None, True, False]),
    }
)


@given(
    fields=st.lists(GOAL_FIELDS, max_size=6), order=st.randoms(use_true_random=False)
)
def test_the_order_of_rows_changes_nothing(
    fields: list[dict[str, object]], order: Random
) -> None:
    goals = [
        goal(f"g{n}", f"p{n % 2}", **given_fields)
        for n, given_fields in enumerate(fields)
    ]
    people = [person("p0"), person("p1", "p0")]
    shuffled, staff = list(goals), list(people)
    order.shuffle(shuffled)
    order.shuffle(staff)
    one, other = judge(*goals, people=people), judge(*shuffled, people=staff)

    def by_key(found: Assessment) -> dict[str, GoalAssessment]:
        return {judged.goal.key: judged for judged in found.goals}

    assert by_key(one) == by_key(other)
    assert [_told(talk) for talk in one.conversations] == [
        _told(talk) for talk in other.conversations
    ]
    assert one.health == other.health
    assert {p.person.key: (p.status, p.coverage) for p in one.people} == {
        p.person.key: (p.status, p.coverage) for p in other.people
    }


def _told(talk: Conversation) -> tuple[object, ...]:
    texts = [text.in_("zh") for text in (*talk.why, *talk.ask, *talk.praise)]
    return talk.person.key, talk.score, *texts


@given(fields=st.lists(GOAL_FIELDS, min_size=1, max_size=5), which=st.integers(0, 4))
def test_splitting_a_goal_into_two_halves_of_its_weight_changes_no_roll_up(
    fields: list[dict[str, object]], which: int
) -> None:
    goals = [
        replace(goal(f"g{n}", "p1", **one), weight=(n + 1) / 20)
        for n, one in enumerate(fields)
    ]
    which %= len(goals)
    half = (goals[which].weight or 0) / 2
    halves = [replace(goals[which], key=key, weight=half) for key in ("x", "y")]
    (whole,) = judge(*goals).people
    (split,) = judge(*goals[:which], *halves, *goals[which + 1 :]).people

    assert split.progress == pytest.approx(whole.progress)
    assert split.coverage == pytest.approx(whole.coverage)
    assert split.status is whole.status


def test_the_figures_of_health_are_always_the_same_ones() -> None:
    empty = [
        *health_of(Records(), (), (), options=Followup(), today=TODAY),
        *process_health_of((), (), None, ()),
    ]

    assert [one.name for one in empty] == list(figures(judge(goal("a"))))
    assert all((one.n, one.of) == (0, 0) for one in empty)


def test_a_goal_judged_not_started_or_overdue_does_not_wait_for_a_figure() -> None:
    found = judge(
        goal("a"),
        goal("b", claimed_status=Status.NOT_STARTED),
        goal("c", due_on=JAN),
    )

    n_waiting = sum(one.status is Status.NO_DATA for one in found.goals)

    assert found.goals[2].progress is None
    assert figures(found)["goals_without_value"] == (n_waiting, 3) == (1, 3)
