"""The user's own templates: what there is to change, copied to where it comes first."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from reports.render import OWN, Renderer
from sync.causes import cause
from sync.errors import DeliveryError
from sync.wording import Text

_PAGES = ("report", "outbox")
"""Templates of pages, which are no letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template of letters."""

    name: str
    path: Path
    """The one in force."""
    whose: Literal["followup", "yours"]
    problem: DeliveryError | None = None
    """Why it cannot be used; found by reading it, not yet by writing a letter."""


def names() -> tuple[str, ...]:
    """Name every template of letters that comes with Followup."""
    found = (path.name for path in sorted(OWN.glob("*.j2")))
    return tuple(name for name in found if not name.startswith(_PAGES))


def in_force(folder: Path | None) -> Iterator[Template]:
    """Give every template as letters use it, those of other languages last.

    Args:
        folder: The user's templates.

    Raises:
        DeliveryError: If the folder does not exist.
    """
    renderer = Renderer(folder, date.min)
    added = [path.name for path in sorted(folder.glob("*.j2"))] if folder else []
    for name in dict.fromkeys([*names(), *added]):
        own = folder / name if folder else None
        yours = own is not None and own.is_file()
        yield Template(
            name=name,
            path=own if own and yours else OWN / name,
            whose="yours" if yours else "followup",
            problem=renderer.problem(name) if yours else None,
        )


def copy_templates(folder: Path) -> tuple[Path, ...]:
    """Copy those templates that the folder does not have; what is there stays.

    Returns:
        The files that were written.

    Raises:
        DeliveryError: If the folder cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names():
            with suppress(FileExistsError), (folder / name).open("xb") as file:
                file.write((OWN / name).read_bytes())
                written.append(folder / name)
    except OSError as error:
        raise DeliveryError(
            Text(
                "模板无法复制：{why}",
                "the templates cannot be copied: {why}",
                {"why": cause(error)},
            ),
            where=str(error.filename or folder),
            hint=Text(
                "请指定一个可以写入的文件夹，例如 --copy letters",
                "name a folder that you may write, as in --copy letters",
            ),
        ) from error
    return tuple(written)
