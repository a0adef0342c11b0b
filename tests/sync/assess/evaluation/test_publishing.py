"""360-degree feedback is published so that no answer can be worked out, ever.

The attacker here knows everything but the scores: who answered when, of which relation,
who changed an answer in which run, the code, and all that was ever published. A score
is recovered when no other world, with another score there, looks the same to them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.assess.evaluation.feedback import gather
from sync.assess.evaluation.model import Feedback360, GroupFigure
from sync.assess.evaluation.publishing import Key, Published, figures, publish
from sync.config.model import Evaluation
from sync.records.model import Feedback, Place

DAY = date(2026, 6, 1)
OPTIONS = Evaluation()
PLACE = Place("360", 2, {"ratee": 1})
ANCHORS = (("x", "manager", 1.0, ""), ("y", "manager", 5.0, ""))
"""Answers about somebody else, which show that the scale is 1–5."""

Row = tuple[str, str, float | None, str]


def answers(*rows: Row, ratee: str = "Li", cycle: str = "") -> tuple[Feedback, ...]:
    return tuple(
        Feedback(
            place=PLACE,
            ratee_key=who,
            ratee=who,
            rater=rater,
            relationship=relation,
            score=score,
            comment=comment,
            review_cycle=cycle,
        )
        for who, (rater, relation, score, comment) in (
            *((ratee, row) for row in rows),
            *(("Zhao", row) for row in ANCHORS),
        )
    )


def peers(*scores: float, relation: str = "peer", named: bool = True) -> list[Row]:
    return [
        (f"{relation}{n}" if named else "", relation, score, "")
        for n, score in enumerate(scores)
    ]


def run(
    state: dict[Key, Published],
    rows: tuple[Feedback, ...],
    on: date = DAY,
    options: Evaluation = OPTIONS,
) -> Feedback360:
    groups = gather(rows)
    state.update(publish(groups, state, options, on=on))
    return next(one for one in figures(groups, state, options) if one.ratee != "Zhao")


def group(shown: Feedback360, relation: str) -> GroupFigure:
    return next(one for one in shown.groups if one.relation == relation)


def test_a_total_does_not_give_away_the_group_it_hides() -> None:
    # Published elsewhere as 3.33 overall: 3.33 × 6 − 19 = 1, the one report's answer.
    rows = [
        ("boss", "manager", 3.0, ""),
        *peers(4, 5, 4, 3),
        ("r", "report", 1.0, ""),
    ]
    shown = run({}, answers(*rows))
    changed = run({}, answers(*rows[:-1], ("r", "report", 5.0, "")))

    assert group(shown, "manager").mark == 3
    assert group(shown, "peer").mark == 4
    assert group(shown, "report").share is None
    assert shown == changed


def test_a_composite_weighs_relations_and_not_people() -> None:
    rows = answers(("boss", "manager", 2.0, ""), *peers(*[4.0] * 12))
    shown = run({}, rows)

    assert shown.composite is not None
    assert 1 + 4 * shown.composite == 3


def test_declared_weights_count_among_the_groups_shown() -> None:
    options = Evaluation(relation_weights={"manager": 3.0, "peer": 1.0, "report": 9.0})
    rows = [("boss", "manager", 2.0, ""), *peers(4, 4, 4), ("r", "report", 5.0, "")]
    shown = run({}, answers(*rows), options=options)

    assert shown.composite is not None
    assert 1 + 4 * shown.composite == 2.5


def test_one_more_answer_changes_nothing_until_enough_are_new() -> None:
    # Shown live, 4.3 of three and then 3.5 of four say 4 × 3.5 − 3 × 4.3 ≈ 1.
    state: dict[Key, Published] = {}
    first = group(run(state, answers(*peers(4, 4, 5))), "peer")
    second = group(run(state, answers(*peers(4, 4, 5, 1))), "peer")
    third = group(run(state, answers(*peers(4, 4, 5, 1, 2, 3))), "peer")

    assert first.n == 3
    assert (second.n, second.mark, second.is_frozen) == (3, first.mark, True)
    assert (third.n, third.is_frozen) == (6, False)
    assert third.mark is not None
    assert round(third.mark, 6) == round(19 / 6, 6)


def test_everybody_at_the_top_is_not_told_from_nearly_everybody() -> None:
    assert run({}, answers(*peers(5, 5, 5))) == run({}, answers(*peers(5, 5, 4)))


def test_a_dont_know_counts_nowhere_and_two_answers_are_too_few() -> None:
    shown = run({}, answers(*peers(4, 5), ("p9", "peer", None, "")))

    assert group(shown, "peer").share is None
    assert not group(shown, "peer").is_infeasible


def test_too_few_nominations_are_said_to_be_never_enough() -> None:
    assert group(run({}, answers(*peers(4, 5))), "peer").is_infeasible


def test_the_own_view_is_compared_with_the_others() -> None:
    rows = [("Li", "self", 5.0, ""), *peers(3, 3, 3)]
    shown = run({}, answers(*rows))

    assert shown.self_gap == 0.5


def test_several_people_rating_as_self_have_no_less_protection() -> None:
    rows = answers(("a", "self", 5.0, ""), ("b", "self", 1.0, ""))

    assert group(run({}, rows), "self").share is None


def test_somebody_who_rated_in_confidence_is_not_shown_as_a_manager_later() -> None:
    state: dict[Key, Published] = {}
    run(state, answers(*peers(4, 4, 1)))
    later = answers(*peers(4, 4), ("peer2", "manager", 1.0, ""))

    assert group(run(state, later), "manager").share is None


def test_a_mended_title_does_not_publish_the_same_answers_again() -> None:
    state: dict[Key, Published] = {}
    run(state, answers(*peers(4, 4, 5), cycle="2026"))
    rows = answers(*peers(4, 4, 5, 1), cycle="2026H1")
    next_day = run(state, rows, DAY + timedelta(days=1))
    next_half_year = run(state, rows, DAY + timedelta(days=180))

    assert group(next_day, "peer").share is None
    assert group(next_half_year, "peer").n == 4


def test_unnamed_raters_are_published_once_even_if_they_get_names() -> None:
    state: dict[Key, Published] = {}
    first = group(run(state, answers(*peers(4, 4, 5, named=False))), "peer")
    named = group(run(state, answers(*peers(4, 4, 5, 1))), "peer")
    more = group(run(state, answers(*peers(4, 4, 5, 1, 2, 3, named=False))), "peer")

    assert first.mark == named.mark == more.mark
    assert (first.n, named.n, more.n) == (3, 3, 3)


def test_a_higher_minimum_hides_what_was_shown_under_a_lower_one() -> None:
    state: dict[Key, Published] = {}
    run(state, answers(*peers(4, 4, 5)))
    stricter = run(state, answers(*peers(4, 4, 5)), options=Evaluation(min_raters=5))

    assert group(stricter, "peer").share is None


def test_a_new_employee_number_does_not_publish_the_same_answers_again() -> None:
    state: dict[Key, Published] = {}
    first = run(state, answers(*peers(4, 4, 5)))
    renumbered = [
        replace(row, ratee_key="E7" if row.ratee == "Li" else row.ratee_key)
        for row in answers(*peers(4, 4, 5, 1))
    ]
    second = run(state, tuple(renumbered))

    assert group(second, "peer").share == group(first, "peer").share


def test_items_of_one_unnamed_rater_are_not_several_raters() -> None:
    rows = [
        replace(row, competency=f"item {n}")
        for n, row in enumerate(answers(*peers(4, 4, 5, named=False))[:3])
    ]

    assert group(run({}, (*rows, *answers())), "peer").share is None


def test_comments_have_a_minimum_of_their_own_and_no_order_of_arrival() -> None:
    said = [(f"p{n}", "peer", 4.0, f"comment {n}") for n in range(4)]
    silent = [said[0], said[1], ("p2", "peer", 4.0, "")]
    state: dict[Key, Published] = {}
    shown = group(run(state, answers(*said)), "peer").comments
    late = group(run(state, answers(*said, ("p9", "peer", 1.0, "late"))), "peer")

    assert sorted(shown) == [f"comment {n}" for n in range(4)]
    assert group(run({}, answers(*said[::-1])), "peer").comments == shown
    assert late.comments == shown
    assert group(run({}, answers(*silent)), "peer").comments == ()


@dataclass(frozen=True)
class Answer:
    """What one rater says from one run on, until another answer or for good."""

    rater: int
    relation: str
    since: int
    until: int
    score: int


World = tuple[Answer, ...]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to eight raters who come, change their answers and go during six runs."""
    found = []
    for rater in range(draw(st.integers(3, 8))):
        relation = draw(st.sampled_from(("peer", "peer", "report")))
        since = draw(st.sampled_from((0, 0, 1, 2, 4)))
        changed = draw(st.sampled_from((6, 6, 2, 5)))
        gone = draw(st.sampled_from((6, 6, 6, 3)))
        for start, end in ((since, min(changed, gone)), (max(changed, since), gone)):
            if start < end:
                score = draw(st.sampled_from((1, 1, 2, 3, 4, 5, 5)))
                found.append(Answer(rater, relation, start, end, score))
    return tuple(found)


