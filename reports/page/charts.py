"""Where the parts of a chart lie; the drawing itself is a template's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.assess.process import BurnPoint, TrendPoint
from sync.records.model import Status

_SMALLEST_ARC = 0.012
"""Share of the ring that the smallest part is drawn with, so that it is seen."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One part of a doughnut, as the path of its outline."""

    status: Status
    path: str
    label_x: float
    label_y: float
    wide: bool
    """Whether a sign fits into it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar."""

    status: Status
    n: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a line, with what it says."""

    x: float
    y: float
    on: date
    n: int
    of: int


def doughnut(
    counts: Sequence[tuple[Status, int]], outer: float, inner: float
) -> tuple[Arc, ...]:
    """Lay out a ring around 0,0, clockwise from the top.

    Args:
        counts: Status and number, in the order to be drawn; zeros are left out.
        outer: Radius of the ring's outer edge.
        inner: Radius of its hole.
    """
    there = [(status, n) for status, n in counts if n > 0]
    total = sum(n for _, n in there)
    if not total:
        return ()
    shares = [max(n / total, _SMALLEST_ARC) for _, n in there]
    arcs: list[Arc] = []
    start = 0.0
    for (status, _), share in zip(there, shares, strict=True):
        # A whole turn ends where it begins, and would draw nothing.
        turn = min(share / sum(shares), 0.9999)
        arcs.append(_arc(status, start, turn, (outer, inner)))
        start += turn
    return tuple(arcs)


def _arc(status: Status, start: float, turn: float, radii: tuple[float, float]) -> Arc:
    outer, inner = radii
    big = 1 if turn > 0.5 else 0  # noqa: PLR2004 - half of the circle
    x1, y1 = _on_circle(start, outer)
    x2, y2 = _on_circle(start + turn, outer)
    x3, y3 = _on_circle(start + turn, inner)
    x4, y4 = _on_circle(start, inner)
    path = (
        f"M{x1} {y1}A{outer:g} {outer:g} 0 {big} 1 {x2} {y2}"
        f"L{x3} {y3}A{inner:g} {inner:g} 0 {big} 0 {x4} {y4}Z"
    )
    x, y = _on_circle(start + turn / 2, (outer + inner) / 2)
    return Arc(status, path, x, y, wide=turn > 0.05)  # noqa: PLR2004 - a sign's width


def _on_circle(share: float, radius: float) -> tuple[float, float]:
    angle = share * math.tau
    return round(math.sin(angle) * radius, 2), round(-math.cos(angle) * radius, 2)


def stacked(
    counts: Sequence[tuple[Status, int]], most: int, width: float
) -> tuple[Segment, ...]:
    """Lay out one bar; ``most`` goals would fill ``width``."""
    scale = width / max(most, 1)
    segments: list[Segment] = []
    x = 0.0
    for status, n in counts:
        if n > 0:
            segments.append(Segment(status, n, round(x, 2), round(n * scale, 2)))
            x += n * scale
    return tuple(segments)


def line(points: Sequence[TrendPoint], width: float, height: float) -> tuple[Dot, ...]:
    """Lay out shares over time: days along ``width``, 0 to 100 % up ``height``.

    Points about nothing (``of`` 0) are left out: nothing known is not zero.
    """
    known = [one for one in points if one.of]
    if not known:
        return ()
    first = known[0].on
    days = max((known[-1].on - first).days, 1)
    return tuple(
        Dot(
            x=round((one.on - first).days / days * width, 2),
            y=round(height * (1 - one.n / one.of), 2),
            on=one.on,
            n=one.n,
            of=one.of,
        )
        for one in known
    )


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis of a radar, from the middle outwards, and the point upon it."""

    x: float
    y: float
    """The outer end."""
    label_x: float
    label_y: float
    anchor: str
    """How the label stands to its place: ``start``, ``middle`` or ``end``."""
    dot_x: float | None
    dot_y: float | None
    """``None`` where nothing may be shown."""


def spokes(
    shares: Sequence[float | None], radius: float, room: float
) -> tuple[Spoke, ...]:
    """Lay out the axes of a radar around 0,0, clockwise from the top.

    Args:
        shares: 0–1 for each axis; ``None`` for one without a point.
        radius: Length of an axis.
        room: Distance of the labels from the axes' ends.
    """
    laid: list[Spoke] = []
    for number, share in enumerate(shares):
        turn = number / len(shares)
        x, y = _on_circle(turn, radius)
        label_x, label_y = _on_circle(turn, radius + room)
        side = "start" if x > 1 else "end" if x < -1 else "middle"
        dot = (None, None) if share is None else _on_circle(turn, radius * share)
        laid.append(Spoke(x, y, label_x, label_y, side, *dot))
    return tuple(laid)


def sides(laid: Sequence[Spoke]) -> str:
    """Draw the outline between neighbours that both have a point, as a path.

    A line across an axis without a point would say something about it.
    """
    parts: list[str] = []
    for here, there in zip(laid, [*laid[1:], *laid[:1]], strict=True):
        if here.dot_x is not None and there.dot_x is not None:
            parts.append(f"M{here.dot_x} {here.dot_y}L{there.dot_x} {there.dot_y}")
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class BurnLines:
    """Progress and plan, laid out over the same days."""

    done: tuple[tuple[float, float], ...]
    """Points of what was reached, up to today."""
    expected: tuple[tuple[float, float], ...]
    points: tuple[BurnPoint, ...]


def burn_lines(points: Sequence[BurnPoint], width: float, height: float) -> BurnLines:
    """Lay out progress and plan: days along ``width``, 0 to 100 % up ``height``."""
    first = points[0].on
    days = max((points[-1].on - first).days, 1)

    def _at(one: BurnPoint, share: float) -> tuple[float, float]:
        x = (one.on - first).days / days * width
        return round(x, 2), round(height * (1 - min(max(share, 0.0), 1.0)), 2)

    return BurnLines(
        done=tuple(_at(one, one.done) for one in points if one.done is not None),
        expected=tuple(_at(one, one.expected) for one in points),
        points=tuple(points),
    )
