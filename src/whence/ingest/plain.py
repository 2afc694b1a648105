"""Plain text: a story whose text is the file's own, unchanged."""

from __future__ import annotations

from whence.errors import FormatError, InputError
from whence.ingest.blocks import paragraphs
from whence.ingest.dates import validate
from whence.ingest.marks import mark
from whence.records import Paragraph, Story

__all__ = ["MAX_CHARACTERS", "from_text"]

MAX_CHARACTERS = 5_000_000
"""Characters of one plain text story, at most; what is longer is an archive."""


def from_text(
    text: str,
    *,
    id: str,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Story:
    """Make a story of plain text: headline, badges, body, byline block, furniture.

    Args:
        text: the whole text; it stays as it is, whatever its line ends, and all spans are offsets into it.
        id: a name for messages and batches.
        outlet: who published it, where known.
        published: ISO 8601 date or date-time; where None, a line such as "Published 12 March 2021" is believed.
        url: where it was published.

    Returns:
        The story; its paragraphs hold every character of the text that is not white space.

    Raises:
        InputError: the text is empty or white space.
        FormatError: it is longer than `MAX_CHARACTERS`.
        RangeError: `published` is not ISO 8601.
    """
    given = validate(published)
    if len(text) > MAX_CHARACTERS:
        raise FormatError(
            f"{id or 'the text'} has {len(text)} characters, more than the {MAX_CHARACTERS} of a story: "
            "give its stories one by one, or as JSONL"
        )
    blocks = paragraphs(text)
    if not any(c.isalnum() for a, b in blocks for c in text[a:b]):
        raise InputError(f"{id or 'the story'} has no text: give a file, a URL or standard input that holds a story")
    marks = mark(text, blocks)
    warnings: tuple[str, ...] = ()
    if given is None and marks.published is None and marks.undated:
        warnings = ("the date of publication is written so that it could mean two days: give it with --published",)
    return Story(
        text=text,
        headline=None if marks.headline is None else blocks[marks.headline],
        paragraphs=tuple(Paragraph(b, r) for b, r in zip(blocks, marks.roles, strict=True)),
        outlet=outlet,
        url=url,
        published=given or marks.published,
        byline=marks.byline,
        badges=tuple(marks.badges),
        id=id,
        warnings=warnings,
    )
