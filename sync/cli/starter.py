"""``followup init --new``: the starter workbook, over nothing that is there."""

from datetime import date
from pathlib import Path

import click

from sync.causes import cause
from sync.cli.misuse import MisuseError
from sync.errors import ConfigError
from sync.starter.book import starter_book
from sync.wording import Lang, Text
from sync.workbooks.google.address import is_google
from sync.workbooks.sheets import WebSheets

_MADE = Text(
    "已生成 {path}\n填好员工名单和目标后，运行：followup check {path}",
    "made {path}\nfill in People and Goals, then run: followup check {path}",
)


def make_starter(place: str, lang: Lang, today: date, web: WebSheets) -> None:
    """Make the starter workbook and say what comes next.

    Args:
        place: A file that is not there yet, or an empty Google Sheet's address.
        lang: The language of all of it.
        today: The day near which the examples lie.
        web: Reaches Google.

    Raises:
        ConfigError: If there is such a file already, or it cannot be written.
        NotWritableError: If the Google Sheet holds something, or may not be written.
    """
    if is_google(place):
        web.begin(place, lang, today)
    else:
        _onto_disk(Path(place), lang, today)
    click.echo(_MADE.fill(path=place).in_(lang))


def _onto_disk(path: Path, lang: Lang, today: date) -> None:
    if path.suffix.lower() != ".xlsx":
        raise MisuseError(
            Text(
                "--new 生成的是 Excel 工作簿，例如 goals.xlsx：{path}",
                "--new makes an Excel workbook, as goals.xlsx: {path}",
                {"path": path},
            )
        )
    content = starter_book(lang, today)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise ConfigError(
            Text("文件已经存在", "exists already"),
            where=str(path),
            hint=Text("请给 --new 换一个文件名", "choose another name for --new"),
        ) from None
    except OSError as error:
        raise ConfigError(
            Text("无法写入：{why}", "cannot be written: {why}", {"why": cause(error)}),
            where=str(path),
            hint=Text(
                "请选择一个已有且可以写入的文件夹",
                "choose a folder that exists and may be written to",
            ),
        ) from error
