"""What a run of sending came to, as people and programs are told it."""

from dataclasses import dataclass
from datetime import datetime

import click

from reports.deliver.send import Sending
from reports.deliver.standing import Letter
from sync.wording import Lang, Text

_FIRST = Text(
    "第一次发送只发 1 封，请先确认它收到了；还有 {n} 封等待，用 --all 或 --limit 发送",
    "the first time only one letter is sent, to see that it arrives; {n} more wait for "
    "--all or --limit",
)
_LIMITED = Text("还有 {n} 封等待发送", "letters still waiting: {n}")
_NONE = Text("没有等待发送的信", "no letters wait to be sent")
_DONE = Text("已发送 {n} 封", "sent: {n}")
_REHEARSED = Text(
    "试发：已将 {n} 封发到 {to}，信件状态不变",
    "rehearsal: {n} sent to {to}; no letter changed its state",
)
_UNSETTLED = Text(
    "{n} 封不确定是否送达，请看 followup mail list",
    "letters of unknown fate: {n}; see followup mail list",
)
_QUIET = Text(
    "现在是休息时间，{until} 之前不发信，{n} 封等待；要立刻发用 --now",
    "nothing is sent before {until}: it is a quiet time; {n} wait, --now sends them",
)
_LATER = Text(
    "{n} 封被要求稍后再试，何时再试见 followup mail list",
    "put off by the server: {n}; followup mail list says until when",
)
_HELD = Text(
    "{n} 封没有发出，原因见 followup mail list",
    "letters held back: {n}; followup mail list says why",
)
_FATES = {
    "deferred": Text("下次再试", "put off"),
    "rejected": Text("被拒收", "refused"),
    "unknown": Text("不能确定是否收到", "unknown"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asked for."""

    limit: int | None = None
    everything: bool = False
    to_me: str | None = None
    """Every letter goes there, and nothing is remembered."""
    yes: bool = False
    now: bool = False
    """Even at a quiet time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of it."""

    sending: Sending
    waiting: int
    """Letters that still wait and were not tried."""
    unsettled: int
    """Letters whose fate nobody knows."""
    held: int
    """Letters that will not go before somebody does something about them."""
    later: int
    """Letters that were put off and will be tried again after a while."""
    first: bool
    """Whether there were more, held back because this was the first time."""
    quiet: datetime | None = None
    """Until when nothing is sent, when that is why nothing was."""

    @property
    def all_well(self) -> bool:
        """Whether nothing stayed undelivered that should not have."""
        return self.sending.all_sent and not self.unsettled


def tell(report: Report, wish: Wish, lang: Lang) -> None:
    """Say what was sent, what was not and why; end with what stopped it.

    Raises:
        DeliveryError: What stopped the run early, if something did.
    """
    done = report.sending.done
    for letter, answer in done:
        if answer.fate != "sent":
            fate = _FATES[answer.fate].in_(lang)
            click.echo(f"{letter.mark[:8]} {whom(letter)}: {fate}: {answer.words}")
    n_sent = sum(answer.fate == "sent" for _, answer in done)
    if report.quiet:
        until = f"{report.quiet:%m-%d %H:%M}"
        click.echo(_QUIET.fill(until=until, n=report.waiting).in_(lang))
        return
    if wish.to_me:
        click.echo(_REHEARSED.fill(n=n_sent, to=wish.to_me).in_(lang))
    elif done or report.sending.stopped:
        click.echo(_DONE.fill(n=n_sent).in_(lang))
    else:
        click.echo(_NONE.in_(lang))
    for n, words in (
        (report.waiting, _FIRST if report.first else _LIMITED),
        (report.later, _LATER),
        (report.unsettled, _UNSETTLED),
        (report.held, _HELD),
    ):
        if n:
            click.echo(words.fill(n=n).in_(lang))
    if report.sending.stopped:
        raise report.sending.stopped


def report_json(report: Report) -> dict[str, object]:
    """Give what was sent in the form the command contract promises."""
    stopped = report.sending.stopped
    return {
        "letters": [
            {
                "key": letter.entry.key,
                "to": whom(letter),
                "state": answer.fate,
                "why": answer.words,
            }
            for letter, answer in report.sending.done
        ],
        "waiting": report.waiting,
        "unknown": report.unsettled,
        "held": report.held,
        "later": report.later,
        "quiet_until": report.quiet.isoformat() if report.quiet else None,
        "stopped": str(stopped) if stopped else None,
    }


def whom(letter: Letter) -> str:
    """Name whom a letter goes to: an address, or the robot of a group."""
    entry = letter.entry
    return (
        f"chat {entry.robot}" if entry.robot else entry.email or f"({entry.recipient})"
    )
