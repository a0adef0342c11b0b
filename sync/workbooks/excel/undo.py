"""The way back to the workbook as it was before the first sync, carried inside it.

A compressed part cannot be rebuilt from its content: every program compresses in its own
way. So the original records of the parts we changed travel along as one more part, which
the package links to properly and spreadsheet programs drop when they save. As long as it
is there and its seal over all other parts holds, nobody has edited in between and the
original comes back byte for byte; once a program has saved the workbook, what we wrote is
taken out piece by piece instead. The parts are copies of what the workbook showed at the first sync, so it
says nothing that its readers could not see then.
"""

import hashlib
import json
import struct
from typing import NamedTuple

from sync.workbooks.excel.package import Package
from sync.workbooks.excel.zipraw import Archive, Entry
from sync.workbooks.excel.zipwrite import seal_of

UNDO_PART = "followup/undo.dat"
UNDO_KIND = "https://followup.invalid/2026/undo"
UNDO_TYPE = "application/x-followup-undo"
_MAGIC = b"followup undo 2\n"
_SEAL = 32
"""Bytes of the seal at the end."""
VOID = _MAGIC + b"void"
"""What the part says when the workbook was edited in between by other means."""


class _Segment(NamedTuple):
    name: str
    """The entry whose record is copied; empty for bytes carried along."""
    length: int


class _Undo(NamedTuple):
    digest: str
    segments: tuple[_Segment, ...]
    carried: bytes


def carry(package: Package, replaced: frozenset[str]) -> bytes:
    """Write down how to come back from the workbook with some entries replaced.

    Args:
        package: The workbook before this write.
        replaced: Names of the entries that this write changes.
    """
    if not package.has(UNDO_PART):
        return _encode(_fresh(package.archive, replaced))
    old = _unbroken(package)
    if old is None or _rebuilt(package.archive, old) is None:
        return VOID
    return _encode(_extended(package.archive, old, replaced))


def restore(package: Package) -> bytes | None:
    """Give the workbook as it was before the first sync.

    Returns:
        ``None`` when it cannot be had byte for byte: somebody edited in between.
    """
    if not package.has(UNDO_PART):
        return None
    undo = _unbroken(package)
    return _rebuilt(package.archive, undo) if undo else None


def _unbroken(package: Package) -> _Undo | None:
    """Read the way back, if every other part is still what it was sealed with.

    A program may keep a part that it does not know, and save people's edits in others.
    """
    data = package.part(UNDO_PART)
    own = package.entry(UNDO_PART).name
    entries = package.archive.entries
    seal = seal_of((one.name, one.crc, one.size) for one in entries if one.name != own)
    return _decode(data[:-_SEAL]) if data[-_SEAL:] == seal else None


def _fresh(archive: Archive, replaced: frozenset[str]) -> _Undo:
    segments: list[_Segment] = []
    carried: list[bytes] = []

    def keep(piece: bytes) -> None:
        if piece:
            segments.append(_Segment("", len(piece)))
            carried.append(piece)

    records = sorted(archive.entries, key=lambda entry: entry.start)
    keep(archive.data[: records[0].start])
    for entry in records:
        if entry.name in replaced:
            keep(_record(archive, entry))
        else:
            segments.append(_Segment(entry.name, entry.stop - entry.start))
    keep(archive.data[archive.directory :])
    digest = hashlib.sha256(archive.data).hexdigest()
    return _Undo(digest, tuple(segments), b"".join(carried))


def _extended(archive: Archive, old: _Undo, replaced: frozenset[str]) -> _Undo:
    """Carry along, too, what this write changes and the writes before did not."""
    entries = {entry.name: entry for entry in archive.entries}
    segments = []
    carried = []
    at = 0
    for segment in old.segments:
        if not segment.name:
            carried.append(old.carried[at : at + segment.length])
            at += segment.length
            segments.append(segment)
        elif segment.name in replaced:
            carried.append(_record(archive, entries[segment.name]))
            segments.append(_Segment("", segment.length))
        else:
            segments.append(segment)
    return _Undo(old.digest, tuple(segments), b"".join(carried))


def _rebuilt(archive: Archive, undo: _Undo) -> bytes | None:
    entries = {entry.name: entry for entry in archive.entries}
    pieces = []
    at = 0
    for segment in undo.segments:
        if not segment.name:
            pieces.append(undo.carried[at : at + segment.length])
            at += segment.length
            continue
        entry = entries.get(segment.name)
        if entry is None or entry.stop - entry.start != segment.length:
            return None
        pieces.append(_record(archive, entry))
    original = b"".join(pieces)
    return original if hashlib.sha256(original).hexdigest() == undo.digest else None


def _record(archive: Archive, entry: Entry) -> bytes:
    return archive.data[entry.start : entry.stop]


def _encode(undo: _Undo) -> bytes:
    head = json.dumps([undo.digest, undo.segments], ensure_ascii=True).encode()
    return _MAGIC + struct.pack("<L", len(head)) + head + undo.carried


def _decode(data: bytes) -> _Undo | None:
    if not data.startswith(_MAGIC) or data == VOID:
        return None
    at = len(_MAGIC)
    try:
        (length,) = struct.unpack_from("<L", data, at)
        digest, segments = json.loads(data[at + 4 : at + 4 + length])
        read = tuple(_Segment(str(name), int(size)) for name, size in segments)
    except (ValueError, TypeError, struct.error):
        return None
    return _Undo(str(digest), read, data[at + 4 + length :])
