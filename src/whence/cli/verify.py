"""`whence verify`: does a badge's record hold, does a community's public log?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli.private import private_remedy

if TYPE_CHECKING:
    from whence.ledger import Checkpoint, Verifier
    from whence.verification import Runs, VerifiedLog, VerifiedRecord

__all__ = ["command"]

Files = Callable[[str], "bytes | None"]


@click.command(name="verify")
@click.argument("badge", required=False, metavar="[BADGE|RECORD]")
@click.option("--log", "log", metavar="FOLDER|URL", help="The log [default: where the record says that it is].")
@click.option("--key", metavar="KEY|FILE", help="The log's first verifier key, NAME+ID+BASE64.")
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
    help="Of a log: of which runs of the scorer statuses are computed again.",
)
@click.option("--offline", is_flag=True, help="Of a record's file: check its own proofs, and fetch nothing.")
@click.option("--allow-private", is_flag=True, help="Badge and log may be on this machine or a private network.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    badge: str | None,
    log: str | None,
    key: str | None,
    kept: Path | None,
    keep: Path | None,
    runs: Runs,
    offline: bool,
    allow_private: bool,
    format_: str,
) -> None:
    """Verify a story's badge or record, or (with --log alone) a community's whole log.

    A badge is a file or an address: its JSON, its image, or a page that carries it. Fetches what it needs, checks every
    proof and signature, and computes the statuses again from the logged ratings. Says in one line what holds; or
    exactly what does not, with exit code 6.
    """
    if badge is None and log is None:
        raise click.UsageError("give a badge or a record, or a log with --log")
    if badge is None:
        assert log is not None
        if key is None or offline:
            raise click.UsageError("a log is verified with its key: give --key, and no --offline")
        with private_remedy(allow_private):
            files = _files(log, allow_private)
            verified = _log(files, key, kept, runs)
        _say_log(verified, _kept(kept), format_)
    else:
        if offline and (log or keep):
            raise click.UsageError("--offline fetches nothing: leave out --log and --keep")
        with private_remedy(allow_private):
            found, files = _record(badge, log, key, kept, offline, allow_private)
        _say_record(found, format_)
    if keep is not None:
        from whence.cli.files import atomic

        with atomic(keep) as out:
            out.write(files("checkpoint") or b"")


def _files(log: str, private: bool) -> Files:
    """The log's files; the checkpoint is asked for once, so that what is kept is what was verified."""
    from whence.ingest import local_policy
    from whence.verification import log_files

    get = log_files(log, local_policy(log) if private else None)
    head: list[bytes | None] = []

    def once(path: str) -> bytes | None:
        if path != "checkpoint":
            return get(path)
        if not head:
            head.append(get(path))
        return head[0]

    return once


def _log(files: Files, key: str, kept: Path | None, runs: Runs) -> VerifiedLog:
    from whence.verification import verify_log

    return verify_log(files, _key(key), _kept(kept), runs)


def _record(
    badge: str, log: str | None, key: str | None, kept: Path | None, offline: bool, private: bool
) -> tuple[VerifiedRecord, Files]:
    from whence.errors import InputError
    from whence.ingest.address import is_address
    from whence.verification import find_record, verify_record

    if offline and is_address(badge):
        raise click.UsageError(f"--offline fetches nothing, and {badge[:200]} is an address: save the record to a file")
    found = find_record(badge, private=private, offline=offline)
    evidence = found.record.evidence
    where = log or (evidence.log if evidence is not None else "")
    verifier = _key(key) if key is not None else None
    if offline:
        return verify_record(found.record, None, verifier), lambda path: None
    if evidence is not None and not where:
        raise InputError("the record does not say where its log is: name it with --log, or use --offline")
    files = _files(where, private) if where else (lambda path: None)
    return verify_record(found.record, files, verifier, _kept(kept)), files


def _say_log(found: VerifiedLog, before: Checkpoint | None, format_: str) -> None:
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


def _say_record(found: VerifiedRecord, format_: str) -> None:
    record = found.record
    if format_ == "json":
        report = {
            "badge": record.badge().line,
            "record": record.url,
            "origin": found.origin,
            "entries": found.proven,
            "size": found.size,
            "head": None if found.head is None else found.head.size,
            "statuses": found.recomputed,
            "ratings": found.ratings,
            "newer": found.newer,
            "key": "named by the record" if found.named else "given",
        }
        click.echo(json.dumps(report, indent=1))
        return
    parts = [f"{found.proven} entries are in the log {found.origin} of {found.size} entries"]
    if found.head is None:
        parts.append("the log itself was not looked at")
    elif found.head.size > found.size:
        parts[0] += f", which has grown to {found.head.size} since"
    if found.recomputed:
        follow = "1 status follows" if found.recomputed == 1 else f"{found.recomputed} statuses follow"
        parts.append(f"{follow} from its {found.ratings} ratings")
    if found.newer:
        parts.append(f"{found.newer} of its newer entries are about this story: get the record again")
    if found.named:
        parts.append("by the key that the record names")
    from whence.publish.safe import printable

    click.echo(printable(f"{record.badge().line}: holds; {'; '.join(parts)}"))


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
