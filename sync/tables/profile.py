"""What the values below a header look like, from a sample of the rows."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from sync.tables.normalise import has_cjk, is_surname
from sync.tables.periods import is_period, period_in
from sync.workbooks.snapshot import CellError, Percent, RawValue, Uncalculated

_EMAIL = re.compile(r"\s*[\w.+'-]+@[\w-]+(?:\.[\w-]+)+\s*")
_NUMBER = re.compile(r"\s*[-+]?[$€£¥]?\s*\d[\d,]*(?:\.\d+)?\s*")
_SHARE = re.compile(r"\s*[-+]?\d+(?:\.\d+)?\s*[%％]\s*")
_QUANTITY = re.compile(
    r"\s*(?:[≥≤><=＞＜≧≦~约不低于少超过高大小以]|>=|<=|< or =|at least|under|over)*\s*"
    r"[-+]?[$€£¥]?\s*\d[\d,.]*\s*(?:[-~–至到]\s*\d[\d,.]*\s*)?[^\d]{0,22}"
)
_DATE = re.compile(
    r"\s*(?:\d{4}\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{0,2}\s*日?)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]|底|初|末|中旬|上旬|下旬)?"
    r"|(?:\d{1,2}[ -]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .,-]*\d{0,4}(?:,? *\d{4})?"
    r"|(?:本|下|上)?(?:周|月|季度|年)(?:底|末|初|内)|\d{8}|(?:20\d\d年?)?年底)"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?Z?)?\s*(?:前|之前|止)?\s*",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?=.*\d)[A-Za-z0-9#][A-Za-z0-9./#_-]{0,19}|\d+(?:\.\d+)+")
_PHONE = re.compile(r"\s*[+(]?\d[\d\s()-]{6,18}\s*")
_LATIN_NAME = re.compile(
    r"\s*[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:de|van|von|der|bin|al|la|[A-ZÀ-Þ][\w'’.-]*)){1,3}\s*"
)
_CJK_NAME = re.compile(r"[一-鿿]{2,4}")
_MANY = re.compile(r"\s*[、,，;；/&]\s*")


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """Load the words that tell what kind of value a cell holds."""
    path = Path(__file__).with_name("words.json")
    raw: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in raw.items()}


def looks_like_person(text: str) -> bool:
    """Whether a text could be one or several people's names."""
    parts = [part for part in _MANY.split(text.strip()) if part]
    return bool(parts) and all(_is_name(part) for part in parts)


def _is_name(text: str) -> bool:
    bare = re.sub(r"[((].*?[))]|\s", "", text) if has_cjk(text) else text
    if _CJK_NAME.fullmatch(bare):
        ends = word_lists()["not_a_name"]
        return is_surname(bare[0]) and not any(
            bare == word or (len(word) > 1 and word in bare) or bare.endswith(word)
            for word in ends
            if len(word) > 1 or bare.endswith(word)
        )
    return bool(_LATIN_NAME.fullmatch(text))


@dataclass(slots=True)
class Profile:
    """Shares, 0–1, of the filled cells of one column that look like something."""

    n_rows: int = 0
    n_filled: int = 0
    numbers: float = 0
    """Numbers, also as text, percentages not among them."""
    shares: float = 0
    """Percentages, typed or as text."""
    quantities: float = 0
    """Text around a number: ``≥98%``, ``3天``, ``at least 5 per month``."""
    dates: float = 0
    emails: float = 0
    identifiers: float = 0
    phones: float = 0
    people: float = 0
    statuses: float = 0
    grades: float = 0
    yes_no: float = 0
    units: float = 0
    periods: float = 0
    roles: float = 0
    """Words that say what the row's figures are: ``目标``, ``实际``, ``variance``."""
    long: float = 0
    texts: float = 0
    """Any words that are none of numbers, shares, dates, e-mails."""
    distinct: float = 0
    """Distinct values per filled cell."""
    low: float | None = None
    high: float | None = None
    whole: bool = False
    """Whether all numbers are whole."""
    counts_up: bool = False
    """Whether the numbers run 1, 2, 3, …"""
    errors: float = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands below the header."""
        return self.n_filled == 0

    @property
    def filled(self) -> float:
        """Share of the rows in which the cell is filled."""
        return self.n_filled / self.n_rows if self.n_rows else 0.0


def profile(values: Sequence[RawValue]) -> Profile:
    """Describe one column's sampled values."""
    found = Profile(n_rows=len(values))
    numbers: list[float] = []
    seen: set[object] = set()
    for value in values:
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        found.n_filled += 1
        seen.add(value)
        _note(found, value, numbers)
    if not found.n_filled:
        return found
    n = found.n_filled
    for name in _COUNTED:
        setattr(found, name, getattr(found, name) / n)
    found.distinct = len(seen) / n
    if numbers:
        found.low, found.high = min(numbers), max(numbers)
        found.whole = all(number % 1 == 0 for number in numbers)
        found.counts_up = len(numbers) >= 2 and all(
            0 < after - before <= 10 for before, after in pairwise(numbers)
        )
    return found


