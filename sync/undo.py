"""The last write-back of a workbook, taken back: whole, or cell by cell."""

from collections.abc import Sequence
from datetime import datetime

from sync import pipeline
from sync.assess.model import Past
from sync.cells import CellRef
from sync.config.model import Config, TableOverride
from sync.errors import FollowupError
from sync.history.store import History, RunRecord
from sync.history.undo import UNDONE
from sync.wording import Text
from sync.workbooks.base import Workbook
from sync.workbooks.plan import Committed
from sync.writeback.undo import take_back

_SHOWN = 8
_EDITED = Text(
    "写入之后有人改过：{names}；没有撤销任何内容",
    "people changed what was written since: {names}; nothing was taken back",
)
_EDITED_MORE = Text(
    "写入之后有人改过：{names}，以及另外 {more} 处；没有撤销任何内容",
    "people changed what was written since: {names} and {more} more; nothing was "
    "taken back",
)


class NothingToUndoError(FollowupError):
    """No write-back of ours is remembered, or it was taken back already."""

    code = "F330"


class EditedSinceError(FollowupError):
    """People changed cells that the last write-back wrote."""

    code = "F331"


def undo(
    workbook: Workbook,
    config: Config,
    overrides: Sequence[TableOverride],
    history: History,
    *,
    source: str,
    at: datetime,
) -> Committed:
    """Take the last write-back back, once.

    Where nobody has saved the workbook since, what was there before comes back as it
    was. Else our cells are given back what they said before, each found by its goal;
    the board stays until the next sync. Letters are not taken back: whoever was told
    is not told again.

    Args:
        workbook: The workbook.
        config: The user's settings.
        overrides: The user's word on its tables.
        history: Where the write is remembered.
        source: What history knows the workbook by.
        at: The moment, with a time zone.

    Raises:
        NothingToUndoError: If no write is remembered, or it was taken back already.
        EditedSinceError: If people changed what we wrote; nothing is taken back then.
    """
    last = history.last_writes.of(source)
    if last is None:
        raise NothingToUndoError(
            Text("没有可以撤销的写入", "there is nothing to undo"),
            where=source,
            hint=Text(
                "只能撤销最近一次写回，而且只能撤销一次；followup clean "
                "会清除我们写入的全部内容",
                "only the last write-back can be taken back, and only "
                "once; followup clean takes everything of ours away",
            ),
        )
    texts = last.texts
    committed = workbook.undo(before=last.before, after=last.after)
    if committed is None:
        understood = pipeline.understand(workbook, config, overrides)
        judged = pipeline.judge(understood, config, past=Past(), today=at.date())
        back = take_back(
            understood.snapshot,
            understood.followed,
            judged.records.goals,
            before=last.texts,
            now=history.written(source),
            lang=understood.lang,
        )
        if back.edited:
            raise _edited(source, back.edited)
        # Before the very first write nothing was ours: then all of it goes.
        committed = workbook.commit(back.plan) if last.texts else workbook.clean()
        texts = back.texts if last.texts else {}
    run = RunRecord(
        as_of=at.date(),
        started_at=at,
        finished_at=at,
        fingerprint_before=last.after,
        fingerprint_after=committed.fingerprint,
        outcome=UNDONE,
        n_cells=committed.n_cells,
    )
    history.last_writes.undone(source, texts, run)
    return committed


def _edited(source: str, cells: Sequence[CellRef]) -> EditedSinceError:
    names = ", ".join(str(at) for at in cells[:_SHOWN])
    more = len(cells) - _SHOWN
    return EditedSinceError(
        (_EDITED_MORE if more > 0 else _EDITED).fill(names=names, more=more),
        where=source,
        hint=Text(
            "如果要保留他们填写的内容，请运行 followup sync；否则先清空这些单元格",
            "keep what they typed and run followup sync, or empty these cells first",
        ),
    )
