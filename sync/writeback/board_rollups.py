"""The board's rows about goals at the top, departments and teams, rolled up."""

from collections.abc import Iterator
from itertools import islice

from sync.assess.labels import ROLLUPS, label
from sync.assess.model import Assessment
from sync.assess.shown import percent
from sync.wording import Lang, Text
from sync.workbooks.plan import BoardCell
from sync.writeback.highlights import STYLES

Row = tuple[BoardCell, ...]

MOST_ROWS = 12
"""Of each kind."""

ROLLUP_HEAD = Text(
    "汇总|状态|是什么|完成进度|有数据的目标（按权重）",
    "Rolled up|Status|What it is|Done|Goals with figures (by weight)",
)
_N = Text("{share}，共 {n} 个目标", "{share} of {n}")


def rollup_rows(assessment: Assessment, lang: Lang) -> Iterator[Row]:
    """List what supports the goals at the top, then departments, then teams."""
    for kind, head in ROLLUPS.items():
        found = (one for one in assessment.rollups if one.kind == kind)
        for one in islice(found, MOST_ROWS):
            name = BoardCell(one.name)
            if one.goal is not None:
                name = BoardCell(one.name, "link", one.goal.at("goal_title"))
            yield (
                name,
                BoardCell(label(one.status, lang), STYLES.get(one.status, "text")),
                BoardCell(head.in_(lang)),
                BoardCell(None if one.progress is None else percent(one.progress)),
                BoardCell(_N.fill(share=percent(one.coverage), n=one.n).in_(lang)),
            )