def present(world: World, at: int) -> list[Answer]:
    return [one for one in world if one.since <= at < one.until]


def as_published(world: World) -> object:
    """Everything ever shown of a world, with its manager and the person's own view."""
    state: dict[Key, Published] = {}
    seen = []
    for at in range(6):
        rows = [
            (f"r{one.rater}", one.relation, float(one.score), "")
            for one in present(world, at)
        ]
        rows += [("boss", "manager", 3.0, ""), ("Li", "self", 4.0, "")]
        seen.append(run(state, answers(*rows), DAY + timedelta(days=at)))
    return seen


def as_live_means(world: World) -> object:
    """What a naive daily report shows: every group of three, as it is today."""
    return [
        [
            (relation, len(scores), sum(scores) / len(scores))
            for relation in ("peer", "report")
            if len(
                scores := [
                    o.score for o in present(world, at) if o.relation == relation
                ]
            )
            >= 3
        ]
        for at in range(6)
    ]


def other_worlds(world: World, at: int) -> Iterator[World]:
    """Worlds in which one answer is another, alone or made up for by a second one."""
    for step in (1, -1):
        moved = world[at].score + step
        if not 1 <= moved <= 5:
            continue
        alone = (*world[:at], replace(world[at], score=moved), *world[at + 1 :])
        yield alone
        for index, one in enumerate(alone):
            if index != at and 1 <= one.score - step <= 5:
                back = replace(one, score=one.score - step)
                yield (*alone[:index], back, *alone[index + 1 :])


