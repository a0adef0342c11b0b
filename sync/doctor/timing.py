"""Whether the sync runs by itself, and how it went the last time."""

from collections.abc import Callable
from datetime import datetime

from sync.doctor.model import Checks, fine, problem, warning
from sync.history.rounds import Round
from sync.schedule.job import Job
from sync.schedule.outcomes import OUTCOMES
from sync.schedule.scheduler import ScheduleError, Scheduler
from sync.wording import Text

_ABSENT = Text("没有安排定时运行", "it does not run by itself")
_ABSENT_FIX = Text("运行 followup schedule install", "run followup schedule install")
_OTHER = Text(
    "已安装，但和配置不一致", "installed, but not as the configuration says now"
)
_INSTALLED = Text("{title}：下次运行 {next}", "{title}: next run {next}")
_WENT = Text("上次定时运行 {slot} 正常", "the last scheduled run, {slot}, went well")
_BADLY = Text(
    "上次定时运行 {slot} 没有成功（{outcome}，{error}）",
    "the last scheduled run, {slot}, did not go well ({outcome}, {error})",
)
_BADLY_FIX = Text(
    "按上面的检查处理，再运行一次 followup sync",
    "mend what the other checks say, then run followup sync once",
)
_MISSED = Text(
    "{slot} 那次没有运行，最近一次是 {last}",
    "the run of {slot} did not happen; the latest was {last}",
)
_MISSED_FIX = Text(
    "看看机器当时是否开着；followup schedule show",
    "see whether the machine was on; followup schedule show",
)


def timing(
    scheduler: Callable[[datetime], Scheduler],
    job: Job,
    last: Round | None,
    at: datetime,
) -> Checks:
    """Look at the schedule.

    Args:
        scheduler: The machine's.
        job: What it should run.
        last: The last scheduled run; ``None`` when there was none.
        at: The moment, aware.
    """
    machine = scheduler(at)
    try:
        state = machine.state(job)
    except ScheduleError as error:
        # Whoever starts the sync by other means needs no scheduler.
        yield warning("schedule", error.said, error.fix, machine.title)
        return
    if state == "absent":
        yield warning("schedule", _ABSENT, _ABSENT_FIX, machine.title)
    elif state == "different":
        yield warning("schedule", _OTHER, _ABSENT_FIX, machine.title)
    else:
        slot = next(job.timetable.after(at))
        told = _INSTALLED.fill(title=machine.title, next=f"{slot.day} {slot.at:%H:%M}")
        yield fine("schedule", told, job.name)
    if last is None:
        return
    due = job.timetable.before(at)
    if last.outcome != "done" or last.exit_code:
        what = _BADLY.fill(
            slot=last.slot, outcome=OUTCOMES[last.outcome], error=last.error or "-"
        )
        yield problem("schedule", what, _BADLY_FIX, job.name)
    elif (
        state == "same"
        and (last.slot or "") < due.name
        and job.timetable.due(at) is None
    ):
        missed = _MISSED.fill(slot=due.name, last=last.slot)
        yield warning("schedule", missed, _MISSED_FIX, job.name)
    else:
        yield fine("schedule", _WENT.fill(slot=last.slot), job.name)
