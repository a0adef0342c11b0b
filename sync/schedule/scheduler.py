"""The seam between a job and what starts it on this machine."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sync.errors import FollowupError
from sync.schedule.job import Job
from sync.wording import Text

_PATIENCE = 60
"""Seconds."""

State = Literal["absent", "same", "different"]


class ScheduleError(FollowupError):
    """The machine's scheduler does not do what we ask."""

    code = "F320"


class Scheduler(Protocol):
    """Something that starts programs at certain times."""

    @property
    def title(self) -> str:
        """What people call it."""

    def text(self, job: Job) -> str:
        """Show what is installed for a job, as its own manual would write it."""

    def state(self, job: Job) -> State:
        """Tell whether a job is installed, and as it would be now.

        Raises:
            ScheduleError: If it cannot be found out.
        """

    def install(self, job: Job) -> None:
        """Install a job, or put it in the place of what was installed for it before.

        Raises:
            ScheduleError: If it is refused; then nothing of others' was changed.
        """

    def remove(self, job: Job) -> None:
        """Take a job away; one that is not there is no error.

        Raises:
            ScheduleError: If it is refused.
        """


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program answered."""

    code: int
    out: bytes
    err: str


def ask(words: Sequence[str], stdin: bytes | None = None) -> Ran:
    """Run one of the system's programs.

    Raises:
        ScheduleError: If it is not there or does not end.
    """
    program = shutil.which(words[0])
    if program is None:
        raise ScheduleError(
            Text(
                "本机没有 {program} 这个程序",
                "there is no program {program} here",
                {"program": words[0]},
            ),
            where="schedule",
            hint=Text(
                "请安装它，或用 --with 换一种方式（见 followup schedule show --help）",
                "install it, or choose another way with --with (see "
                "followup schedule show --help)",
            ),
        )
    try:
        done = subprocess.run(  # noqa: S603 - the system's own, without a shell
            [program, *words[1:]],
            input=stdin,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            # Its messages are looked at; they should be in one language.
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ScheduleError(
            Text(
                "{program} 无法运行：{kind}",
                "{program} cannot be run: {kind}",
                {"program": words[0], "kind": type(error).__name__},
            ),
            where="schedule",
            hint=Text(
                "请手动运行看看：{command}",
                "try it by hand: {command}",
                {"command": " ".join(words)},
            ),
        ) from None
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def demand(words: Sequence[str], stdin: bytes | None = None) -> Ran:
    """Run one of the system's programs, which has to agree.

    Raises:
        ScheduleError: If it is not there, does not end, or refuses.
    """
    ran = ask(words, stdin)
    if ran.code:
        raise ScheduleError(
            Text(
                "{program} 拒绝执行：{words}",
                "{program} refused: {words}",
                {
                    "program": words[0],
                    "words": " ".join(ran.err.split()) or ran.code,
                },
            ),
            where="schedule",
            hint=Text(
                "请手动运行看看：{command}",
                "try it by hand: {command}",
                {"command": " ".join(words)},
            ),
        )
    return ran


def check_words(job: Job) -> None:
    """Refuse what no scheduler's file can hold.

    Raises:
        ScheduleError: If a path has a line break or another control character in it.
    """
    for word in (*job.command, str(job.folder), *job.environment.values()):
        if not word.isprintable():
            raise ScheduleError(
                Text(
                    "路径 {word!r} 里有控制字符",
                    "the path {word!r} has a control character in it",
                    {"word": word},
                ),
                where="schedule",
                hint=Text("请给文件或文件夹改名", "rename the file or folder"),
            )
