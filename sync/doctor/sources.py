"""One workbook: there, readable, writable, not open, and its columns understood."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from sync.config.model import Config, Source
from sync.doctor.model import Check, Checks, fine, of_error, problem, warning
from sync.errors import FollowupError, InUseError
from sync.pipeline import Understood, understand
from sync.schedule.watching import Versioned
from sync.tables.model import Kind
from sync.tables.reasons import KIND_NAMES
from sync.wording import Text
from sync.workbooks.backups import Backups
from sync.workbooks.beside import ReadOnlyWorkbook
from sync.workbooks.excel.exchange import exchange
from sync.workbooks.excel.locks import check_not_open
from sync.workbooks.open import open_workbook
from sync.workbooks.sheets import WebSheets

_UNSURE = 0.6
"""Below it, a guess should be looked at by a person."""
_SHOWN = 4

_READ = Text(
    "可以读取：{n} 个目标表，{columns} 列认出 {known} 列",
    "can be read; tables of goals: {n}, columns: {columns}, understood: {known}",
)
_ALSO = Text("还认出 {sheets}", "also recognised: {sheets}")
_BESIDE = Text(
    "这种格式不能直接写回，结果写进旁边的一份新工作簿",
    "this format is not written back: results go into a new workbook beside it",
)
_NO_GOALS = Text("没有认出目标表", "no table of goals was recognised")
_COLUMNS_FIX = Text(
    "运行 followup columns，在 [[source.table]] 里指定",
    "run followup columns on it, and decide under [[source.table]]",
)
_UNSURE_OF = Text(
    "这些列认得不太有把握：{columns}",
    "these columns are not surely understood: {columns}",
)
_LACKS = Text("目标表缺少：{fields}", "the table of goals lacks: {fields}")
_LACKS_FIX = Text(
    "加上这些列，或用 followup columns 看看是否没认出来",
    "add these columns, or see with followup columns whether they were not recognised",
)
_FORBIDS = Text("不能写入：{why}", "it cannot be written: {why}")
_FORBIDS_FIX = Text("取消保护，或只查看不写回", "take the protection off, or only look")
_READ_ONLY = Text("没有写入权限", "you may not write it")
_READ_ONLY_FIX = Text(
    "向文件所有者申请写权限，文件夹也要能写",
    "ask its owner for the right to write, to the folder as well",
)
_LINKED = Text("文件有 {n} 个硬链接名", "the file has {n} names (hard links)")
_LINKED_FIX = Text("复制成单独的文件再用", "copy it to a file of its own")
_PLAIN_REPLACE = Text(
    "所在磁盘不能原子交换文件：同步那一瞬间有人保存，可能被覆盖",
    "its drive cannot exchange files in one step: what somebody saves in the very "
    "instant of the write could be replaced",
)
_PLAIN_REPLACE_FIX = Text(
    "安排在没人编辑时同步，或放在本地磁盘、Google 表格上",
    "sync when nobody edits, or keep it on a local drive or in Google Sheets",
)
_WRITABLE = Text("可以写回", "can be written")
_VERSION = Text(
    "云端硬盘能告知版本号：watch 只在有改动时读取",
    "Drive tells its version: watch reads it only after a change",
)


def source(
    one: Source, config: Config, state: Path, web: WebSheets | None = None
) -> Checks:
    """Look at one workbook without changing it.

    Args:
        one: The workbook, with an absolute path or a URL.
        config: The office's settings.
        state: The state folder.
        web: Opens what is on the web.
    """
    where = one.path
    try:
        workbook = open_workbook(where, Backups(state / "backups", 0), web)
        understood = understand(workbook, config, one.table)
    except FollowupError as error:
        yield of_error("source", error, where)
        return
    yield from _columns(understood, where)
    if isinstance(workbook, ReadOnlyWorkbook):
        yield from _beside(where)
        return
    writing = understood.snapshot.writing
    if not writing.allowed:
        why = writing.why or _READ_ONLY
        yield warning("source", _FORBIDS.fill(why=why), _FORBIDS_FIX, where)
    else:
        yield from _tabs(understood, where)
    if "://" not in where:
        yield from _in_place(Path(where))
    if isinstance(workbook, Versioned):
        yield from _version(workbook, where)


def _tabs(understood: Understood, where: str) -> Checks:
    """Name the sheets of goals that are protected in a workbook that is not."""
    tables = understood.followed.of(Kind.GOALS, Kind.KPI)
    for name in dict.fromkeys(table.sheet for table in tables):
        sheet = understood.snapshot.sheet(name)
        if sheet and not sheet.writing.allowed:
            why = sheet.writing.why or _READ_ONLY
            yield warning("source", _FORBIDS.fill(why=why), _FORBIDS_FIX, where)


def _version(workbook: Versioned, where: str) -> Checks:
    try:
        if workbook.version():
            yield fine("source", _VERSION, where)
    except FollowupError as error:
        yield of_error("source", error, where)


def _columns(understood: Understood, where: str) -> Checks:
    tables = understood.followed.of(Kind.GOALS, Kind.KPI)
    if not tables:
        yield problem("source", _NO_GOALS, _COLUMNS_FIX, where)
        return
    columns = [column for table in tables for column in table.columns]
    known = [column for column in columns if column.field]
    told = _READ.fill(n=len(tables), columns=len(columns), known=len(known))
    yield fine("source", told, where)
    yield from _other_sheets(understood, where)
    unsure = [one.header for one in known if one.confidence < _UNSURE]
    if unsure:
        names = ", ".join(unsure[:_SHOWN])
        yield warning("source", _UNSURE_OF.fill(columns=names), _COLUMNS_FIX, where)
    lacks = [name for name in tables[0].missing if name in _NEEDED]
    if lacks:
        names = ", ".join(lacks)
        yield warning("source", _LACKS.fill(fields=names), _LACKS_FIX, where)


def _other_sheets(understood: Understood, where: str) -> Checks:
    """Name what the other sheets were taken for: a wrong guess is seen at once."""
    goals = {Kind.GOALS, Kind.KPI, Kind.OTHER}
    found = {
        (table.sheet, table.kind): KIND_NAMES[table.kind.value]
        for table in understood.followed.tables
        if table.kind not in goals
    }
    if found:
        zh = "、".join(f"“{sheet}”（{kind.zh}）" for (sheet, _), kind in found.items())
        en = ", ".join(f"“{sheet}” ({kind.en})" for (sheet, _), kind in found.items())
        yield fine("source", _ALSO.fill(sheets=Text(zh, en)), where)


_NEEDED = ("employee_name", "goal_title", "due_date", "target", "actual", "progress")


def _beside(where: str) -> Checks:
    yield fine("source", _BESIDE, where)
    if not os.access(Path(where).parent, os.W_OK):
        yield problem("source", _READ_ONLY, _READ_ONLY_FIX, str(Path(where).parent))


def _in_place(path: Path) -> Checks:
    target = path.resolve()
    found: list[Check] = []
    try:
        check_not_open(target)
    except InUseError as error:
        found.append(warning("source", error.said, error.fix, str(path)))
    if not (os.access(target, os.W_OK) and os.access(target.parent, os.W_OK)):
        found.append(problem("source", _READ_ONLY, _READ_ONLY_FIX, str(path)))
    elif not can_exchange(target.parent):
        told = warning("source", _PLAIN_REPLACE, _PLAIN_REPLACE_FIX, str(path))
        found.append(told)
    if (names := target.stat().st_nlink) > 1:
        told = problem("source", _LINKED.fill(n=names), _LINKED_FIX, str(path))
        found.append(told)
    yield from found or [fine("source", _WRITABLE, str(path))]


def can_exchange(folder: Path) -> bool:
    """Whether the folder's drive swaps two files in one step; tried with two of ours."""
    files: list[Path] = []
    try:
        for _ in range(2):
            handle, name = tempfile.mkstemp(prefix=".followup-", dir=folder)
            os.close(handle)
            files.append(Path(name))
        return exchange(*files)
    except OSError:
        return False
    finally:
        for one in files:
            with suppress(OSError):
                one.unlink()
