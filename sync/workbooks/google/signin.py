"""Who calls: a service account's key, a person's own consent, or what the machine has."""

import json
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import google.auth
import requests
from google.auth import environment_vars
from google.auth.credentials import Credentials
from google.auth.exceptions import (
    DefaultCredentialsError,
    RefreshError,
    TransportError,
)
from google.auth.transport.requests import Request
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials as Person

from sync.causes import cause
from sync.errors import SignInError
from sync.wording import Text
from sync.workbooks.google.consent import consent

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
"""Spreadsheets only: not Drive, not the rest of the account."""
VERSIONS = "https://www.googleapis.com/auth/drive.metadata.readonly"
"""What Drive says about files, without what stands in them; only for `version_hint`."""

_TOKEN = "google-sign-in.json"  # noqa: S105 (the name of a file)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Account(NamedTuple):
    """Somebody who may call."""

    credentials: Credentials
    address: str
    """E-mail address, to share sheets with; empty when it is not known."""


def sign_in(
    key: Path | None, state: Path, scopes: Sequence[str], *, ask: bool
) -> Account:
    """Sign in by what there is; nothing is sent for a service account yet.

    Args:
        key: A service account's key, or the client of a desktop application, as Google
            gives them to download; ``None`` for application default credentials.
        state: Our folder, which keeps a person's consent.
        scopes: The rights that are asked for.
        ask: Whether somebody is there to consent in a browser.

    Raises:
        SignInError: If that is no way to sign in; the message says what is.
    """
    if key is None:
        return _of_the_machine(state, scopes)
    content = _content(key)
    match content:
        case {"type": "service_account", "client_email": address}:
            return Account(_service(key, content, scopes), str(address))
        case {"type": "authorized_user"}:
            return Account(_consenting(content, scopes), "")
        case {"installed": _}:
            return _person(key, content, state / _TOKEN, scopes, ask=ask)
        case _:
            raise SignInError(
                Text(
                    "这个文件既不是服务账号的密钥，也不是桌面客户端的凭据",
                    "this file holds neither a service account's key nor a "
                    "desktop client",
                ),
                where=str(key),
                hint=Text(
                    "在 Google Cloud 控制台：IAM > 服务账号 > 密钥 > 添加密钥"
                    " > JSON；每一步见 README",
                    "in the Google Cloud console: IAM > Service accounts > "
                    "Keys > Add key > JSON; the README shows each step",
                ),
            )


def _content(key: Path) -> Any:
    """Read a key that nobody else can read.

    Raises:
        SignInError: If others can: who has the key has the sheets.
    """
    try:
        mode = key.stat().st_mode
        content = json.loads(key.read_bytes())
    except OSError as problem:
        raise SignInError(
            Text(
                "密钥无法读取：{why}",
                "the key cannot be read: {why}",
                {"why": cause(problem)},
            ),
            where=str(key),
            hint=Text(
                "请检查 config.toml 里 [google] 的 credentials",
                "check credentials under [google] in config.toml",
            ),
        ) from None
    except ValueError:
        raise SignInError(
            Text(
                "这不是从 Google 下载的密钥（JSON）",
                "this is not a key as Google gives it to download (JSON)",
            ),
            where=str(key),
            hint=Text("请重新下载，格式选 JSON", "download it again, as JSON"),
        ) from None
    # Windows knows no such bits: a file in a user's own folder is private there.
    if os.name == "posix" and mode & _OTHERS:
        raise SignInError(
            Text(
                "这台机器的其他用户也能读取密钥",
                "other users of this machine can read the key",
            ),
            where=str(key),
            hint=Text("请运行：chmod 600 {key}", "run: chmod 600 {key}", {"key": key}),
        )
    return content


def _service(key: Path, content: Any, scopes: Sequence[str]) -> Credentials:
    try:
        made: Credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            content, scopes=scopes
        )
    except (ValueError, KeyError) as problem:
        raise SignInError(
            Text(
                "密钥已损坏（{problem}）",
                "the key is damaged ({problem})",
                {"problem": str(problem)},
            ),
            where=str(key),
            hint=Text(
                "请为服务账号重新下载一个", "download a new one for the service account"
            ),
        ) from None
    return made


def _consenting(content: Any, scopes: Sequence[str]) -> Credentials:
    made: Credentials = Person.from_authorized_user_info(content, scopes)  # type: ignore[no-untyped-call]
    return made


def _of_the_machine(state: Path, scopes: Sequence[str]) -> Account:
    """Take what the machine is signed in with; a key that it names is kept secret too."""
    if named := os.environ.get(environment_vars.CREDENTIALS):
        key = Path(named)
        content = _content(key)
        if isinstance(content, dict) and content.get("type") == "service_account":
            return sign_in(key, state, scopes, ask=False)
    try:
        credentials, _ = google.auth.default(scopes=scopes)
    except DefaultCredentialsError:
        raise SignInError(
            Text(
                "没有写明用哪个账号登录 Google", "nothing says who signs in to Google"
            ),
            where="config.toml: google.credentials",
            hint=Text(
                "请把服务账号的密钥放进这个文件夹，命名为 google-key.json，"
                "或在 [google] 里写明；README 里有十分钟的步骤",
                "put the key of a service account into this folder as "
                "google-key.json, or name it under [google]; the README "
                "shows how to get one in ten minutes",
            ),
        ) from None
    address = getattr(credentials, "service_account_email", "")
    return Account(credentials, "" if address == "default" else str(address or ""))


def _was_taken_back(credentials: Credentials) -> bool:
    """Try a consent that was given before; where Google cannot be asked, it holds."""
    try:
        with requests.Session() as session:
            credentials.refresh(Request(session))  # type: ignore[no-untyped-call]
    except RefreshError:
        return True
    except TransportError:
        return False
    return False


def _person(
    key: Path, client: Any, kept: Path, scopes: Sequence[str], *, ask: bool
) -> Account:
    """Take the consent a person gave before, or ask for it in the browser."""
    if kept.exists():
        known = _content(kept)
        same = known.get("client_id") == client["installed"].get("client_id")
        if same and set(scopes) <= set(known.get("scopes") or scopes):
            credentials = _consenting(known, scopes)
            if not (ask and _was_taken_back(credentials)):
                return Account(credentials, "")
    if not ask:
        raise SignInError(
            Text(
                "需要有人在浏览器里授权一次",
                "somebody has to consent in the browser once",
            ),
            where=str(key),
            hint=Text(
                "请在终端里运行 followup init，后面写表格的地址",
                "run followup init with the sheet's address on a terminal",
            ),
        )
    credentials = consent(client, scopes, where=str(key))
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(credentials.to_json())  # type: ignore[no-untyped-call]
    return Account(credentials, "")
