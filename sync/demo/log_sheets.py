"""The sheets that grow during the year: 360 feedback, one-to-ones, actions."""

from collections.abc import Iterator
from datetime import timedelta

from sync.demo.book import Book, Column, Value
from sync.demo.story import Feedback

FEEDBACK = (
    Column("ratee", 18),
    Column("rater", 18),
    Column("relation", 16, "cell middle"),
    Column("competency", 24),
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


def write_feedback(book: Book) -> None:
    """Write the 360 sheet: one row per rater and competency."""
    sheet = book.add_sheet("feedback", "#8064A2")
    title = book.word("feedback_title")
    names = book.labels.feedback_columns
    last = book.write_table(sheet, FEEDBACK, names, _feedback_rows(book), title=title)
    sheet.conditional_format(
        3,
        4,
        last,
        4,
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
    for place, feedback in enumerate(book.story.feedback):
        said = book.say(feedback.said)
        for rater, relation, score in _raters(book, feedback):
            spoken = said if relation in {"peer", "report"} else ""
            said = "" if spoken else said
            yield {
                "ratee": book.name_of(feedback.ratee),
                "rater": book.name_of(rater),
                "relation": book.say(book.labels.relation[relation]),
                "competency": book.say(feedback.competency),
                "score": score,
                "comment": spoken,
                "given_on": book.cycle.today - timedelta(days=COLLECTED - place),
            }


def _raters(book: Book, feedback: Feedback) -> Iterator[tuple[str, str, int]]:
    yield feedback.ratee, "self", feedback.self
    manager = book.story.person(feedback.ratee).manager
    if feedback.manager is not None and manager:
        yield manager, "manager", feedback.manager
    for rater, score in feedback.peers.items():
        yield rater, "peer", score
    for rater, score in feedback.reports.items():
        yield rater, "report", score


def _talk_rows(book: Book) -> Iterator[dict[str, Value]]:
    today = book.cycle.today
    for talk in sorted(book.story.talks, key=lambda talk: talk.days):
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
    today = book.cycle.today
    for number, action in enumerate(book.story.actions, 1):
        due, closed = action.due, action.closed
        yield {
            "action_id": f"A{number:02}",
            "issue": book.say(action.issue),
            "action": book.say(action.action),
            "owner": book.name_of(action.who),
            "raised": today - timedelta(days=action.raised),
            "due": None if due is None else today + timedelta(days=due),
            "state": book.say(book.labels.action_status[action.state]),
            "closed": None if closed is None else today - timedelta(days=closed),
            "outcome": book.say(action.outcome),
        }
