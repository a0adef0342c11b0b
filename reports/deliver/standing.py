"""Where every letter of the outbox stands, and why: what is listed is what is sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from reports.addresses import plain_domain
from reports.deliver.entry import OutboxEntry
from reports.deliver.our_words import recalled
from sync.config.mail import Mail
from sync.history.posts import POWER_CUT, WAITING, Post
from sync.wording import Text

Standing = Literal[
    "queued", "sending", "sent", "deferred", "rejected", "unknown", "held"
]
STANDINGS: Mapping[Standing, Text] = {
    "queued": Text("待发送", "queued"),
    "sending": Text("发送中", "sending"),
    "sent": Text("已发送", "sent"),
    "deferred": Text("待重试", "deferred"),
    "rejected": Text("被拒收", "rejected"),
    "unknown": Text("不确定", "unknown"),
    "held": Text("不发送", "held"),
}
"""What people call them."""
WILL_GO: tuple[Standing, ...] = ("queued", "deferred")

_QUEUED = Text("等待发送", "waits to be sent")
_SENDING = Text(
    "正在发送；如果没有正在运行的发送，下次发送时会记为“不确定”",
    "is being sent; if no run is at work, the next one will call it unknown",
)
_SENT = Text("邮件服务器已接收：{said}", "the mail server has taken it: {said}")
_DEFERRED = Text("下次再试：{said}", "will be tried again: {said}")
_WAITS = Text("{time} 之后再试：{said}", "will be tried again after {time}: {said}")
_REJECTED = Text(
    "被拒收：{said}。请更正表里的邮箱后再同步，或用 mail resend 重发",
    "refused: {said}; correct the address in the sheet and sync, or use mail resend",
)
_REFUSED_NOTE = Text(
    "群机器人拒收：{said}。请核对配置里的 mail.chat，再用 mail resend 重发",
    "the robot refused it: {said}; check mail.chat in the configuration, then resend it",
)
_UNKNOWN_NOTE = Text(
    "不能确定群里是否收到：{said}。请到群里看看：没有就 mail resend，有了就 mail hold",
    "nobody knows whether the group got it: {said}; look there, then mail resend it if "
    "it did not, or mail hold it if it did",
)
_NO_ROBOT = Text(
    "配置里没有名为 {name} 的群机器人；请在 mail.chat 里补上，不再需要就 mail hold",
    "no robot called {name} is configured; add it to mail.chat, or mail hold it",
)
_UNKNOWN = Text(
    "不能确定对方是否收到：{said}。请向收件人确认：没收到就 mail resend，收到了就 mail hold",
    "nobody knows whether it arrived: {said}; ask the reader, then mail resend it if it "
    "did not, or mail hold it if it did",
)
_INTERRUPTED = Text("发送时程序中断", "the run was interrupted while sending")
_POWER_CUT = Text(
    "发送期间断电或死机", "the power failed, or the machine, while sending"
)
_STOPPED = Text(
    "您要求不发送；用 mail resend 恢复",
    "you asked not to send it; mail resend undoes that",
)
_STATES: Mapping[str, tuple[Standing, Text]] = {
    "written": ("queued", _QUEUED),
    "deferred": ("deferred", _DEFERRED),
    "sending": ("sending", _SENDING),
    "sent": ("sent", _SENT),
    "rejected": ("rejected", _REJECTED),
    "unknown": ("unknown", _UNKNOWN),
    "stopped": ("held", _STOPPED),
}
"""State in history → what it is called and why."""

_OF_NOTES: Mapping[str, Text] = {
    "rejected": _REFUSED_NOTE,
    "unknown": _UNKNOWN_NOTE,
    "sent": Text("群机器人已接收：{said}", "the robot has taken it: {said}"),
}

_NO_ADDRESS = Text("没有可用的地址（{codes}）", "no usable address ({codes})")
_STRANGE = Text(
    "历史里没有这封信，无法知道是否发过；请先同步",
    "the history does not know it, so it may have been sent before; sync first",
)
_OLD = Text(
    "已超过 {n} 天，内容可能已过时；仍要发送请用 mail resend",
    "older than {n} days, so it may be true no more; mail resend sends it all the same",
)
_DOMAIN = Text(
    "{domain} 不在 mail.allowed_domains 里，已扣下；可以发到那里的话请把它加进去",
    "{domain} is not in mail.allowed_domains; add it there if letters may go to it",
)
_ALTERED = Text(
    "文件里的收件人与写信时不同，已扣下；请改回来，不再需要就 mail hold",
    "the file names another reader than the letter was written for; put the right one "
    "back, or mail hold it",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter of the outbox and its standing."""

    entry: OutboxEntry
    standing: Standing
    why: Text
    not_before: datetime | None = None
    """When it may be tried again; ``None``: at once, or never by itself."""

    @property
    def mark(self) -> str:
        """Give what people call it by: the last part of its file's name."""
        return self.entry.path.stem.rpartition("-")[2]


