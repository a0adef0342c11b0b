"""What Google answers when it will not, and what the user can do about each."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self

from sync.errors import (
    FollowupError,
    NotWritableError,
    SignInError,
    UnreachableError,
    WorkbookError,
)


class Refused(Exception):  # noqa: N818 (it says what happened)
    """Google answered that it will not do it; nothing was changed."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str = "",
        reasons: tuple[str, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message
        self.code = code
        """Google's word for the status, such as ``PERMISSION_DENIED``."""
        self.reasons = reasons
        """Words of machine-readable details, such as ``SERVICE_DISABLED``."""
        self.retry_after = retry_after
        """Seconds."""

    @classmethod
    def of(cls, status: int, error: Any, retry_after: float | None) -> Self:
        """Read Google's error object; anything else is a refusal without words."""
        found = error if isinstance(error, dict) else {}
        details = found.get("details")
        reasons = [
            str(one["reason"])
            for one in (details if isinstance(details, list) else [])
            if isinstance(one, dict) and "reason" in one
        ]
        return cls(
            status,
            str(found.get("message", "")),
            code=str(found.get("status", "")),
            reasons=tuple(reasons),
            retry_after=retry_after,
        )


class Unanswered(Exception):  # noqa: N818 (it says what happened)
    """No usable answer came."""

    def __init__(
        self,
        what: str,
        *,
        status: int = 0,
        retry_after: float | None = None,
        may_have_applied: bool = True,
    ) -> None:
        super().__init__(what)
        self.status = status
        self.retry_after = retry_after
        self.may_have_applied = may_have_applied
        """Whether a write may have been carried out all the same."""


class _Known(NamedTuple):
    fits: Callable[[Refused], bool]
    kind: type[FollowupError]
    what: str
    hint: str
    """``{who}`` is the account's address."""


def _says(*words: str) -> Callable[[Refused], bool]:
    return lambda it: any(word.lower() in it.message.lower() for word in words)


def _is(status: int) -> Callable[[Refused], bool]:
    return lambda it: it.status == status


_KNOWN = (
    _Known(
        lambda it: (
            "SERVICE_DISABLED" in it.reasons
            or _says("has not been used in project", "API is disabled")(it)
        ),
        SignInError,
        "the Google Sheets API is not enabled in the project of this account",
        "open https://console.cloud.google.com/apis/library/sheets.googleapis.com, "
        "choose the project that the key belongs to, press Enable, wait a minute",
    ),
    _Known(
        _says("not supported for this document"),
        WorkbookError,
        "this is an Excel file that lies in Google Drive, not a Google Sheet",
        "open it and choose File > Save as Google Sheets, then give the new address; "
        "or download it and give the file's path",
    ),
    _Known(
        _says("protected cell or object", "protected range", "protected sheet"),
        NotWritableError,
        "a protected range keeps this account from writing what the sync writes",
        "add {who} to the editors of the range (Data > Protect sheets and ranges), or "
        'set mode = "report-only" under [google] in config.toml',
    ),
    _Known(
        _says("above the limit of 10000000 cells"),
        NotWritableError,
        "the spreadsheet has reached Google's limit of ten million cells",
        "delete empty rows and columns of its largest tabs",
    ),
    _Known(
        lambda it: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" in it.reasons,
        SignInError,
        "the credentials were not given the right to use spreadsheets",
        "sign in again with: gcloud auth application-default login "
        "--scopes=https://www.googleapis.com/auth/spreadsheets,"
        "https://www.googleapis.com/auth/cloud-platform",
    ),
    _Known(
        _is(429),
        UnreachableError,
        "Google's quota of calls a minute is used up, by this run or by others",
        "wait a minute and run again",
    ),
    _Known(
        _is(404),
        WorkbookError,
        "there is no such spreadsheet, or this account may not know of it",
        "check the address, and share the sheet with {who} (Share, as Editor)",
    ),
    _Known(
        _is(401),
        SignInError,
        "Google does not accept the sign-in any more",
        "make a new key for the account, or sign in again",
    ),
    _Known(
        _is(403),
        NotWritableError,
        "this account may not do that with the spreadsheet",
        "share the sheet with {who} as Editor (Share, top right); where it may only "
        'look, set mode = "report-only" under [google] in config.toml',
    ),
)


def explain(problem: Exception, *, who: str = "", where: str = "") -> FollowupError:
    """Say what a failed call means and what the user can do.

    Args:
        problem: What the call raised.
        who: The address of the account, when it is known.
        where: The spreadsheet's address.
    """
    if isinstance(problem, FollowupError):
        return problem
    if isinstance(problem, Refused):
        return _refusal(problem, who, where)
    if isinstance(problem, Unanswered):
        return UnreachableError(
            f"Google Sheets does not answer ({problem})",
            where=where,
            hint="check the connection, or run again later; nothing is half written",
        )
    return _sign_in(problem, where)


def _refusal(refused: Refused, who: str, where: str) -> FollowupError:
    account = who or "the account that signs in"
    for known in _KNOWN:
        if known.fits(refused):
            hint = known.hint.format(who=account)
            return known.kind(known.what, where=where, hint=hint)
    return WorkbookError(
        f"Google refuses ({refused.status}): {refused.message or refused.code}",
        where=where,
        hint="run again; when it stays, report the words above",
    )


_SIGN_IN: Mapping[str, tuple[str, str]] = {
    "invalid jwt signature": (
        "the key is no longer valid",
        "make a new key for the service account and give its file",
    ),
    "short-lived token": (
        "this machine's clock is wrong, so Google refuses the sign-in",
        "set the clock (switch automatic time on) and run again",
    ),
    "account not found": (
        "the service account was deleted",
        "make a new one, and share the sheet with its address",
    ),
    "expired or revoked": (
        "the sign-in has expired or was taken back",
        "sign in again: run followup init with the sheet's address on a terminal",
    ),
}


def _sign_in(problem: Exception, where: str) -> FollowupError:
    text = " ".join(str(part) for part in problem.args).lower()
    for words, (what, hint) in _SIGN_IN.items():
        if words in text:
            return SignInError(what, where=where, hint=hint)
    return SignInError(
        f"signing in to Google failed ({type(problem).__name__})",
        where=where,
        hint="check credentials under [google] in config.toml, and the connection",
    )
