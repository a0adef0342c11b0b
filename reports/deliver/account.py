"""Whose mail server, and the secret for it: never from the configuration itself."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from reports.deliver.credentials import find_secret
from sync.config.mail import Smtp
from sync.errors import DeliveryError
from sync.wording import Text

WHERE = "config.toml: mail.smtp"


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
    token: Callable[[], str] | None = field(default=None, repr=False, compare=False)
    """Fetches a token anew: most live for an hour, and a run may take longer."""

    def renewed(self) -> "Account":
        """Give the account with a fresh token; itself where a password signs in."""
        return self if self.token is None else replace(self, secret=self.token())


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
            Text("没有写明邮件服务器", "no mail server is named"),
            where=f"{WHERE}.host",
            hint=Text(
                '写上服务器地址，例如 host = "smtp.example.com"；可参考 '
                "config.example.toml",
                'name it, as in host = "smtp.example.com"; see config.example.toml',
            ),
        )
    secret = partial(_secret, options, folder, environ)
    return Account(
        host=options.host,
        port=options.port or (465 if options.security == "tls" else 587),
        security=options.security,
        username=options.username,
        secret=secret() if options.username else "",
        oauth=bool(options.token_command),
        token=secret if options.username and options.token_command else None,
        ca_file=folder / options.ca_file if options.ca_file else None,
        timeout=options.timeout_seconds,
    )


def _secret(options: Smtp, folder: Path, environ: Mapping[str, str]) -> str:
    secret = find_secret(
        {
            "password_env": options.password_env,
            "password_file": options.password_file,
            "password_command": options.password_command,
            "token_command": options.token_command,
        },
        where=WHERE,
        folder=folder,
        environ=environ,
    )
    if secret is None:
        raise DeliveryError(
            Text(
                "写了用户名，但没有写明密码在哪里",
                "there is a username but nothing says where its password is",
            ),
            where=WHERE,
            hint=Text(
                "补上 password_env、password_file、password_command 或 "
                "token_command 之一",
                "add password_env, password_file, password_command or token_command",
            ),
        )
    return secret
