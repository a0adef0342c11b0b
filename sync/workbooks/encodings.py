"""In which encoding a text file was written, when nothing in it says so."""

import codecs
from typing import NamedTuple

from charset_normalizer import from_bytes

from sync.wording import Text
from sync.workbooks.letters import COMMON_CHINESE, WESTERN

GUESSED = Text(
    "文件没有注明文字编码，按 {encoding} 读取。如果出现乱码，"
    "请在 Excel 里另存为“CSV UTF-8”后再运行。",
    "The file does not say how its text is encoded; it was read as {encoding}. If "
    "letters look wrong, save it in Excel as “CSV UTF-8” and run again.",
)
MENDED = Text(
    "文件里有 {n} 处文字无法按 {encoding} 解码，已用“�”代替。"
    "请在 Excel 里另存为“CSV UTF-8”后再运行。",
    "{n} places in the file are not valid {encoding} and are shown as “�”. Save it in "
    "Excel as “CSV UTF-8” and run again.",
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16: one little-endian mark begins with the other."""

_SHOWN = {"gb18030": "GB18030 (GBK)", "big5hkscs": "Big5", "cp1252": "Windows-1252"}

_ENOUGH_COMMON = 0.25
_MOSTLY = 0.9
_MENDABLE = 0.02
"""Share of damaged places up to which text still counts as UTF-8."""


class Decoded(NamedTuple):
    """A text file's content."""

    text: str
    encoding: str
    """Name of the codec."""
    remarks: tuple[Text, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode a text file, whatever it was written in.

    The order is from certain to guessed: a byte order mark, UTF-16 by its zero bytes,
    UTF-8 by its strictness, Chinese by how common the characters would be, Western by
    its letters, and a statistical guess for everything else. A guess is a remark.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _lenient(data, codec)
    wide = _wide_codec(data)
    if wide:
        return _lenient(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    chinese = _chinese(data)
    if chinese is None and _is_mendable_utf8(data):
        return _lenient(data, "utf-8")
    codec = chinese or _western(data) or _statistical(data)
    decoded = _lenient(data, codec)
    guess = GUESSED.fill(encoding=_SHOWN.get(codec, codec))
    return decoded._replace(remarks=(guess, *decoded.remarks))


def _lenient(data: bytes, codec: str) -> Decoded:
    """Decode, replacing what is damaged and saying how often."""
    text = data.decode(codec, "replace")
    n_damaged = 0
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        n_damaged = text.count("\ufffd")
    if not n_damaged:
        return Decoded(text, codec)
    shown = _SHOWN.get(codec, codec.removesuffix("-sig").upper())
    return Decoded(text, codec, (MENDED.fill(n=n_damaged, encoding=shown),))


def _wide_codec(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by the zero half of its ASCII characters."""
    sample = data[:4096]
    if b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    # Neither half is zero in binary data alone: both are.
    if min(even, odd) * 4 > max(even, odd):
        return None
    return codec


def _chinese(data: bytes) -> str | None:
    """Decide between the two Chinese tables; ``None`` when neither makes sense."""
    best, best_share = None, _ENOUGH_COMMON
    for codec in ("gb18030", "big5hkscs"):
        text = data.decode(codec, "replace")
        high = [letter for letter in text if letter > "\u2e7f"]
        if not high or text.count("\ufffd") > len(high) * _MENDABLE:
            continue
        common = sum(letter in COMMON_CHINESE for letter in high)
        if common / len(high) > best_share:
            best, best_share = codec, common / len(high)
    return best


def _is_mendable_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    n_damaged = text.count("\ufffd")
    n_good = sum(letter > "\x7f" for letter in text) - n_damaged
    return n_good > 0 and n_damaged <= max(1, n_good * _MENDABLE)


def _western(data: bytes) -> str | None:
    """Recognise Windows-1252 by its letters and quotes."""
    high = [one for one in data.decode("cp1252", "replace") if one > "\x7f"]
    western = sum(letter in WESTERN for letter in high)
    lone = _lone_share(data)
    return "cp1252" if western >= len(high) * _MOSTLY and lone >= 0.5 else None  # noqa: PLR2004


def _lone_share(data: bytes) -> float:
    """Share of high bytes without a high neighbour: Western letters mostly stand so."""
    n_high = n_lone = 0
    padded = b"\0" + data[:100_000] + b"\0"
    for before, byte, after in zip(padded, padded[1:], padded[2:], strict=False):
        if byte > 0x7F:  # noqa: PLR2004
            n_high += 1
            n_lone += before <= 0x7F and after <= 0x7F  # noqa: PLR2004
    return n_lone / n_high if n_high else 1.0


def _statistical(data: bytes) -> str:
    found = from_bytes(data[:200_000]).best()
    return found.encoding if found is not None else "cp1252"
