"""`whence query`: what a desk has found, for a program or a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click

from whence.cli.private import private_remedy
from whence.errors import InputError

__all__ = ["command"]


@click.command(name="query")
@click.argument("desk", metavar="DESK")
@click.argument("what", metavar="WHAT")
@click.option("--where", "where", multiple=True, metavar="NAME=VALUE", help="Filter a list; may be given many times.")
@click.option("--limit", type=click.IntRange(min=1), help="No more items of a list than these.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
@click.option("--allow-private", is_flag=True, help="The desk may be on this machine or a private network.")
def command(
    desk: str, what: str, where: tuple[str, ...], limit: int | None, out: Path | None, allow_private: bool
) -> None:
    """Ask a desk what it has found; one JSON object a line.

    DESK is a desk's address. WHAT is a list (stories, statements, sources, outlets, notes) or the path of one thing:
    notes/12, notes/12/status, notes/12/history, stories/KEY, stories/KEY/reading, sources/SLUG, badges/KEY, log.

    \b
    whence query https://desk.example statements --where naming=unnamed --where checked=false
    whence query https://desk.example notes/12/status
    """
    with private_remedy(allow_private):
        _ask(desk, what, _filters(where), limit, out, allow_private)


def _ask(desk: str, what: str, where: dict[str, str], limit: int | None, out: Path | None, private: bool) -> None:
    from whence.client import LISTS, DeskClient

    client = DeskClient(desk, private=private)
    found: Iterator[Any]
    if what in LISTS:
        found = islice(client.all(what, **where), limit)
    elif where or limit is not None:
        raise InputError(f"--where and --limit are for lists ({', '.join(LISTS)}); {what[:60]!r} is none")
    else:
        answer = client.one(what)
        found = iter(answer if isinstance(answer, list) else [answer])
    if out is None:
        for item in found:
            _write(sys.stdout.buffer, item)
        return
    from whence.cli.files import atomic

    with atomic(out) as f:
        for item in found:
            _write(f, item)


def _filters(given: tuple[str, ...]) -> dict[str, str]:
    out: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise InputError(f"--where is NAME=VALUE, such as naming=unnamed; got {pair[:100]!r}")
        if name in out:
            raise InputError(f"--where gives {name[:60]!r} twice: the API takes one value for each")
        out[name] = value
    return out


def _write(f: IO[bytes], item: Any) -> None:
    # ASCII: what a hostile page said cannot steer the terminal.
    f.write(json.dumps(item).encode() + b"\n")
    f.flush()
