"""What `import whence` offers: stages put together. Everything heavy is imported when it is first used."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence import records
from whence.records import Story

if TYPE_CHECKING:
    from whence.ingest import Failure
    from whence.read import Reader

__all__ = ["Reading", "read", "read_many", "read_text"]


@dataclass(frozen=True)
class Reading(records.Reading):
    """What a story says, who says it, and how it reached the page; it can show itself in every format."""

    def to_json(self, *, explain: bool = False, indent: int | None = 2) -> str:
        """The reading in the JSON contract.

        Args:
            explain: also say why every label is what it is.
            indent: spaces a level, or None for one line.
        """
        from whence.publish import to_json

        return to_json(self, explain=explain, indent=indent)

    def to_html(self) -> str:
        """The report: one self-contained HTML page."""
        from whence.publish import to_html

        return to_html(self)

    def to_annotation(self) -> dict[str, Any]:
        """The statements as a W3C Web Annotation page (JSON-LD)."""
        from whence.publish import to_annotation

        return to_annotation(self)

    def to_brat(self) -> str:
        """The statements, sources and cues in brat's standoff format."""
        from whence.publish import to_brat

        return to_brat(self)

    def _repr_html_(self) -> str:
        from whence.publish import to_notebook

        return to_notebook(self)


@lru_cache(maxsize=2)
def _reader(threads: int) -> Reader:
    from whence.read import Reader

    return Reader(threads=threads, make=Reading)


def read(
    source: str | Path | bytes | Story,
    *,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
) -> Reading:
    """Read one story.

    Args:
        source: path of a text or HTML file, an http(s) URL, the bytes of either kind of file, or a `Story`.
        published: day of publication, ISO 8601; where neither this nor the page says it, relative times stay
            unresolved.
        outlet: name of the outlet; goes, like `published`, before what the story says itself.
        offline: refuse URLs instead of fetching them.

    Returns:
        The reading; equal input gives an equal reading.

    Raises:
        InputError: there is nothing to read, it is not text or HTML, or an argument is out of range.
        FetchError: the URL was refused or could not be reached.
        ModelError: the packaged weights are missing or altered.
    """
    if not isinstance(source, Story):
        from whence.ingest import load

        source = load(source, published=published, outlet=outlet, offline=offline)
    elif published is not None or outlet is not None:
        from whence.ingest.dates import validate

        source = replace(source, published=validate(published) or source.published, outlet=outlet or source.outlet)
    reading: Reading = _reader(min(2, os.cpu_count() or 1)).read(source)
    return reading


def read_text(text: str, *, published: str | None = None, outlet: str | None = None) -> Reading:
    """Read one story from a string: headline first, then paragraphs between blank lines.

    Args:
        text: the story; all spans of the reading are offsets into it.
        published: day of publication, ISO 8601.
        outlet: name of the outlet.

    Raises:
        InputError: the text is empty, or `published` is not ISO 8601.
    """
    from whence.ingest import from_text

    return read(from_text(text, id="", published=published, outlet=outlet))


def read_many(
    sources: str | Path | Iterable[str | Path],
    *,
    workers: int | None = None,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
) -> Iterator[Reading | Failure]:
    """Read many stories on all cores, in the order given; memory does not grow with their number.

    Args:
        sources: files, folders, globs, URLs, JSONL, WARC or feed files.
        workers: processes, 1 or more; by default one a core.
        published, outlet, offline: as for `read`, for the stories that do not say themselves.

    Yields:
        A reading for each story that could be read, and a `Failure` (its name and reason) for each that could not.

    Raises:
        InputError: an argument is out of range. A bad story never raises: it is yielded as a `Failure`.
    """
    from whence.batch import read_stories
    from whence.ingest import load_many

    given = [sources] if isinstance(sources, (str, Path)) else sources
    yield from read_stories(
        load_many(given, published=published, outlet=outlet, offline=offline), workers=workers, make=Reading
    )
