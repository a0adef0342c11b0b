"""What goal rows claim: status and progress, each of which may hold the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sync.records.model import Status
from sync.records.reading import TableReader
from sync.records.values import wording
from sync.records.values.numerals import with_digits
from sync.records.values.progress import progress_in_words, read_progress
from sync.records.values.shares import Scale, scale_of
from sync.records.values.statuses import Claim, read_status
from sync.records.values.texts import is_missing, text_of
from sync.workbooks.snapshot import RawValue

_QUESTION = re.compile(r"是否|\?|？|完成否|done\b", re.IGNORECASE)
_AMOUNT = re.compile(r"完成|done|complet", re.IGNORECASE)
_NO_CLAIM = Claim(None)


@dataclass(frozen=True, slots=True)
class Claims:
    """One list a column, one item a row."""

    progress: Sequence[float | None]
    statuses: Sequence[Status | None]
    weak: Sequence[bool]
    texts: Sequence[str]


def read_claims(reader: TableReader) -> Claims:
    """Read claimed status and progress.

    Where one of the two columns is missing, the other often holds both: ``已完成80%``
    in a status column is a progress, ``未开始`` in a progress column a status.
    """
    has_progress = reader.has_column("progress_pct")
    has_status = reader.has_column("status")
    scale = scale_of(reader.cells("progress_pct"), reader.header("progress_pct"))

    def progress_of(raw: RawValue) -> float | None:
        if has_status or not isinstance(raw, str) or read_status(raw) is None:
            return read_progress(raw, scale)
        return progress_in_words(raw)

    is_question = bool(_QUESTION.search(reader.header("status")))
    claims = reader.read(
        "status", lambda raw: _claim(raw, is_question=is_question), _NO_CLAIM
    )
    texts = reader.texts("status")
    progress = reader.read("progress_pct", progress_of, None)
    if has_status and not has_progress:
        own_scale = scale_of(reader.cells("status"))
        progress = reader.read("status", lambda raw: _within(raw, own_scale), None)
    if has_progress and not has_status:
        claims = reader.read("progress_pct", _within_progress, _NO_CLAIM)
        texts = [
            text if claim.status else ""
            for text, claim in zip(reader.texts("progress_pct"), claims, strict=True)
        ]
    return Claims(
        progress,
        [claim.status for claim in claims],
        [claim.is_weak for claim in claims],
        texts,
    )


def _claim(raw: RawValue, *, is_question: bool) -> Claim:
    if isinstance(raw, bool):
        return Claim(Status.ACHIEVED) if raw and is_question else _NO_CLAIM
    text = text_of(raw)
    if is_missing(text) or not isinstance(raw, str):
        return _NO_CLAIM
    claim = read_status(text, is_question=is_question)
    if claim:
        return claim
    if progress_in_words(text) is not None:
        return _NO_CLAIM
    if _AMOUNT.search(text) and re.search(r"\d", with_digits(text)):
        raise wording.PROGRESS_WITHOUT_SHARE.about(text)
    raise wording.UNKNOWN_STATUS.about(text)


def _within(raw: RawValue, scale: Scale) -> float | None:
    """Take the progress out of a status cell; status words alone give none."""
    if isinstance(raw, str):
        return None if read_status(raw) else progress_in_words(raw)
    return read_progress(raw, scale) if isinstance(raw, float | int) else None


def _within_progress(raw: RawValue) -> Claim:
    """Take the status out of a progress cell; Pending says nothing there."""
    claim = read_status(raw) if isinstance(raw, str) else None
    if claim is None or (claim.is_weak and claim.status is Status.NOT_STARTED):
        return _NO_CLAIM
    return claim
