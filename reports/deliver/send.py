"""Letters sent one after another, each remembered before its end.

The one moment that matters is the final dot, or a note's last byte: what history was
told before it is what holds after a crash. A letter is begun there and only then
finished; one that was begun and has no answer is unknown, and is never sent again by
itself. The disk is waited for once in many letters: `sync.history.postbox` says why
that is enough.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from reports.deliver.answers import Answer
from reports.deliver.carriers import Carrier
from reports.deliver.smtp import NotClaimedError
from reports.deliver.standing import Letter
from sync.errors import DeliveryError
from sync.history.postbox import Postbox
from sync.history.posts import WAITING
from sync.schedule.limit import undisturbed
from sync.wording import Text

BEGUN = ("sending", "unknown")
"""What a letter on its way may be called when its answer comes: another run that set out
meanwhile has taken it for interrupted."""

_IN_A_ROW = 5
"""Letters refused one after another before we doubt ourselves and not the readers."""
_SLOW_IN_A_ROW = 3
"""Letters put off one after another before the server is left in peace."""


class Book(Protocol):
    """Where claims and fates are written down; see `sync.history.postbox.Postbox`."""

    @property
    def most_at_once(self) -> int:
        """How many letters may be taken together."""

    def claim(self, keys: Sequence[str]) -> AbstractSet[str]:
        """Take letters, durably, and let go of those taken before; give whose it got."""

    def begin(self, key: str) -> bool:
        """Note that a letter goes now; ``False`` when somebody else has it."""

    def settle(self, key: str, answer: Answer, *, begun: bool) -> None:
        """Note what became of a letter."""

    def release(self) -> None:
        """Let go of what was taken, and make durable what was noted."""


@dataclass(frozen=True, slots=True)
class RealBook:
    """History's own."""

    postbox: Postbox
    now: Callable[[], datetime]
    run: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def most_at_once(self) -> int:
        """How many letters may be taken together."""
        return self.postbox.most_at_once()

    def claim(self, keys: Sequence[str]) -> AbstractSet[str]:
        """Take letters that wait."""
        return self.postbox.claim(keys, self.run)

    def begin(self, key: str) -> bool:
        """Note that a letter goes now."""
        return self.postbox.begin(key, self.run, self.now())

    def settle(self, key: str, answer: Answer, *, begun: bool) -> None:
        """Note what became of a letter, unless somebody else has it."""
        among = BEGUN if begun else WAITING
        self.postbox.note(key, answer.fate, self.now(), among=among, why=answer.words)

    def release(self) -> None:
        """Let go of what was taken."""
        self.postbox.release(self.run)


class NoBook:
    """For rehearsals: everything may be sent, nothing is remembered."""

    most_at_once = 1

    def claim(self, keys: Sequence[str]) -> AbstractSet[str]:
        """Take them all."""
        return frozenset(keys)

    def begin(self, key: str) -> bool:  # noqa: ARG002
        """Let it go."""
        return True

    def settle(self, key: str, answer: Answer, *, begun: bool) -> None:
        """Forget it."""

    def release(self) -> None:
        """Nothing was taken."""


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
    """Call those letters unknown that a run began or a power cut left in doubt.

    A run that is still at work has the last word: see `BEGUN`.
    """
    postbox.recover(at)
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
                Text(
                    "邮件服务器连续拒收 {refused} 封信：{words}",
                    "the server refused {refused} letters in a row: {words}",
                    {"refused": self.refused, "words": words},
                ),
                where="config.toml: mail.smtp",
                hint=Text(
                    "请检查 mail.sender 和账号，然后用 followup mail resend 重发这几封",
                    "check mail.sender and the account; then send these "
                    "again with followup mail resend",
                ),
            )
        if self.slow >= _SLOW_IN_A_ROW:
            return DeliveryError(
                Text(
                    "邮件服务器连续推迟 {slow} 封信：{words}",
                    "the server put off {slow} letters in a row: {words}",
                    {"slow": self.slow, "words": words},
                ),
                where="config.toml: mail.smtp",
                hint=Text(
                    "请稍后再运行 followup mail send；把 letters_per_minute "
                    "调低可能有用",
                    "run followup mail send again later; a lower "
                    "letters_per_minute may help",
                ),
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
        stopped = _each(letters, carrier, book, run)
    except DeliveryError as error:
        stopped = error
    except BaseException:
        carrier.cut()
        raise
    finally:
        book.release()
    carrier.close()
    n_left = len(letters) - len(run.done) - run.n_taken_by_others
    return Sending(done=tuple(run.done), n_left=n_left, stopped=stopped)


def _each(
    letters: Sequence[Letter], carrier: Carrier, book: Book, run: _Run
) -> DeliveryError | None:
    """Send one after another; give what ends the run early."""
    at_once = min(carrier.at_once, book.most_at_once)
    for letter, claimed in _claimed(letters, at_once, book):
        answer = _one(letter, carrier, book) if claimed else None
        if answer is None:
            run.n_taken_by_others += 1
            continue
        if answer.blames_account:
            return _blamed(answer)
        run.note(letter, answer)
        stopped = run.trouble() if carrier.one_server else None
        if stopped:
            return stopped
    return None


def _claimed(
    letters: Sequence[Letter], at_once: int, book: Book
) -> Iterator[tuple[Letter, bool]]:
    """Claim so many at once, and give each with whether it is ours."""
    for start in range(0, len(letters), at_once):
        some = letters[start : start + at_once]
        ours = book.claim([one.entry.key for one in some])
        yield from ((one, one.entry.key in ours) for one in some)


@undisturbed()
def _one(letter: Letter, carrier: Carrier, book: Book) -> Answer | None:
    """Send one letter and note its fate; ``None`` when another run has it."""
    key, begun = letter.entry.key, False

    def before_end() -> bool:
        nonlocal begun
        begun = book.begin(key)
        return begun

    try:
        answer = carrier.carry(letter, before_end)
    except NotClaimedError:
        return None
    if not answer.blames_account:
        book.settle(key, answer, begun=begun)
    return answer


def _blamed(answer: Answer) -> DeliveryError:
    return DeliveryError(
        Text(
            "邮件服务器不接受我们发信：{words}",
            "the server does not take letters from us: {words}",
            {"words": answer.words},
        ),
        where="config.toml: mail.sender",
        hint=Text(
            "请改用登录所用的地址，或设置 username 和密码",
            "use the address you sign in with, or set username and its password",
        ),
    )
