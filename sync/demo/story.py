"""What a case tells: people, goals, marks, talks, in both languages, without dates.

Days are counted from the day the workbook is made for, so that the same goals are
overdue, silent or ahead whenever the demo is run.
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from sync.wording import Text

Case = Literal["retail", "tech"]

DATA = Path(__file__).parent / "data"


def _pair(raw: object) -> object:
    match raw:
        case [str(zh), str(en)]:
            return Text(zh, en)
        case str(both):
            return Text(both, both)
        case _:
            return raw


Words = Annotated[Text, BeforeValidator(_pair)]
"""``[Chinese, English]`` in the file, or one string for both."""


class Part(BaseModel):
    """A table of a case's file; a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Person(Part):
    """Somebody on the people sheet."""

    key: str
    name: Words
    mail: Words | None = None
    """What stands before the @; without one the sheet's cell is empty."""
    position: Words
    department: str
    manager: str | None = None
    hired: dt.date | int
    """A day, or days ago."""
    other_language: bool = False
    """Prefers the language the workbook is not written in."""
    hr: bool = False


class Earlier(Part):
    """What one row of the goal sheet said some weeks ago, where it said otherwise."""

    until: int
    """Days ago, up to which it was so."""
    title: Words | None = None
    target: float | None = None
    pace: float | None = None
    due: int | None = None
    says: Literal["not_started", "on_track", "at_risk", "behind", "done"] | None = None
    remark: Words | None = None
    reason: Words | None = None
    approved: str | None = None


class Goal(Part):
    """One row of the goal sheet."""

    who: str
    title: Words
    metric: Words | None = None
    unit: Words | None = None
    baseline: float | None = None
    target: float | None = None
    target_text: Words | None = None
    """Written instead of the number, as in ``≤3%``."""
    lower: bool = False
    """Lower is better; for the reader of the file, the numbers say it too."""
    digits: int | None = None
    """Decimals of the current value; 3 for shares and 0 otherwise."""
    pace: float | None = None
    """Progress ÷ expected progress: 1 is just in time on whatever day it is."""
    now: float | None = None
    """The current value itself, where a pace would make no sense."""
    progress: Literal["formula", "about", "said", "done", "none"] = "formula"
    now_share: float | None = None
    said: Words | None = None
    weight: float | str
    begins: int | None = None
    """Months from now to its first day; absent: with the cycle."""
    due: int | Literal["none"] | None = None
    """Months from now to its last day; absent: with the cycle."""
    due_as: Literal["date", "words", "dots", "iso_text", "quarter"] = "date"
    due_text: Words | None = None
    says: Literal[
        "not_started", "on_track", "at_risk", "behind", "done", "closed", "none"
    ] = "on_track"
    check: int | Literal["never"]
    """Days since its last update."""
    supports: int | None = None
    """The number of the goal it contributes to, 1-based."""
    remark: Words | None = None
    reason: Words | None = None
    """Why it was adjusted."""
    approved: str | None = None
    """Who agreed to that."""
    comment: Words | None = None
    """A note that the manager stuck on the goal's cell."""
    was: tuple[Earlier, ...] = ()
    """The latest first."""

    def as_of(self, days_ago: int) -> "Goal":
        """Give the row as it was some days ago."""
        for earlier in reversed(self.was):
            if days_ago >= earlier.until:
                told = earlier.model_fields_set - {"until"}
                return self.model_copy(update={n: getattr(earlier, n) for n in told})
        return self


class Scores(Part):
    """What several raters gave for one competency at one time, 1–5."""

    self: int
    manager: int | None = None
    peers: dict[str, int] = {}
    reports: dict[str, int] = {}
    said: Words | None = None
    """What the first peer or report wrote."""


class Feedback(Scores):
    """What several raters gave one person for one competency."""

    ratee: str
    competency: Words
    again: Scores | None = None
    """The same, measured again after the actions."""


class Talk(Part):
    """A one-to-one."""

    days: int
    """Days ago."""
    who: str
    about: Words
    trouble: Words | None = None
    support: Words | None = None
    next: Words
    again: int
    """Days from now to the next one; negative when that day has passed."""


class Action(Part):
    """A promised improvement."""

    who: str | None = None
    issue: Words
    action: Words
    due: int | None = None
    """Days from now."""
    state: Literal["todo", "doing", "done"]
    raised: int
    """Days ago."""
    closed: int | None = None
    """Days ago."""
    outcome: Words | None = None


Rating = tuple[int, int, int, str, bool, str, str]
"""Self, manager and final marks, grade, acknowledged, comment in Chinese, in English."""


class Story(Part):
    """One case."""

    company: Words
    prepared_by: str
    reader_note: Words
    departments: dict[str, Words]
    people: tuple[Person, ...]
    goals: tuple[Goal, ...]
    """Sorted by department, then by person."""
    ratings: dict[str, Rating]
    feedback: tuple[Feedback, ...]
    talks: tuple[Talk, ...]
    actions: tuple[Action, ...]

    @property
    def is_measured_again(self) -> bool:
        """Whether its 360 feedback has a second round."""
        return any(one.again for one in self.feedback)

    def person(self, key: str) -> Person:
        """Find somebody by key."""
        return next(person for person in self.people if person.key == key)


class Labels(Part):
    """Headers, sheet names and phrases shared by all cases."""

    sheets: dict[str, Words]
    sheet_notes: dict[str, Words]
    status: dict[str, Words]
    action_status: dict[str, Words]
    relation: dict[str, Words]
    people_columns: dict[str, Words]
    goal_columns: dict[str, Words]
    rating_columns: dict[str, Words]
    feedback_columns: dict[str, Words]
    talk_columns: dict[str, Words]
    action_columns: dict[str, Words]
    words: dict[str, Words]


def tell(case: Case) -> Story:
    """Read a case's file."""
    return Story.model_validate(_read(case))


def label() -> Labels:
    """Read the file of labels."""
    return Labels.model_validate(_read("labels"))


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
