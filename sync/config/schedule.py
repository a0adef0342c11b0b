"""When the sync runs by itself."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sync.config.complaints import UnfitError
from sync.wording import Text

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Schedule(BaseModel):
    """When the sync runs by itself, and who is told whether it did."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ("mon",)
    at: time = time(7, 30)
    """On the wall, in the zone of `Office.time_zone`."""
    jitter_minutes: Annotated[int, Field(ge=0, le=240)] = 0
    """Each machine runs a little later, by its own share of so many minutes."""
    catch_up_hours: Annotated[int, Field(ge=0, le=160)] = 10
    """How late a missed or failed run is still made up for, tried every hour."""
    send: bool = False
    """Whether the letters are sent too."""
    time_limit_minutes: Annotated[int, Field(ge=0, le=1440)] = 120
    """0: as long as it takes."""
    ping_url_env: str | None = None
    ping_url_file: Path | None = None
    """Where the address is that hears of every scheduled run: whoever knows it may
    pretend that runs are well."""
    metrics_file: Path | None = None
    """Written after every scheduled run, for Prometheus."""

    @field_validator("at")
    @classmethod
    def _whole_minute(cls, value: time) -> time:
        if value != time(value.hour, value.minute):
            raise UnfitError(
                Text(
                    '应是几点几分，例如 "07:30"',
                    'should be hours and minutes, as in "07:30"',
                )
            )
        return value

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.ping_url_env and self.ping_url_file:
            raise UnfitError(
                Text(
                    "ping_url_env 和 ping_url_file 只能写一个",
                    "only one of ping_url_env and ping_url_file can hold",
                )
            )
        return self
