"""The outbox: a folder of ``.eml`` files that any mail program opens, each once.

The folder is its own memory: a file's name is made from its letter's key, so that after
a crash between writing and remembering nobody gets the same letter twice.
"""

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from reports.deliver import index
from reports.deliver.entry import OutboxEntry, read_entry
from reports.deliver.receipt import Receipt
from reports.letters import Letter
from reports.message import check_sender, message
from sync.causes import cause
from sync.durable import halves_in, sync_folder, write_whole
from sync.errors import DeliveryError
from sync.schedule.kernel import process_lives
from sync.wording import Text

_AT_ONCE = 16
"""Files that are on their way to the disk at the same time."""
SENDER = "Followup <followup@localhost>"
INDEX = "index.html"

_WRITTEN = Text("已放入发件箱", "put into the outbox")
_HELD = Text(
    "没有可用的地址，在发件箱里等待", "no usable address; it waits in the outbox"
)
_TOLD = Text("这些内容已经告诉过", "the same has been told before")
_THERE = Text("同一封信已经在发件箱里", "the same letter is in the outbox already")


def deliver(
    letters: Sequence[Letter],
    folder: Path,
    *,
    already: AbstractSet[str],
    at: datetime,
    sender: str = SENDER,
) -> tuple[Receipt, ...]:
    """Put every letter that is news into the outbox.

    Args:
        letters: What was composed.
        folder: The outbox; made when missing, for its owner's eyes only.
        already: Keys of letters told before.
        at: The moment, with a time zone.
        sender: Who the letters are from.

    Returns:
        One receipt for each letter, in the same order.

    Raises:
        DeliveryError: If the folder or a file in it cannot be written.
    """
    news = {one.key for one in letters if one.key not in already}
    check_sender(sender)  # before anything is written: no half run is left
    if not news and not folder.exists():
        return tuple(_skipped(one) for one in letters)

    def put(one: Letter) -> Receipt:
        if one.key not in news:
            return _skipped(one)
        # Encoded one by one: all of them together take as much room as the letters.
        return _put(one, folder, message(one, sender=sender, at=at))

    try:
        _make(folder)
        # Side by side: a disk makes several durable as soon as one.
        with ThreadPoolExecutor(_AT_ONCE) as several:
            receipts = tuple(several.map(put, letters))
        _write_index(folder)
        # Before history hears of them: a letter it knows of must not vanish.
        sync_folder(folder)
    except OSError as error:
        raise _unwritable(error, folder) from error
    return receipts


def list_outbox(folder: Path) -> tuple[OutboxEntry, ...]:
    """Read what the outbox holds, oldest first; a missing folder holds nothing.

    Raises:
        DeliveryError: If the folder cannot be read.
    """
    try:
        return tuple(sorted(_entries(folder), key=lambda one: (one.at, one.path.name)))
    except OSError as error:
        raise DeliveryError(
            Text(
                "发件箱无法读取：{why}",
                "the outbox cannot be read: {why}",
                {"why": cause(error)},
            ),
            where=str(error.filename or folder),
            hint=Text(
                "请开放这个文件夹的读权限，或把 mail.outbox 改为别的文件夹",
                "allow reading the folder, or set mail.outbox to another one",
            ),
        ) from error


def preview(folder: Path) -> Path:
    """Give the page that shows all letters, made anew when it is missing.

    Raises:
        DeliveryError: If the outbox holds nothing or its page cannot be written.
    """
    if not list_outbox(folder):
        raise DeliveryError(
            Text("发件箱是空的", "the outbox is empty"),
            where=str(folder),
            hint=Text(
                "请先运行 followup sync，信由它生成",
                "run followup sync first; it writes the letters",
            ),
        )
    try:
        return _write_index(folder)
    except OSError as error:
        raise _unwritable(error, folder) from error


def file_name(letter: Letter) -> str:
    """Name a letter's file: ASCII, the same for the same key, no person's name in it."""
    week = letter.key.split(":")[2]
    mark = hashlib.sha256(letter.key.encode()).hexdigest()[:16]
    return f"{week}-{letter.audience}-{mark}.eml"


def _unwritable(error: OSError, folder: Path) -> DeliveryError:
    return DeliveryError(
        Text(
            "发件箱无法写入：{why}",
            "the outbox cannot be written: {why}",
            {"why": cause(error)},
        ),
        where=str(error.filename or folder),
        hint=Text(
            "请开放这个文件夹的写权限，或把 mail.outbox 改为别的文件夹",
            "allow writing to the folder, or set mail.outbox to another one",
        ),
    )


def _entries(folder: Path) -> Iterator[OutboxEntry]:
    if folder.is_dir():
        for path in sorted(folder.glob("*.eml")):
            entry = read_entry(path)
            if entry:
                yield entry


def _make(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700)
        folder.chmod(0o700)
        sync_folder(folder.parent)
    for half, process in halves_in(folder).items():
        if not process_lives(process):
            half.unlink(missing_ok=True)


def _skipped(letter: Letter) -> Receipt:
    return Receipt(key=letter.key, state="skipped", why=_TOLD)


def _put(letter: Letter, folder: Path, raw: bytes) -> Receipt:
    path = folder / file_name(letter)
    there = read_entry(path) if path.exists() else None
    held = not letter.recipient.reachable
    if there and not held and there.email != letter.recipient.email:
        there = None  # an address has turned up, or the refused one was corrected
    if there is None:
        write_whole(path, raw)
    if held:
        return Receipt(key=letter.key, state="held", why=_HELD, path=path)
    if there:
        return Receipt(key=letter.key, state="skipped", why=_THERE, path=path)
    return Receipt(key=letter.key, state="written", why=_WRITTEN, path=path)


def _write_index(folder: Path) -> Path:
    path = folder / INDEX
    page = index.page(list_outbox(folder)).encode()
    if not path.exists() or path.read_bytes() != page:
        write_whole(path, page)
    return path
