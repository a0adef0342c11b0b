"""Numbers of the last scheduled run in the text format that Prometheus reads.

Source:
    Prometheus, "Exposition formats"; node_exporter's textfile collector reads files
    that end in ``.prom`` and asks that they appear whole, by a rename.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sync.durable import write_whole

_READABLE = 0o644
"""The collector runs as another user; there are only counts in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is told of one run."""

    job: str
    ended_at: datetime
    seconds: float
    exit_code: int
    succeeded_at: datetime | None
    """When a run last ended with exit code 0; ``None``: never."""
    counts: Mapping[str, int] = field(default_factory=dict)


def exposition(figures: Figures) -> str:
    """Write the figures out, each with its help and its type."""
    job = f'schedule="{figures.job}"'
    parts = [
        _metric(
            "last_run_timestamp_seconds",
            "When the last scheduled run ended.",
            {job: figures.ended_at.timestamp()},
        ),
        _metric(
            "last_run_duration_seconds",
            "How long the last scheduled run took.",
            {job: figures.seconds},
        ),
        _metric(
            "last_run_exit_code",
            "0 fine, 1 letters undelivered, 2 somebody must act, 3 a bug.",
            {job: figures.exit_code},
        ),
    ]
    if figures.succeeded_at:
        parts.append(
            _metric(
                "last_success_timestamp_seconds",
                "When a scheduled run last ended with exit code 0.",
                {job: figures.succeeded_at.timestamp()},
            )
        )
    if figures.counts:
        counted = {f'{job},what="{k}"': n for k, n in sorted(figures.counts.items())}
        told = "What the last scheduled run counted."
        parts.append(_metric("last_run_count", told, counted))
    return "".join(parts)


def write_metrics(path: Path, figures: Figures) -> None:
    """Put the figures in the place of those of the run before, in one step.

    Raises:
        OSError: If the folder is missing or cannot be written.
    """
    write_whole(path, exposition(figures).encode(), mode=_READABLE)


def _metric(name: str, told: str, values: Mapping[str, float]) -> str:
    full = f"followup_{name}"
    lines = [f"{full}{{{labels}}} {value!r}\n" for labels, value in values.items()]
    return f"# HELP {full} {told}\n# TYPE {full} gauge\n{''.join(lines)}"
