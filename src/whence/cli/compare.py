"""`whence match --statements`: who else said this, who said otherwise, with what figures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.errors import ModelError, RangeError

if TYPE_CHECKING:
    from whence.match.statements import Asked, Encode

__all__ = ["compare"]


def compare(
    text: str | None,
    story: str | None,
    archive: Sequence[Path],
    *,
    format: str,
    out: Path | None,
    top: int | None,
    threshold: float | None,
    published: str | None,
    offline: bool,
) -> str:
    """The statements of an archive that speak to a text, or to each statement of a story, in one of the formats.

    Raises:
        RangeError: `top` or `threshold` is out of range.
        WhenceError: the archive or the story cannot be read.
    """
    from whence import publish
    from whence.cli.match import terminal
    from whence.match.archive import read_archive
    from whence.match.encoder import Encoder
    from whence.match.statements import THRESHOLD, echoes

    limit = THRESHOLD if threshold is None else threshold
    count = (10 if story is None else 3) if top is None else top
    if not 0.0 <= limit <= 1.0:
        raise RangeError(f"a threshold lies in 0..1; got {limit}")
    if not 1 <= count <= 1000:
        raise RangeError(f"statements shown for a text lie in 1..1000; got {count}")
    asked = [_of_text(text)] if text is not None else _of_story(story or "-", published, offline)
    try:
        encode: Encode | None = Encoder.packaged().encode
    except ModelError as e:
        click.echo(f"whence: note: statements are compared by their words alone: {e}", err=True)
        encode = None
    found = echoes(asked, read_archive(archive), k=count, threshold=limit, encode=encode)
    pairs = [(a.text, f) for a, f in zip(asked, found, strict=True)]
    if format == "json":
        return publish.echoes_to_json(pairs, threshold=limit) + "\n"
    if format == "html":
        return publish.echoes_to_html(pairs, threshold=limit)
    return publish.echoes_text(pairs, threshold=limit, **terminal(out))


def _of_text(text: str) -> Asked:
    from whence.match.quantities import quantities
    from whence.match.statements import Asked
    from whence.read.figures import figures

    return Asked(text, quantities(text, figures(text, (0, len(text)))))


def _of_story(story: str, published: str | None, offline: bool) -> list[Asked]:
    from whence import api
    from whence.ingest.decode import MAX_BYTES
    from whence.match.quantities import quantities
    from whence.match.statements import Asked

    given: str | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if story == "-" else story
    reading = api.read(given, published=published, offline=offline)
    for warning in reading.story.warnings:
        click.echo(f"whence: note: {warning}", err=True)
    out = []
    for statement in reading.statements:
        words = reading.text(*statement.content)
        # Of a statement in one piece the figures' places are known; those of several pieces are paired by unit alone.
        start = statement.content[0][0] if len(statement.content) == 1 else None
        found = quantities(reading.story.text, statement.figures)
        if start is not None:
            found = tuple(
                type(q)(q.low, q.high, q.unit, q.words, (q.span[0] - start, q.span[1] - start) if q.span else None)
                for q in found
            )
        out.append(Asked(words, found, statement.act == "deny", reading.story.id))
    return out
