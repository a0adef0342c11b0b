"""What a group is told: how many, and where to read more; never who."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.audience import OrganisationView
from reports.lines import ATTENTION, ORDER, n_with_goals
from reports.talks import needs_talk
from sync.config.mail import Chat
from sync.records.model import Status

FEWEST_PEOPLE = 5
"""Below this many people, counts of their goals would be about persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSummary:
    """Counts and a link: nothing else reaches a group, whatever its template says."""

    n_people: int
    n: int
    """Goals that are followed up."""
    n_attention: int
    n_by_status: Mapping[Status, int]
    """Worst first, without those of nobody; empty where the people are too few."""
    n_talks: int
    """People with whom a talk is suggested."""
    n_findings: int
    link: str


def summarise_for_chat(view: OrganisationView, robot: Chat) -> ChatSummary:
    """Count what a group may know.

    Args:
        view: The whole organisation.
        robot: The group's robot.
    """
    judged = view.assessment
    counts = {one: judged.n_by_status.get(one, 0) for one in ORDER}
    n_people = n_with_goals(judged.people)
    several = n_people >= FEWEST_PEOPLE
    return ChatSummary(
        n_people=n_people,
        n=sum(n for status, n in counts.items() if status is not Status.CLOSED),
        n_attention=sum(counts[one] for one in ATTENTION) if several else 0,
        n_by_status={one: n for one, n in counts.items() if n} if several else {},
        n_talks=sum(map(needs_talk, judged.conversations)) if several else 0,
        n_findings=len(judged.findings),
        link=robot.link,
    )


def told_to_chat(summary: ChatSummary, robot: Chat) -> tuple[str, ...]:
    """Say what makes a note news: nothing within a week, or its counts."""
    if robot.every == "week":
        return ()
    statuses = (f"{status}\t{n}" for status, n in summary.n_by_status.items())
    return (*statuses, f"findings\t{summary.n_findings}")
