"""Changes to a part as byte ranges: what lies between them is never re-written."""

from operator import itemgetter


class Splices:
    """Replacements in one immutable run of bytes.

    Two insertions at one place keep the order in which they were made.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._edits: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, stop: int, new: bytes) -> None:
        """Put ``new`` in place of ``data[start:stop]``, unless that is what is there."""
        if self.data[start:stop] != new:
            self._edits.append((start, stop, new))

    def insert(self, at: int, new: bytes) -> None:
        """Put ``new`` before the byte at ``at``."""
        if new:
            self._edits.append((at, at, new))

    def mentions(self, text: bytes) -> bool:
        """Tell whether anything put in so far contains a text."""
        return any(text in new for _, _, new in self._edits)

    def result(self) -> bytes:
        """Carry out all replacements; the very same object when there is none.

        Raises:
            ValueError: If two replacements overlap, which is a mistake of ours.
        """
        if not self._edits:
            return self.data
        view = memoryview(self.data)
        pieces: list[bytes | memoryview] = []
        at = 0
        for start, stop, new in sorted(self._edits, key=itemgetter(0, 1)):
            if start < at:
                raise ValueError("two edits overlap")
            pieces += (view[at:start], new)
            at = stop
        pieces.append(view[at:])
        return b"".join(pieces)
