"""`whence match`: has this been checked before?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from whence.cli.exits import Exit
from whence.cli.files import atomic, keep_apart
from whence.cli.indexing import indexing
from whence.errors import InputError, RangeError

if TYPE_CHECKING:
    from whence.matching import Matcher

__all__ = ["FORMATS", "Terminal", "command", "terminal", "write"]


class Terminal(TypedDict):
    """Arguments by which text for the eye is set."""

    colour: bool
    encoding: str


FORMATS = ("text", "json", "html")
_BY_SUFFIX = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text"}


@click.command("match")
@click.argument("text", metavar="[TEXT]", required=False)
@click.option("--story", metavar="STORY", help="Match each statement of this story: a file, a URL, or - .")
@click.option(
    "--statements",
    metavar="READINGS",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Match against statements of stories, not fact-checks: what `whence read … --out` wrote (JSONL or Parquet).",
)
@click.option("--store", type=click.Path(path_type=Path), help="The fact-checks; by default in your data folder.")
@click.option("--top", type=int, help="Matches of each claim at most; by default 5, of a statement 3.")
@click.option("--threshold", type=float, help="Show matches that score this or more; by default as set on data.")
@click.option("--publisher", metavar="NAME", default="", help="Only checks of publishers whose name holds this.")
@click.option("--language", metavar="TAG", default="", help="Only checks in this language, such as en or pt-BR.")
@click.option("--since", metavar="DATE", default="", help="Only checks published on this day or later.")
@click.option("--until", metavar="DATE", default="", help="Only checks published on this day or before.")
@click.option("--format", "format", type=click.Choice(FORMATS), help="By default text, or what --out ends in.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--published", metavar="DATE", help="Day of publication of the story, where its page does not say.")
@click.option("--offline", is_flag=True, help="Refuse URLs instead of fetching them.")
@click.option("--explain", is_flag=True, help="With text: also what spoke for each match and against it.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def command(
    text: str | None,
    story: str | None,
    statements: tuple[Path, ...],
    store: Path | None,
    top: int | None,
    threshold: float | None,
    publisher: str,
    language: str,
    since: str,
    until: str,
    format: str | None,
    out: Path | None,
    published: str | None,
    offline: bool,
    explain: bool,
    quiet: bool,
) -> int:
    """Find published fact-checks that speak to TEXT, a claim in any words, or to each statement of a story.

    Verdicts are their publishers'. Below the threshold nothing is shown, and that is said.

    \b
    whence match "The bridge was closed for three years"
    whence match --story story.html --format html --out checked.html
    whence match --statements readings.jsonl "The bridge was closed for three years"
    """
    if (text is None) == (story is None):
        raise RangeError("match takes a claim or a story: give TEXT, or --story STORY, and not both")
    if text is not None and not text.strip():
        raise InputError("the claim is empty: give it in words")
    chosen = format or (_BY_SUFFIX.get(out.suffix.lower(), "text") if out else "text")
    keep_apart(out, tuple(s for s in (story, *map(str, statements), store and str(store)) if s))
    if statements:
        from whence.cli.compare import compare

        shown = compare(
            text,
            story,
            statements,
            format=chosen,
            out=out,
            top=top,
            threshold=threshold,
            published=published,
            offline=offline,
        )
        write(shown, out, chosen)
        return Exit.OK
    from whence.match.filters import Filters
    from whence.matching import Matcher

    filters = Filters(publisher=publisher, language=language, since=since, until=until)
    with indexing(quiet) as progress:
        matcher = Matcher.open(store, filters=None if filters == Filters() else filters, progress=progress)
    if text is not None:
        _of_text(matcher, text, chosen, out, 5 if top is None else top, threshold, explain)
    else:
        assert story is not None
        _of_story(matcher, story, chosen, out, 3 if top is None else top, threshold, explain, published, offline)
    return Exit.OK


def _of_text(
    matcher: Matcher, text: str, format: str, out: Path | None, top: int, threshold: float | None, explain: bool
) -> None:
    from whence import publish

    matches = matcher.texts([text], k=top, threshold=threshold)[0]
    limit = matcher.threshold if threshold is None else threshold
    nearest = None
    if not matches and (near := matcher.texts([text], k=1, threshold=0.0)[0]):
        nearest = near[0].score
    size = len(matcher)
    if format == "json":
        shown = publish.matches_to_json(text, matches, size=size, threshold=limit, nearest=nearest) + "\n"
    elif format == "html":
        shown = publish.matches_to_html(text, matches, size=size, threshold=limit, nearest=nearest)
    else:
        shown = publish.matches_text(
            text, matches, size=size, threshold=limit, nearest=nearest, explain=explain, **terminal(out)
        )
    write(shown, out, format)


def _of_story(
    matcher: Matcher,
    story: str,
    format: str,
    out: Path | None,
    top: int,
    threshold: float | None,
    explain: bool,
    published: str | None,
    offline: bool,
) -> None:
    from whence import api, publish
    from whence.ingest.decode import MAX_BYTES

    given: str | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if story == "-" else story
    reading = api.read(given, published=published, offline=offline)
    for warning in reading.story.warnings:
        click.echo(f"whence: note: {warning}", err=True)
    limit = matcher.threshold if threshold is None else threshold
    matched = publish.Matched(matcher.reading(reading, k=top, threshold=threshold), limit, len(matcher))
    if format == "json":
        shown = publish.story_matches_to_json(reading, matched) + "\n"
    elif format == "html":
        shown = publish.to_html(reading, matched=matched)
    else:
        shown = publish.story_matches_text(reading, matched, explain=explain, **terminal(out))
    write(shown, out, format)


def terminal(out: Path | None) -> Terminal:
    """How text for the eye is to be set: in colour, and in the terminal's encoding, where it goes to one."""
    live = out is None and sys.stdout.isatty()
    return {"colour": live, "encoding": sys.stdout.encoding if live else "utf-8"}


def write(text: str, out: Path | None, format: str) -> None:
    """Print a text, or write it to a file that appears whole or not at all."""
    if out is not None:
        with atomic(out) as f:
            f.write(text.encode())
        return
    live = format == "text" and sys.stdout.isatty()
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding if live else "utf-8", "replace"))
