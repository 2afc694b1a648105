"""The light scan of one text: whom it credits, whom it quotes, what it is about."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.trace.evidence import Credit, credits_in
from whence.trace.speakers import Quote, quotes_in

__all__ = ["Scan", "headline_of", "scan"]

# A capital inside a sentence is a name's; a number of three digits or more is seldom a coincidence.
# Each pattern begins with what is rare and quickly found, and looks back from there.
_NAME = re.compile(r" (?<=[a-z,;] )(?:the )?([A-Z][\w’'-]{2,30})")
_NUMBER = re.compile(r"\d(?<!\w\d)[\d.,]{1,12}\d\b")
_OPENING = 1500
"""Characters in which a story says what it is about."""
_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Scan:
    """What a light scan finds in one text; it can be made in any process and in any order.

    Args:
        credits: the outlets it credits.
        salient: hashes of names and numbers of its first paragraphs, sorted, uint32.
        head: its first line, cut to a headline's length.
        quotes: its quotations of `LEAST_QUOTE` words or more.
    """

    credits: tuple[Credit, ...]
    salient: NDArray[np.uint32]
    head: str
    quotes: tuple[Quote, ...] = ()


def headline_of(text: str) -> str:
    """A text's first line, cut to a headline's length at a space."""
    line = text[: 8 * _HEADLINE].lstrip()[: 4 * _HEADLINE].split("\n", 1)[0].strip()
    return line if len(line) <= _HEADLINE else line[:_HEADLINE].rsplit(" ", 1)[0] + " …"


def scan(text: str, credits: Iterable[Credit] | None = None, quotes: Iterable[Quote] | None = None) -> Scan:
    """Scan one text.

    Args:
        text: a story's text.
        credits, quotes: those that a reading found; by default they are looked for here.
    """
    words = {*_NAME.findall(text, 0, _OPENING), *_NUMBER.findall(text, 0, _OPENING)}
    hashes = np.array(sorted({zlib.crc32(w.casefold().encode()) for w in words}), dtype=np.uint32)
    return Scan(
        credits=tuple(credits_in(text) if credits is None else credits),
        salient=hashes,
        head=headline_of(text),
        quotes=tuple(quotes_in(text) if quotes is None else quotes),
    )
