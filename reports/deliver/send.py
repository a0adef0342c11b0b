"""Letters through the mail server, one after another, each remembered before its end.

The one moment that matters is the final dot: what history was told before it is what
holds after a crash. A letter is claimed there, durably, and only then finished; one that
was claimed and has no answer is unknown and is never sent again by itself.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol

from reports.deliver.account import Account
from reports.deliver.answers import Answer
from reports.deliver.outbox import replace_file
from reports.deliver.pace import Pace
from reports.deliver.smtp import Connection, NotClaimedError
from reports.deliver.standing import Letter
from reports.headers import mailbox
from reports.message import check_sender
from sync.config.model import Mail
from sync.errors import DeliveryError
from sync.history.postbox import WAITING, Postbox

CLAIMED = ("sending", "unknown")
"""What a claimed letter may be called when its answer comes: another run that began
meanwhile has taken it for interrupted."""

_IN_A_ROW = 5
"""Letters refused one after another before we doubt ourselves and not the readers."""
_SLOW_IN_A_ROW = 3
"""Letters put off one after another before the server is left in peace."""


class Book(Protocol):
    """Where claims and fates are written down."""

    def claim(self, key: str) -> bool:
        """Take a letter, durably; ``False`` when somebody else has it."""

    def settle(self, key: str, answer: Answer, *, claimed: bool) -> None:
        """Write down what became of a letter."""


@dataclass(frozen=True, slots=True)
class RealBook:
    """History's own."""

    postbox: Postbox
    now: Callable[[], datetime]

    def claim(self, key: str) -> bool:
        """Take a letter that waits."""
        return self.postbox.claim(key, self.now())

    def settle(self, key: str, answer: Answer, *, claimed: bool) -> None:
        """Write down what became of a letter, unless somebody else has it."""
        among = CLAIMED if claimed else WAITING
        self.postbox.settle(key, answer.fate, self.now(), among=among, why=answer.words)


