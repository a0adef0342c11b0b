"""The sheets that grow during the year: 360 feedback, one-to-ones, actions."""

from collections.abc import Iterator
from datetime import date, timedelta

from sync.demo.book import Book, Column, Value
from sync.demo.story import Feedback, Scores

FEEDBACK = (
    Column("ratee", 18),
    Column("rater", 18),
    Column("relation", 16, "cell middle"),
    Column("competency", 24),
    Column("period", 14, "cell middle"),
    Column("score", 14, "cell middle"),
    Column("comment", 60, "cell wrap"),
    Column("given_on", 14),
)
TALKS = (
    Column("held_on", 14),
    Column("employee", 18),
    Column("manager", 18),
    Column("kind", 14, "cell middle"),
    Column("about", 44, "cell wrap"),
    Column("trouble", 34, "cell wrap"),
    Column("support", 34, "cell wrap"),
    Column("next", 44, "cell wrap"),
    Column("again", 16),
)
ACTIONS = (
    Column("action_id", 8, "cell middle"),
    Column("issue", 34, "cell wrap"),
    Column("action", 50, "cell wrap"),
    Column("owner", 18),
    Column("raised", 14),
    Column("due", 14),
    Column("state", 14, "cell middle"),
    Column("closed", 14),
    Column("outcome", 40, "cell wrap"),
)
COLLECTED = 21
"""Days between the first 360 answer and the day of the workbook."""
ROUNDS = 84, 13
"""The same for two rounds: far enough apart that both may be published."""
ANSWER_DAYS = 5
"""Within so many days everybody has answered."""
_SCORE = 5


def write_feedback(book: Book) -> None:
    """Write the 360 sheet: one row per rater and competency."""
    sheet = book.add_sheet("feedback", "#8064A2")
    title = book.word("feedback_title")
    names = book.labels.feedback_columns
    last = book.write_table(sheet, FEEDBACK, names, _feedback_rows(book), title=title)
    sheet.conditional_format(
        3,
        _SCORE,
        last,
        _SCORE,
        {
            "type": "icon_set",
            "icon_style": "3_traffic_lights",
            "icons": [
                {"criteria": ">=", "type": "number", "value": 4},
                {"criteria": ">=", "type": "number", "value": 3},
            ],
        },
    )


def write_talks(book: Book) -> None:
    """Write the sheet of one-to-ones, the latest first."""
    sheet = book.add_sheet("talks", "#9BBB59")
    title = book.word("talks_title")
    book.write_table(
        sheet, TALKS, book.labels.talk_columns, _talk_rows(book), title=title
    )


def write_actions(book: Book, states: str) -> None:
    """Write the sheet of actions.

    Args:
        book: The workbook.
        states: The range of the list of an action's states, as a formula.
    """
    sheet = book.add_sheet("actions", "#F79646")
    title = book.word("actions_title")
    names = book.labels.action_columns
    last = book.write_table(sheet, ACTIONS, names, _action_rows(book), title=title)
    sheet.data_validation(3, 6, last, 6, {"validate": "list", "source": states})
    sheet.conditional_format(
        3,
        5,
        last,
        5,
        {
            "type": "formula",
            "criteria": '=AND($F4<>"",$F4<TODAY(),$H4="")',
            "format": book.look.change({"font_color": "#C00000", "bold": True}),
        },
    )


def _feedback_rows(book: Book) -> Iterator[dict[str, Value]]:
    """Give the answers of every round that was held by the day the book is seen on."""
    story = book.story
    rounds: list[tuple[int, list[tuple[Feedback, Scores]]]]
    if not story.is_measured_again:
        rounds = [(COLLECTED, [(one, one) for one in story.feedback])]
    else:
        first, second = ROUNDS
        again: list[tuple[Feedback, Scores]] = [
            (one, one.again) for one in story.feedback if one.again
        ]
        rounds = [(second, again), (first, [(one, one) for one in story.feedback])]
    for days, answers in rounds:
        begun = book.cycle.today - timedelta(days=days)
        period = book.word(
            "month", year=begun.year, month=begun.month, month_name=f"{begun:%b}"
        )
        for place, (feedback, scores) in enumerate(answers):
            day = begun + timedelta(days=place % ANSWER_DAYS)
            if day <= book.cycle.now:
                yield from _answers(book, feedback, scores, (period, day))


def _answers(
    book: Book, feedback: Feedback, scores: Scores, when: tuple[str, date]
) -> Iterator[dict[str, Value]]:
    """Give what everybody gave for one competency; ``when`` is period and day."""
    said = book.say(scores.said)
    for rater, relation, score in _raters(book, feedback.ratee, scores):
        spoken = said if relation in {"peer", "report"} else ""
        said = "" if spoken else said
        yield {
            "ratee": book.name_of(feedback.ratee),
            "rater": book.name_of(rater),
            "relation": book.say(book.labels.relation[relation]),
            "competency": book.say(feedback.competency),
            "period": when[0],
            "score": score,
            "comment": spoken,
            "given_on": when[1],
        }


def _raters(book: Book, ratee: str, scores: Scores) -> Iterator[tuple[str, str, int]]:
    yield ratee, "self", scores.self
    manager = book.story.person(ratee).manager
    if scores.manager is not None and manager:
        yield manager, "manager", scores.manager
    for rater, score in scores.peers.items():
        yield rater, "peer", score
    for rater, score in scores.reports.items():
        yield rater, "report", score


def _talk_rows(book: Book) -> Iterator[dict[str, Value]]:
    today, ago = book.cycle.today, book.cycle.days_ago
    held = [talk for talk in book.story.talks if talk.days >= ago]
    for talk in sorted(held, key=lambda talk: talk.days):
        yield {
            "held_on": today - timedelta(days=talk.days),
            "employee": book.name_of(talk.who),
            "manager": book.name_of(book.story.person(talk.who).manager),
            "kind": book.word("one_to_one"),
            "about": book.say(talk.about),
            "trouble": book.say(talk.trouble),
            "support": book.say(talk.support),
            "next": book.say(talk.next),
            "again": today + timedelta(days=talk.again),
        }


def _action_rows(book: Book) -> Iterator[dict[str, Value]]:
    today, ago = book.cycle.today, book.cycle.days_ago
    for number, action in enumerate(book.story.actions, 1):
        if action.raised < ago:
            continue
        due, closed = action.due, action.closed
        is_closed = closed is not None and closed >= ago
        # What is done now was being done on the days before.
        state = action.state if is_closed or action.state != "done" else "doing"
        yield {
            "action_id": f"A{number:02}",
            "issue": book.say(action.issue),
            "action": book.say(action.action),
            "owner": book.name_of(action.who),
            "raised": today - timedelta(days=action.raised),
            "due": None if due is None else today + timedelta(days=due),
            "state": book.say(book.labels.action_status[state]),
            "closed": today - timedelta(days=closed or 0) if is_closed else None,
            "outcome": book.say(action.outcome) if is_closed else "",
        }
