"""The directory at the end of a zip archive, read byte by byte."""

import struct
from dataclasses import dataclass

from sync.errors import WorkbookError
from sync.wording import Text

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
CENTRAL = b"PK\x01\x02"
DAMAGED = Text(
    "请用 Excel 或 WPS 打开，换个名称另存，再使用新文件",
    "open it in Excel or WPS, save it under a new name, and use that file",
)
HOSTILE = Text(
    "请让发送者用 Excel 或 WPS 另存一份发给您",
    "ask whoever sent it for a copy saved by Excel or WPS",
)
_NOT_WHOLE = Text("文件已损坏或不完整", "the file is damaged or incomplete")


def damaged(where: str, what: Text = _NOT_WHOLE) -> WorkbookError:
    """Say that the archive is not whole."""
    return WorkbookError(what, where=where, hint=DAMAGED)


def find_end(data: bytes, where: str) -> int:
    """Find the end-of-directory record; a comment of up to 65,535 bytes follows it."""
    at = data.rfind(_END, max(0, len(data) - 65_557 - 1024))
    if at < 0 or at + 22 > len(data):
        raise damaged(
            where,
            Text(
                "文件不完整，好像还没有复制完",
                "the file is incomplete, as if still being copied",
            ),
        )
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


def directory_end(data: bytes, end: int) -> int:
    """Find where the directory has ended: before the first of its end records."""
    record = _locator(data, end)
    return end if record is None else record


def read_end(data: bytes, end: int, where: str) -> tuple[int, int, int]:
    """Read (entries, bytes, offset) of the central directory."""
    disk, start_disk, _, count, length, offset = struct.unpack_from(
        "<4HLL", data, end + 4
    )
    record = _locator(data, end)
    if record is not None:
        count, length, offset = struct.unpack_from("<QQQ", data, record + 32)
    elif disk or start_disk:
        raise damaged(
            where,
            Text(
                "这只是分卷压缩包中的一卷", "the file is one piece of a split archive"
            ),
        )
    return count, length, offset


@dataclass(slots=True)
class Found:
    """A directory record before its local record is looked up."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    central: bytes


def central_records(directory: bytes, where: str) -> list[Found]:
    """Read every record of the directory, in its order.

    Raises:
        WorkbookError: If one is cut off, or the entries are encrypted.
    """
    found = []
    at = 0
    while at < len(directory):
        if directory[at : at + 4] != CENTRAL or at + 46 > len(directory):
            raise damaged(where)
        flags, method = struct.unpack_from("<HH", directory, at + 8)
        crc, packed, size, name, extra, comment = struct.unpack_from(
            "<LLLHHH", directory, at + 16
        )
        (offset,) = struct.unpack_from("<L", directory, at + 42)
        stop = at + 46 + name + extra + comment
        if stop > len(directory):
            raise damaged(where)
        raw_name = directory[at + 46 : at + 46 + name]
        sizes = _zip64_sizes(
            directory[at + 46 + name : at + 46 + name + extra], (size, packed, offset)
        )
        record = directory[at:stop]
        if flags & 1:
            raise WorkbookError(
                Text("文件的一部分是加密的", "parts of the file are encrypted"),
                where=where,
                hint=Text(
                    "请去掉压缩包的密码，再运行一次",
                    "remove the archive password, then run again",
                ),
            )
        found.append(
            Found(
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