def recovered(world: World, show: Callable[[World], object]) -> list[Answer]:
    """Solve for every answer: those that nothing else explains."""
    seen = show(world)
    return [
        world[at]
        for at in range(len(world))
        if not any(show(other) == seen for other in other_worlds(world, at))
    ]


@settings(max_examples=60)
@given(worlds())
def test_no_sequence_of_runs_gives_any_answer_away(world: World) -> None:
    assert recovered(world, as_published) == []


def test_the_same_attack_takes_live_means_apart() -> None:
    late = tuple(
        Answer(rater, "peer", since, 6, score)
        for rater, since, score in ((0, 0, 4), (1, 0, 4), (2, 0, 5), (3, 1, 1))
    )

    assert late[3] in recovered(late, as_live_means)
    assert recovered(late, as_published) == []


@given(worlds())
def test_publishing_again_without_new_answers_changes_nothing(world: World) -> None:
    rows = answers(
        *((f"r{a.rater}", a.relation, float(a.score), "") for a in present(world, 2))
    )
    groups = gather(rows)
    once = publish(groups, {}, OPTIONS, on=DAY)

    assert publish(groups, once, OPTIONS, on=DAY + timedelta(days=30)) == once
    assert gather(rows[::-1]) == groups


@given(world=worlds(), at=st.integers(0, 7))
def test_an_answer_changed_by_one_moves_only_what_it_is_part_of(
    world: World, at: int
) -> None:
    first = [one for one in world if one.since == 0]
    if not first:
        return
    one = first[at % len(first)]
    step = 1 if one.score < 5 else -1
    other = [
        replace(each, score=each.score + step) if each is one else each
        for each in first
    ]

    def shown(answered: list[Answer]) -> dict[str, tuple[int | None, float | None]]:
        rows = [(f"r{a.rater}", a.relation, float(a.score), "") for a in answered]
        return {g.relation: (g.n, g.share) for g in run({}, answers(*rows)).groups}

    before, after = shown(first), shown(other)

    assert before.keys() == after.keys()
    for relation, (n, share) in before.items():
        n_after, share_after = after[relation]

        assert n == n_after
        if relation != one.relation or share is None or n is None:
            assert share == share_after
        else:
            assert share_after is not None
            # A quarter of the scale among n raters, less where the mean is kept off an end.
            assert abs(share_after - share) <= 0.25 / n + 1e-9
            assert (share_after - share) * step >= 0
