"""What people call the ways in which a run can end."""

from collections.abc import Mapping

from sync.wording import Text

OUTCOMES: Mapping[str, Text] = {
    "running": Text("运行中", "running"),
    "done": Text("完成", "done"),
    "failed": Text("失败", "failed"),
    "interrupted": Text("被中断", "interrupted"),
    "crashed": Text("异常中止", "crashed"),
}
"""By `sync.history.rounds.Round.outcome`."""
