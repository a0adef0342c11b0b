"""The board's rows about how it goes from week to week: trends, and where goals head."""

from collections.abc import Iterator
from itertools import islice

from sync.assess.labels import TRENDS, label
from sync.assess.model import Assessment
from sync.assess.shown import points, shown_range
from sync.wording import Lang, Text
from sync.workbooks.plan import BoardCell
from sync.writeback.highlights import STYLES

Row = tuple[BoardCell, ...]

MOST_FORECASTS = 20

TREND_HEAD = Text("最近几周|现在|每周各多少", "The last weeks|Now|Week by week")
FORECAST_HEAD = Text(
    "照这个节奏达不到|状态|目标|到期预计完成|每周要追多少",
    "Heading short|Status|Goal|Expected by its due date|What it takes a week",
)
_OF = Text("{n}/{of}", "{n} of {of}")
_PACE = Text(
    "近来每周 {pace} 个百分点，需要每周 {need} 个百分点",
    "lately {pace} points a week, {need} needed",
)


def trend_rows(assessment: Assessment, lang: Lang) -> Iterator[Row]:
    """List the figures of the follow-up over the weeks, the oldest week first."""
    for trend in assessment.trends:
        now = trend.points[-1]
        line = " → ".join(str(point.n) for point in trend.points)
        yield (
            BoardCell(TRENDS[trend.name].in_(lang)),
            BoardCell(_OF.fill(n=now.n, of=now.of).in_(lang)),
            BoardCell(line),
        )


def forecast_rows(assessment: Assessment, lang: Lang) -> Iterator[Row]:
    """List the goals that will miss their target at their recent pace, in their order."""
    short = (
        (judged, judged.forecast)
        for judged in assessment.goals
        if judged.forecast and judged.forecast.short
    )
    for judged, forecast in islice(short, MOST_FORECASTS):
        low, high = shown_range(forecast)
        pace = _PACE.fill(
            pace=points(forecast.recent_pace), need=points(forecast.required_pace)
        )
        yield (
            BoardCell(judged.goal.employee, "link", judged.goal.at("goal_title")),
            BoardCell(label(judged.status, lang), STYLES.get(judged.status, "text")),
            BoardCell(judged.goal.title),
            BoardCell(f"{low}–{high}"),
            BoardCell(pace.in_(lang)),
        )
