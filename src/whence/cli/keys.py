"""`whence keys`: the key that signs a public log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from whence.ledger import Signer

__all__ = ["command"]

_KEY = click.Path(path_type=Path, dir_okay=False)


@click.group(name="keys")
def command() -> None:
    """Make, show and rotate the key with which a public log is signed.

    A desk makes its own key when it first starts; these commands are for logs kept in a folder.
    """


@command.command(name="new")
@click.argument("file", type=_KEY)
@click.option("--name", required=True, help="The log's name, such as desk.example/log.")
def new(file: Path, name: str) -> None:
    """Make a private key in FILE, readable by its owner alone, and print the verifier key to publish."""
    from whence.errors import InputError
    from whence.ledger import load_or_make_key

    if file.exists():
        raise InputError(f"{file} is there already, and a key is never replaced: see whence keys rotate")
    click.echo(str(load_or_make_key(file, name).verifier))


@command.command(name="show")
@click.argument("file", type=_KEY)
@click.option("--name", required=True, help="The log's name.")
def show(file: Path, name: str) -> None:
    """Print the verifier key of the private key in FILE."""
    click.echo(str(_load(file, name).verifier))


@command.command(name="rotate")
@click.argument("file", type=_KEY)
@click.option("--log", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True, help="The log.")
def rotate(file: Path, log: Path) -> None:
    """Make a new key, have the key in FILE name it in the log, and put it into FILE.

    The old key stays beside it, as FILE.old. Whoever has the log's first verifier key need not change anything. After
    a crash run it again: it goes on where it stopped.
    """
    from whence.ledger import FolderStorage
    from whence.ledger.rotation import rotate_folder

    done = rotate_folder(FolderStorage(log), file)
    click.echo(f"{done.verifier}\nthe log {done.verifier.name} is signed by this key from now on; {file} holds it")


def _load(file: Path, name: str) -> Signer:
    from whence.errors import InputError
    from whence.ledger import load_or_make_key

    if not file.is_file():
        raise InputError(f"there is no key {file}: make one with  whence keys new {file} --name {name}")
    return load_or_make_key(file, name)
