"""On what the expected share rests, where that is not simply all days alike."""

from sync.assess.progress import NOTHING
from sync.assess.status import Facts
from sync.records.values.absences import overlap
from sync.wording import Text

_PLAN = Text("{what}", "{what}")
_UNTIL = Text("与数据一样截至 {day}", "up to {day}, as the figures are")
_OWN_START = Text("从 {day} 到岗起算", "counted from {day}, the first day in the job")
_AWAY = Text("已扣除休假 {n} 天", "{n} days of leave left out")
_AWAY_1 = Text("已扣除休假 1 天", "1 day of leave left out")
_GONE = Text("{day} 之后不再计", "nothing added after {day}, the last day in the job")
_BASIS = Text("；应完成量{parts}", "; expected {parts}")

_UNPACED = frozenset(
    {"closed", "achieved", "claimed-done", "before-start", "no-dates", "grace"}
)
"""Rules that compare with nothing that was expected."""


def basis_of(facts: Facts, rule: str) -> Text:
    """Say what the expected share was counted by; nothing for all days alike."""
    window = facts.window
    if facts.pace.expected is None or rule in _UNPACED or facts.measured.is_level:
        return NOTHING
    parts = []
    if window.curve:
        parts.append(_PLAN.fill(what=window.curve.name))
    if facts.counted_until and facts.counted_until < facts.today:
        parts.append(_UNTIL.fill(day=facts.counted_until.isoformat()))
    if window.from_own_start and window.start:
        parts.append(_OWN_START.fill(day=window.start.isoformat()))
    if window.away and window.start and window.due:
        start, end = window.start, min(facts.today, window.due)
        n = sum(overlap(span, start, end) for span in window.away)
        if n:
            parts.append(_AWAY_1 if n == 1 else _AWAY.fill(n=n))
    if window.until and window.until < facts.today:
        parts.append(_GONE.fill(day=window.until.isoformat()))
    return _BASIS.fill(parts=_joined(parts)) if parts else NOTHING


def _joined(parts: list[Text]) -> Text:
    slots = {f"p{n}": part for n, part in enumerate(parts)}
    return Text(
        "，".join(f"{{{name}}}" for name in slots),
        ", ".join(f"{{{name}}}" for name in slots),
        slots,
    )
