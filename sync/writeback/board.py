"""The board sheet: totals, whom to talk to first, every finding with its cell."""

from collections.abc import Iterable, Iterator

from sync.assess.labels import label
from sync.assess.model import Assessment, Conversation
from sync.cells import MAX_ROWS, CellRef
from sync.findings import SEVERITIES, SEVERITY_NAMES, Finding
from sync.records.model import Status
from sync.tables.model import Kind, Recognition
from sync.wording import Lang, Text
from sync.workbooks.plan import Board, BoardCell, Skipped, Style
from sync.workbooks.snapshot import Sheet, Snapshot
from sync.workbooks.tabnames import free_name
from sync.writeback.board_charts import (
    CHART_ROWS,
    DEPARTMENT_HEAD,
    WEEK_HEAD,
    charts_of,
    department_rows,
    week_rows,
)
from sync.writeback.board_process import (
    ACTION_HEAD,
    CHANGE_HEAD,
    action_rows,
    change_rows,
)
from sync.writeback.board_rollups import ROLLUP_HEAD, rollup_rows
from sync.writeback.board_weeks import (
    FORECAST_HEAD,
    TREND_HEAD,
    forecast_rows,
    trend_rows,
)
from sync.writeback.highlights import STYLES
from sync.writeback.ours import Written, as_text, quoted

NAME = Text("跟进看板", "Follow-up board")
MOST_CONVERSATIONS = 20
MOST_LINES = 3
"""Reasons and questions of one talk; the letters have them all."""
MOST_FINDINGS = 1000
_AS_OF_ROW = 2
_WIDTHS = (24.0, 16.0, 34.0, 52.0, 52.0)

_AS_OF = Text(
    "截至 {day}。本表由 Followup 在每次同步时重写，请不要在这里填写。",
    "As of {day}. Followup rewrites this sheet at every sync; please do not type here.",
)
_HEADS = {
    "totals": Text("状态|目标数", "Status|Goals"),
    "talk": Text(
        "先和谁谈|状态|关于哪个目标|为什么是现在|可以这样问",
        "Talk to first|Status|About|Why now|What to ask",
    ),
    "departments": DEPARTMENT_HEAD,
    "weeks": WEEK_HEAD,
    "actions": ACTION_HEAD,
    "changes": CHANGE_HEAD,
    "rollups": ROLLUP_HEAD,
    "forecast": FORECAST_HEAD,
    "trends": TREND_HEAD,
    "findings": Text(
        "位置|程度|编号|哪里不对|怎么改", "Where|Severity|Code|What|How to fix it"
    ),
}
_MORE = Text(
    "另有 {n} 条，请运行 followup check 查看",
    "{n} more: run followup check to see them",
)
_NO_TALK = Text(
    "目前没有需要优先谈的人", "Nobody needs to be talked to first right now"
)
_NO_FINDING = Text("没有发现问题", "No findings")
_TYPED = Text(
    "有人在看板上写了“{text}”，看板因此没有更新；请把它移到别处",
    'somebody typed "{text}" on the board, so it was not updated; '
    "please move it elsewhere",
)
_LOCKED = Text("无法添加跟进看板", "the board cannot be added")


def board_of(
    snapshot: Snapshot, recognition: Recognition, assessment: Assessment, lang: Lang
) -> Board:
    """Make the whole board, in one language.

    It shows nothing that readers of the goal sheet do not see anyway: findings of
    rating and feedback tables and of hidden sheets are left out.
    """
    secret = _secret(snapshot, recognition)
    totals = [one for one in Status if assessment.n_by_status.get(one, 0)]
    departments = list(department_rows(assessment, lang))
    weeks = list(week_rows(assessment.burn_up))
    rows: list[tuple[BoardCell, ...]] = [
        (BoardCell(NAME.in_(lang), "title"),),
        (BoardCell(_AS_OF.fill(day=assessment.today.isoformat()).in_(lang), "quiet"),),
        (),
        _head("totals", lang),
    ]
    first = len(rows) + 1
    rows += _totals(assessment, totals, lang)
    rows += [()] * (first + CHART_ROWS - len(rows) if totals else 0)
    rows += _section("departments", departments, lang)
    departments_at = len(rows) - len(departments) + 1, len(departments)
    rows += [
        (),
        _head("talk", lang),
        *_talks(assessment.conversations, lang),
        *_section("rollups", rollup_rows(assessment, lang), lang),
        *_section("actions", action_rows(assessment, lang, secret), lang),
        *_section("changes", change_rows(assessment, lang), lang),
        *_section("forecast", forecast_rows(assessment, lang), lang),
        *_section("trends", trend_rows(assessment, lang), lang),
        (),
        _head("findings", lang),
        *_findings(_public(secret, assessment.findings), lang),
        *_section("weeks", weeks, lang),
    ]
    n_weeks = len(weeks)
    return Board(
        name=_name(snapshot, lang),
        rows=tuple(rows),
        widths=_WIDTHS,
        charts=charts_of(
            assessment,
            lang,
            totals=totals,
            first=first,
            departments=departments_at,
            weeks=(len(rows) - n_weeks + 1, n_weeks),
        ),
        deciding=len(rows) - n_weeks if n_weeks else None,
    )


def plan_board(
    snapshot: Snapshot, wanted: Board, written: Written
) -> tuple[Board | None, Skipped | None]:
    """Decide whether the board is written; days that pass are no reason to."""
    there = next((sheet for sheet in snapshot.sheets if sheet.is_board), None)
    if there is None:
        if snapshot.board_writing.allowed:
            return wanted, None
        return None, Skipped(None, snapshot.board_writing.why or _LOCKED)
    if (typed := _typed(there, written)) is not None:
        text = quoted(there.value(typed.row, typed.column))
        return None, Skipped(typed, _TYPED.fill(text=text))
    until = wanted.deciding or MAX_ROWS
    same = _contents(there, until) == _wanted(wanted, until)
    return (None if same else wanted), None


