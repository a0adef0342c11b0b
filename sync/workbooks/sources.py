"""Which workbooks the configuration means: named, fitting a pattern, or listed in a sheet."""

import glob
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sync.cells import CellRef, column_number
from sync.config.model import Config, Source, SourceList
from sync.errors import ConfigError, FollowupError
from sync.wording import Text
from sync.workbooks.google.address import canonical
from sync.workbooks.open import open_workbook
from sync.workbooks.sheets import WebSheets
from sync.workbooks.snapshot import Sheet

_OURS = re.compile(r"\.followup(-\d+)?\.xlsx$")
"""Results that we put beside files we cannot edit."""
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_HEADER_ROWS = 20


@dataclass(frozen=True, slots=True)
class Sources:
    """The workbooks of a configuration, each once, in its order."""

    found: tuple[Source, ...]
    """Their paths are absolute, or URLs."""
    failed: tuple[FollowupError, ...]
    """Entries that lead to none."""
    many: bool
    """Whether the configuration speaks of several, however many there are today."""
    is_part: bool = False
    """Whether it is one of several whose letters are written together."""


def sources_of(config: Config, folder: Path, web: WebSheets | None = None) -> Sources:
    """Find every workbook that a configuration means.

    Args:
        config: The configuration.
        folder: What its relative paths are relative to.
        web: Opens lists that are on the web.
    """
    found: dict[str, Source] = {}
    failed: list[FollowupError] = []
    groups = [
        *(_fitting(one, folder) for one in config.source),
        *(_listed(one, folder, web) for one in config.source_list),
    ]
    for group in groups:
        try:
            for source in group:
                found.setdefault(identity_of(source.path), source)
        except FollowupError as error:
            failed.append(error)
    patterns = (one for one in config.source if _is_pattern(one.path, folder))
    many = len(groups) > 1 or bool(config.source_list) or any(patterns)
    return Sources(tuple(found.values()), tuple(failed), many)


def identity_of(path: str) -> str:
    """Give what history knows a workbook by: its absolute path without links, or URL."""
    return canonical(path) if "://" in path else str(Path(path).resolve())


def workbooks_in(folder: Path) -> tuple[str, ...]:
    """List the workbooks in a folder by name: not lock files, not what we wrote."""
    try:
        names = sorted(one.name for one in folder.iterdir() if _is_workbook(one))
    except OSError:
        return ()
    return tuple(names)


def _is_pattern(path: str, folder: Path) -> bool:
    # A file may really be called "goals [2026].xlsx".
    is_plain = "://" in path or not glob.has_magic(path)
    return not is_plain and not (folder / path).exists()


def _fitting(source: Source, folder: Path) -> Iterator[Source]:
    if "://" in source.path:
        yield source
        return
    path = Path(source.path).expanduser()
    if not _is_pattern(str(path), folder):
        yield source.model_copy(update={"path": str(folder / path)})
        return
    # Not Path.glob: it refuses absolute patterns.
    names = glob.glob(str(path), root_dir=folder, recursive=True)  # noqa: PTH207
    fits = [name for name in sorted(names) if _is_workbook(Path(name))]
    if not fits:
        raise ConfigError(
            Text(
                "没有符合“{path}”的工作簿",
                "no workbook fits {path!r}",
                {"path": source.path},
            ),
            where="config.toml: source",
            hint=Text(
                "是在 {folder} 里查找的",
                "the pattern is looked for in {folder}",
                {"folder": folder},
            ),
        )
    for name in fits:
        yield source.model_copy(update={"path": str(folder / name)})


def _is_workbook(path: Path) -> bool:
    name = path.name.lower()
    hidden = name.startswith((".", "~$"))
    return name.endswith(_WORKBOOKS) and not hidden and not _OURS.search(name)


def _listed(
    listing: SourceList, folder: Path, web: WebSheets | None
) -> Iterator[Source]:
    """Read a sheet that lists workbooks; what it lists is relative to where it lies."""
    path = listing.path
    if "://" not in path:
        path = str(folder / Path(path).expanduser())
    snapshot = open_workbook(path, web=web).snapshot()
    sheets = [one for one in snapshot.sheets if not one.is_board]
    named = [one for one in sheets if listing.sheet in {None, one.name}]
    if not named:
        raise ConfigError(
            Text(
                "没有工作表“{sheet}”",
                "has no sheet {sheet!r}",
                {"sheet": listing.sheet},
            ),
            where=path,
            hint=Text(
                "现有工作表：{names}",
                "it has {names}",
                {"names": ", ".join(repr(one.name) for one in sheets)},
            ),
        )
    below = folder if "://" in path else Path(path).parent
    for at, text in _texts(named[0], listing, path):
        if "://" in text:
            yield Source(path=text)
            continue
        one = Path(text.replace("\\", "/")).expanduser()
        if one.name in {"", ".", ".."}:
            raise ConfigError(
                Text("“{text}”不是工作簿", "{text!r} is no workbook", {"text": text}),
                where=f"{path}: {at}",
            )
        yield Source(path=str(below / one))


def _texts(
    sheet: Sheet, listing: SourceList, path: str
) -> Iterable[tuple[CellRef, str]]:
    header, column = _column(sheet, listing.column, path)
    for row in sheet.rows:
        value = row.values[column - 1] if column <= len(row.values) else None
        if row.number > header and isinstance(value, str) and value.strip():
            yield CellRef(sheet.name, row.number, column), value.strip()


def _column(sheet: Sheet, wanted: str, path: str) -> tuple[int, int]:
    """Find the column by its header, else by its letter; give header row and number."""
    for row in sheet.rows[:_HEADER_ROWS]:
        found = _position(row.values, wanted)
        if found:
            return row.number, found
    if _LETTERS.fullmatch(wanted):
        return (sheet.rows[0].number if sheet.rows else 1), column_number(wanted)
    raise ConfigError(
        Text(
            "工作表“{name}”没有“{wanted}”这一列",
            "the sheet {name!r} has no column {wanted!r}",
            {"name": sheet.name, "wanted": wanted},
        ),
        where=path,
        hint=Text(
            "请写存放路径的那一列的表头，或列号字母",
            "give the header of the column that holds the paths, or its letter",
        ),
    )


def _position(values: Sequence[object], wanted: str) -> int | None:
    for number, value in enumerate(values, start=1):
        if isinstance(value, str) and value.strip().casefold() == wanted.casefold():
            return number
    return None
