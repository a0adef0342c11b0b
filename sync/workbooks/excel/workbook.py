"""An .xlsx or .xlsm file as a workbook that is read, written back and cleaned."""

from pathlib import Path

from sync.errors import ChangedSinceReadError
from sync.wording import Text
from sync.workbooks.backups import Backups
from sync.workbooks.excel.disk import fingerprint_of, read_file, replace_file
from sync.workbooks.excel.locks import check_not_open
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.excel.remove import clean
from sync.workbooks.excel.spares import clear_leftovers
from sync.workbooks.excel.verify import check_output
from sync.workbooks.excel.write import write_package
from sync.workbooks.pause import collector_paused
from sync.workbooks.plan import Committed, Plan
from sync.workbooks.snapshot import Snapshot


class ExcelWorkbook:
    """One workbook on disk."""

    def __init__(self, path: Path, backups: Backups | None = None) -> None:
        """Name the file.

        Args:
            path: Where it is.
            backups: Where a copy is kept before each write; ``None`` keeps none.
        """
        self._path = path
        self._backups = backups

    def snapshot(self) -> Snapshot:
        """Read everything once.

        Raises:
            WorkbookError: If it cannot be opened or is not a workbook.
        """
        data = read_file(self._path)
        package = Package.open(data, str(self._path))
        with collector_paused():
            return read(package, str(self._path), fingerprint_of(data))

    def commit(self, plan: Plan) -> Committed:
        """Carry out a plan as one change: afterwards it is all there, or nothing is.

        Raises:
            ChangedSinceReadError: If the file is no longer what was planned from.
            InUseError: If somebody has it open.
            NotWritableError: If it must not or cannot be written.
        """
        if plan.is_empty:
            return self._nothing(plan.fingerprint)
        check_not_open(self._path.resolve())
        data = read_file(self._path)
        if fingerprint_of(data) != plan.fingerprint:
            raise ChangedSinceReadError(
                Text(
                    "工作簿在读取之后有人保存过，所以什么也没有写入",
                    "somebody saved the workbook after it was read, so "
                    "nothing was written",
                ),
                where=str(self._path),
                hint=Text(
                    "请再运行一次，届时会读取最新内容",
                    "run again: the new state is read then",
                ),
            )
        n_cells = len(plan.edits) + sum(column.is_new for column in plan.columns)
        package = Package.open(data, str(self._path))
        with collector_paused():
            new = write_package(package, plan)
            check_output(package, new, str(self._path))
        return self._replace(data, new, plan.fingerprint, n_cells=n_cells)

    def clean(self) -> Committed:
        """Take away everything of ours, as if no sync had ever run.

        Where nobody has saved the workbook since, the original comes back byte for byte.

        Raises:
            InUseError: If somebody has it open.
            NotWritableError: If it must not or cannot be written.
        """
        check_not_open(self._path.resolve())
        data = read_file(self._path)
        new = clean(data, str(self._path))
        package = Package.open(data, str(self._path))
        check_output(package, new, str(self._path), may_drop=True)
        return self._replace(data, new, fingerprint_of(data))

    def undo(self, *, before: str, after: str) -> Committed | None:
        """Put the copy from before a write back, if nobody has saved the file since.

        Args:
            before: Fingerprint from before that write.
            after: Fingerprint that the write left.

        Returns:
            ``None`` when somebody has saved it since, or no copy was kept.

        Raises:
            InUseError: If somebody has it open.
            NotWritableError: If it must not or cannot be written.
        """
        check_not_open(self._path.resolve())
        data = read_file(self._path)
        if fingerprint_of(data) != after or self._backups is None:
            return None
        earlier = self._backups.find(self._path, before)
        return None if earlier is None else self._replace(data, earlier, after)

    def _replace(
        self, old: bytes, new: bytes, before: str, *, n_cells: int = 0
    ) -> Committed:
        if new == old:
            return self._nothing(before)
        backup = self._backups and self._backups.save(self._path, old)
        fingerprint = replace_file(self._path, new, expected=before)
        return Committed(
            outcome="applied",
            fingerprint=fingerprint,
            written_to=str(self._path),
            n_cells=n_cells,
            backup=str(backup) if backup else None,
        )

    def _nothing(self, fingerprint: str) -> Committed:
        clear_leftovers(self._path.resolve())
        return Committed(
            outcome="nothing", fingerprint=fingerprint, written_to=str(self._path)
        )
