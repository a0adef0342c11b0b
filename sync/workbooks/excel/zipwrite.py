"""A zip archive written anew: untouched records copied, touched ones compressed."""

import hashlib
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sync.errors import NotWritableError
from sync.wording import Text
from sync.workbooks.excel.deflate import DEFLATE
from sync.workbooks.excel.zipdirectory import CENTRAL
from sync.workbooks.excel.zipraw import (
    DEFLATED,
    LOCAL,
    STORED,
    Archive,
    Entry,
)

_WIDE = 0xFFFFFFFF
_MAX_ENTRIES = 65_534
_DATE = 0x21
"""1980-01-01, the first day a zip file knows: what we add must not tell when."""
_DESCRIPTOR = 0x0008
_SPEED = 0x0006
_UTF8 = 0x0800
_VERSION = 20


class _Packed(NamedTuple):
    method: int
    crc: int
    data: bytes
    size: int


Content = Iterable[bytes]
"""What an entry shall hold, piece by piece, so that a large one never lies there whole."""


def rebuild(
    archive: Archive,
    replaced: Mapping[str, Content],
    added: Mapping[str, bytes],
    *,
    dropped: frozenset[str] = frozenset(),
    sealed: str = "",
) -> bytes:
    """Write an archive with some entries changed and everything else as it was.

    Args:
        archive: The archive as it is.
        replaced: Entry name, as the archive spells it → new content; each is read once.
        added: Entry name → content, put behind all others.
        dropped: Entry names to leave out.
        sealed: Name of an entry that is stored as it is, with the seal over all others
            (see `seal_of`) behind its content.

    Raises:
        NotWritableError: If the result would need 64-bit offsets.
    """
    packed = {
        name: _pack(content) for name, content in replaced.items() if name != sealed
    }
    fresh = {name: _pack((one,)) for name, one in added.items() if name != sealed}
    if sealed in replaced:
        seal = _seal(archive, packed | fresh, dropped | {sealed})
        packed[sealed] = _stored((*replaced[sealed], seal))
    elif sealed in added:
        fresh[sealed] = _stored(
            (added[sealed], _seal(archive, packed | fresh, dropped))
        )
    output = _Output(archive.where)
    records = sorted(archive.entries, key=lambda entry: entry.start)
    if records:
        output.put(archive.data[: records[0].start])
    places: dict[int, int] = {}
    for entry in records:
        if entry.name in dropped:
            continue
        places[entry.start] = output.length
        if entry.name in packed:
            _put_replaced(output, archive, entry, packed[entry.name])
        else:
            output.put(archive.data[entry.start : entry.stop])
    new = [_put_added(output, name, one) for name, one in fresh.items()]
    directory = output.length
    for entry in archive.entries:
        if entry.start in places:
            place = places[entry.start]
            output.put(_central(entry, place, packed.get(entry.name)))
    for record in new:
        output.put(record)
    output.finish(directory, len(places) + len(new), archive.comment)
    return output.result()


