"""What to ask one person in particular: new in the job, or answering for others."""

from collections.abc import Sequence
from datetime import date

from sync.assess.actions import RED
from sync.assess.model import PersonAssessment
from sync.records.model import Person
from sync.wording import Text

NEW_DAYS = 90
"""A quarter: what probation mostly takes, and the first of the 30/60/90 days' plans."""

_JOINED = Text(
    "入职以来，哪些信息、工具或人还没有到位？目标里有没有还不清楚的地方？",
    "Since you joined, which information, tools or people are still missing, and is "
    "anything about the goals unclear?",
)
_MOVED = Text(
    "到新岗位以来，哪些目标需要重新商量？原来的工作还有什么没交接完？",
    "Since you moved, which goals should be agreed anew, and what of the old job is not "
    "handed over yet?",
)
_LEADS = Text(
    "你团队里有 {n} 位同事的目标滞后或逾期：谁最需要你出面，你希望我替你扫清什么？",
    "Goals of {n} in your team are behind or overdue: who needs you most, and what can I "
    "clear out of your way?",
)
_LEADS_ONE = Text(
    "你团队里有 {n} 位同事的目标滞后或逾期：需要你怎样出面，你希望我替你扫清什么？",
    "Goals of one in your team are behind or overdue: how could you help, and what can I "
    "clear out of your way?",
)


def own_question(
    person: Person, team: Sequence[PersonAssessment], today: date
) -> Text | None:
    """Choose the question that is this person's and nobody else's.

    Args:
        person: Whom the talk is with.
        team: Their direct reports, judged; empty for somebody who leads nobody.
        today: The day judged.

    Returns:
        For who joined within the last 90 days; else for who moved within them; else for
        who has a report with a goal behind or overdue; else ``None``.

    Source:
        A follow-up that fits role and time in the job (article, 七: 个性化管理).
    """
    if _is_new(person.hired_on, today):
        return _JOINED
    if _is_new(person.moved_on, today):
        return _MOVED
    late = [one for one in team if RED & one.n_by_status.keys()]
    if not late:
        return None
    return (_LEADS_ONE if len(late) == 1 else _LEADS).fill(n=len(late))


def _is_new(since: date | None, today: date) -> bool:
    return since is not None and 0 <= (today - since).days < NEW_DAYS
