"""The one place that packs and unpacks parts: with ISA-L when it is there, else zlib.

ISA-L (the optional extra ``isal``) does the same about six times as fast and packs a
sheet a tenth less tightly. Both read what the other wrote, and what nobody touched is
copied without either, so a workbook may meet one today and the other tomorrow.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol, cast

_RAW = -15
"""Neither header nor checksum around the stream: the archive has its own."""
PIECE = 1 << 16
"""Packed bytes that give a piece of a good size, and made to do harm at most 66 MiB."""


class _Packing(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Unpacking(Protocol):
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...
    def flush(self) -> bytes: ...


class Deflate(NamedTuple):
    """A library that packs, with the level at which it does."""

    library: str
    start_packing: Callable[[], _Packing]
    start_unpacking: Callable[[], _Unpacking]
    checksum: Callable[[bytes, int], int]
    """The CRC-32 of what is given and of all before it."""
    error: type[Exception]

    def pack(self, content: Iterable[bytes]) -> Iterator[bytes]:
        """Pack a part that comes piece by piece."""
        machine = self.start_packing()
        for piece in content:
            yield machine.compress(piece)
        yield machine.flush()

    def unpack(self, packed: bytes, piece: int, most: int) -> Iterator[bytes]:
        """Unpack a part piece by piece.

        Args:
            packed: The whole stream.
            piece: How many of its bytes are unpacked in one go.
            most: How many bytes these may give, more than which shows a stream that
                is not what it is said to be; what follows is not to be asked for.

        Raises:
            ValueError: If it is not a packed stream.
        """
        machine = self.start_unpacking()
        try:
            for at in range(0, len(packed), piece):
                yield machine.decompress(packed[at : at + piece], most)
            if rest := machine.flush():
                yield rest
        except self.error as problem:
            raise ValueError(str(problem)) from None


def with_zlib() -> Deflate:
    """Pack with the standard library.

    Level 4 for data with many digits packs the sheets of other people's workbooks to
    105 % of what level 6 makes of them, in half of the time.
    """
    return Deflate(
        "zlib",
        lambda: zlib.compressobj(
            4, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_FILTERED
        ),
        lambda: zlib.decompressobj(_RAW),
        zlib.crc32,
        zlib.error,
    )


def with_isal() -> Deflate:
    """Pack with ISA-L.

    Level 3, the tightest, takes three times as long as level 2 for 2 %.

    Raises:
        ImportError: If the extra is not installed.
    """
    from isal import isal_zlib  # noqa: PLC0415 (an extra)

    return Deflate(
        "isal",
        lambda: isal_zlib.compressobj(2, isal_zlib.DEFLATED, _RAW),
        lambda: isal_zlib.decompressobj(_RAW),
        isal_zlib.crc32,
        cast("type[Exception]", isal_zlib.error),
    )


def choose() -> Deflate:
    """Take the fastest library that is installed."""
    try:
        return with_isal()
    except ImportError:
        return with_zlib()


DEFLATE = choose()