_COUNTED = (
    "numbers",
    "shares",
    "quantities",
    "dates",
    "emails",
    "identifiers",
    "phones",
    "people",
    "statuses",
    "grades",
    "yes_no",
    "units",
    "periods",
    "roles",
    "long",
    "texts",
    "errors",
)


def _note(found: Profile, value: RawValue, numbers: list[float]) -> None:
    """Count one filled cell."""
    if isinstance(value, CellError | Uncalculated):
        found.errors += 1
    elif isinstance(value, bool):
        found.yes_no += 1
    elif isinstance(value, Percent):
        found.shares += 1
        numbers.append(float(value))
    elif isinstance(value, int | float):
        found.numbers += 1
        numbers.append(float(value))
        found.periods += 2000 <= value <= 2100 and value == int(value)
    elif isinstance(value, date):
        found.dates += 1
    elif isinstance(value, str):
        _note_text(found, value.strip(), numbers)


def _note_text(found: Profile, text: str, numbers: list[float]) -> None:
    words = word_lists()
    lower = text.lower()
    if _NUMBER.fullmatch(text):
        found.numbers += 1
        numbers.append(float(re.sub(r"[^\d.+-]", "", text) or 0))
        found.identifiers += 0.5
        found.phones += bool(_PHONE.fullmatch(text)) and len(text) > 7
        found.dates += bool(_DATE.fullmatch(text))
        return
    if _SHARE.fullmatch(text):
        found.shares += 1
        numbers.append(float(text.rstrip(" %％")) / 100)
        return
    if _EMAIL.fullmatch(text):
        found.emails += 1
        return
    found.periods += is_period(text) or (len(text) <= 24 and bool(period_in(text)))
    if _DATE.fullmatch(text):
        found.dates += 1
        return
    found.texts += 1
    found.phones += bool(_PHONE.fullmatch(text))
    found.identifiers += bool(_IDENTIFIER.fullmatch(text))
    found.quantities += _is_quantity(text)
    is_status, is_grade = _is_word(lower, words["status"]), _is_grade(lower)
    found.statuses += is_status
    found.grades += is_grade
    found.yes_no += lower in words["yes_no"]
    found.units += lower in words["unit"]
    found.roles += lower in words["row_role"]
    is_named = not (is_status or is_grade) and len(text) <= 40
    found.people += is_named and looks_like_person(text)
    found.long += len(text) > (10 if has_cjk(text) else 28)


def _is_quantity(text: str) -> bool:
    if len(text) > 30 or not _QUANTITY.fullmatch(text):
        return False
    # ``6月底前开两家新店`` begins with a number and is a goal all the same.
    words = re.split(r"\d", text)[-1]
    return not has_cjk(words) or len(words) <= 6


def _is_word(text: str, words: frozenset[str]) -> bool:
    return text in words or text.replace("-", " ").replace("_", " ") in words


def _is_grade(text: str) -> bool:
    bare = re.sub(r"[((].*?[))]", "", text).strip()
    head = re.match(r"\d(?:\.\d)?\s*[-–:.]\s*(.+)", bare)
    words = word_lists()["grade"]
    return bare in words or bool(head) or bare.removesuffix("级") in words
