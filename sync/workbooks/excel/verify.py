"""Our own output looked at before anybody's file is replaced by it."""

import collections
from collections.abc import Iterator
from xml.parsers import expat

from sync.errors import NotWritableError
from sync.wording import Text
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.wellformed import check_well_formed
from sync.workbooks.excel.zipraw import Archive, Entry

_LOST = Text("会丢失“{name}”", "part {name!r} would be lost")
_BROKEN = Text(
    "会弄坏“{name}”（{problem}）", "part {name!r} would be broken ({problem})"
)


def check_output(
    before: Package, after: bytes, where: str, *, may_drop: bool = False
) -> None:
    """Reopen what was built and compare it with what it was built from.

    Every entry must still be there, an untouched one with the very bytes of its record,
    a touched one well-formed.

    Args:
        before: The workbook as it was.
        after: The whole new file.
        where: What to call it in messages.
        may_drop: Whether entries may be gone, as when ours are taken out.

    Raises:
        WorkbookError: If a part was broken before, where the reader did not look.
        NotWritableError: If anything else is amiss, which is a mistake of ours; the
            workbook on disk has not been touched then.
    """
    old, new = before, Package.open(after, where)
    entries = {entry.name: entry for entry in new.archive.entries}
    for entry in old.archive.entries:
        found = entries.pop(entry.name, None)
        if found is None and may_drop:
            continue
        if found is None:
            raise _ours(where, _LOST.fill(name=entry.name))
        if _record(old.archive, entry) != _record(new.archive, found):
            _check_part(new, found, before)
    for found in entries.values():
        _check_part(new, found)


def _check_part(package: Package, entry: Entry, before: Package | None = None) -> None:
    def read() -> Iterator[bytes]:
        return package.archive.chunks(entry)

    if not entry.name.lower().endswith((".xml", ".rels")):
        collections.deque(read(), 0)  # its checksum is looked at
        return
    try:
        check_well_formed(read)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        if before is not None:
            before.tree(entry.name)  # says what is wrong when it was so before
        what = _BROKEN.fill(name=entry.name, problem=str(problem))
        raise _ours(package.where, what) from None


def _record(archive: Archive, entry: Entry) -> memoryview:
    return memoryview(archive.data)[entry.start : entry.stop]


def _ours(where: str, what: Text) -> NotWritableError:
    return NotWritableError(
        Text(
            "{what}，所以什么也没有写入",
            "{what}, so nothing was written",
            {"what": what},
        ),
        where=where,
        hint=Text(
            "这是 Followup 的错误：请附上一份去掉个人信息的文件副本反馈给我们",
            "this is a mistake of Followup: please report it with a "
            "copy of the file that holds no personal data",
        ),
    )
