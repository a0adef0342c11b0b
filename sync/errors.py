"""What stops a run: one root, with the place and the fix as fields."""

from typing import ClassVar


class FollowupError(Exception):
    """Something the user must act on; nothing was changed.

    Attributes:
        what: What is wrong, lower case, without a final full stop.
        hint: What to do about it.
        where: The file, sheet, cell or key concerned.
    """

    code: ClassVar[str] = "F000"
    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        """Show ``where: code what`` and the fix on a line of its own."""
        place = f"{self.where}: " if self.where else ""
        fix = f"\n  fix: {self.hint}" if self.hint else ""
        return f"{place}{self.code} {self.what}{fix}"


class WorkbookError(FollowupError):
    """The workbook cannot be opened or read."""

    code = "F101"


class TableError(FollowupError):
    """No table that Followup could work on was recognised."""

    code = "F110"


class NotWritableError(FollowupError):
    """The workbook must not be written: signed, protected, or the folder refuses."""

    code = "F120"


class SignInError(FollowupError):
    """Signing in to a service did not work, or the service is not switched on."""

    code = "F201"


class UnreachableError(FollowupError):
    """A service does not answer, or asks to be left alone for a while."""

    code = "F202"


class ChangedSinceReadError(FollowupError):
    """Somebody changed the workbook after it was read."""

    code = "F301"


class InUseError(FollowupError):
    """Somebody has the workbook open."""

    code = "F302"


class ConfigError(FollowupError):
    """The configuration cannot be used."""

    code = "C001"


class HistoryError(FollowupError):
    """The history store cannot be used."""

    code = "F310"


class DeliveryError(FollowupError):
    """Letters cannot be rendered or put where they belong."""

    code = "F401"
