"""Every time a command was at work, as ``followup schedule runs`` lists it."""

from collections.abc import Sequence

from sync.cli.show import emit_json, emit_table
from sync.history.rounds import Round
from sync.schedule.outcomes import OUTCOMES
from sync.wording import Lang, Text

_HEADS = (
    Text("开始", "started"),
    Text("命令", "command"),
    Text("定时", "scheduled for"),
    Text("结果", "outcome"),
    Text("退出码", "exit code"),
    Text("错误", "error"),
    Text("用时（秒）", "seconds"),
    Text("计数", "counts"),
)


def show_rounds(rounds: Sequence[Round], lang: Lang, *, as_json: bool) -> None:
    """Print rounds, in the order given."""
    if as_json:
        emit_json([round_json(one) for one in rounds])
        return
    rows = (
        (
            f"{one.started_at.astimezone():%Y-%m-%d %H:%M:%S}",
            one.command,
            one.slot or "",
            OUTCOMES[one.outcome].in_(lang),
            "" if one.exit_code is None else str(one.exit_code),
            one.error,
            f"{seconds:.1f}" if (seconds := _seconds(one)) is not None else "",
            " ".join(f"{name}={n}" for name, n in one.counts.items() if n),
        )
        for one in rounds
    )
    emit_table([head.in_(lang) for head in _HEADS], rows)


def round_json(one: Round) -> dict[str, object]:
    """Give a round in the form the command contract promises."""
    return {
        "job": one.job,
        "command": one.command,
        "slot": one.slot,
        "host": one.host,
        "started_at": one.started_at.isoformat(),
        "finished_at": one.finished_at.isoformat() if one.finished_at else None,
        "seconds": _seconds(one),
        "outcome": one.outcome,
        "exit_code": one.exit_code,
        "error": one.error,
        "counts": dict(one.counts),
    }


def _seconds(one: Round) -> float | None:
    """How long it took; of one that crashed nobody knows."""
    if one.finished_at is None or one.outcome == "crashed":
        return None
    return round((one.finished_at - one.started_at).total_seconds(), 1)
