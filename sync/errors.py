"""What stops a run: one root, with the place and the fix as fields."""

from typing import ClassVar

from sync.wording import Lang, Text, same

_NOTHING = same("")


class FollowupError(Exception):
    """Something the user must act on; nothing was changed.

    Attributes:
        said: What is wrong; in English lower case, without a final full stop.
        fix: What to do about it; may be empty.
        place: The file, sheet, cell or key concerned; may be empty.
    """

    code: ClassVar[str] = "F000"
    exit_code: ClassVar[int] = 2

    def __init__(
        self, what: Text, *, hint: Text = _NOTHING, where: Text | str = ""
    ) -> None:
        super().__init__(what)
        self.said = what
        self.fix = hint
        self.place = same(where) if isinstance(where, str) else where

    @property
    def what(self) -> str:
        """What is wrong, in English as logs and JSON have it."""
        return self.said.in_("en")

    @property
    def where(self) -> str:
        """The file, sheet, cell or key concerned, in English."""
        return self.place.in_("en")

    @property
    def hint(self) -> str:
        """What to do about it, in English as logs and JSON have it."""
        return self.fix.in_("en")

    def in_(self, lang: Lang) -> str:
        """Show ``where: code what`` and the fix on a line of its own."""
        place, fix = self.place.in_(lang), self.fix.in_(lang)
        colon, then = ("：", "怎么办：") if lang == "zh" else (": ", "fix: ")
        start = f"{place}{colon}" if place else ""
        end = f"\n  {then}{fix}" if fix else ""
        return f"{start}{self.code} {self.said.in_(lang)}{end}"

    def __str__(self) -> str:
        """Show it in English, as logs and tracebacks have it."""
        return self.in_("en")


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