def standing_texts(snapshot: Snapshot, written: Written) -> dict[tuple[str, str], str]:
    """Give what is ours on a board that is not written now, as `board_texts` does."""
    known = written.texts.get("board")
    return {
        (f"{row.number},{column}", "board"): text
        for sheet in snapshot.sheets
        if sheet.is_board
        for row in sheet.rows
        for column, value in enumerate(row.values, 1)
        if value is not None
        for text in (as_text(value),)
        if known is None or text in known
    }


def board_texts(board: Board) -> dict[tuple[str, str], str]:
    """Give every text of the board the way history remembers it."""
    return {
        (f"{row},{column}", "board"): as_text(cell.value)
        for row, cells in enumerate(board.rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell.value is not None
    }


def _name(snapshot: Snapshot, lang: Lang) -> str:
    """Keep the name people gave our board; avoid the name of a sheet of theirs."""
    taken = {sheet.name.casefold() for sheet in snapshot.sheets}
    for sheet in snapshot.sheets:
        if sheet.is_board:
            return sheet.name
    return free_name(NAME.in_(lang), taken)


def _head(which: str, lang: Lang) -> tuple[BoardCell, ...]:
    words = _HEADS[which].in_(lang).split("|")
    return tuple(BoardCell(word, "head") for word in words)


def _section(
    which: str, rows: Iterable[tuple[BoardCell, ...]], lang: Lang
) -> Iterator[tuple[BoardCell, ...]]:
    """Put a head above rows; nothing where there are none."""
    found = list(rows)
    if found:
        yield ()
        yield _head(which, lang)
        yield from found


def _totals(
    assessment: Assessment, statuses: Iterable[Status], lang: Lang
) -> Iterator[tuple[BoardCell, ...]]:
    for status in statuses:
        style: Style = STYLES.get(status, "text")
        n = assessment.n_by_status[status]
        yield BoardCell(label(status, lang), style), BoardCell(n)
    total = Text("合计", "All goals").in_(lang)
    yield BoardCell(total, "head"), BoardCell(len(assessment.goals), "head")


def _talks(
    conversations: Iterable[Conversation], lang: Lang
) -> Iterator[tuple[BoardCell, ...]]:
    pressing = [talk for talk in conversations if talk.goals][:MOST_CONVERSATIONS]
    if not pressing:
        yield (BoardCell(_NO_TALK.in_(lang)),)
    for talk in pressing:
        first = talk.goals[0]
        at = first.goal.at("goal_title")
        yield (
            BoardCell(talk.person.name, "link", at),
            BoardCell(label(first.status, lang), STYLES.get(first.status, "text")),
            BoardCell(first.goal.title),
            BoardCell("\n".join(why.in_(lang) for why in talk.why[:MOST_LINES])),
            BoardCell("\n".join(ask.in_(lang) for ask in talk.ask[:MOST_LINES])),
        )


def _findings(findings: list[Finding], lang: Lang) -> Iterator[tuple[BoardCell, ...]]:
    if not findings:
        yield (BoardCell(_NO_FINDING.in_(lang)),)
    for finding in findings[:MOST_FINDINGS]:
        where = BoardCell(str(finding.at), "link", finding.at) if finding.at else None
        yield (
            where or BoardCell(None),
            BoardCell(SEVERITY_NAMES[finding.severity].in_(lang)),
            BoardCell(finding.code),
            BoardCell(finding.what.in_(lang)),
            BoardCell(finding.fix.in_(lang)),
        )
    if len(findings) > MOST_FINDINGS:
        yield (BoardCell(_MORE.fill(n=len(findings) - MOST_FINDINGS).in_(lang)),)


def _secret(snapshot: Snapshot, recognition: Recognition) -> set[str]:
    """Name the sheets that readers of the goals may not see."""
    secret = {table.sheet for table in recognition.of(Kind.RATINGS, Kind.FEEDBACK)} - {
        table.sheet for table in recognition.of(Kind.GOALS, Kind.KPI)
    }
    return secret | {s.name for s in snapshot.sheets if s.visibility != "visible"}


def _public(secret: set[str], findings: Iterable[Finding]) -> list[Finding]:
    """Keep what readers of the goals may see, the worst first, in reading order."""
    shown = [f for f in findings if f.at is None or f.at.sheet not in secret]
    return sorted(shown, key=lambda finding: SEVERITIES.index(finding.severity))


def _typed(there: Sheet, written: Written) -> CellRef | None:
    """Find a cell of the board that we did not write, as far as history knows."""
    known = written.texts.get("board")
    if known is None:
        return None
    for row in there.rows:
        for column, value in enumerate(row.values, 1):
            if value is not None and as_text(value) not in known:
                return CellRef(there.name, row.number, column)
    return None


def _contents(there: Sheet, until: int) -> dict[tuple[int, int], str]:
    return {
        (row.number, column): as_text(value)
        for row in there.rows
        if row.number != _AS_OF_ROW and row.number <= until
        for column, value in enumerate(row.values, 1)
        if value is not None
    }


def _wanted(board: Board, until: int) -> dict[tuple[int, int], str]:
    return {
        (row, column): as_text(cell.value)
        for row, cells in enumerate(board.rows[:until], 1)
        if row != _AS_OF_ROW
        for column, cell in enumerate(cells, 1)
        if cell.value is not None and cell.value != ""
    }
