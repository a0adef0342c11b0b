"""What goal rows claim: status and progress, each of which may hold the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.records.model import Status
from sync.records.reading import TableReader
from sync.records.values import wording
from sync.records.values.numerals import with_digits
from sync.records.values.progress import progress_in_words, read_progress
from sync.records.values.shares import Scale, scale_of
from sync.records.values.statuses import Claim, read_status
from sync.records.values.texts import folded, is_missing, text_of
from sync.workbooks.snapshot import RawValue

_QUESTION = re.compile(r"是否|\?|？|完成否|done\b", re.IGNORECASE)
_AMOUNT = re.compile(r"完成|done|complet", re.IGNORECASE)
_NO_CLAIM = Claim(None)

Labels = Mapping[str, Status | None]
"""Status words of the office's own, folded → what they claim."""


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
    own = reader.office.labels or {}

    def progress_of(raw: RawValue) -> float | None:
        if has_status or not isinstance(raw, str) or _said(raw, own) is None:
            return read_progress(raw, scale)
        return progress_in_words(raw)

    is_question = bool(_QUESTION.search(reader.header("status")))
    claims = reader.read(
        "status", lambda raw: _claim(raw, own, is_question=is_question), _NO_CLAIM
    )
    texts = reader.texts("status")
    progress = reader.read("progress_pct", progress_of, None)
    if has_status and not has_progress:
        own_scale = scale_of(reader.cells("status"))
        progress = reader.read("status", lambda raw: _within(raw, own_scale, own), None)
    if has_progress and not has_status:
        claims = reader.read(
            "progress_pct", lambda raw: _within_progress(raw, own), _NO_CLAIM
        )
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


def _said(text: str, own: Labels, *, is_question: bool = False) -> Claim | None:
    """Read a status word; the office's own word for it outranks ours."""
    if own and (word := folded(text).strip()) in own:
        return Claim(own[word])
    return read_status(text, is_question=is_question)


def _claim(raw: RawValue, own: Labels, *, is_question: bool) -> Claim:
    if isinstance(raw, bool):
        return Claim(Status.ACHIEVED) if raw and is_question else _NO_CLAIM
    text = text_of(raw)
    if is_missing(text) or not isinstance(raw, str):
        return _NO_CLAIM
    claim = _said(text, own, is_question=is_question)
    if claim:
        return claim
    if progress_in_words(text) is not None:
        return _NO_CLAIM
    if _AMOUNT.search(text) and re.search(r"\d", with_digits(text)):
        raise wording.PROGRESS_WITHOUT_SHARE.about(text)
    raise wording.UNKNOWN_STATUS.about(text)


def _within(raw: RawValue, scale: Scale, own: Labels) -> float | None:
    """Take the progress out of a status cell; status words alone give none."""
    if isinstance(raw, str):
        return None if _said(raw, own) else progress_in_words(raw)
    return read_progress(raw, scale) if isinstance(raw, float | int) else None


def _within_progress(raw: RawValue, own: Labels) -> Claim:
    """Take the status out of a progress cell; Pending says nothing there."""
    claim = _said(raw, own) if isinstance(raw, str) else None
    if claim is None or (claim.is_weak and claim.status is Status.NOT_STARTED):
        return _NO_CLAIM
    return claim
