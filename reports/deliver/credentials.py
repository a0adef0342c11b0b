"""Secrets: from a variable, a private file or a command; never from the configuration."""

import os
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sync.causes import cause
from sync.errors import DeliveryError
from sync.wording import Text

Place = str | Path | tuple[str, ...] | None
"""A variable's name, a file, or a command; falsy when it is not used."""

_PATIENCE = 60
"""Seconds that a command may take: it may have to ask a keyring or a server."""
_UNREADABLE = Text("{name} 无法读取：{why}", "{name} cannot be read: {why}")
_NOT_UTF8 = Text("不是 UTF-8 文本", "it is not UTF-8")


def find_secret(
    places: Mapping[str, Place], *, where: str, folder: Path, environ: Mapping[str, str]
) -> str | None:
    """Fetch a secret from the first place that is named.

    Args:
        places: Key of the configuration → place.
        where: The section of the configuration, for messages.
        folder: What a file's path is relative to.
        environ: Where a variable is looked up.

    Returns:
        The secret; ``None`` when no place is named.

    Raises:
        DeliveryError: If the place that is named does not hold one.
    """
    for key, place in places.items():
        named = f"{where}.{key}"
        if not place:
            continue
        if isinstance(place, tuple):
            return _from_command(place, named)
        if isinstance(place, Path):
            return _from_file(folder / place.expanduser(), named)
        return _from_variable(place, named, environ)
    return None


def _from_variable(name: str, where: str, environ: Mapping[str, str]) -> str:
    secret = environ.get(name, "")
    if not secret:
        raise DeliveryError(
            Text(
                "没有设置环境变量 {name}",
                "the variable {name} is not set",
                {"name": name},
            ),
            where=where,
            hint=Text(
                "请在运行 followup 的环境中设置它",
                "set it in the environment that runs followup",
            ),
        )
    return secret


def _from_file(path: Path, where: str) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            # Windows keeps rights elsewhere; its modes say nothing.
            if os.name == "posix" and mode & 0o077:
                raise DeliveryError(
                    Text(
                        "其他人也能读取 {name}（权限 {mode:03o}）",
                        "others may read {name} (mode {mode:03o})",
                        {"name": path.name, "mode": mode},
                    ),
                    where=where,
                    hint=Text(
                        "运行 chmod 600 {path}", "chmod 600 {path}", {"path": path}
                    ),
                )
            secret = file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = cause(error) if isinstance(error, OSError) else _NOT_UTF8
        raise DeliveryError(
            _UNREADABLE.fill(name=path.name, why=why),
            where=where,
            hint=Text(
                "把密码写在文件的第一行，并设为只有自己能读",
                "write the secret on the first line of a file only you may read",
            ),
        ) from None
    return _some(secret, where)


def _from_command(command: tuple[str, ...], where: str) -> str:
    try:
        # Its own words go to the terminal: a keyring may ask there for a passphrase.
        done = subprocess.run(  # noqa: S603 - the user's own choice, without a shell
            command,
            stdout=subprocess.PIPE,
            timeout=_PATIENCE,
            check=False,
            encoding="utf-8",
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise DeliveryError(
            Text(
                "{program} 无法运行：{kind}",
                "{program} cannot be run: {kind}",
                {"program": command[0], "kind": type(error).__name__},
            ),
            where=where,
            hint=Text(
                "请手动运行一次看看；它应当只输出密码（或令牌），没有别的内容",
                "run it by hand; it has to print the secret and nothing else",
            ),
        ) from None
    if done.returncode:
        raise DeliveryError(
            Text(
                "{program} 运行出错，退出码 {code}",
                "{program} ended with code {code}",
                {"program": command[0], "code": done.returncode},
            ),
            where=where,
            hint=Text(
                "请手动运行一次看看；它应当只输出密码（或令牌），没有别的内容",
                "run it by hand; it has to print the secret and nothing else",
            ),
        )
    return _some(done.stdout.partition("\n")[0].rstrip("\r"), where)


def _some(secret: str, where: str) -> str:
    if not secret:
        raise DeliveryError(
            Text("第一行是空的", "the first line is empty"),
            where=where,
            hint=Text("第一行应当是密码或令牌", "it has to hold the secret"),
        )
    return secret
