"""``followup completion``: the script that makes a shell complete our commands."""

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    For bash: followup completion bash >> ~/.bashrc
    """
    kind = get_completion_class(shell)
    root = ctx.find_root().command
    assert kind is not None, shell
    click.echo(kind(root, {}, "followup", "_FOLLOWUP_COMPLETE").source())
