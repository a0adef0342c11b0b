"""The command line: one file per command, one place that shows errors."""

import gc
import os
import sys
import traceback
from difflib import get_close_matches
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import click

from sync.cli.help import LANGUAGE, SpeakingContext, language_of, speaking
from sync.cli.misuse import MisuseError, show_misuse
from sync.cli.session import Session
from sync.clock import now
from sync.config.load import ConfigProblemsError, find, load
from sync.errors import FollowupError
from sync.history.folder import state_folder
from sync.wording import LANGS, Lang, Text

COMMANDS = {
    "check": "sync.cli.check",
    "clean": "sync.cli.clean",
    "columns": "sync.cli.columns",
    "completion": "sync.cli.completion",
    "demo": "sync.cli.demo",
    "doctor": "sync.cli.doctor",
    "evidence": "sync.cli.evidence",
    "forget": "sync.cli.forget",
    "history": "sync.cli.history",
    "init": "sync.cli.init",
    "mail": "sync.cli.mail",
    "plan": "sync.cli.plan",
    "report": "sync.cli.report",
    "rules": "sync.cli.rules",
    "schedule": "sync.cli.schedule",
    "smart": "sync.cli.smart",
    "status": "sync.cli.status",
    "sync": "sync.cli.sync",
    "undo": "sync.cli.undo",
    "watch": "sync.cli.watch",
}
"""Command → the module whose ``command`` it is; imported only when it is run."""


_INTERRUPTED = Text(
    "已中断，没有留下做到一半的东西",
    "interrupted; nothing half-done was left behind",
)
_BUG = Text("这是 Followup 的程序错误：{kind}", "this is a bug in Followup: {kind}")
_NEAR = Text(
    "没有命令 {name}；是不是想写 {near}？",
    "No such command '{name}'. Did you mean '{near}'?",
)
_REPORT = Text("{bug}；请附上 {path} 反馈", "{bug}; please report it with {path}")


class _Commands(click.Group):
    context_class = SpeakingContext

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; here it is known in which language its errors are told."""
        try:
            return super().invoke(ctx)
        except FollowupError as error:
            click.echo(error.in_(language_of(ctx)), err=True)
            raise click.exceptions.Exit(error.exit_code) from error
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return speaking(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise MisuseError(_NEAR.fill(name=args[0], near=near[0]), ctx) from None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Configuration file; without it config.toml is looked for, upwards from here.",
)
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    is_eager=True,  # so that --help knows it
    help="Language of what is shown.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, no remarks.")
@click.version_option(metadata.version("followup"), prog_name="followup")
@click.pass_context
def cli(
    ctx: click.Context, config: Path | None, lang: Lang | None, *, quiet: bool
) -> None:
    """Performance follow-up in the spreadsheet HR already has.

    SOURCE is a workbook's path; it may be left out when config.toml names one.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    try:
        settings = load(config or find(Path.cwd()))
    except ConfigProblemsError as problems:
        ctx.meta[LANGUAGE] = problems.language
        raise
    ctx.obj = Session(settings=settings, lang=lang, quiet=quiet)


def main() -> None:
    """Run the command line; every way out ends here.

    Exit codes: 0 fine, 1 findings, 2 the user must act, 3 a bug, 130 interrupted.
    """
    # Our data has no cycles: looking for some while a large workbook is judged costs
    # nearly half of that time and frees nothing.
    gc.set_threshold(200_000, 50, 50)
    try:
        code = cli(prog_name="followup", standalone_mode=False)
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        show_misuse(error, language_of(context))
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(_INTERRUPTED.in_(language_of(None)), err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away: as with any filter, no complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001
        click.echo(_report_bug(error).in_(language_of(None)), err=True)
        sys.exit(3)
    sys.exit(code if isinstance(code, int) else 0)


def _report_bug(error: Exception) -> Text:
    """Keep the traceback in a log file; give the one line to show."""
    kind = type(error).__name__
    try:
        folder = state_folder()
        path = folder / f"bug-{now():%Y%m%d-%H%M%S}.log"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as log:
            traceback.print_exception(error, file=log)
    except OSError:
        return _BUG.fill(kind=f"{kind}: {error}")
    return _REPORT.fill(bug=_BUG.fill(kind=kind), path=path)
