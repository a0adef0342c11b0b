"""Files that hold secrets or decide whom letters go to: whose they are."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from sync.causes import cause
from sync.config.model import Config
from sync.doctor.model import Checks, fine, problem, warning
from sync.wording import Text

_PUBLIC = ("ca_file", "metrics_file")
"""Keys of files that hold no secret."""

_PRIVATE = Text("只有本人可读", "only you may read it")
_READABLE = Text("别人也能读（权限 {mode}）", "others may read it (mode {mode})")
_READABLE_FIX = Text("chmod 600 {path}", "chmod 600 {path}")
_GONE = Text("读不到这个文件：{why}", "it cannot be read: {why}")
_GONE_FIX = Text(
    "把密钥写进这个文件的第一行，权限 600",
    "write the secret on the first line of that file, mode 600",
)
_WRITABLE = Text(
    "别人也能改（权限 {mode}）：谁能改它，就能决定信发给谁",
    "others may change it (mode {mode}): whoever can decides whom letters go to",
)
_WRITABLE_FIX = Text("chmod go-w {path}", "chmod go-w {path}")
_NONE = Text("没有用到密钥文件", "no file with a secret is used")


def secrets(config: Config, path: Path | None, folder: Path) -> Checks:
    """Look at the rights of every file with a secret, and of the configuration.

    Args:
        config: The configuration.
        path: Its file; ``None`` when there is none.
        folder: What its paths are relative to.
    """
    files = dict(_secret_files(config, ""))
    if not files:
        yield fine("secrets", _NONE)
    for key, named in files.items():
        yield from _secret(folder / named.expanduser(), key)
    if path and os.name == "posix" and (mode := _mode(path)) & 0o022:
        told = _WRITABLE.fill(mode=f"{mode:03o}")
        yield warning("secrets", told, _WRITABLE_FIX.fill(path=path), str(path))


def _secret(path: Path, key: str) -> Checks:
    place = f"config.toml: {key}"
    try:
        with path.open("rb") as file:
            file.read(1)
        mode = _mode(path)
    except OSError as error:
        yield problem("secrets", _GONE.fill(why=cause(error)), _GONE_FIX, place)
        return
    # Windows keeps rights elsewhere; its modes say nothing.
    if os.name == "posix" and mode & 0o077:
        told = _READABLE.fill(mode=f"{mode:03o}")
        yield problem("secrets", told, _READABLE_FIX.fill(path=path), place)
    else:
        yield fine("secrets", _PRIVATE, place)


def _secret_files(section: BaseModel, start: str) -> Iterator[tuple[str, Path]]:
    """Give every key that names a file with a secret, wherever it stands."""
    for name in type(section).model_fields:
        value, key = getattr(section, name), f"{start}{name}"
        if isinstance(value, BaseModel):
            yield from _secret_files(value, f"{key}.")
        elif isinstance(value, tuple):
            for number, one in enumerate(value, start=1):
                if isinstance(one, BaseModel):
                    yield from _secret_files(one, f"{key}[{number}].")
        elif isinstance(value, Path) and _is_secret(name):
            yield key, value


def _is_secret(key: str) -> bool:
    return key == "credentials" or (key.endswith("_file") and key not in _PUBLIC)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
