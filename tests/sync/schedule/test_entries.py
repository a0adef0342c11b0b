"""What each scheduler is given: read back by its own rules, with awkward paths."""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.config.model import Config
from sync.schedule.cron import Cron, five_fields, with_block, without_block
from sync.schedule.examples import container, github
from sync.schedule.firings import Firings, firings, ranges
from sync.schedule.job import Job, command_of, job_name, timetable_of
from sync.schedule.launchd import agent
from sync.schedule.scheduler import ScheduleError
from sync.schedule.systemd import units
from sync.schedule.timetable import WEEKDAYS, Timetable
from sync.schedule.windows import task

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
AWKWARD = '/srv/绩效 50% $HOME/it\'s "new" & <odd> \\x `id`.toml'
TASKS = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

MONDAYS = Timetable(
    weekdays=("mon",), at=time(7, 30), zone=None, catch_up=timedelta(hours=10)
)
JOB = Job(
    name="followup-0a1b2c3d",
    command=("/opt/my python", "-P", "-m", "sync", "--config", AWKWARD, "sync"),
    folder=Path("/srv/绩效 50% it's"),
    timetable=MONDAYS,
    environment={"FOLLOWUP_STATE": "/var/state 100%"},
    limit=timedelta(hours=2),
)


@pytest.fixture
def machine_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put the machine itself into a time zone."""

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        clock.tzset()

    yield move
    monkeypatch.undo()
    clock.tzset()


def times(job: Job) -> list[str]:
    lines = Cron(NOW).text(job).splitlines()[1:-1]
    return [" ".join(line.split(" ")[:5]) for line in lines]


def test_cron_is_told_every_hour_in_which_a_run_may_be_due() -> None:
    assert times(JOB) == ["30 7-17 * * 1"]


def test_what_is_made_up_for_after_midnight_is_of_the_next_day() -> None:
    late = replace(MONDAYS, at=time(22, 15), weekdays=("mon", "sun"))

    assert sorted(times(replace(JOB, timetable=late))) == [
        "15 0-8 * * 1,2",
        "15 22,23 * * 0,1",
    ]


def test_without_catching_up_there_is_one_time() -> None:
    once = replace(MONDAYS, catch_up=timedelta(), weekdays=WEEKDAYS)

    assert times(replace(JOB, timetable=once)) == ["30 7 * * *"]


def test_a_machine_that_is_later_than_the_others_is_started_later() -> None:
    spread = replace(MONDAYS, spread=timedelta(minutes=45), catch_up=timedelta())

    assert times(replace(JOB, timetable=spread)) == ["15 8 * * 1"]


def test_every_machine_has_its_own_share_of_the_jitter_always_the_same() -> None:
    config = Config.model_validate({"schedule": {"jitter_minutes": 30}})
    hosts = [f"pc-{n}" for n in range(200)]
    spreads = [timetable_of(config, "followup-1", host).spread for host in hosts]

    assert spreads == [timetable_of(config, "followup-1", one).spread for one in hosts]
    assert {spread.total_seconds() / 60 for spread in spreads} == set(range(31))


def test_cron_is_told_the_machines_time_for_an_office_elsewhere(
    machine_in: Callable[[str], None],
) -> None:
    machine_in("Europe/Berlin")
    there = replace(MONDAYS, zone=SHANGHAI, catch_up=timedelta())

    # 07:30 in Shanghai is 00:30 in Berlin in winter and 01:30 in summer.
    assert times(replace(JOB, timetable=there)) == ["30 0,1 * * 1"]


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
def test_the_shell_of_cron_gets_the_words_as_they_were(tmp_path: Path) -> None:
    show = tmp_path / "sh ow"
    show.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$PWD" "$FOLLOWUP_STATE" "$@"\n', "utf-8"
    )
    show.chmod(0o755)
    folder = tmp_path / "绩效 50% it's"
    folder.mkdir()
    job = replace(JOB, command=(str(show), *JOB.command[1:]), folder=folder)
    line = Cron(NOW).text(job).splitlines()[1]
    # What cron does to a command before it gives it to the shell.
    command = line.split(" ", 5)[5].replace(r"\%", "\0")

    assert "%" not in command

    said = subprocess.run(
        ["/bin/sh", "-c", command.replace("\0", "%")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.splitlines() == [
        str(folder),
        "/var/state 100%",
        *job.command[1:],
    ]


def test_a_path_with_a_line_break_is_refused() -> None:
    broken = replace(JOB, command=("/opt/python", "a\n* * * * * rm"))
    for text in (Cron(NOW).text, lambda job: units(job, NOW), lambda j: task(j, NOW)):
        with pytest.raises(ScheduleError, match="control character"):
            text(broken)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_our_units(tmp_path: Path) -> None:
    program = tmp_path / "my python"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    job = replace(
        JOB,
        command=(str(program), *JOB.command[1:]),
        timetable=replace(MONDAYS, zone=SHANGHAI, at=time(22, 5)),
    )
    for name, text in units(job, NOW).items():
        (tmp_path / name).write_text(text, "utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *tmp_path.glob("followup-*")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )
    ours = [line for line in checked.stderr.splitlines() if "followup-" in line]

    assert ours == []
    assert checked.returncode == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_reads_our_times_in_the_zone_of_the_office() -> None:
    timer = units(replace(JOB, timetable=replace(MONDAYS, zone=BERLIN)), NOW)
    text = timer["followup-0a1b2c3d.timer"]
    (calendar,) = (
        line.partition("=")[2]
        for line in text.splitlines()
        if line.startswith("OnCalendar=")
    )
    told = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time=2026-03-28", calendar],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": "UTC"},
    )

    assert calendar == "Mon *-*-* 7..17:30:00 Europe/Berlin"
    # The day after the clocks went forward: two hours ahead of UTC.
    assert "2026-03-30 05:30:00 UTC" in told.stdout


def test_systemd_gets_signs_doubled_that_it_would_replace() -> None:
    service = units(JOB, NOW)["followup-0a1b2c3d.service"]
    (command,) = (
        line.partition("=")[2]
        for line in service.splitlines()
        if line.startswith("ExecStart=")
    )
    # systemd.syntax(7) reads quotes and backslashes as shlex does, then the others.
    words = [
        word.replace("%%", "%").replace("$$", "$") for word in shlex.split(command)
    ]

    assert words == list(JOB.command)
    assert 'Environment="FOLLOWUP_STATE=/var/state 100%%"' in service
    assert "WorkingDirectory=/srv/绩效 50%% it's\n" in service
    assert "TimeoutStartSec=7500" in service
    assert "Persistent=true" in units(JOB, NOW)["followup-0a1b2c3d.timer"]


def test_launchd_reads_its_agent() -> None:
    told = plistlib.loads(agent(JOB, NOW))

    assert told["ProgramArguments"] == list(JOB.command)
    assert told["EnvironmentVariables"] == dict(JOB.environment)
    assert told["StartCalendarInterval"][0] == {"Weekday": 1, "Hour": 7, "Minute": 30}
    assert len(told["StartCalendarInterval"]) == 11
    assert told["Umask"] == 0o077
    assert told["WorkingDirectory"] == "/srv/绩效 50% it's"


def test_windows_reads_its_task() -> None:
    root = ET.fromstring(task(JOB, NOW).encode("utf-16"))
    trigger = root.find("t:Triggers/t:CalendarTrigger", TASKS)
    assert trigger is not None

    assert root.findtext("t:Actions/t:Exec/t:Command", None, TASKS) == "/opt/my python"
    assert trigger.findtext("t:StartBoundary", None, TASKS) == "2026-11-22T07:30:00"
    assert trigger.findtext("t:Repetition/t:Duration", None, TASKS) == "PT10H1M"
    assert trigger.find("t:ScheduleByWeek/t:DaysOfWeek/t:Monday", TASKS) is not None
    assert root.findtext("t:Settings/t:StartWhenAvailable", None, TASKS) == "true"
    assert root.findtext("t:Settings/t:ExecutionTimeLimit", None, TASKS) == "PT125M"
    # Quoted by the rules of the C library of Windows, which Python's own follows.
    arguments = root.findtext("t:Actions/t:Exec/t:Arguments", "", TASKS)

    assert arguments == subprocess.list2cmdline(JOB.command[1:])


def test_the_mark_of_a_task_changes_with_it_and_not_from_day_to_day() -> None:
    def mark(job: Job, now: datetime) -> str:
        root = ET.fromstring(task(job, now).encode("utf-16"))
        return root.findtext("t:RegistrationInfo/t:Description", "", TASKS)

    tomorrow = NOW + timedelta(days=1)
    later = replace(JOB, timetable=replace(MONDAYS, at=time(8, 0)))

    assert mark(JOB, NOW) == mark(JOB, tomorrow) != mark(later, NOW)


def test_examples_go_by_the_clock_of_their_machine() -> None:
    there = replace(
        JOB, timetable=replace(MONDAYS, zone=SHANGHAI, catch_up=timedelta())
    )

    assert '- cron: "30 23 * * 0"' in github(there, NOW)
    assert 'schedule: "30 7 * * 1"\n  timeZone: Asia/Shanghai' in container(there, NOW)
    assert "--send" not in github(there, NOW) + container(there, NOW)
    sending = replace(there, command=(*there.command, "--send"))

    assert "--yes --send" in github(sending, NOW)
    assert "--yes, --send]" in container(sending, NOW)


def test_a_job_is_named_after_its_configuration_and_its_source() -> None:
    names = {
        job_name(None, "/a.xlsx"),
        job_name(None, "/b.xlsx"),
        job_name(Path("/a.xlsx"), None),
        job_name(Path("/a.xlsx"), "/b.xlsx"),
    }

    assert len(names) == 4
    assert job_name(None, "/a.xlsx") in names


def test_the_command_can_be_started_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "sync.py").write_text("raise SystemExit('the wrong sync')")
    command = command_of(None, str(tmp_path / "none.xlsx"), send=False)
    said = subprocess.run(
        [*command[: command.index("sync", 4)], "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.stdout.startswith("followup")


others = st.lists(
    st.binary().map(lambda line: line.replace(b"\n", b"") + b"\n")
    | st.sampled_from([b"# followup-0a1b2c3dd begin\n", b"#followup-0a1b2c3d end\n"]),
    max_size=6,
).map(b"".join)


@given(others, others)
def test_whatever_else_stands_in_the_crontab_stays_byte_for_byte(
    above: bytes, below: bytes
) -> None:
    old, new = Cron(NOW).text(JOB), Cron(NOW).text(replace(JOB, command=("/opt/b",)))
    table = with_block(above, JOB, old) + below

    assert table == above + old.encode() + below
    assert with_block(table, JOB, new) == above + new.encode() + below
    assert with_block(table, JOB, old) == table
    assert without_block(table, JOB) == above + below


@given(st.sets(st.integers(0, 23), min_size=1))
def test_ranges_name_the_same_numbers(numbers: set[int]) -> None:
    read: set[int] = set()
    for word in ranges(sorted(numbers), "-").split(","):
        first, _, last = word.partition("-")
        read |= set(range(int(first), int(last or first) + 1))

    assert read == numbers


def cron_fires(line: str, moment: datetime) -> bool:
    minute, hours, _, _, days = line.split(" ")
    weekday = str(moment.isoweekday() % 7)
    return (
        int(minute) == moment.minute
        and moment.hour in spelt(hours)
        and (days == "*" or int(weekday) in spelt(days))
    )


def spelt(words: str) -> set[int]:
    found: set[int] = set()
    for word in words.split(","):
        first, _, last = word.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


timetables = st.builds(
    Timetable,
    weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(tuple),
    at=st.times().map(lambda at: time(at.hour, at.minute)),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns"]).map(
        ZoneInfo
    ),
    catch_up=st.integers(0, 30).map(lambda hours: timedelta(hours=hours)),
)


@given(
    timetables,
    st.sampled_from(["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_every_slot_of_a_year_is_kept_once_by_cron_on_a_machine_elsewhere(
    timetable: Timetable, machine: str
) -> None:
    local = ZoneInfo(machine)
    lines = [five_fields(one) for one in firings(timetable, NOW, local)]
    kept: list[str] = []
    wanted: list[str] = []
    for slot in timetable.after(NOW):
        if slot.moment > NOW + timedelta(days=366):
            break
        wanted.append(slot.name)
        # cron looks once a minute, by the machine's clock.
        moment = slot.moment.astimezone(UTC)
        fired = any(cron_fires(line, moment.astimezone(local)) for line in lines)
        due = timetable.due(moment)
        if fired and due and due.name not in kept:
            kept.append(due.name)

    assert kept == wanted


def test_firings_are_the_same_whenever_they_are_made_up() -> None:
    table = replace(MONDAYS, zone=BERLIN)
    made = {
        firings(table, NOW + timedelta(days=day), ZoneInfo("America/New_York"))
        for day in range(0, 366, 7)
    }

    assert len(made) == 1
    assert isinstance(next(iter(made))[0], Firings)
