"""Zip archives as raw records, so that what nobody touches is copied as it was.

`zipfile` hides the bytes of a record, and rewriting one through it changes flags, extra
fields and the compressed stream. Here an entry is a slice of the archive.
"""

import struct
import zlib
from dataclasses import dataclass

from sync.errors import WorkbookError

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"

STORED, DEFLATED = 0, 8

MAX_ENTRIES = 20_000
MAX_PART = 768 << 20
MAX_TOTAL = 4 << 30
"""Declared sizes of all entries together, most of which are never inflated."""
MAX_RATIO = 250
"""The most compressible part among 3,808 real workbooks reached 121."""
RATIO_GRACE = 4 << 20

DAMAGED = "open it in Excel or WPS, save it under a new name, and use that file"
HOSTILE = "ask whoever sent it for a copy saved by Excel or WPS"


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
        end = _find_end(data, where)
        count, length, directory = _directory(data, end, where)
        # Some archives have bytes before the first record; offsets then count from
        # the first record, and only the directory's true place tells.
        shift = _directory_end(data, end) - length - directory
        directory += shift
        if shift < 0 or directory < 0:
            raise _damaged(where)
        if count > MAX_ENTRIES:
            raise WorkbookError(
                f"the file holds {count} parts, more than any workbook",
                where=where,
                hint=HOSTILE,
            )
        found = _central_records(data[directory : directory + length], where)
        entries = _locate(data, found, (shift, directory), where)
        if sum(entry.size for entry in entries) > MAX_TOTAL:
            raise _too_big("the file", where)
        return cls(data, where, entries, directory, data[end + 20 :])

    def read(self, entry: Entry) -> bytes:
        """Inflate one entry and check its size and checksum.

        Raises:
            WorkbookError: If it is damaged, too large or compressed in another way.
        """
        if entry.method not in (STORED, DEFLATED):
            raise WorkbookError(
                f"part {entry.name!r} is compressed in a way no spreadsheet "
                f"program uses (method {entry.method})",
                where=self.where,
                hint=DAMAGED,
            )
        if entry.size > MAX_PART:
            raise _too_big(f"part {entry.name!r}", self.where)
        if entry.size > RATIO_GRACE and entry.size > MAX_RATIO * max(1, entry.packed):
            raise WorkbookError(
                f"part {entry.name!r} unpacks to {entry.size // entry.packed} times "
                "its size, as files made to exhaust a computer do",
                where=self.where,
                hint=HOSTILE,
            )
        packed = self.packed(entry)
        content = packed if entry.method == STORED else self._inflate(entry, packed)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise _damaged(self.where, f"part {entry.name!r} fails its checksum")
        return content

    def packed(self, entry: Entry) -> bytes:
        """Give the entry's data as it is stored."""
        name, extra = struct.unpack_from("<HH", self.data, entry.start + 26)
        begin = entry.start + 30 + name + extra
        return self.data[begin : begin + entry.packed]

    def _inflate(self, entry: Entry, packed: bytes) -> bytes:
        # One byte more than declared is enough to see that the directory lies.
        machine = zlib.decompressobj(-15)
        try:
            return machine.decompress(packed, entry.size + 1)
        except zlib.error:
            raise _damaged(
                self.where, f"part {entry.name!r} cannot be unpacked"
            ) from None


def _damaged(
    where: str, what: str = "the file is damaged or incomplete"
) -> WorkbookError:
    return WorkbookError(what, where=where, hint=DAMAGED)


def _too_big(what: str, where: str) -> WorkbookError:
    return WorkbookError(
        f"{what} unpacks to more than Followup will hold in memory",
        where=where,
        hint="keep one season in a workbook and move old sheets to another file",
    )


def _find_end(data: bytes, where: str) -> int:
    """Find the end-of-directory record; a comment of up to 65,535 bytes follows it."""
    at = data.rfind(_END, max(0, len(data) - 65_557 - 1024))
    if at < 0 or at + 22 > len(data):
        raise _damaged(where, "the file is incomplete, as if still being copied")
    return at


