"""What is worth checking, for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whence.publish.facts import heading
from whence.publish.index import Index
from whence.publish.json import dump
from whence.publish.match_lines import Lines
from whence.records import Reading
from whence.records.worth import Part, Worth

__all__ = ["WORTH_VERSION", "worth_text", "worth_to_json"]

WORTH_VERSION = 1
"""Version of the JSON contract (docs/reference/match.md)."""

_INDENT = 17
_QUOTED = 3  # pieces of evidence that are shown for a part


def _part(reading: Reading, part: Part) -> str:
    """A part in a few words: its name, what it adds, the words that show it."""
    words = [" ".join(reading.text(s).split()) for s in dict.fromkeys(part.evidence)]
    shown = ", ".join(f"“{w}”" for w in words[:_QUOTED]) + (", …" if len(words) > _QUOTED else "")
    return f"{part.weight:+.1f} {part.name}{f': {shown}' if shown else ''}"


def worth_text(
    reading: Reading,
    ranked: Sequence[Worth],
    *,
    changed: Mapping[str, float],
    colour: bool = False,
    width: int | None = None,
    encoding: str = "utf-8",
) -> str:
    """The statements most worth checking, with what speaks for each, for a terminal.

    Args:
        reading: the reading.
        ranked: its statements, the highest first.
        changed: weights that differ from the defaults, which are named.
        colour, width, encoding: as for `terminal_text`.
    """
    page = Lines(colour=colour, width=width, encoding=encoding)
    index = Index(reading)
    page.put(page.safe(heading(reading)), style="bold")
    with_weights = ", ".join(f"{name}={value:g}" for name, value in sorted(changed.items()))
    page.put(
        f"{len(ranked)} of {len(reading.statements)} statements, the most worth checking first"
        + (f" (weights changed: {with_weights})" if with_weights else "")
    )
    for place, worth in enumerate(ranked, 1):
        statement = index.statement(worth.statement)
        page.blank()
        lead = f"{place:>3}  {worth.score:.2f}  #{index.numbers[worth.statement]}"
        page.put(page.words([(reading.text(*statement.content), False)]), _INDENT, lead=lead)
        parts = "; ".join(_part(reading, p) for p in worth.parts)
        page.put(page.safe(parts or "nothing in it is known to be worth checking"), _INDENT, "dim")
    return page.text()


def worth_to_json(
    reading: Reading, ranked: Sequence[Worth], weights: Mapping[str, float], *, indent: int | None = 2
) -> str:
    """The statements most worth checking as JSON text, without a final newline.

    Args:
        reading: the reading; spans of evidence are into its story's text.
        ranked: its statements, the highest first.
        weights: all weights that were used.
        indent: spaces a level, or None for one line.
    """
    statements = [{**w.to_dict(), "text": reading.text(*reading.statement(w.statement).content)} for w in ranked]
    return dump(
        {
            "version": WORTH_VERSION,
            "story": {"id": reading.story.id, "url": reading.story.url, "published": reading.story.published},
            "weights": dict(weights),
            "statements": statements,
        },
        indent,
    )
