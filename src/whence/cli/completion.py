"""`whence completion`: the shell's completion script."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for SHELL.

    Put this into the shell's start-up file, for bash: eval "$(whence completion bash)"
    """
    from whence.cli.main import cli

    found = get_completion_class(shell)
    assert found is not None, "click ships bash, zsh and fish"
    click.echo(found(cli, {}, "whence", "_WHENCE_COMPLETE").source())
