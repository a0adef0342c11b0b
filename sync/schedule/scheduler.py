"""The seam between a job and what starts it on this machine."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sync.errors import FollowupError
from sync.schedule.job import Job

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
            f"there is no program {words[0]} here",
            where="schedule",
            hint="install it, or choose another way with --with (see "
            "followup schedule show --help)",
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
            f"{words[0]} cannot be run: {type(error).__name__}",
            where="schedule",
            hint=f"try it by hand: {' '.join(words)}",
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
            f"{words[0]} refused: {' '.join(ran.err.split()) or ran.code}",
            where="schedule",
            hint=f"try it by hand: {' '.join(words)}",
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
                f"the path {word!r} has a control character in it",
                where="schedule",
                hint="rename the file or folder",
            )
