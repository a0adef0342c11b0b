"""What single keys of the configuration may hold."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sync.config.calendars import known_country
from sync.config.complaints import UnfitError
from sync.languages import languages, tag_of
from sync.wording import Text

Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=0, le=3660)]

_MONTHS = 12
_ONE_OF = Text("应是其中之一：{tags}", "should be one of {tags}")


def _twelve(value: tuple[float, ...]) -> tuple[float, ...]:
    if value and (len(value) != _MONTHS or not sum(value)):
        raise UnfitError(
            Text(
                "应是十二个数字，从一月起，不能全是零",
                "should be twelve numbers, January first, not all zero",
            )
        )
    return value


Country = Annotated[str, AfterValidator(known_country)]
"""As in ``CN`` or ``DE-BY``."""

Season = Annotated[tuple[Annotated[float, Field(ge=0)], ...], AfterValidator(_twelve)]
"""One number a month, January first, or none at all."""

ClaimedStatus = Literal[
    "achieved",
    "ahead",
    "on_track",
    "not_started",
    "at_risk",
    "behind",
    "overdue",
    "no_data",
    "closed",
    "none",
]
"""The values of `sync.records.model.Status`, and ``none`` for a word that claims none."""


def _known_language(text: str) -> str:
    tag = tag_of(text)
    if not tag:
        raise UnfitError(_ONE_OF.fill(tags=", ".join(languages())))
    return tag


Language = Annotated[str, AfterValidator(_known_language)]
"""Of letters: a tag of `sync.languages`."""
