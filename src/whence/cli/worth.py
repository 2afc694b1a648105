"""`whence worth`: which statements of a story are worth checking."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import click

from whence.cli.exits import Exit
from whence.cli.files import keep_apart
from whence.errors import InputError, RangeError

__all__ = ["command", "weights_of"]

FORMATS = ("text", "json")
_LARGEST = 100_000  # bytes of a file of weights


def weights_of(given: tuple[str, ...], path: Path | None) -> dict[str, float]:
    """The weights that a user gives.

    Args:
        given: "name=number" each; they go before those of the file.
        path: a TOML or JSON file of numbers by name, at its top or under `weights`.

    Raises:
        InputError: the file cannot be read.
        RangeError: something in it, or in `given`, is no weight.
    """
    out: dict[str, float] = {}
    if path is not None:
        try:
            raw = path.read_bytes()[:_LARGEST].decode()
            found = json.loads(raw) if raw.lstrip().startswith("{") else tomllib.loads(raw)
        except OSError as e:
            raise InputError(f"{path} cannot be read ({e.strerror}): check the path") from None
        except (ValueError, RecursionError) as e:
            raise InputError(f"{path} is no TOML or JSON ({' '.join(str(e).split())[:80]})") from None
        inner = found.get("weights", found) if isinstance(found, dict) else found
        for name, value in inner.items() if isinstance(inner, dict) else ():
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise RangeError(f"a weight is a number; {path} gives {str(value)[:40]!r} for {name}")
            out[name] = float(value)
    for pair in given:
        name, equals, number = pair.partition("=")
        try:
            out[name.strip()] = float(number)
        except ValueError:
            raise RangeError(f"--weight is NAME=NUMBER, such as figure=2; got {pair!r}") from None
        if not equals:
            raise RangeError(f"--weight is NAME=NUMBER, such as figure=2; got {pair!r}")
    return out


@click.command("worth")
@click.argument("story", metavar="STORY")
@click.option(
    "--weight", "weight", multiple=True, metavar="NAME=NUMBER", help="Change the weight of a part; repeatable."
)
@click.option("--weights", type=click.Path(path_type=Path), help="A TOML or JSON file of weights.")
@click.option("--top", type=int, default=10, show_default=True, help="Statements shown at most; 0 for all.")
@click.option("--format", "format", type=click.Choice(FORMATS), help="By default text, or what --out ends in.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--published", metavar="DATE", help="Day of publication, ISO 8601, where the page does not say.")
@click.option("--offline", is_flag=True, help="Refuse URLs instead of fetching them.")
def command(
    story: str,
    weight: tuple[str, ...],
    weights: Path | None,
    top: int,
    format: str | None,
    out: Path | None,
    published: str | None,
    offline: bool,
) -> int:
    """Rank the statements of STORY by how much they are worth checking, and say why.

    \b
    whence worth story.txt
    whence worth story.txt --weight figure=2 --weight own-voice=0
    """
    from whence import api, publish
    from whence.cli.match import terminal, write
    from whence.ingest.decode import MAX_BYTES
    from whence.match.worth import check_weights, rank

    if top < 0:
        raise RangeError(f"statements shown at most are 0 (all) or more; got {top}")
    chosen = format or ("json" if out is not None and out.suffix.lower() == ".json" else "text")
    changed = weights_of(weight, weights)
    used = check_weights(changed)
    keep_apart(out, (story,))
    given: str | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if story == "-" else story
    reading = api.read(given, published=published, offline=offline)
    for warning in reading.story.warnings:
        click.echo(f"whence: note: {warning}", err=True)
    ranked = rank(reading, changed)
    shown = ranked[:top] if top else ranked
    if chosen == "json":
        text = publish.worth_to_json(reading, shown, used) + "\n"
    else:
        text = publish.worth_text(reading, shown, changed=changed, **terminal(out))
    write(text, out, chosen)
    return Exit.OK
