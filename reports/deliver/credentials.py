"""Secrets: from a variable, a private file or a command; never from the configuration."""

import os
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sync.errors import DeliveryError

Place = str | Path | tuple[str, ...] | None
"""A variable's name, a file, or a command; falsy when it is not used."""

_PATIENCE = 60
"""Seconds that a command may take: it may have to ask a keyring or a server."""


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
            f"the variable {name} is not set",
            where=where,
            hint="set it in the environment that runs followup",
        )
    return secret


def _from_file(path: Path, where: str) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            # Windows keeps rights elsewhere; its modes say nothing.
            if os.name == "posix" and mode & 0o077:
                raise DeliveryError(
                    f"others may read {path.name} (mode {mode:03o})",
                    where=where,
                    hint=f"chmod 600 {path}",
                )
            secret = file.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise DeliveryError(
            f"{path.name} cannot be read: {words}",
            where=where,
            hint="write the secret on the first line of a file only you may read",
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
            f"{command[0]} cannot be run: {type(error).__name__}",
            where=where,
            hint="run it by hand; it has to print the secret and nothing else",
        ) from None
    if done.returncode:
        raise DeliveryError(
            f"{command[0]} ended with code {done.returncode}",
            where=where,
            hint="run it by hand; it has to print the secret and nothing else",
        )
    return _some(done.stdout.partition("\n")[0].rstrip("\r"), where)


def _some(secret: str, where: str) -> str:
    if not secret:
        raise DeliveryError(
            "the first line is empty", where=where, hint="it has to hold the secret"
        )
    return secret
