"""Files we can read but not edit: what a sync has to say goes into a new file beside it.

The new workbook shows the tables again at the same addresses with our columns right of
them, so that rows can be followed and the board's links lead somewhere. It carries a
seal in the archive's comment: as long as the seal fits, nobody has changed it and it
may be replaced; a file that a person typed into is never touched, and the next number
is taken instead.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from sync.causes import cause
from sync.durable import sync_folder, write_whole
from sync.errors import ChangedSinceReadError, InUseError, NotWritableError
from sync.wording import Text
from sync.workbooks.plan import Committed, Plan
from sync.workbooks.results import results_workbook
from sync.workbooks.snapshot import Snapshot

_SEAL = b"followup:"
_SEAL_LENGTH = len(_SEAL) + 64
_MAX_COPIES = 99

Read = Callable[[bytes, str, str], Snapshot]
"""Turns a file's bytes, the path the user gave and the fingerprint into a snapshot."""


def fingerprint_of(data: bytes) -> str:
    """What a file's bytes are: their SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class ReadOnlyWorkbook:
    """A file in a format that we read and do not edit."""

    def __init__(self, path: Path, locator: str, read: Read) -> None:
        """Name the file.

        Args:
            path: Where it is.
            locator: The path as the user gave it.
            read: Reads its bytes.
        """
        self._path = path
        self._locator = locator
        self._read = read

    def snapshot(self) -> Snapshot:
        """Read everything once.

        Raises:
            WorkbookError: If it is damaged or cannot be read safely.
        """
        data = self._path.read_bytes()
        return self._read(data, self._locator, fingerprint_of(data))

    def commit(self, plan: Plan) -> Committed:
        """Write the results beside the file, unless they stand there already.

        Raises:
            ChangedSinceReadError: If the file is no longer what was planned from.
            InUseError: If somebody has the results open.
            NotWritableError: If the folder refuses the new file.
        """
        snapshot = self.snapshot()
        if snapshot.fingerprint != plan.fingerprint:
            raise ChangedSinceReadError(
                Text(
                    "文件在读取之后被改动过", "the file was changed after it was read"
                ),
                where=self._locator,
                hint=Text("请再同步一次", "run the sync again"),
            )
        if plan.is_empty:
            outcome = self._committed(plan.fingerprint, self._path, 0)
            return outcome(applied=False)
        content = sealed(results_workbook(snapshot, plan))
        target = self._target(content)
        outcome = self._committed(plan.fingerprint, target, len(plan.edits))
        if target.exists() and target.read_bytes() == content:
            return outcome(applied=False)
        _refuse_when_open(target)
        _put(target, content, self._path)
        return outcome(applied=True)

    def clean(self) -> Committed:
        """Remove the results beside the file, except those that a person changed.

        Raises:
            InUseError: If somebody has the results open.
            NotWritableError: If the folder refuses.
        """
        removed = [candidate for candidate in self._candidates() if _is_ours(candidate)]
        for candidate in removed:
            _refuse_when_open(candidate)
            try:
                candidate.unlink()
            except OSError as problem:
                raise _refused(candidate, problem) from None
        outcome = self._committed(self.snapshot().fingerprint, self._path, 0)
        return outcome(applied=bool(removed))

    def undo(self, *, before: str, after: str) -> Committed | None:
        """Remove the results: the source itself was never written.

        Args:
            before: Fingerprint of the source; a write leaves it as it is.
            after: The same.

        Returns:
            ``None`` when there are no results that nobody has changed.

        Raises:
            InUseError: If somebody has the results open.
            NotWritableError: If the folder refuses.
        """
        del before, after
        committed = self.clean()
        return committed if committed.outcome == "applied" else None

    def _target(self, content: bytes) -> Path:
        """The first name that is free, ours, or has the wanted content already."""
        for candidate in self._candidates():
            if not candidate.exists() or _is_ours(candidate):
                return candidate
            if candidate.read_bytes() == content:
                return candidate
        raise NotWritableError(
            Text(
                "已有 {n} 个被人改过的结果文件",
                "there are {n} result files that people changed",
                {"n": _MAX_COPIES},
            ),
            where=str(self._path.parent),
            hint=Text(
                "请把它们移到别处，再运行一次", "move them elsewhere and run again"
            ),
        )

    def _candidates(self) -> Iterator[Path]:
        yield self._path.with_name(f"{self._path.stem}.followup.xlsx")
        for number in range(2, _MAX_COPIES + 1):
            yield self._path.with_name(f"{self._path.stem}.followup-{number}.xlsx")

    @staticmethod
    def _committed(
        fingerprint: str, target: Path, n_cells: int
    ) -> Callable[..., Committed]:
        def outcome(*, applied: bool) -> Committed:
            return Committed(
                outcome="applied" if applied else "nothing",
                fingerprint=fingerprint,
                written_to=str(target),
                n_cells=n_cells if applied else 0,
            )

        return outcome


def sealed(archive: bytes) -> bytes:
    """Append the seal as the zip archive's comment.

    Args:
        archive: A zip file that ends with an empty comment.
    """
    assert archive.endswith(b"\0\0")  # the length of the comment
    seal = _SEAL + fingerprint_of(archive).encode()
    return archive[:-2] + len(seal).to_bytes(2, "little") + seal


def _is_ours(path: Path) -> bool:
    """Tell whether a results file is exactly as we left it."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    archive = content[: -_SEAL_LENGTH - 2] + b"\0\0"
    return len(content) > _SEAL_LENGTH and content == sealed(archive)


def _refuse_when_open(target: Path) -> None:
    for lock in (f"~${target.name}", f".~lock.{target.name}#"):
        if target.with_name(lock).exists():
            raise InUseError(
                Text(
                    "结果文件正在表格软件中打开",
                    "the results are open in a spreadsheet program",
                ),
                where=str(target),
                hint=Text(
                    "请关闭它，再运行一次", "close the workbook there and run again"
                ),
            )


def _put(target: Path, content: bytes, source: Path) -> None:
    """Write a file that is complete or absent at any moment.

    The bytes reach the disk under another name before the name is taken over in one
    step. It gets the source's permissions: it shows the same data.
    """
    try:
        write_whole(target, content, mode=source.stat().st_mode & 0o666 | 0o600)
        sync_folder(target.parent)
    except OSError as problem:
        raise _refused(target, problem) from None


def _refused(target: Path, problem: OSError) -> NotWritableError:
    return NotWritableError(
        Text(
            "文件夹不让写入这个文件：{why}",
            "the folder refuses the file: {why}",
            {"why": cause(problem)},
        ),
        where=str(target),
        hint=Text(
            "请开放文件夹的写权限，或把工作簿复制到别处再用",
            "make the folder writable, or work on a copy elsewhere",
        ),
    )
