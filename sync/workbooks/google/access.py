"""How a run reaches Google: one sign-in and one quota for all its sheets."""

import os
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from sync.errors import SignInError
from sync.wording import Text
from sync.workbooks.google.http import GOOGLE, SheetsHttp
from sync.workbooks.google.quota import Quota
from sync.workbooks.google.signin import SHEETS, VERSIONS, Account, sign_in
from sync.workbooks.google.timing import Timing

ENDPOINT = "FOLLOWUP_GOOGLE_ENDPOINT"
"""Environment variable that names a server on this machine, for tests and rehearsals."""


class GoogleAccess:
    """Signs in when the first sheet is opened, and never twice."""

    def __init__(
        self,
        key: Path | None,
        state: Path,
        *,
        ask: bool = False,
        sees_versions: bool = False,
        timing: Timing | None = None,
    ) -> None:
        """Remember how to sign in; nothing is read or sent yet.

        Args:
            key: The file with the credentials; ``None`` for those of the machine.
            state: Our folder, which keeps a person's consent.
            ask: Whether somebody is there to consent in a browser.
            sees_versions: Whether to ask for the right to see the versions of files.
            timing: How long to wait for answers.
        """
        self._key = key
        self._state = state
        self._ask = ask
        self.sees_versions = sees_versions
        self._timing = timing or Timing()

    @cached_property
    def account(self) -> Account:
        """Who signs in.

        Raises:
            SignInError: If there is no way to.
        """
        scopes = (SHEETS, VERSIONS) if self.sees_versions else (SHEETS,)
        return sign_in(self._key, self._state, scopes, ask=self._ask)

    @cached_property
    def quota(self) -> Quota:
        """What all calls of the run are counted against."""
        return Quota(self._timing.clock, self._timing.sleep)

    @cached_property
    def http(self) -> SheetsHttp:
        """What makes the calls.

        Raises:
            SignInError: If there is no way to sign in.
        """
        return SheetsHttp(
            self.account.credentials,
            timing=self._timing,
            quota=self.quota,
            endpoint=endpoint(os.environ.get(ENDPOINT, "")),
        )


def endpoint(named: str) -> str:
    """Give the address of the service, which is Google's or one on this machine.

    Raises:
        SignInError: If it is another machine's: it would be handed the sheets.
    """
    if not named:
        return GOOGLE
    parts = urlsplit(named)
    if parts.scheme != "http" or parts.hostname not in {"127.0.0.1", "::1"}:
        raise SignInError(
            Text(
                "“{named}”不是本机的地址",
                "{named!r} is no address of this machine",
                {"named": named},
            ),
            where=ENDPOINT,
            hint=Text(
                "请取消这个环境变量；它只供测试使用，只能写 http://127.0.0.1:端口",
                "unset it; it is for tests and takes http://127.0.0.1:PORT only",
            ),
        )
    return named.rstrip("/")
