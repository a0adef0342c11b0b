"""Whom to talk to first, about what, why now, and what to ask."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sync.assess.concerns import concerns_of, praise_of
from sync.assess.model import Conversation, GoalAssessment, PersonAssessment
from sync.assess.personal import own_question
from sync.assess.points import Concern
from sync.assess.presence import has_left
from sync.assess.process import Rhythm, Strain
from sync.assess.questions import QUESTIONS, WILL
from sync.assess.shown import title
from sync.config.model import Followup
from sync.records.model import Action, CheckIn, Records
from sync.wording import Text

MOST_REASONS = 5
"""More than these are told as one: nobody reads a list of twenty."""
MOST_QUESTIONS = 3
MOST_PRAISE = 3

_MORE = Text("另有 {n} 个需要关注的情况", "{n} more points to look at")


def conversations_of(
    people: Sequence[PersonAssessment],
    records: Records,
    options: Followup,
    today: date,
    *,
    rhythms: Iterable[Rhythm] = (),
    strains: Iterable[Strain] = (),
) -> tuple[Conversation, ...]:
    """List the follow-up talks of the organisation, the most pressing first.

    Somebody who has left is not in it. Somebody whose goals all go well is in it only
    when there is news to thank for.

    Args:
        people: Everybody, judged.
        records: The check-ins and actions the talks draw on.
        options: The office's thresholds.
        today: The day judged.
        rhythms: How regularly people are talked with.
        strains: Goals that go well at the cost of others.

    Returns:
        Sorted by score, equal scores by `Person.key`: the order of rows never matters.
    """
    actions = _by_owner(records.actions)
    talks = _by_person(records.check_ins)
    regular = {one.person.key: one for one in rhythms}
    strained = {one.goal.key: one for one in strains}
    teams = _by_manager(people, today)
    found: list[Conversation] = []
    for one in people:
        if has_left(one.person, today):
            continue
        key = one.person.key
        concerns = concerns_of(
            one,
            talks.get(key, ()),
            actions.get(key, ()) if records.actions else None,
            options=options,
            today=today,
            rhythm=regular.get(key),
            strains=strained,
        )
        own = own_question(one.person, teams.get(key, ()), today)
        if talk := _conversation(one, concerns, own, today):
            found.append(talk)
    return tuple(sorted(found, key=lambda talk: (-talk.score, talk.person.key)))


def _conversation(
    one: PersonAssessment, concerns: Sequence[Concern], own: Text | None, today: date
) -> Conversation | None:
    """Prepare one talk, or none when there is nothing to talk about."""
    praise = praise_of(one.goals, today)
    if not concerns:
        concerns = [concern for concern in praise if concern.points]
    if not concerns:
        return None
    ranked = sorted(concerns, key=_rank)
    why = [(concern.text, concern.points) for concern in ranked[:MOST_REASONS]]
    if rest := ranked[MOST_REASONS:]:
        more = sum(concern.points for concern in rest)
        why.append((_MORE.fill(n=len(rest)), more))
    return Conversation(
        person=one.person,
        goals=_goals(ranked),
        score=float(sum(points for _, points in why)),
        why=tuple(text for text, _ in why),
        ask=_questions(ranked, own),
        praise=tuple(concern.text for concern in praise[:MOST_PRAISE]),
        points=tuple(float(points) for _, points in why),
    )


def _rank(concern: Concern) -> tuple[int, str, str]:
    """Sort key: the heaviest first, then by topic and goal, never by row."""
    return -concern.points, concern.topic, concern.goal_key


def _goals(concerns: Iterable[Concern]) -> tuple[GoalAssessment, ...]:
    """Collect the goals that concerns speak of, once each, the most pressing first."""
    totals: dict[int, int] = {}
    goals: dict[int, GoalAssessment] = {}
    for concern in concerns:
        for goal in concern.goals:
            goals[id(goal)] = goal
            totals[id(goal)] = totals.get(id(goal), 0) + concern.points
    return tuple(
        goals[one]
        for one in sorted(goals, key=lambda one: (-totals[one], goals[one].goal.key))
    )


def _questions(concerns: Sequence[Concern], own: Text | None) -> tuple[Text, ...]:
    """Pick two or three questions by what weighs most, closing with the next step.

    The question that is this person's own comes second.
    """
    asked: list[Text] = []
    topics: set[str] = set()
    for concern in concerns:
        if concern.topic in topics:
            continue
        topics.add(concern.topic)
        asked.append(_fill(QUESTIONS[concern.topic][0], concern))
    if len(asked) == 1:
        asked += [_fill(more, concerns[0]) for more in QUESTIONS[concerns[0].topic][1:]]
    if own is not None:
        asked.insert(1, own)
    return (*asked[: MOST_QUESTIONS - 1], WILL)


def _fill(question: Text, concern: Concern) -> Text:
    """Name the goal a question is about."""
    return (
        question.fill(title=title(concern.goals[0].goal)) if concern.goals else question
    )


def _by_owner(actions: Iterable[Action]) -> Mapping[str, list[Action]]:
    """Gather actions by owner; those without a known one belong to nobody's talk."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        if action.owner_key is not None:
            found.setdefault(action.owner_key, []).append(action)
    return found


def _by_manager(
    people: Iterable[PersonAssessment], today: date
) -> Mapping[str, list[PersonAssessment]]:
    """Gather those who are still here by the manager they report to."""
    found: dict[str, list[PersonAssessment]] = {}
    for one in people:
        key = one.person.manager_key
        if key and key != one.person.key and not has_left(one.person, today):
            found.setdefault(key, []).append(one)
    return found


def _by_person(check_ins: Iterable[CheckIn]) -> Mapping[str, list[CheckIn]]:
    """Gather check-ins by the people who took part."""
    found: dict[str, list[CheckIn]] = {}
    for talk in check_ins:
        for key in talk.person_keys:
            found.setdefault(key, []).append(talk)
    return found