def standings(
    entries: Iterable[OutboxEntry],
    posts: Mapping[str, Post],
    options: Mail,
    now: datetime,
) -> tuple[Letter, ...]:
    """Say where letters stand.

    Args:
        entries: The outbox.
        posts: What history knows of them, by key.
        options: Domains allowed, and how long a letter stays true.
        now: The moment, with a time zone.
    """
    found = []
    for entry in entries:
        post = posts.get(entry.key)
        standing, why = _stand(entry, post, options, now)
        then = _again(post, options) if post and standing == "deferred" else None
        if post and then and then > now:
            time = f"{then.astimezone(now.tzinfo):%m-%d %H:%M}"
            why = _WAITS.fill(time=time, said=post.why or "-")
        else:
            then = None
        found.append(Letter(entry=entry, standing=standing, why=why, not_before=then))
    return tuple(found)


def called(name: str, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Find letters by key, file name, or the beginning of their mark."""
    return tuple(
        one
        for one in letters
        if name in (one.entry.key, one.entry.path.name, one.entry.path.stem)
        or (name and one.mark.startswith(name))
    )


def _stand(
    entry: OutboxEntry, post: Post | None, options: Mail, now: datetime
) -> tuple[Standing, Text]:
    if post is None:
        return "held", _STRANGE
    if post.state in WAITING:
        obstacle = _obstacle(entry, post, options, now)
        if obstacle:
            return "held", obstacle
    if post.state not in _STATES:
        return "held", _no_address(entry)
    standing, why = _STATES[post.state]
    if entry.robot:
        why = _OF_NOTES.get(post.state, why)
    said: object = recalled(post.why) or "-"
    if standing == "unknown" and not post.why:
        said = _INTERRUPTED
    elif standing == "unknown" and post.why == POWER_CUT:
        said = _POWER_CUT
    return standing, why.fill(said=said)


def _again(post: Post, options: Mail) -> datetime | None:
    """Say when a letter that was put off may be tried again: later each time."""
    waits = options.smtp.retry_after_minutes
    if post.moved_at is None or not post.n_put_off:
        return None
    wait = waits[min(post.n_put_off, len(waits)) - 1]
    return post.moved_at + timedelta(minutes=wait)


def _no_address(entry: OutboxEntry) -> Text:
    return _NO_ADDRESS.fill(codes=", ".join(entry.problems) or "-")


def _obstacle(
    entry: OutboxEntry, post: Post, options: Mail, now: datetime
) -> Text | None:
    """Say what keeps a waiting letter from being sent."""
    if entry.held:
        return _no_address(entry)
    if (entry.email or "") != post.recipient:
        return _ALTERED
    if entry.robot and entry.robot not in {one.name for one in options.chat}:
        return _NO_ROBOT.fill(name=entry.robot)
    domain = plain_domain((entry.email or "").rpartition("@")[2])
    allowed = {plain_domain(one) for one in options.allowed_domains}
    if entry.email and allowed and domain not in allowed:
        return _DOMAIN.fill(domain=domain)
    days = options.smtp.send_within_days
    if now - (post.again_at or post.at) > timedelta(days=days):
        return _OLD.fill(n=days)
    return None
