"""A talk as letters show it: with whom, about what, why now, and what to ask."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports import wording
from reports.lines import Cut, GoalLine, Links, cut, goal_line
from reports.show import one_line
from reports.woven import unnamed
from sync.assess.model import Conversation, GoalAssessment
from sync.assess.reasons import claimed_words
from sync.assess.shown import title
from sync.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Whom to talk to, about what, why now."""

    name: str
    role: str
    about: Cut[GoalLine]
    why: tuple[Text, ...]
    ask: Text
    praise: Text | None


def needs_talk(talk: Conversation) -> bool:
    """Tell a talk from pure praise."""
    return bool(talk.goals or talk.why)


def name_of(talk: Conversation) -> str:
    """The name to show, on one line."""
    return one_line(talk.person.name, 40)


def talk_of(talk: Conversation, links: Links, *, below_title: bool = False) -> Talk:
    """Reduce a conversation to what can be read in ten seconds.

    Args:
        talk: The conversation.
        links: Cell → web address.
        below_title: Whether its goals are named right above, so that the sentences about
            a single one need not name it again.
    """
    talk = replace(talk, goals=tuple(_as_told(talk)))
    if below_title and len(talk.goals) == 1:
        name = title(talk.goals[0].goal)
        talk = replace(
            talk,
            why=tuple(unnamed(text, name) for text in talk.why),
            ask=tuple(unnamed(text, name) for text in talk.ask),
        )
    worst = talk.goals[0].status if talk.goals else None
    role = talk.person.position or talk.person.department
    return Talk(
        name=name_of(talk),
        role=one_line(role, 40),
        about=cut((goal_line(one, links) for one in talk.goals), 2),
        why=tuple(_named_once(talk.why[:2], talk.goals)),
        ask=(
            talk.ask[0]
            if talk.ask
            else wording.ASK.get(worst, wording.ASK_ANYTHING)
            if worst
            else wording.ASK_ANYTHING
        ),
        praise=talk.praise[0] if talk.praise else None,
    )


def unsaid(
    goals: Iterable[GoalAssessment], said: Sequence[Text]
) -> Iterator[GoalAssessment]:
    """Give the goals of whose claim no sentence has told yet.

    Args:
        goals: Those whose claim and figures disagree, or not.
        said: What the reader has been told above, with the goals' names in it.
    """
    shown = [text.in_("zh") for text in said]
    for one in goals:
        name = title(one.goal).in_("zh")
        claim = claimed_words(one.goal).in_("zh")
        if not any(f"“{name}”" in text and f"“{claim}”" in text for text in shown):
            yield one


def _as_told(talk: Conversation) -> list[GoalAssessment]:
    """Order the goals as the sentences below them speak of them."""
    said = [text.in_("zh") for text in talk.why[:2]]

    def place(one: GoalAssessment) -> int:
        quoted = f"“{title(one.goal).in_('zh')}”"
        return next((n for n, text in enumerate(said) if quoted in text), len(said))

    return sorted(talk.goals, key=place)


def _named_once(
    texts: Iterable[Text], goals: Sequence[GoalAssessment]
) -> Iterator[Text]:
    """Leave a goal's name out where the sentence before has just named it."""
    names = [title(one.goal) for one in goals]
    last: Text | None = None
    for text in texts:
        said = text.in_("zh")
        named = next((name for name in names if f"“{name.in_('zh')}”" in said), None)
        again = named is not None and named == last
        yield unnamed(text, named) if named and again else text
        last = named
