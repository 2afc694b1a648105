"""`whence desk`: what an operator does beside serving: backup, restore, score, export, moderators, keys."""

from __future__ import annotations

import getpass
import secrets
import sys
from pathlib import Path

import click

from whence.errors import InputError, MissingExtra

__all__ = ["command"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(name="desk")
@click.option(
    "--home", type=_FOLDER, help="Folder of the desk's own files [default: WHENCE_DESK_HOME, or in XDG_DATA_HOME]."
)
def command(home: Path | None) -> None:
    """Look after a desk: its backups, its data, its moderators, its keys.

    Settings come from the environment, as for `whence serve` (docs/reference/desk.md).
    """
    try:
        from whence.desk.serving import use
    except ImportError as missing:
        raise MissingExtra(missing.name or "django", "desk", "look after a desk") from missing
    use(home)


def _prepared() -> None:
    """Bring the database up to date before it is used."""
    from whence.desk.starting import migrate

    migrate()


@command.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write the desk to FILE while it serves: the database as of one moment, and the keys.

    Whoever has the file has the keys: keep it as safe as the desk.
    """
    from whence.desk.services import backup as service

    about = service.backup(file)
    verified = ", verified" if about["database"] == "sqlite" else ""  # a dump is verified when it is restored
    click.echo(f"{file}: {about['database']}, {about['log']} entries of the log{verified}")


@command.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Put the desk of FILE in the place of an empty one, and verify its log."""
    from whence.desk.services import backup as service

    about = service.restore(file)
    _prepared()
    click.echo(f"restored {about['database']} with {about['log']} entries of the log, verified")


@command.command()
@click.option("--force", is_flag=True, help="Score all the same where nothing has come in.")
def score(force: bool) -> None:
    """Score all ratings now."""
    from whence.desk.services import scoring

    _prepared()
    run = scoring.score(force=force)
    if run is None:
        raise InputError("somebody else is scoring just now: try again when they are done")
    click.echo(f"{run.ratings} ratings by {run.raters} raters; {'divided' if run.divided else 'no divide'}")


@command.command()
@click.argument("folder", type=_FOLDER, required=False)
def export(folder: Path | None) -> None:
    """Write the bulk data and the log's files to FOLDER [default: where the desk serves them]."""
    from whence.desk.services import exports

    _prepared()
    for path in exports.write(folder):
        click.echo(str(path))


@command.command()
@click.argument("alias")
@click.option("--administrator", is_flag=True, help="One who may also make moderators.")
def moderator(alias: str, administrator: bool) -> None:
    """Make ALIAS a moderator; an account that is not there is made, with a password that is printed or asked for."""
    from whence.desk.services import moderators

    _prepared()
    password, given = None, ""
    if not moderators.exists(alias):
        given = getpass.getpass("Password (empty: one is made): ") if sys.stdin.isatty() else ""
        password = given or secrets.token_urlsafe(12)
    administers = moderators.make(alias, password, administrator=administrator)
    if password and not given:
        click.echo(f"password of {alias}: {password}")
    click.echo(f"{alias} is {'an administrator' if administers else 'a moderator'}")


@command.command(name="rotate-key")
def rotate_key() -> None:
    """Let a new key sign the public log from now on; the desk must be stopped."""
    from whence.desk.services import keys

    _prepared()
    click.echo(keys.rotate())


@command.command()
def key() -> None:
    """Print the log's first verifier key: what `whence verify --key` starts from."""
    from whence.desk.services import facts

    click.echo(facts.first_key())


@command.command()
@click.option("--deploy", is_flag=True, help="Judge the settings as those of a public server.")
def check(deploy: bool) -> None:
    """Check settings, database and log, and say what is wrong."""
    from whence.desk.starting import check as judge

    size = judge(deploy=deploy)
    click.echo(f"settings and database are in order; the log's {size} entries hold")


@command.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="ADDRESS", help="HOST:PORT or unix:PATH.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes.")
def web(bind: str, workers: int) -> None:
    """Serve pages alone, for a service manager; the work is done by `whence desk worker`."""
    from whence.desk.serving import web as serve_pages

    _prepared()
    serve_pages(bind, workers)


@command.command()
def worker() -> None:
    """Do the queue's work, for a service manager; several may run, on several machines."""
    from whence.desk.serving import worker as work

    _prepared()
    work()


@command.command()
def prepare() -> None:
    """Make the database or bring it up to this release, gather the static files, make a first moderator."""
    from whence.desk.starting import prepare as service

    service(demo=False)
    click.echo("the desk is up to date")
