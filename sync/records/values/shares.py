"""Shares such as weights: 20 %, 0.2, 20, 百分之二十, 20分."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sync.records.values import wording
from sync.records.values.numerals import with_digits
from sync.records.values.texts import folded, is_missing, number_text, plain, text_of
from sync.workbooks.snapshot import Percent, RawValue

_NUMBER = re.compile(r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?|[+-]?\.\d+")
_PERCENT = re.compile(
    r"(?:约|大约|about\s|approx\.?\s|~)?\s?([+-]?\d+(?:\.\d+)?)\s?(?:%|percent|pct)"
)
_OF_HUNDRED = re.compile(r"百分之(.+)")
_POINTS = re.compile(r"([+-]?\d+(?:\.\d+)?)\s?(?:分|points?|pts?)")
_LABEL = re.compile(r"(\d+(?:\.\d+)?)\s?(%|分)\s?[)\]】]?\s*$")
_BIG = 1.5
"""A bare number beyond this cannot be a share of one, but for rare overruns."""
_SURELY_POINTS = 5.0


@dataclass(frozen=True, slots=True)
class Scale:
    """How the bare numbers of one column are meant."""

    points: bool
    """Whether 20 means 20 %; else 0.2 does."""


def scale_of(values: Iterable[RawValue], header: str = "") -> Scale:
    """Decide from a whole column what its bare numbers mean.

    Args:
        values: All cells of the column.
        header: Its header; a percent sign or 分 in it decides when the numbers do
            not.

    Returns:
        Points of a hundred when most bare numbers are beyond one; shares otherwise,
        so that a lone 1 is 100 % beside 0.3 and 1 % beside 30.
    """
    n_big = n_small = 0
    for value in values:
        bare = bare_number(value)
        if bare is None:
            continue
        n_big += abs(bare) > _BIG
        n_small += 0 < abs(bare) < 1
    if n_big != n_small:
        return Scale(n_big > n_small)
    return Scale(bool(re.search(r"%|％|分值|分数|points|pts", header.casefold())))


def bare_number(raw: RawValue) -> float | None:
    """Give a number written without a percent sign, as a number or as text."""
    if raw is None or isinstance(raw, bool | Percent):
        return None
    if isinstance(raw, int | float):
        return float(raw) if math.isfinite(raw) else None
    if isinstance(raw, str):
        match = _NUMBER.fullmatch(plain(raw))
        return float(match[0].replace(",", "")) if match else None
    return None


def read_share(raw: RawValue, scale: Scale) -> float | None:
    """Read a share of the whole.

    Args:
        raw: A cell's value.
        scale: What the column's bare numbers mean; see `scale_of`.

    Returns:
        0.2 for 20 %; ``None`` for an empty cell.

    Raises:
        UnreadableCell: If it is no share, or a bare number that fits neither scale.
    """
    if raw is None:
        return None
    if isinstance(raw, Percent):
        if math.isfinite(raw):
            return float(raw)
        raise wording.NOT_A_SHARE.about(text_of(raw))
    bare = bare_number(raw)
    if bare is not None:
        return scaled(bare, scale)
    if isinstance(raw, str):
        if is_missing(raw):
            return None
        share = written_share(raw)
        if share is not None:
            return share
    raise wording.NOT_A_SHARE.about(text_of(raw))


def scaled(number: float, scale: Scale) -> float:
    """Turn a bare number into a share.

    Raises:
        UnreadableCell: If it is written unlike the rest of its column, so that two
            shares are possible.
    """
    if scale.points:
        if 0 < abs(number) < 1:
            raise _unlike(number)
        return round(number / 100, 12)
    if abs(number) <= _BIG:
        return number
    if abs(number) >= _SURELY_POINTS:
        return round(number / 100, 12)
    raise _unlike(number)


def _unlike(number: float) -> Exception:
    as_share = f"{number * 100:.6g}%"
    as_points = f"{number:.6g}%"
    return wording.SHARE_SCALE.about(number_text(number), one=as_share, other=as_points)


def written_share(text: str) -> float | None:
    """Read a share that says so itself: ``20%``, ``百分之二十``, ``20分``."""
    short = folded(text)
    hundred = _OF_HUNDRED.fullmatch(short)
    if hundred:
        short = f"{with_digits(hundred[1])}%"
    match = _PERCENT.fullmatch(short) or _POINTS.fullmatch(short)
    return round(float(match[1]) / 100, 12) if match else None


def share_in_label(label: str) -> tuple[float, Literal["%", "分"]] | None:
    """Find the weight at the end of a label such as ``销售达成50％``.

    Returns:
        The share and how it was written; ``工作态度（15分）`` gives ``(0.15, "分")``.
        ``None`` when the label ends in neither.
    """
    match = _LABEL.search(plain(label))
    if not match or not match.start():
        return None
    return round(float(match[1]) / 100, 12), "%" if match[2] == "%" else "分"
