"""Letters sent one after another, each remembered before its end.

The one moment that matters is the final dot, or a note's last byte: what history was told before it is what
holds after a crash. A letter is claimed there, durably, and only then finished; one that
was claimed and has no answer is unknown and is never sent again by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from reports.deliver.answers import Answer
from reports.deliver.carriers import Carrier
from reports.deliver.smtp import NotClaimedError
from reports.deliver.standing import Letter
from sync.errors import DeliveryError
from sync.history.postbox import WAITING, Postbox
from sync.schedule.limit import undisturbed

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
        if claimed:
            write, among = self.postbox.finish, CLAIMED
        else:
            write, among = self.postbox.settle, WAITING
        write(key, answer.fate, self.now(), among=among, why=answer.words)


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

    def and_then(self, other: "Sending") -> "Sending":
        """Give what both did."""
        return Sending(
            done=self.done + other.done,
            n_left=self.n_left + other.n_left,
            stopped=self.stopped or other.stopped,
        )


def settle_interrupted(
    letters: Sequence[Letter], postbox: Postbox, at: datetime
) -> None:
    """Call those letters unknown that a run claimed and did not settle.

    A run that is still at work has the last word: see `CLAIMED`.
    """
    for letter in letters:
        if letter.standing == "sending":
            postbox.settle(letter.entry.key, "unknown", at, among=("sending",))


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


def send(letters: Sequence[Letter], carrier: Carrier, book: Book) -> Sending:
    """Send letters, in the given order.

    Args:
        letters: Those that wait; others are refused by the book.
        carrier: Who takes them away.
        book: Where claims and fates are kept.

    Raises:
        DeliveryError: If a letter's file cannot be read. What stops the carrier's side
            of a run is in the result, with what was sent until then.
    """
    run = _Run()
    stopped = None
    try:
        for letter in letters:
            answer = _one(letter, carrier, book)
            if answer is None:
                run.n_taken_by_others += 1
                continue
            if answer.blames_account:
                stopped = _blamed(answer)
            else:
                run.note(letter, answer)
                stopped = run.trouble() if carrier.one_server else None
            if stopped:
                break
    except DeliveryError as error:
        stopped = error
    except BaseException:
        carrier.cut()
        raise
    carrier.close()
    n_left = len(letters) - len(run.done) - run.n_taken_by_others
    return Sending(done=tuple(run.done), n_left=n_left, stopped=stopped)


@undisturbed()
def _one(letter: Letter, carrier: Carrier, book: Book) -> Answer | None:
    """Send one letter and write its fate down; ``None`` when another run has it."""
    key, claimed = letter.entry.key, False

    def before_end() -> bool:
        nonlocal claimed
        claimed = book.claim(key)
        return claimed

    try:
        answer = carrier.carry(letter, before_end)
    except NotClaimedError:
        return None
    if not answer.blames_account:
        book.settle(key, answer, claimed=claimed)
    return answer


def _blamed(answer: Answer) -> DeliveryError:
    return DeliveryError(
        f"the server does not take letters from us: {answer.words}",
        where="config.toml: mail.sender",
        hint="use the address you sign in with, or set username and its password",
    )
