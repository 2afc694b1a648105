"""`whence verify`: does a community's public log hold?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from whence.ledger import Checkpoint, Verifier
    from whence.verification import Runs

__all__ = ["command"]


@click.command(name="verify")
@click.option("--log", "log", required=True, metavar="FOLDER|URL", help="The log: a folder, or where one is published.")
@click.option("--key", required=True, metavar="KEY|FILE", help="The log's first verifier key, NAME+ID+BASE64.")
@click.option(
    "--kept",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A checkpoint kept earlier: the log must begin with what it had then.",
)
@click.option(
    "--keep", type=click.Path(path_type=Path, dir_okay=False), help="Keep the verified checkpoint in this file."
)
@click.option(
    "--statuses",
    "runs",
    type=click.Choice(["latest", "all", "none"]),
    default="latest",
    show_default=True,
    help="Of which runs of the scorer statuses are computed again.",
)
@click.option("--allow-private", is_flag=True, help="The log may be on this machine or a private network.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    log: str, key: str, kept: Path | None, keep: Path | None, runs: Runs, allow_private: bool, format_: str
) -> None:
    """Verify a community's public log: every entry, hash and signature, and that statuses follow from ratings.

    Says in one line what holds; or exactly what does not, with exit code 6.
    """
    from whence.cli.files import atomic
    from whence.verification import local_policy, log_files, verify_log

    files = log_files(log, local_policy(log) if allow_private else None)
    before = _kept(kept)
    found = verify_log(files, _key(key), before, runs)
    if keep is not None:
        with atomic(keep) as out:
            out.write(files("checkpoint") or b"")
    if format_ == "json":
        report = {
            "origin": found.checkpoint.origin,
            "size": found.checkpoint.size,
            "root": found.checkpoint.root.hex(),
            "kinds": dict(found.kinds),
            "statuses": found.recomputed,
            "runs": found.runs,
        }
        click.echo(json.dumps(report, indent=1))
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.kinds.items())
    grew = f"; it begins with the {before.size} entries kept" if before is not None else ""
    again = f"; {found.recomputed} statuses follow from the ratings" if found.recomputed else ""
    click.echo(f"{found.checkpoint.origin} holds: {found.checkpoint.size} entries ({kinds}){grew}{again}")


def _key(given: str) -> Verifier:
    from whence.errors import InputError
    from whence.ledger import Verifier

    path = Path(given)
    if "+" in given and not path.is_file():
        return Verifier.parse(given)
    try:
        return Verifier.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(
            f"--key is a verifier key (NAME+ID+BASE64) or a file with one; {given[:80]} is neither"
        ) from None


def _kept(path: Path | None) -> Checkpoint | None:
    from whence.errors import InputError
    from whence.ledger import Checkpoint
    from whence.ledger.notes import parse

    if path is None:
        return None
    try:
        return Checkpoint.of(parse(path.read_bytes()))
    except OSError as failure:
        raise InputError(f"--kept {path} cannot be read ({failure.strerror}): name a file that --keep wrote") from None