def _locator(data: bytes, end: int) -> int | None:
    """Where the zip64 end record begins; ``None`` in an ordinary archive."""
    at = end - 20
    if at < 0 or data[at : at + 4] != _LOCATOR64:
        return None
    # The record stands right before its locator; offsets may be shifted, so look
    # for it there instead of believing the locator.
    record = at - 56
    return record if record >= 0 and data[record : record + 4] == _END64 else None


def _directory_end(data: bytes, end: int) -> int:
    record = _locator(data, end)
    return end if record is None else record


def _directory(data: bytes, end: int, where: str) -> tuple[int, int, int]:
    """Read (entries, bytes, offset) of the central directory."""
    disk, start_disk, _, count, length, offset = struct.unpack_from(
        "<4HLL", data, end + 4
    )
    record = _locator(data, end)
    if record is not None:
        count, length, offset = struct.unpack_from("<QQQ", data, record + 32)
    elif disk or start_disk:
        raise _damaged(where, "the file is one piece of a split archive")
    return count, length, offset


@dataclass(slots=True)
class _Found:
    """A directory record before its local record is looked up."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    central: bytes


def _central_records(directory: bytes, where: str) -> list[_Found]:
    found = []
    at = 0
    while at < len(directory):
        if directory[at : at + 4] != CENTRAL or at + 46 > len(directory):
            raise _damaged(where)
        flags, method = struct.unpack_from("<HH", directory, at + 8)
        crc, packed, size, name, extra, comment = struct.unpack_from(
            "<LLLHHH", directory, at + 16
        )
        (offset,) = struct.unpack_from("<L", directory, at + 42)
        stop = at + 46 + name + extra + comment
        if stop > len(directory):
            raise _damaged(where)
        raw_name = directory[at + 46 : at + 46 + name]
        sizes = _zip64_sizes(
            directory[at + 46 + name : at + 46 + name + extra], (size, packed, offset)
        )
        record = directory[at:stop]
        if flags & 1:
            raise WorkbookError(
                "parts of the file are encrypted",
                where=where,
                hint="remove the archive password, then run again",
            )
        found.append(
            _Found(
                _name(raw_name, flags),
                flags,
                method,
                crc,
                sizes[1],
                sizes[0],
                sizes[2],
                record,
            )
        )
        at = stop
    return found


def _name(raw: bytes, flags: int) -> str:
    if flags & 0x800:
        return raw.decode("utf-8", "surrogateescape")
    # Part names are ASCII; other bytes only need to come back the same.
    return raw.decode("cp437")


def _zip64_sizes(extra: bytes, values: tuple[int, int, int]) -> tuple[int, int, int]:
    """Replace (size, packed, offset) by the wide values that the extra field gives."""
    wide = list(values)
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            for index, value in enumerate(values):
                if value == 0xFFFFFFFF and len(field) >= 8:  # noqa: PLR2004
                    wide[index] = int.from_bytes(field[:8], "little")
                    field = field[8:]
        at += 4 + length
    return wide[0], wide[1], wide[2]


def _locate(
    data: bytes, found: list[_Found], bounds: tuple[int, int], where: str
) -> tuple[Entry, ...]:
    """Give each entry the slice of its local record, which no two may share."""
    shift, directory = bounds
    starts = sorted({one.offset + shift for one in found})
    if len(starts) != len(found):
        raise WorkbookError(
            "parts of the file overlap, as in files made to exhaust a computer",
            where=where,
            hint=HOSTILE,
        )
    stops = dict(zip(starts, [*starts[1:], directory], strict=False))
    entries = []
    for one in found:
        start = one.offset + shift
        stop = stops[start]
        if data[start : start + 4] != LOCAL or start + 30 > stop:
            raise _damaged(where)
        name, extra = struct.unpack_from("<HH", data, start + 26)
        if start + 30 + name + extra + one.packed > stop:
            raise _damaged(where)
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
