"""Changes to a part as byte ranges: what lies between them is never re-written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, repeat

_CHUNK = 1 << 17
"""Bytes after which a piece is handed on, so that no large part is held twice."""


class Splices:
    """Replacements in one immutable run of bytes.

    Insertions at one place stand by rank, those of one rank as they were made.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._edits: list[tuple[int, int, int, int, bytes]] = []
        """(start, stop, rank, how many were made before, what comes there): in this
        order they are carried out, and no two compare equal."""

    def replace(self, start: int, stop: int, new: bytes) -> None:
        """Put ``new`` in place of ``data[start:stop]``, unless that is what is there."""
        if self.data[start:stop] != new:
            self._edits.append((start, stop, 0, len(self._edits), new))

    def insert(self, at: int, new: bytes, rank: int = 0) -> None:
        """Put ``new`` before the byte at ``at``, behind what has a lower rank there."""
        if new:
            self._edits.append((at, at, rank, len(self._edits), new))

    def insert_each(self, places: Sequence[int], new: Iterable[bytes]) -> None:
        """Put something before each of many bytes, as `insert` does."""
        made = count(len(self._edits))
        self._edits += zip(places, places, repeat(0), made, new)

    def replace_each(self, places: Iterable[tuple[int, int]], new: bytes) -> None:
        """Put the same in place of many others."""
        made = count(len(self._edits))
        starts, stops = zip(*places, strict=True)
        self._edits += zip(starts, stops, repeat(0), made, repeat(new))

    def mentions(self, text: bytes) -> bool:
        """Tell whether anything put in so far contains a text."""
        return any(text in new for *_, new in self._edits)

    @property
    def is_changed(self) -> bool:
        """Whether the whole becomes another one: edits may undo each other."""
        at = 0
        for piece in self.chunks():
            if not self.data.startswith(piece, at):
                return True
            at += len(piece)
        return at != len(self.data)

    def chunks(self) -> Iterator[bytes]:
        """Carry out all replacements and give the whole in pieces of a good size.

        Raises:
            ValueError: If two replacements overlap, which is a mistake of ours.
        """
        self._edits.sort()
        data = self.data
        pieces: list[bytes] = []
        at = begin = 0
        for start, stop, _, _, new in self._edits:
            if start < at:
                raise ValueError("two edits overlap")
            pieces += (data[at:start], new)
            at = stop
            if at - begin > _CHUNK:
                yield b"".join(pieces)
                begin = at
                pieces.clear()
        pieces.append(data[at:])
        yield b"".join(pieces)

    def result(self) -> bytes:
        """Carry out all replacements; the very same object when there is none.

        Raises:
            ValueError: If two replacements overlap, which is a mistake of ours.
        """
        return b"".join(self.chunks()) if self._edits else self.data
