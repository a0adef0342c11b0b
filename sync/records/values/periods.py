"""Review periods in one spelling: ``2026``, ``2026H1``, ``2026Q3``, ``2026-07``."""

import re
from datetime import date, datetime

from sync.records.values.date_grammar import read_range, read_written
from sync.records.values.spans import Span, Written
from sync.records.values.texts import folded, id_of, is_missing, text_of
from sync.workbooks.snapshot import RawValue

FREQUENCIES = frozenset(
    {
        "日", "天", "周", "旬", "月", "季", "季度", "半年", "年", "年度", "月度", "按月",
        "按季", "按年", "每日", "每周", "每月", "每季", "每季度", "每半年", "每年",
        "双月", "每双月", "双周", "每双周", "实时", "x", "√", "✓", "v", "y",
        "daily", "weekly", "biweekly", "fortnightly", "monthly", "bimonthly",
        "quarterly", "half-yearly", "semi-annual", "semiannual", "yearly", "annual",
        "annually", "month", "quarter", "year", "week", "day", "real time", "real-time",
        "per quarter", "per month", "per year", "as needed", "ongoing", "ad hoc",
    }
)  # fmt: skip
"""How often something is measured, or a tick: not the period of a goal."""

_CODE = re.compile(r"(\d{4})(?:(H)([12])|(Q)([1-4])|-(\d\d))?")


def read_period(raw: RawValue, fiscal_year_starts: int = 1) -> str:
    """Write a period in the one spelling we use.

    Returns:
        ``2026``, ``2026H1``, ``2026Q3`` or ``2026-07``; other text as written; empty
        for an empty cell and for a frequency such as ``每月``.
    """
    if raw is None or isinstance(raw, bool):
        return ""
    if isinstance(raw, datetime | date):
        # Excel turns 2026-07 into its first day; any day tells the month.
        return f"{raw.year}-{raw.month:02d}"
    text = id_of(raw)
    if is_missing(text) or folded(text) in FREQUENCIES:
        return ""
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return text
    written = read_written(text)
    if written and written.year is not None:
        return _code(written) or text
    return _of_range(text, fiscal_year_starts) or text_of(raw)


def _code(written: Written) -> str:
    match written.unit:
        case "year":
            return f"{written.year}"
        case "half":
            return f"{written.year}H{written.number}"
        case "quarter":
            return f"{written.year}Q{written.number}"
        case "month" if 1 <= written.number <= 12:  # noqa: PLR2004
            return f"{written.year}-{written.number:02d}"
        case _:
            return ""


def _of_range(text: str, fiscal_year_starts: int) -> str:
    """Recognise ``2026-01-01 ~ 2026-06-30`` and ``2026年1月至6月``."""
    between = read_range(text)
    if between is None or between[0].year is None:
        return ""
    first, last = between
    try:
        span = Span(first.span(0).first, last.span(0).last)
    except ValueError:
        return ""
    for code in _codes_in(first.span(0).first.year):
        if span_of(code, fiscal_year_starts) == span:
            return code
    return ""


def _codes_in(year: int) -> list[str]:
    codes = []
    for each in (year, year + 1):
        codes += [f"{each}", f"{each}H1", f"{each}H2"]
        codes += [f"{each}Q{n}" for n in range(1, 5)]
        codes += [f"{each}-{n:02d}" for n in range(1, 13)]
    return codes


def span_of(period: str, fiscal_year_starts: int = 1) -> Span | None:
    """Give the days of a normalised period; ``None`` for any other text.

    Args:
        period: As `read_period` writes it.
        fiscal_year_starts: The month in which Q1 begins.
    """
    match = _CODE.fullmatch(period)
    if not match:
        return None
    year = int(match[1])
    if match[2]:
        written = Written("half", year, int(match[3]), fiscal=True)
    elif match[4]:
        written = Written("quarter", year, int(match[5]), fiscal=True)
    elif match[6]:
        written = Written("month", year, int(match[6]))
    else:
        written = Written("year", year, fiscal=True)
    try:
        return written.span(year, fiscal_year_starts)
    except ValueError:
        return None