class _Output:
    def __init__(self, where: str) -> None:
        self.length = 0
        self._where = where
        self._pieces: list[bytes] = []

    def put(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self.length += len(piece)

    def finish(self, directory: int, count: int, comment: bytes) -> None:
        if self.length >= _WIDE or count > _MAX_ENTRIES:
            raise NotWritableError(
                Text("工作簿会超过 4 GB", "the workbook would grow beyond 4 GB"),
                where=self._where,
                hint=Text("一个工作簿只放一期的内容", "keep one season in a workbook"),
            )
        self._pieces.append(
            struct.pack(
                "<4s4HLL",
                b"PK\x05\x06",
                0,
                0,
                count,
                count,
                self.length - directory,
                directory,
            )
            + comment
        )

    def result(self) -> bytes:
        return b"".join(self._pieces)


def seal_of(entries: Iterable[tuple[str, int, int]]) -> bytes:
    """Give 32 bytes that change when any entry's content does.

    Args:
        entries: Name, checksum and size of each, in any order.
    """
    return hashlib.sha256(repr(sorted(entries)).encode()).digest()


def _seal(
    archive: Archive, new: Mapping[str, _Packed], without: Collection[str]
) -> bytes:
    facts = {one.name: (one.crc, one.size) for one in archive.entries}
    facts |= {name: (one.crc, one.size) for name, one in new.items()}
    return seal_of((name, *fact) for name, fact in facts.items() if name not in without)


def _stored(content: Content) -> _Packed:
    data = b"".join(content)
    return _Packed(STORED, DEFLATE.checksum(data, 0), data, len(data))


def _pack(content: Content) -> _Packed:
    crc = size = 0

    def weighed() -> Iterator[bytes]:
        nonlocal crc, size
        for piece in content:
            crc = DEFLATE.checksum(piece, crc)
            size += len(piece)
            yield piece

    data = b"".join(DEFLATE.pack(weighed()))
    return _Packed(DEFLATED, crc, data, size)


def _put_replaced(
    output: _Output, archive: Archive, entry: Entry, packed: _Packed
) -> None:
    old = archive.data
    (name_length,) = struct.unpack_from("<H", old, entry.start + 26)
    name = old[entry.start + 30 : entry.start + 30 + name_length]
    # Sizes stand in the header now, so no descriptor follows; time and date stay.
    flags = entry.flags & ~(_DESCRIPTOR | _SPEED)
    output.put(
        struct.pack("<4sHHH", LOCAL, _VERSION, flags, packed.method)
        + old[entry.start + 10 : entry.start + 14]
        + struct.pack(
            "<LLLHH", packed.crc, len(packed.data), packed.size, name_length, 0
        )
        + name
        + packed.data
    )


def _put_added(output: _Output, name: str, packed: _Packed) -> bytes:
    """Add an entry and give its record for the directory."""
    raw = name.encode()
    flags = 0 if name.isascii() else _UTF8
    place = output.length
    common = struct.pack(
        "<HHHHLLLHH",
        flags,
        packed.method,
        0,
        _DATE,
        packed.crc,
        len(packed.data),
        packed.size,
        len(raw),
        0,
    )
    output.put(struct.pack("<4sH", LOCAL, _VERSION) + common + raw + packed.data)
    return (
        struct.pack("<4sHH", CENTRAL, _VERSION, _VERSION)
        + common
        + struct.pack("<HHHLL", 0, 0, 0, 0, place)
        + raw
    )


def _central(entry: Entry, place: int, packed: _Packed | None) -> bytes:
    """Write an entry's directory record for its new place."""
    old = entry.central
    name, extra, comment = struct.unpack_from("<HHH", old, 28)
    if packed is not None:
        flags = entry.flags & ~(_DESCRIPTOR | _SPEED)
        return (
            old[:6]
            + struct.pack("<HHH", _VERSION, flags, packed.method)
            + old[12:16]
            + struct.pack("<LLL", packed.crc, len(packed.data), packed.size)
            + struct.pack("<HHH", name, 0, comment)
            + old[34:42]
            + struct.pack("<L", place)
            + old[46 : 46 + name]
            + old[46 + name + extra :]
        )
    packed_size, size = struct.unpack_from("<LL", old, 20)
    (offset,) = struct.unpack_from("<L", old, 42)
    if _WIDE not in (packed_size, size, offset):
        return old[:42] + struct.pack("<L", place) + old[46:]
    fields = _without_zip64(old[46 + name : 46 + name + extra])
    return (
        old[:20]
        + struct.pack("<LL", entry.packed, entry.size)
        + struct.pack("<HHH", name, len(fields), comment)
        + old[34:42]
        + struct.pack("<L", place)
        + old[46 : 46 + name]
        + fields
        + old[46 + name + extra :]
    )


def _without_zip64(extra: bytes) -> bytes:
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind != 1:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
