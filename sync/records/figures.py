"""The numbers of goal rows: baseline, target, actual, weight, points."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sync.records.directory import Mention
from sync.records.model import Direction, Quantity
from sync.records.reading import TableReader
from sync.records.values import wording
from sync.records.values.directions import direction_of, read_direction
from sync.records.values.quantities import in_unit, read_quantity
from sync.records.values.shares import (
    read_share,
    scale_of,
    share_in_label,
)
from sync.records.values.texts import is_missing, plain, text_of
from sync.workbooks.snapshot import RawValue

_UNIT_IN_HEADER = re.compile(r"[(\[]\s?([^()\[\]]{1,8}?)\s?[)\]]\s*$")
_NOT_UNITS = frozenset(
    {
        "必填",
        "选填",
        "可选",
        "required",
        "optional",
        "kpi",
        "数值",
        "文字",
        "填写",
        "smart",
    }
)


@dataclass(frozen=True, slots=True)
class Figures:
    """One list a column, one item a row."""

    units: Sequence[str]
    directions: Sequence[Direction | None]
    baselines: Sequence[Quantity | None]
    targets: Sequence[Quantity | None]
    currents: Sequence[Quantity | None]
    weights: Sequence[float | None]
    max_points: Sequence[float | None]


def read_figures(
    reader: TableReader, mentions: Sequence[Mention], periods: Sequence[str]
) -> Figures:
    """Read the figures of every row, in one unit a row."""
    units = reader.texts("unit")
    targets = _quantities(reader, "target", units)
    baselines = _quantities(reader, "baseline", units)
    currents = _quantities(reader, "actual", units)
    for index in range(reader.n):
        row = baselines[index], targets[index], currents[index]
        if any(it is not None and it.unit == "%" for it in row):
            baselines[index], targets[index], currents[index] = map(_as_percent, row)
    explicit = reader.read("direction", read_direction, None)
    max_points = reader.read("max_points", _points, None)
    return Figures(
        units=[
            unit or next((it.unit for it in (target, current) if it and it.unit), "")
            for unit, target, current in zip(units, targets, currents, strict=True)
        ],
        directions=[
            said or (direction_of(target.comparator) if target else None)
            for said, target in zip(explicit, targets, strict=True)
        ],
        baselines=baselines,
        targets=targets,
        currents=currents,
        weights=_weights(reader, max_points, mentions, periods),
        max_points=max_points,
    )


def _quantities(
    reader: TableReader, field: str, units: Sequence[str]
) -> list[Quantity | None]:
    quantities = reader.read(field, read_quantity, None)
    match = _UNIT_IN_HEADER.search(plain(reader.header(field)))
    in_header = match[1] if match and match[1].casefold() not in _NOT_UNITS else ""
    if not in_header and not any(units):
        return quantities
    points = scale_of(reader.cells(field), in_header).points
    return [
        in_unit(quantity, unit or in_header, points=points) if quantity else None
        for quantity, unit in zip(quantities, units, strict=True)
    ]


def _as_percent(quantity: Quantity | None) -> Quantity | None:
    """Read a bare number as a percentage, because the row's other figures are."""
    return in_unit(quantity, "%", points=False)


def _points(raw: RawValue) -> float | None:
    quantity = read_quantity(raw)
    if quantity is None or is_missing(quantity.text):
        return None
    if quantity.value is None:
        raise wording.NOT_A_NUMBER.about(text_of(raw))
    value = quantity.value * 100 if quantity.unit == "%" else quantity.value
    return value if math.isfinite(value) else None


def _weights(
    reader: TableReader,
    max_points: Sequence[float | None],
    mentions: Sequence[Mention],
    periods: Sequence[str],
) -> list[float | None]:
    if reader.has("weight"):
        scale = scale_of(reader.cells("weight"), reader.header("weight"))
        return reader.read("weight", lambda raw: read_share(raw, scale), None)
    groups: defaultdict[tuple[Mention, str], list[int]] = defaultdict(list)
    for index, (mention, period) in enumerate(zip(mentions, periods, strict=True)):
        groups[mention._replace(department=""), period].append(index)
    weights: list[float | None] = [None] * reader.n
    labels = reader.texts("category")
    for rows in groups.values():
        points = [max_points[row] for row in rows]
        given = [it for it in points if it is not None]
        if len(given) == len(points) and math.isclose(sum(given), 100):
            # Points that make up a hundred are the weights under another name.
            for row, share in zip(rows, given, strict=True):
                weights[row] = round(share / 100, 12)
        elif not given:
            _weigh_by_label(weights, rows, labels)
    return weights


def _weigh_by_label(
    weights: list[float | None], rows: list[int], labels: Sequence[str]
) -> None:
    """Take the weight from a label such as 工作态度（15分） where it has one item."""
    for row in rows:
        if labels[row] and sum(labels[it] == labels[row] for it in rows) == 1:
            found = share_in_label(labels[row])
            weights[row] = found[0] if found else None
