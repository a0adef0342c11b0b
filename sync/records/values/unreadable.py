"""What a cell reader raises when it must not guess."""

from dataclasses import dataclass

from sync.findings import Severity
from sync.wording import Text, shorten


class UnreadableCell(Exception):  # noqa: N818 - it is a state of a cell, not a fault
    """A cell whose content cannot be taken at its word.

    It is caught once per cell and becomes a finding at that cell.
    """

    def __init__(
        self, what: Text, fix: Text, code: str, severity: Severity = "warning"
    ) -> None:
        super().__init__(code)
        self.what = what
        self.fix = fix
        self.code = code
        self.severity = severity


@dataclass(frozen=True, slots=True)
class Notice:
    """One entry of the catalogue: a code with its sentences, not yet filled in."""

    code: str
    severity: Severity
    what: Text
    fix: Text

    def about(self, text: str, **slots: object) -> UnreadableCell:
        """Make the exception for one cell.

        Args:
            text: The cell as the sheet shows it; quoted in short in the sentence.
            **slots: Further slots the sentences name.
        """
        filled = {"text": shorten(text), **slots}
        return UnreadableCell(
            self.what.fill(**filled), self.fix.fill(**filled), self.code, self.severity
        )
