"""The seam between the sync and a spreadsheet format."""

from typing import Protocol

from sync.workbooks.plan import Committed, Plan
from sync.workbooks.snapshot import Snapshot


class Workbook(Protocol):
    """A workbook somewhere, which can be read and, often, written back."""

    def snapshot(self) -> Snapshot:
        """Read everything once.

        Raises:
            WorkbookError: If it cannot be opened or is not a workbook.
        """

    def commit(self, plan: Plan) -> Committed:
        """Carry out a plan as one change: afterwards it is all there, or nothing is.

        Raises:
            ChangedSinceReadError: If the workbook is no longer what was planned from.
            InUseError: If somebody has it open.
            NotWritableError: If it must not or cannot be written.
        """

    def clean(self) -> Committed:
        """Take away everything of ours, as if no sync had ever run.

        Raises:
            InUseError: If somebody has it open.
            NotWritableError: If it must not or cannot be written.
        """

    def undo(self, *, before: str, after: str) -> Committed | None:
        """Bring back exactly what was there before a write, if nobody changed it since.

        Args:
            before: Fingerprint from before that write.
            after: Fingerprint that the write left.

        Returns:
            ``None`` when that cannot be had: the workbook is no longer what the write
            left, or nothing was kept of what was there. Nothing is changed then; what
            was written is taken back cell by cell, as one more plan.

        Raises:
            InUseError: If somebody has it open.
            NotWritableError: If it must not or cannot be written.
        """