class NoBook:
    """For rehearsals: everything may be sent, nothing is remembered."""

    def claim(self, key: str) -> bool:  # noqa: ARG002
        """Let it go."""
        return True

    def settle(self, key: str, answer: Answer, *, claimed: bool) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What one run of sending did."""

    done: tuple[tuple[Letter, Answer], ...]
    n_left: int
    """Letters that still wait because the run ended early."""
    stopped: DeliveryError | None = None
    """Why it ended early, when that is for the user to mend."""

    @property
    def all_sent(self) -> bool:
        """Whether every letter tried was taken, and none was left over."""
        fates = {answer.fate for _, answer in self.done}
        return fates <= {"sent"} and not self.n_left and self.stopped is None


def settle_interrupted(
    letters: Sequence[Letter], postbox: Postbox, at: datetime
) -> None:
    """Call those letters unknown that a run claimed and did not settle.

    A run that is still at work has the last word: see `CLAIMED`.
    """
    for letter in letters:
        if letter.standing == "sending":
            postbox.settle(letter.entry.key, "unknown", at, among=("sending",))


def check_sending(options: Mail) -> str:
    """Give the plain address that letters are from.

    Raises:
        DeliveryError: If no sender of the user's own is set.
    """
    _, address = check_sender(options.sender)
    nowhere = address.endswith(("@localhost", ".invalid"))
    if nowhere and options.smtp.security != "none-on-loopback":
        raise DeliveryError(
            f"nobody can answer {address}",
            where="config.toml: mail.sender",
            hint='write your own, as in sender = "HR <hr@example.com>"; most servers '
            "want the address you sign in with",
        )
    return address


@dataclass(slots=True)
class _Line:
    """The connection of a run, made anew when it broke or has carried enough."""

    account: Account
    most: int
    open: Connection | None = None

    def ready(self) -> Connection:
        one = self.open
        if one is None or not one.alive or one.n_posted >= self.most:
            self.close()
            self.open = one = Connection(self.account)
        return one

    def close(self) -> None:
        if self.open is not None:
            self.open.__exit__(None, None, None)
        self.open = None

    def cut(self) -> None:
        """Leave without a word: in the middle of a letter it would become its text."""
        if self.open is not None:
            self.open.hang_up()
        self.open = None


@dataclass(slots=True)
class _Run:
    """What has happened so far."""

    done: list[tuple[Letter, Answer]] = field(default_factory=list)
    n_taken_by_others: int = 0
    refused: int = 0
    slow: int = 0

    def note(self, letter: Letter, answer: Answer) -> None:
        self.done.append((letter, answer))
        self.refused = self.refused + 1 if answer.fate == "rejected" else 0
        self.slow = self.slow + 1 if answer.slow else 0

    def trouble(self) -> DeliveryError | None:
        """Say why the run should end here; ``None`` to go on."""
        words = self.done[-1][1].words if self.done else ""
        if self.refused >= _IN_A_ROW:
            return DeliveryError(
                f"the server refused {self.refused} letters in a row: {words}",
                where="config.toml: mail.smtp",
                hint="check mail.sender and the account; then send these again with "
                "followup mail resend",
            )
        if self.slow >= _SLOW_IN_A_ROW:
            return DeliveryError(
                f"the server put off {self.slow} letters in a row: {words}",
                where="config.toml: mail.smtp",
                hint="run followup mail send again later; a lower letters_per_minute "
                "may help",
            )
        return None


def send(
    letters: Sequence[Letter],
    options: Mail,
    account: Account,
    book: Book,
    *,
    pace: Pace,
    to_me: str | None = None,
) -> Sending:
    """Send letters, in the given order, over one connection where possible.

    Args:
        letters: Those that wait; others are refused by the book.
        options: Sender and limits.
        account: The mail server.
        book: Where claims and fates are kept.
        pace: How fast.
        to_me: One address that gets all of them in the place of their readers.

    Raises:
        DeliveryError: If a letter's file cannot be read. What stops the server's side
            of a run is in the result, with what was sent until then.
    """
    sender = check_sending(options)
    line = _Line(account, options.smtp.letters_per_connection)
    run = _Run()
    stopped = None
    try:
        for letter in letters:
            answer = _one(letter, options, sender, to_me, line, book, pace)
            if answer is None:
                run.n_taken_by_others += 1
                continue
            if answer.blames_account:
                stopped = _blamed(answer)
            else:
                run.note(letter, answer)
                stopped = run.trouble()
            if stopped:
                break
    except DeliveryError as error:
        stopped = error
    except BaseException:
        line.cut()
        raise
    line.close()
    n_left = len(letters) - len(run.done) - run.n_taken_by_others
    return Sending(done=tuple(run.done), n_left=n_left, stopped=stopped)


def _one(  # noqa: PLR0913, PLR0917 - the desk of one letter
    letter: Letter,
    options: Mail,
    sender: str,
    to_me: str | None,
    line: _Line,
    book: Book,
    pace: Pace,
) -> Answer | None:
    """Send one letter and write its fate down; ``None`` when another run has it."""
    key, claimed = letter.entry.key, False

    def before_end() -> bool:
        nonlocal claimed
        claimed = book.claim(key)
        return claimed

    raw = _content(letter.entry.path, options.sender)
    pace.wait()
    connection = line.ready()
    recipient = to_me or letter.entry.email or ""
    try:
        answer = connection.post(
            raw, sender=sender, recipient=recipient, before_end=before_end
        )
    except NotClaimedError:
        return None
    if not answer.blames_account:
        book.settle(key, answer, claimed=claimed)
    return answer


def _content(path: Path, sender: str) -> bytes:
    """Read the letter; one written before the sender was set is given it first.

    The file is what is sent, byte for byte: so the file itself is changed.
    """
    try:
        raw = path.read_bytes()
        found = re.search(rb"(?im)^From:(?:.*\r\n[ \t])*.*\r\n", raw)
        name, address = check_sender(sender)
        if found and parseaddr(found[0].decode("utf-8", "replace"))[1] != address:
            field_ = mailbox("From", name, address).encode() + b"\r\n"
            raw = raw[: found.start()] + field_ + raw[found.end() :]
            replace_file(path, raw)
    except OSError as error:
        raise DeliveryError(
            f"a letter cannot be read: {error.strerror or error}",
            where=str(path),
            hint="allow reading and writing it; its place in the outbox is kept",
        ) from error
    # A bare line feed would let what follows be taken for another command.
    return re.sub(rb"\r\n|\r|\n", b"\r\n", raw)


def _blamed(answer: Answer) -> DeliveryError:
    return DeliveryError(
        f"the server does not take letters from us: {answer.words}",
        where="config.toml: mail.sender",
        hint="use the address you sign in with, or set username and its password",
    )
