"""The conversation of ``followup init``: asked is only what nobody can see."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from reports.addresses import is_address
from sync.cli.misuse import UnfitValueError
from sync.config.model import TableOverride
from sync.pipeline import Understood
from sync.tables.model import Kind
from sync.wording import LANGS, Lang, Text
from sync.workbooks.sources import workbooks_in

T = TypeVar("T")

_WHICH = Text(
    "哪个工作簿？写编号、路径或网址", "Which workbook? A number, a path or a URL"
)
_NO_BOOK = Text("没有这个编号", "there is no such number")
_LANGUAGE = Text(
    "写回工作簿和写信用什么语言？zh 或 en",
    "Which language for the workbook and the letters? zh or en",
)
_SHEETS = Text(
    "哪些工作表放着目标？写编号，用逗号分隔",
    "Which sheets hold the goals? Numbers, separated by commas",
)
_BAD_SHEETS = Text(
    "请写 1 到 {n} 的编号，例如 1,3", "write numbers from 1 to {n}, as in 1,3"
)
_HR = Text(
    "HR 的汇总信发到哪个邮箱？回车以后再定",
    "Which address gets HR's own letter? Enter decides later",
)
_ONE_OF = Text("请写其中之一：{known}", "write one of these: {known}")
_BAD_ADDRESS = Text("这不是一个邮箱地址", "this is not one e-mail address")
_SERVER = Text(
    "发信的邮件服务器？例如 smtp.exmail.qq.com；回车表示信先放在发件箱",
    "Which mail server sends letters, as in smtp.example.com? Enter leaves them in the "
    "outbox",
)
_ACCOUNT = Text("登录它的邮箱", "The address that signs in to it")
_SECRET = Text(
    "密码放在哪里？file：只有本人可读的文件；env：环境变量",
    "Where will its password be? file: one that only you may read; env: a variable",
)
_TLS_FROM_THE_START = ("qq.com", "163.com", "126.com", "aliyun.com", "sina.com")
"""Domains whose servers want TLS from the first byte; others talk STARTTLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The mail server, as far as somebody has to say it."""

    host: str
    security: str
    username: str
    secret: str
    """``file`` or ``env``: where the password will be. It is never asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered, or what holds where nobody was asked."""

    language: Lang
    tables: tuple[TableOverride, ...] = ()
    """Where somebody decided which sheets hold the goals."""
    hr: str = ""
    server: Server | None = None


def ask_workbook(folder: Path, lang: Lang) -> str:
    """Ask for the workbook, showing those in a folder."""
    names = workbooks_in(folder)
    for number, name in enumerate(names, start=1):
        click.echo(f"  {number}. {name}", err=True)

    def chosen(text: str) -> str:
        if not text.isdecimal():
            return text
        if not 0 < int(text) <= len(names):
            raise UnfitValueError(_NO_BOOK)
        return names[int(text) - 1]

    return _ask(_WHICH, lang, chosen, default="1" if names else None)


def interview(understood: Understood, lang: Lang) -> Answers:
    """Ask what the workbook does not show.

    Args:
        understood: The workbook, recognised.
        lang: The language to ask in.
    """
    language = _ask(_LANGUAGE, lang, _one_of(LANGS), default=understood.lang)
    return Answers(
        language=language,
        tables=_ask_sheets(understood, lang),
        hr=_ask(_HR, lang, _address, default=""),
        server=_ask_server(lang),
    )


def _ask_sheets(understood: Understood, lang: Lang) -> tuple[TableOverride, ...]:
    """Ask which sheets hold the goals, where that is in doubt."""
    kinds = (Kind.GOALS, Kind.KPI)
    held = dict.fromkeys(table.sheet for table in understood.recognition.of(*kinds))
    sheets = [sheet.name for sheet in understood.snapshot.sheets if not sheet.is_board]
    if len(held) == 1 or not sheets:
        return ()
    for number, name in enumerate(sheets, start=1):
        click.echo(f"  {number}. {name}{' *' if name in held else ''}", err=True)

    def chosen(text: str) -> tuple[str, ...]:
        numbers = [one.strip() for one in text.replace("，", ",").split(",")]
        right = [one.isdecimal() and 0 < int(one) <= len(sheets) for one in numbers]
        if not all(right):
            raise UnfitValueError(_BAD_SHEETS.fill(n=len(sheets)))
        return tuple(sheets[int(one) - 1] for one in numbers)

    default = ",".join(str(sheets.index(name) + 1) for name in held) or None
    wanted = _ask(_SHEETS, lang, chosen, default=default)
    return tuple(_decided(understood, wanted, held))


def _decided(
    understood: Understood, wanted: Sequence[str], held: Collection[str]
) -> list[TableOverride]:
    """Write down only what differs from what was recognised."""
    added = [
        TableOverride(sheet=name, kind="goals") for name in wanted if name not in held
    ]
    left_out = [
        TableOverride(sheet=table.sheet, kind="other", header_row=table.header_row)
        for table in understood.recognition.of(Kind.GOALS, Kind.KPI)
        if table.sheet not in wanted
    ]
    return [*added, *left_out]


def _ask_server(lang: Lang) -> Server | None:
    host = _ask(_SERVER, lang, str.strip, default="")
    if not host:
        return None
    username = _ask(_ACCOUNT, lang, _address, default=None)
    secret = _ask(_SECRET, lang, _one_of(("file", "env")), default="file")
    at_once = any(host.endswith(domain) for domain in _TLS_FROM_THE_START)
    return Server(
        host=host,
        security="tls" if at_once else "starttls",
        username=username,
        secret=secret,
    )


def _address(text: str) -> str:
    address = text.strip()
    if address and not is_address(address):
        raise UnfitValueError(_BAD_ADDRESS)
    return address


def _ask(
    question: Text, lang: Lang, read: Callable[[str], T], *, default: str | None
) -> T:
    while True:
        answer = click.prompt(
            question.in_(lang),
            default=default,
            show_default=bool(default),
            value_proc=str,
            err=True,
        )
        try:
            return read(answer)
        except UnfitValueError as wrong:
            click.echo(wrong.what.in_(lang), err=True)


def _one_of(known: Sequence[T]) -> Callable[[str], T]:
    def read(text: str) -> T:
        found = next((one for one in known if one == text.strip()), None)
        if found is None:
            raise UnfitValueError(_ONE_OF.fill(known=", ".join(map(str, known))))
        return found

    return read
