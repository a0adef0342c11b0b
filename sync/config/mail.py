"""The letters: whom they are from and to, and the ways they go."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sync.config.complaints import UnfitError
from sync.config.schedule import Weekday
from sync.config.values import Days, Language
from sync.wording import Text

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""As Python numbers them, Monday first."""


Minutes = Annotated[int, Field(ge=0, le=10_080)]


class Part(BaseModel):
    """A table of the file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Smtp(Part):
    """The mail server that letters are sent through."""

    host: str = ""
    """Empty: nothing is sent, letters stay in the outbox."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """``None``: 587, and 465 for ``tls``."""
    security: Literal["starttls", "tls", "none-on-loopback"] = "starttls"
    ca_file: Path | None = None
    """Certificates to trust instead of the machine's, in PEM."""
    username: str = ""
    """Empty: no sign-in."""
    password_env: str | None = None
    password_file: Path | None = None
    password_command: tuple[str, ...] = ()
    token_command: tuple[str, ...] = ()
    """Prints a token for XOAUTH2, in the place of a password."""
    letters_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 20
    letters_per_connection: Annotated[int, Field(ge=1)] = 20
    """NetEase counts them; a new connection is made after so many."""
    timeout_seconds: Annotated[int, Field(ge=1, le=600)] = 30
    retry_after_minutes: Annotated[tuple[Minutes, ...], Field(min_length=1)] = (
        *(5, 15),
        *(60, 240),
    )
    """How long a letter that was put off waits; the last one holds from then on."""
    send_within_days: Days = 7
    """Older letters are held: what they say may be true no more."""

    @model_validator(mode="after")
    def _one_secret(self) -> Self:
        sources = (
            *(self.password_env, self.password_file),
            *(self.password_command, self.token_command),
        )
        if sum(map(bool, sources)) > 1:
            raise UnfitError(
                Text(
                    "password_env、password_file、password_command、token_command "
                    "只能写一个",
                    "only one of password_env, password_file, password_command and "
                    "token_command can hold",
                )
            )
        return self


class Chat(Part):
    """A robot in a group chat, which is told counts and a link, never names."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    """What ``followup mail list`` calls it."""
    service: Literal["wecom", "dingtalk", "feishu", "apprise"]
    url_env: str | None = None
    url_file: Path | None = None
    url_command: tuple[str, ...] = ()
    """Where its whole address is: whoever knows it may write to the group."""
    sign_env: str | None = None
    sign_file: Path | None = None
    sign_command: tuple[str, ...] = ()
    """Where the key of its signature is, for DingTalk and Feishu."""
    link: str = ""
    """Where readers find more, such as the workbook's own address."""
    language: Language | None = None
    """``None``: that of the letters."""
    every: Literal["week", "change"] = "week"
    """Once a week, or whenever the counts have changed."""
    proxy: Annotated[str, Field(pattern=r"^(http://[^@/\s]+/?)?$")] = ""
    """An HTTP proxy on the way; empty: the system's. A password for it stands in the
    variable HTTPS_PROXY only."""
    timeout_seconds: Annotated[int, Field(ge=1, le=600)] = 15

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(map(bool, (self.url_env, self.url_file, self.url_command))) != 1:
            raise UnfitError(
                Text(
                    "url_env、url_file、url_command 必须写且只能写一个",
                    "needs exactly one of url_env, url_file and url_command",
                )
            )
        signs = (self.sign_env, self.sign_file, self.sign_command)
        if sum(map(bool, signs)) > 1:
            raise UnfitError(
                Text(
                    "sign_env、sign_file、sign_command 只能写一个",
                    "only one of sign_env, sign_file and sign_command can hold",
                )
            )
        if any(signs) and self.service not in {"dingtalk", "feishu"}:
            raise UnfitError(
                Text(
                    "只有 dingtalk 和 feishu 需要签名",
                    "only dingtalk and feishu are signed",
                )
            )
        if self.proxy and self.service == "apprise":
            raise UnfitError(
                Text(
                    "apprise 不用 proxy；请改设环境变量 HTTPS_PROXY",
                    "apprise takes no proxy; set the variable HTTPS_PROXY instead",
                )
            )
        return self


SmartHints = Literal["in-letter", "own-letter", "off"]


class Mail(Part):
    """The letters."""

    outbox: Path = Path("outbox")
    sender: str = "Followup <followup@localhost>"
    hr: tuple[str, ...] = ()
    """Addresses of HR; without one HR's letter waits in the outbox."""
    allowed_domains: tuple[str, ...] = ()
    """Empty: any domain."""
    language: Language | None = None
    """For people without a language of their own; ``None``: the workbook's."""
    languages_by_domain: dict[str, Language] = {}
    templates: Path | None = None
    """A folder of templates that come before our own."""
    smart_hints: SmartHints = "in-letter"
    """Where people read how to write their goals more clearly: with the rest, in a
    letter of its own, told once a year, or nowhere."""
    rhythm: Literal["calendar", "weekly", "monthly"] = "calendar"
    """Which letters a run writes; see `reports.variant.turn_of`."""
    when_all_is_well: bool = False
    """Whether people are written to when nothing calls for a look, thanks or a word."""
    attach_summary: bool = False
    """Whether HR's letter brings the summary workbook along."""
    attach_next_talk: bool = False
    """Whether an employee's letter brings the next talk along, for their calendar."""
    quiet_days: tuple[Weekday, ...] = ()
    """Nothing is sent on them, nor on a holiday."""
    quiet_hours: tuple[time, time] | tuple[()] = ()
    """From and to, on the office's wall; over midnight where the second is earlier."""
    smtp: Smtp = Smtp()
    chat: tuple[Chat, ...] = ()

    @field_validator("chat")
    @classmethod
    def _each_its_name(cls, value: tuple[Chat, ...]) -> tuple[Chat, ...]:
        if len({one.name for one in value}) < len(value):
            raise UnfitError(
                Text("每个机器人的名称不能重复", "every robot needs a name of its own")
            )
        return value
