"""The board's rows about the follow-up itself: actions, and goals that were changed."""

from collections.abc import Collection, Iterator
from itertools import islice

from sync.assess.labels import label
from sync.assess.ledger import latest_moves
from sync.assess.model import Assessment
from sync.assess.process import Move
from sync.wording import Lang, Text, same
from sync.workbooks.plan import BoardCell
from sync.writeback.highlights import STYLES

Row = tuple[BoardCell, ...]

MOST_ACTIONS = 30
MOST_CHANGES = 20
CHANGES_DAYS = 31
"""Older changes are in ``followup history --changes``."""

ACTION_HEAD = Text(
    "负责人|状态或期限|关于什么|改进行动|情况",
    "Owner|Status or due|About|Action|How it stands",
)
CHANGE_HEAD = Text(
    "谁的目标|发现于|目标|改了什么|给出的原因",
    "Whose goal|Seen on|Goal|What was changed|Reason given",
)
_NO_OWNER = Text("（没有负责人）", "(no owner)")
_NO_ACTION = Text(
    "还没有改进行动：一起定一项，写明负责人和期限",
    "no action yet: agree on one, with an owner and a day",
)
_NO_REASON = Text("没有写", "none given")
_APPROVED = Text("{why}（批准人：{by}）", "{why} (agreed by {by})")
_NOT_APPROVED = Text("{why}（没有写批准人）", "{why} (nobody named who agreed)")
_EASED = Text("{what}（后期放宽，请聊聊原因）", "{what} (eased late: ask why)")


def _reason(move: Move) -> Text:
    """Give the reason and who agreed, and say which of them the sheet has a place for."""
    why = same(move.why) if move.why else _NO_REASON
    if move.approved_by:
        return _APPROVED.fill(why=why, by=move.approved_by)
    return _NOT_APPROVED.fill(why=why) if move.goal.place.has("approval") else why


def action_rows(
    assessment: Assessment, lang: Lang, secret: Collection[str]
) -> Iterator[Row]:
    """List actions that need help, and red goals without one, the latest due first.

    Args:
        assessment: The judgement.
        lang: The language of the board.
        secret: Sheets whose contents readers of the goals may not see.
    """
    shown = [one for one in assessment.actions if one.action.place.sheet not in secret]
    if not shown:
        return
    urgent = [one for one in shown if one.step != "none"]
    urgent.sort(key=lambda one: (-one.days_overdue, str(one.action.due_on)))
    for one in urgent[:MOST_ACTIONS]:
        action = one.action
        yield (
            BoardCell(
                action.owner or _NO_OWNER.in_(lang), "link", action.place.at("action")
            ),
            BoardCell(action.due_on.isoformat() if action.due_on else None),
            BoardCell(action.issue),
            BoardCell(action.action),
            BoardCell(one.reason.in_(lang)),
        )
    for goal in islice(assessment.without_action, MOST_ACTIONS):
        yield (
            BoardCell(goal.goal.employee, "link", goal.goal.at("goal_title")),
            BoardCell(label(goal.status, lang), STYLES.get(goal.status, "text")),
            BoardCell(goal.goal.title),
            BoardCell(_NO_ACTION.in_(lang)),
        )


def change_rows(assessment: Assessment, lang: Lang) -> Iterator[Row]:
    """List what was changed about goals in the last month, the latest first."""
    recent = (
        move
        for move in latest_moves(assessment.goals)
        if (assessment.today - move.on).days <= CHANGES_DAYS
    )
    for move in islice(recent, MOST_CHANGES):
        what = _EASED.fill(what=move.text) if move.late else move.text
        yield (
            BoardCell(move.goal.employee, "link", move.goal.at("goal_title")),
            BoardCell(move.on.isoformat()),
            BoardCell(move.goal.title),
            BoardCell(what.in_(lang)),
            BoardCell(_reason(move).in_(lang)),
        )
