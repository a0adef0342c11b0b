"""Web addresses of spreadsheets, and the one sign-in that all of a run share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sync.config.model import Google
from sync.errors import SignInError
from sync.wording import Lang, Text
from sync.workbooks.base import Workbook
from sync.workbooks.google.address import canonical

if TYPE_CHECKING:
    from sync.workbooks.google.access import GoogleAccess
    from sync.workbooks.google.workbook import GoogleWorkbook

_EXTRA = Text(
    "在 Followup 的文件夹里运行：pip install '.[google]'",
    "in Followup's folder: pip install '.[google]'",
)

KEY = "google-key.json"
"""The name under which a key is found beside the configuration without being named."""


class WebSheets:
    """Opens spreadsheets on the web; signs in when the first one is opened."""

    def __init__(
        self,
        google: Google,
        folder: Path,
        state: Callable[[], Path],
        *,
        ask: bool = False,
    ) -> None:
        """Remember how; nothing is read or sent yet.

        Args:
            google: The user's settings.
            folder: What relative paths in them are relative to.
            state: Gives our own folder.
            ask: Whether somebody is there to consent in a browser.
        """
        self._google = google
        self._folder = folder
        self._state = state
        self._ask = ask
        self._access: GoogleAccess | None = None
        self._opened: dict[str, GoogleWorkbook] = {}

    @property
    def key(self) -> Path | None:
        """The key to sign in with: the one that is named, else the one that lies here."""
        if self._google.credentials:
            return self._folder / self._google.credentials.expanduser()
        here = self._folder / KEY
        return here if here.exists() else None

    def open(self, locator: str) -> Workbook:
        """Open a Google Sheet; the same one twice is the same workbook.

        What is committed must know what was read: people go on typing in between, so
        reading again would give another state.

        Raises:
            SignInError: If the packages for it are missing.
            WorkbookError: If that is not the address of one.
        """
        return self._sheet(locator)

    def begin(self, locator: str, lang: Lang, today: date) -> None:
        """Put the starter workbook into a Google Sheet that holds nothing yet.

        Args:
            locator: Its web address.
            lang: The language of all of it.
            today: The day near which the examples lie.

        Raises:
            SignInError: If the packages for it are missing, or signing in fails.
            WorkbookError: If that is not the address of one.
            NotWritableError: If it holds something, or this account may not write.
        """
        self._sheet(locator).begin(lang, today)

    def _sheet(self, locator: str) -> "GoogleWorkbook":
        try:
            # Only who works on Google Sheets has these packages, and waits for them.
            from sync.workbooks.google.access import GoogleAccess  # noqa: PLC0415
            from sync.workbooks.google.workbook import GoogleWorkbook  # noqa: PLC0415
        except ModuleNotFoundError as missing:
            raise SignInError(
                Text(
                    "使用 Google 表格所需的组件没有安装：{name}",
                    "Google Sheets need a package that is not installed: {name}",
                    {"name": missing.name},
                ),
                where=locator,
                hint=_EXTRA,
            ) from None
        if self._access is None:
            self._access = GoogleAccess(
                self.key,
                self._state(),
                ask=self._ask,
                sees_versions=self._google.version_hint,
            )
        known = canonical(locator)
        if known not in self._opened:
            mode = self._google.mode
            self._opened[known] = GoogleWorkbook(locator, self._access, mode)
        return self._opened[known]
