"""A story's text in the blocks in which displays set it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from whence.records import Paragraph, Story

__all__ = ["direction", "paragraphs"]

_LOOK = 1000
"""Characters of a paragraph in which a strong one is looked for: thousands of quotations may ask of one paragraph."""


def direction(story: Story, at: int) -> Literal["ltr", "rtl"]:
    """Which way the paragraph around a character runs: as its first strong character does (UAX #9, rule P2).

    Words quoted from it keep that direction, even where they begin in a script that runs the other way.
    """
    i = bisect_right(story.paragraphs, at, key=lambda p: p.span[0]) - 1
    start, end = story.paragraphs[i].span if i >= 0 else (at, len(story.text))
    if at >= end:
        start, end = at, len(story.text)
    for n in range(start, min(end, start + _LOOK)):
        strong = unicodedata.bidirectional(story.text[n])
        if strong in {"R", "AL"}:
            return "rtl"
        if strong == "L":
            return "ltr"
    return "ltr"


def paragraphs(story: Story) -> Iterator[Paragraph]:
    """Every stretch of the text that is not blank once, in order.

    Returns:
        The story's paragraphs, and as furniture whatever they leave out; blocks between blank lines where it has none.
    """
    text = story.text
    if not story.paragraphs:
        at = 0
        for block in text.split("\n\n"):
            if block.strip():
                yield Paragraph((at, at + len(block)), "body")
            at += len(block) + 2
        return
    at = 0
    for paragraph in story.paragraphs:
        if text[at : paragraph.span[0]].strip():
            yield Paragraph((at, paragraph.span[0]), "furniture")
        yield paragraph
        at = paragraph.span[1]
    if text[at:].strip():
        yield Paragraph((at, len(text)), "furniture")
