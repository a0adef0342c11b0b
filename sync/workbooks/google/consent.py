"""A person's consent, given in the browser of this machine."""

import sys
import webbrowser
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import Any

import requests
from google.oauth2.credentials import Credentials

from sync.errors import SignInError
from sync.wording import Text

_WAIT = 300
"""Seconds for which somebody may think about it."""
_ASK = "请在浏览器里同意 · Consent in the browser:\n{url}"
_DONE = (
    "已授权，可以关闭此页面，回到终端。 · Consent was given: close this page and go back to "
    "the terminal."
)
_AGAIN = Text("请再运行一次，并在浏览器里同意", "run again, and consent in the browser")
_KEY = Text(
    "请改用服务账号的密钥；README 里有十分钟的步骤",
    "use a service account's key instead; the README shows how in ten minutes",
)
_NOBODY = Text("五分钟内没有人授权", "nobody consented within five minutes")
_REFUSED = Text("没有得到授权（{why}）", "consent was not given ({why})")
_NO_BROWSER = Text(
    "这台机器上没有浏览器可以授权", "this machine has no browser to consent in"
)
_NO_ANSWER = Text("登录 Google 失败（{kind}）", "signing in to Google failed ({kind})")
_CONNECTION = Text("请检查网络后再运行", "check the connection and run again")
_DAMAGED = Text("客户端文件不完整：{why}", "the client's file is damaged: {why}")
_DOWNLOAD = Text("请重新下载，格式选 JSON", "download it again, as JSON")


def consent(client: Any, scopes: Sequence[str], *, where: str) -> Credentials:
    """Ask for consent in the browser and wait for it.

    Args:
        client: A desktop application's, as Google gives it to download.
        scopes: The rights that are asked for.
        where: The file that `client` was read from.

    Raises:
        SignInError: If nobody consents, or that is no client to ask with.
    """
    from google_auth_oauthlib import flow  # noqa: PLC0415 (slow, and seldom needed)
    from oauthlib.oauth2 import (  # type: ignore[import-untyped]  # noqa: PLC0415
        OAuth2Error,
    )

    try:
        asking = flow.InstalledAppFlow.from_client_config(client, scopes)
        # It prints the address, which belongs beside what a command prints for others.
        with redirect_stdout(sys.stderr):
            given: Credentials = asking.run_local_server(
                port=0,
                timeout_seconds=_WAIT,
                authorization_prompt_message=_ASK,
                success_message=_DONE,
            )
    except flow.WSGITimeoutError:
        raise SignInError(_NOBODY, where=where, hint=_AGAIN) from None
    except (ValueError, webbrowser.Error, requests.RequestException) as problem:
        what, hint = _said(problem)
        raise SignInError(what, where=where, hint=hint) from None
    except (OAuth2Error, Warning) as problem:
        # A warning: fewer rights were given than were asked for.
        why = getattr(problem, "error", None) or "scope"
        raise SignInError(_REFUSED.fill(why=why), where=where, hint=_AGAIN) from None
    return given


def _said(problem: Exception) -> tuple[Text, Text]:
    """Say what kept us from asking, and the way out."""
    if isinstance(problem, webbrowser.Error):
        return _NO_BROWSER, _KEY
    if isinstance(problem, requests.RequestException):
        return _NO_ANSWER.fill(kind=type(problem).__name__), _CONNECTION
    return _DAMAGED.fill(why=str(problem)), _DOWNLOAD
