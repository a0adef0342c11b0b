"""Zip archives as raw records, so that what nobody touches is copied as it was.

`zipfile` hides the bytes of a record, and rewriting one through it changes flags, extra
fields and the compressed stream. Here an entry is a slice of the archive.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.excel.deflate import DEFLATE, PIECE
from sync.workbooks.excel.zipdirectory import (
    DAMAGED,
    HOSTILE,
    Found,
    central_records,
    damaged,
    directory_end,
    find_end,
    read_end,
)

LOCAL = b"PK\x03\x04"

STORED, DEFLATED = 0, 8

MAX_ENTRIES = 20_000
MAX_PART = 768 << 20
MAX_TOTAL = 4 << 30
"""Declared sizes of all entries together, most of which are never inflated."""
MAX_RATIO = 250
"""The most compressible part among 3,808 real workbooks reached 121."""
RATIO_GRACE = 4 << 20

_PART = Text("“{name}”", "part {name!r}")
_CHECKSUM = Text("“{name}”的校验和不对", "part {name!r} fails its checksum")
_PACKED = Text("“{name}”无法解压", "part {name!r} cannot be unpacked")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an archive."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    """Bytes of compressed data."""
    size: int
    """Bytes once inflated, as the directory declares."""
    start: int
    """Where its local record begins in the archive."""
    stop: int
    """Where the next record, or the directory, begins."""
    central: bytes
    """Its record in the central directory."""

    @property
    def is_folder(self) -> bool:
        """Whether it only names a folder."""
        return self.name.endswith(("/", "\\"))


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip archive in memory, parsed once."""

    data: bytes
    where: str
    entries: tuple[Entry, ...]
    """In the order of the central directory, which need not be that of the records."""
    directory: int
    """Where the central directory begins."""
    comment: bytes
    """The comment with its length, and whatever follows it."""

    @classmethod
    def parse(cls, data: bytes, where: str) -> "Archive":
        """Read the directory and check that every record is where it says.

        Raises:
            WorkbookError: If the archive is damaged, torn or built to do harm.
        """
        end = find_end(data, where)
        count, length, directory = read_end(data, end, where)
        # Some archives have bytes before the first record; offsets then count from
        # the first record, and only the directory's true place tells.
        shift = directory_end(data, end) - length - directory
        directory += shift
        if shift < 0 or directory < 0:
            raise damaged(where)
        if count > MAX_ENTRIES:
            raise WorkbookError(
                Text(
                    "文件由 {count} 个部分组成，没有工作簿会有这么多",
                    "the file holds {count} parts, more than any workbook",
                    {"count": count},
                ),
                where=where,
                hint=HOSTILE,
            )
        found = central_records(data[directory : directory + length], where)
        entries = _locate(data, found, (shift, directory), where)
        if sum(entry.size for entry in entries) > MAX_TOTAL:
            raise _too_big(Text("文件", "the file"), where)
        return cls(data, where, entries, directory, data[end + 20 :])

    def read(self, entry: Entry) -> bytes:
        """Inflate one entry and check its size and checksum.

        Raises:
            WorkbookError: If it is damaged, too large or compressed in another way.
        """
        # One piece, which joining gives back as it is.
        return b"".join(self._checked(entry, max(1, entry.packed)))

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Inflate one entry piece by piece; what is wrong is known at the end only.

        Raises:
            WorkbookError: If it is damaged, too large or compressed in another way.
        """
        return self._checked(entry, PIECE)

    def _checked(self, entry: Entry, step: int) -> Iterator[bytes]:
        self._check_sizes(entry)
        crc = size = 0
        for piece in self._inflated(entry, step):
            crc = DEFLATE.checksum(piece, crc)
            size += len(piece)
            if size > entry.size:
                break
            yield piece
        if size != entry.size or crc != entry.crc:
            raise damaged(self.where, _CHECKSUM.fill(name=entry.name))

    def _inflated(self, entry: Entry, step: int) -> Iterator[bytes]:
        packed = self.packed(entry)
        if entry.method == STORED:
            yield packed
            return
        try:
            yield from DEFLATE.unpack(packed, step, entry.size + 1)
        except ValueError:
            raise damaged(self.where, _PACKED.fill(name=entry.name)) from None

    def _check_sizes(self, entry: Entry) -> None:
        if entry.method not in (STORED, DEFLATED):
            raise WorkbookError(
                Text(
                    "“{name}”的压缩方式没有表格软件会用（方式 {method}）",
                    "part {name!r} is compressed in a way no spreadsheet "
                    "program uses (method {method})",
                    {"name": entry.name, "method": entry.method},
                ),
                where=self.where,
                hint=DAMAGED,
            )
        if entry.size > MAX_PART:
            raise _too_big(_PART.fill(name=entry.name), self.where)
        if entry.size > RATIO_GRACE and entry.size > MAX_RATIO * max(1, entry.packed):
            raise WorkbookError(
                Text(
                    "“{name}”解压后是原来的 {times} 倍，像是故意用来耗尽电脑资源的文件",
                    "part {name!r} unpacks to {times} times its size, as "
                    "files made to exhaust a computer do",
                    {"name": entry.name, "times": entry.size // entry.packed},
                ),
                where=self.where,
                hint=HOSTILE,
            )

    def packed(self, entry: Entry) -> bytes:
        """Give the entry's data as it is stored."""
        name, extra = struct.unpack_from("<HH", self.data, entry.start + 26)
        begin = entry.start + 30 + name + extra
        return self.data[begin : begin + entry.packed]


def _too_big(what: Text, where: str) -> WorkbookError:
    return WorkbookError(
        Text(
            "{what}解压后太大，超出了 Followup 允许的内存用量",
            "{what} unpacks to more than Followup will hold in memory",
            {"what": what},
        ),
        where=where,
        hint=Text(
            "一个工作簿只放一期的内容，旧的工作表请移到别的文件",
            "keep one season in a workbook and move old sheets to another file",
        ),
    )


def _locate(
    data: bytes, found: list[Found], bounds: tuple[int, int], where: str
) -> tuple[Entry, ...]:
    """Give each entry the slice of its local record, which no two may share."""
    shift, directory = bounds
    starts = sorted({one.offset + shift for one in found})
    if len(starts) != len(found):
        raise WorkbookError(
            Text(
                "文件的各部分互相重叠，像是故意用来耗尽电脑资源的文件",
                "parts of the file overlap, as in files made to exhaust a computer",
            ),
            where=where,
            hint=HOSTILE,
        )
    stops = dict(zip(starts, [*starts[1:], directory], strict=False))
    entries = []
    for one in found:
        start = one.offset + shift
        stop = stops[start]
        if data[start : start + 4] != LOCAL or start + 30 > stop:
            raise damaged(where)
        name, extra = struct.unpack_from("<HH", data, start + 26)
        if start + 30 + name + extra + one.packed > stop:
            raise damaged(where)
        entries.append(
            Entry(
                one.name,
                one.flags,
                one.method,
                one.crc,
                one.packed,
                one.size,
                start,
                stop,
                one.central,
            )
        )
    return tuple(entries)
