"""Whether the values of a column could be a field's: from −1, never, to 1, just so."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Callable, Mapping

from sync.tables.profile import Profile


def fit(shape: str, found: Profile) -> float:
    """Compare a column's values with what a field usually holds.

    Args:
        shape: One of the keys of `SHAPES`, as ``fields.json`` names it for a field.
        found: The column's values.

    Returns:
        0 for an empty column or when the values say nothing either way.
    """
    if found.is_empty or found.errors > 0.8:
        return 0.0
    judge = SHAPES.get(shape)
    return max(-1.0, min(1.0, judge(found))) if judge else 0.0


def _numeric(p: Profile) -> float:
    return p.numbers + p.shares


def _identifier(p: Profile) -> float:
    if p.people > 0.6 or p.dates > 0.5 or p.shares > 0.3 or p.emails > 0.5:
        return -1.0
    if p.long > 0.4:
        return -0.9
    numbers = p.numbers if p.whole and (p.low or 0) >= 0 else -p.numbers
    return p.identifiers + 0.7 * numbers - 0.3 * max(0.0, p.texts - p.identifiers)


def _person(p: Profile) -> float:
    if p.dates > 0.5 or p.shares > 0.3 or p.numbers > 0.5:
        return -1.0
    if p.emails > 0.5:
        return -0.3
    return p.people - 0.9 * p.long - 0.5 * p.identifiers - 0.5 * p.statuses


def _who(p: Profile) -> float:
    """People, or the departments and posts that answer for something."""
    if p.dates > 0.5 or p.shares > 0.3 or p.numbers > 0.5:
        return -1.0
    if p.emails > 0.5:
        return 0.2
    return p.people + 0.3 * (p.texts - p.people) - 1.2 * p.long - 0.8 * p.statuses


def _email(p: Profile) -> float:
    return 1.0 if p.emails > 0.5 else -1.0


def _phone(p: Profile) -> float:
    return 1.0 if p.phones > 0.5 else -0.6 * p.long - 0.4 * p.texts


def _enumerated(p: Profile) -> float:
    if p.dates > 0.5 or p.emails > 0.5 or _numeric(p) > 0.7:
        return -0.8
    if p.long > 0.6 and p.distinct > 0.7 and p.n_filled > 3:
        return -0.6
    return 0.5 * p.texts * (1.2 - p.distinct) - 0.3 * p.identifiers


def _title(p: Profile) -> float:
    if p.dates > 0.5 or p.emails > 0.5 or _numeric(p) > 0.5:
        return -1.0
    if p.people > 0.8 and p.long < 0.2:
        return -0.6
    words = p.texts - p.statuses - p.quantities * 0.8 - p.identifiers * 0.5
    repeated = 0.3 if p.distinct < 0.25 and p.n_filled > 8 else 0.0
    return 0.4 * words + 0.4 * p.long + 0.3 * p.distinct * words - repeated - 0.2


def _note(p: Profile) -> float:
    if p.dates > 0.6 or p.emails > 0.5 or _numeric(p) > 0.6:
        return -0.9
    return 0.4 * p.long + 0.2 * p.texts - 0.4 * p.statuses - 0.4 * p.people


def _quantity(p: Profile) -> float:
    if p.emails > 0.3 or p.people > 0.7:
        return -1.0
    if p.dates > 0.8:
        return -0.8
    if p.shares > 0.8:
        return 0.85  # Plain percentages are rather a degree of completion.
    if p.numbers > 0.8 and p.counts_up and p.low == 1 and p.n_filled > 3:
        return -0.4
    measured = _numeric(p) + p.quantities
    return measured - 0.5 * p.dates - 0.3 * p.long * (1 - p.quantities) - 0.5 * p.grades


def _points(p: Profile) -> float:
    if p.long > 0.3 or p.dates > 0.3 or p.people > 0.5:
        return -1.0
    return _numeric(p) + 0.8 * p.quantities - 0.4 * (p.grades + p.statuses)


def _share(p: Profile) -> float:
    if p.dates > 0.4 or p.people > 0.5 or p.emails > 0.2:
        return -1.0
    in_range = p.high is None or p.high <= 200
    n = p.shares + (p.numbers * 0.9 if in_range else -p.numbers) + 0.6 * p.quantities
    return n - 0.8 * p.statuses - 0.6 * p.long * (1 - p.quantities)


def _weight(p: Profile) -> float:
    if p.long > 0.3 or p.dates > 0.3 or p.people > 0.3:
        return -1.0
    within = p.high is not None and p.high <= 100 and (p.low or 0) >= 0
    if p.numbers > 0.8 and p.counts_up and p.whole and p.low == 1:
        return -0.6
    n = p.shares + (p.numbers if within else -0.5 * p.numbers)
    return n + 0.6 * p.quantities - 0.5 * p.grades


def _date(p: Profile) -> float:
    if p.emails > 0.3 or p.people > 0.5 or p.shares > 0.3:
        return -1.0
    if p.dates + p.periods > 0.4:
        return p.dates + p.periods * 0.6
    serial = p.numbers > 0.6 and (p.low or 0) > 30_000 and (p.high or 0) < 60_000
    if serial:
        return 0.4
    return -0.9 * p.numbers - 0.8 * p.long - 0.4 * p.texts * (1 - p.long)


def _period(p: Profile) -> float:
    # ``Q3 FY26`` is written like a name.
    is_named = p.people > 0.5 and p.periods < 0.5
    if p.emails > 0.3 or is_named or p.long * (1 - p.periods) > 0.5:
        return -1.0
    return p.periods + 0.4 * p.dates - 0.6 * p.shares - 0.3 * (p.numbers - p.periods)


def _rating(p: Profile) -> float:
    if p.long > 0.4 or p.dates > 0.3 or p.people > 0.6 or p.emails > 0.3:
        return -1.0
    words = max(0.0, p.texts - p.grades - p.quantities - p.statuses)
    marks = _numeric(p) + 0.8 * p.grades + 0.7 * p.quantities
    return marks - 0.5 * p.statuses - 0.6 * words


def _grade(p: Profile) -> float:
    if p.long > 0.4 or p.dates > 0.3:
        return -1.0
    return p.grades - 0.5 * _numeric(p) - 0.3 * (p.texts - p.grades)


def _status(p: Profile) -> float:
    if p.dates > 0.4 or p.emails > 0.3 or p.people > 0.7:
        return -1.0
    if p.statuses > 0.3 or p.yes_no > 0.6:
        return 0.4 + 0.6 * max(p.statuses, p.yes_no)
    few = p.distinct < 0.5 or p.n_filled < 4
    return (0.3 if few else -0.1) - 0.5 * _numeric(p) - 0.7 * p.long


def _unit(p: Profile) -> float:
    if p.long > 0.3 or p.dates > 0.3 or _numeric(p) > 0.5:
        return -1.0
    if p.units < 0.1 and p.people > 0.5 and p.n_filled > 1:
        return -1.0
    return p.units + 0.1 * (p.texts - p.units) - 0.4 * p.people


def _language(p: Profile) -> float:
    if p.dates > 0.3 or p.people > 0.3 or p.emails > 0.3 or _numeric(p) > 0.3:
        return -1.0
    return 0.3 - p.long


def _sign(p: Profile) -> float:
    marks = p.yes_no + 0.7 * p.dates + 0.7 * p.people + 0.5 * p.statuses
    return marks - 0.7 * p.long - 0.5 * _numeric(p)


SHAPES: Mapping[str, Callable[[Profile], float]] = {
    "id": _identifier,
    "person": _person,
    "who": _who,
    "email": _email,
    "phone": _phone,
    "enum": _enumerated,
    "title": _title,
    "note": _note,
    "quantity": _quantity,
    "points": _points,
    "share": _share,
    "weight": _weight,
    "date": _date,
    "period": _period,
    "rating": _rating,
    "grade": _grade,
    "status": _status,
    "unit": _unit,
    "language": _language,
    "sign": _sign,
}
