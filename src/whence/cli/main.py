"""`whence`: finds the command, runs it, and turns errors into one line on stderr and an exit code."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from collections.abc import Sequence

import click

from whence._version import __version__
from whence.cli.exits import Exit, exit_code
from whence.errors import WhenceError

__all__ = ["COMMANDS", "cli", "main"]

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("whence.cli.read", "Read stories: who says each thing, and through whom it came."),
    "trace": ("whence.cli.trace", "Trace an archive: who had it first, and how many origins it really has."),
    "match": ("whence.cli.match", "Match a claim or a story with published fact-checks: was this checked before?"),
    "factchecks": ("whence.cli.factchecks", "Keep published fact-checks: add, list, remove, count, export."),
    "worth": ("whence.cli.worth", "Rank a story's statements by how much they are worth checking."),
    "score": ("whence.cli.score", "Score notes: which ones people who usually disagree find helpful."),
    "explain": ("whence.cli.explain", "Explain why a scored note has its status."),
    "simulate": ("whence.cli.simulate", "Simulate communities under attack: what gets shown, what is suppressed."),
    "serve": ("whence.cli.serve", "Serve the desk: the web application in which a community checks stories together."),
    "desk": ("whence.cli.desk", "Look after a desk: backup, restore, score, export, moderators, keys."),
    "query": ("whence.cli.query", "Ask a desk what it has found: stories, statements, sources, notes, statuses."),
    "verify": ("whence.cli.verify", "Verify a badge, a story's record or a public log: proofs, signatures, statuses."),
    "keys": ("whence.cli.keys", "Make, show and rotate the key with which a public log is signed."),
    "mcp": ("whence.cli.mcp", "Offer whence's tools to an assistant, by the Model Context Protocol."),
    "doctor": ("whence.cli.doctor", "Show versions, model hashes, cores, and which extras are missing."),
    "completion": ("whence.cli.completion", "Print the completion script for a shell."),
}
"""Name of each command: the module that holds its `command`, and its line in `whence --help`."""


class _Lazy(click.Group):
    """A group that imports a command only when it runs: `whence --help` loads none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=_Lazy, name="whence", context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True
)
@click.version_option(__version__, prog_name="whence", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Shows where news comes from: for every sentence of a story, who says so, through whom it reached the page, who
    denies it, and who has checked it.

    whence never says true or false: it shows sourcing; people judge.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(Exit.USAGE)


def _complain(message: str) -> None:
    """One line on stderr, whatever the message holds: control characters of a hostile page stay harmless."""
    line = " ".join(message.split())
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    print(f"whence: {line}", file=sys.stderr)


def _prepare() -> None:
    """Make the process one that ends well: standard streams that are there, and signals that let files be tidied up."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # A service or `>&-` has closed it.
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            if signal.getsignal(number) == signal.SIG_DFL:  # `nohup` has set it to be ignored.
                signal.signal(number, signal.default_int_handler)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: arguments without the program's name; by default those of the process.

    Returns:
        The exit code (docs/reference/cli.md).
    """
    _prepare()
    try:
        result = cli.main(args=list(argv) if argv is not None else None, prog_name="whence", standalone_mode=False)
        sys.stdout.flush()
        return int(result) if isinstance(result, int) else Exit.OK
    except click.exceptions.Exit as e:
        return e.exit_code
    except click.Abort:
        _complain("interrupted")
        return Exit.INTERRUPTED
    except click.ClickException as e:
        hint = f" (see: {e.ctx.command_path} --help)" if isinstance(e, click.UsageError) and e.ctx else ""
        _complain(e.format_message() + hint)
        return Exit.USAGE
    except KeyboardInterrupt:
        _complain("interrupted")
        return Exit.INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader of our output has gone (`whence … | head`): nothing is wrong, and nothing more can be said. click
        # turns the broken pipe into an exit of its own; nothing else exits here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except WhenceError as e:
        _complain(str(e))
        return exit_code(e)
    except OSError as e:
        where = f"{e.filename}: " if e.filename else ""
        _complain(f"{where}{e.strerror or e}")
        return Exit.USAGE


if __name__ == "__main__":
    sys.exit(main())
