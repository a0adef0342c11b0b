"""Whose mail server, and the secret for it: never from the configuration itself."""

import os
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sync.config.model import Smtp
from sync.errors import DeliveryError

WHERE = "config.toml: mail.smtp"
_PATIENCE = 60
"""Seconds that a command may take: it may have to ask a keyring or a server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Everything needed to open a connection."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none-on-loopback"]
    username: str = ""
    secret: str = field(default="", repr=False)
    oauth: bool = False
    """Whether the secret is a token for XOAUTH2."""
    ca_file: Path | None = None
    timeout: float = 30
    """Seconds for each step of the conversation."""


def account_of(
    options: Smtp, folder: Path, environ: Mapping[str, str] = os.environ
) -> Account:
    """Put the account together and fetch its secret.

    Args:
        options: The section of the configuration.
        folder: What its paths are relative to.
        environ: Where ``password_env`` is looked up.

    Raises:
        DeliveryError: If no host is named or the secret cannot be had.
    """
    if not options.host:
        raise DeliveryError(
            "no mail server is named",
            where=f"{WHERE}.host",
            hint='name it, as in host = "smtp.example.com"; see config.example.toml',
        )
    return Account(
        host=options.host,
        port=options.port or (465 if options.security == "tls" else 587),
        security=options.security,
        username=options.username,
        secret=_secret(options, folder, environ) if options.username else "",
        oauth=bool(options.token_command),
        ca_file=folder / options.ca_file if options.ca_file else None,
        timeout=options.timeout_seconds,
    )


def _secret(options: Smtp, folder: Path, environ: Mapping[str, str]) -> str:
    if options.password_env:
        secret = environ.get(options.password_env, "")
        if not secret:
            raise DeliveryError(
                f"the variable {options.password_env} is not set",
                where=f"{WHERE}.password_env",
                hint="set it in the environment that runs followup",
            )
        return secret
    if options.password_file:
        return _from_file(folder / options.password_file.expanduser())
    if options.password_command:
        return _from_command(options.password_command, "password_command")
    if options.token_command:
        return _from_command(options.token_command, "token_command")
    raise DeliveryError(
        "there is a username but nothing says where its password is",
        where=WHERE,
        hint="add password_env, password_file, password_command or token_command",
    )


def _from_file(path: Path) -> str:
    where = f"{WHERE}.password_file"
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
            hint="write the password on the first line of a file only you may read",
        ) from None
    return _some(secret, where)


def _from_command(command: tuple[str, ...], name: str) -> str:
    where = f"{WHERE}.{name}"
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
