"""Boilerplate by its spread: text that stands in many stories of each outlet that has it, and these share nothing else.

A fingerprint that stands mostly in outlets that carry it often is looked at in a sample of its stories. If most of
these are otherwise unlike each other, the words around it on which they agree are boilerplate: site furniture,
newsletter lines, credits, the paragraph that explains the background in every story of a series. Versions of one story
are alike, and an agency's sentence that fifty outlets carry stands once in each: neither is boilerplate. Where outlets
are not known only crowds are looked at.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whence.trace.engine import Spread
from whence.trace.settings import Settings
from whence.trace.spans import Spans
from whence.trace.store import Store
from whence.trace.templates import REACH, judge, punch

__all__ = ["LEAST", "Boilerplate", "Templates", "find_boilerplate", "holes_of", "load", "save"]

LEAST = 12
"""Boilerplate has so many words at least; what is shorter may be a common phrase."""


@dataclass(frozen=True)
class Templates:
    """What boilerplate looks like.

    Attributes:
        hash: uint64: its fingerprints.
        stories: int32: in how many stories each stands.
        words: uint32 (fingerprints, REACH + shingle + REACH): the words around it.
        reach: int32 (fingerprints, 2): how many of these to the left and to the right of the shingle are boilerplate.
    """

    hash: NDArray[np.uint64]
    stories: NDArray[np.int32]
    words: NDArray[np.uint32]
    reach: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.hash)


@dataclass(frozen=True)
class Boilerplate:
    """What of an archive is boilerplate.

    Attributes:
        templates: what it looks like.
        holes: its words, by story.
        which: int32: for each span of `holes`, the template by which it was found.
    """

    templates: Templates
    holes: Spans
    which: NDArray[np.int32]


def no_templates(shingle: int) -> Templates:
    """Nothing is boilerplate."""
    words = np.empty((0, REACH + shingle + REACH), np.uint32)
    return Templates(np.empty(0, np.uint64), np.empty(0, np.int32), words, np.empty((0, 2), np.int32))


def find_boilerplate(
    store: Store, settings: Settings, spread: Spread, known: Templates | None = None, first: int = 0
) -> Boilerplate:
    """Tell boilerplate from text that spread for other reasons, and find it in all stories.

    Args:
        store: the archive.
        settings: how its fingerprints were made.
        spread: fingerprints that may be boilerplate's.
        known: what was boilerplate before stories from `first` on were added; it stays so unless they hold it, too.
    """
    known = no_templates(settings.shingle) if known is None else known
    stays = np.ones(len(known), bool)
    for segment in store.manifest.segments:
        if segment.first >= first and len(known):
            held, _ = store.prints(segment)
            place = np.minimum(np.searchsorted(held, known.hash), max(0, len(held) - 1))
            stays &= (held[place] != known.hash) if len(held) else True
    found = _judged(store, settings, spread)
    joined = Templates(
        *(np.concatenate([getattr(known, each.name)[stays], getattr(found, each.name)]) for each in fields(Templates))
    )
    holes, which = holes_of(store.column("word"), store.column("word_bounds"), joined, settings)
    return Boilerplate(joined, holes, which)


def _judged(store: Store, settings: Settings, spread: Spread) -> Templates:
    """Those fingerprints that are boilerplate's."""
    count = len(spread.hash)
    if not count:
        return no_templates(settings.shingle)
    number, bounds = store.column("word"), store.column("word_bounds")
    longest = int(np.diff(bounds).max())
    words = np.zeros((count, REACH + settings.shingle + REACH), np.uint32)
    reach, related = np.zeros((count, 2), np.int32), np.zeros(count)
    judge(number, bounds, settings.shingle, settings.window, spread.hash, spread.sample, longest, words, reach, related)
    house = (related < 0.5) & (reach.sum(1) + settings.shingle >= LEAST)
    return Templates(spread.hash[house], spread.stories[house], words[house], reach[house])


def holes_of(
    number: NDArray[np.uint32], bounds: NDArray[np.int64], templates: Templates, settings: Settings
) -> tuple[Spans, NDArray[np.int32]]:
    """Where stories hold boilerplate.

    Args:
        number: uint32: words.
        bounds: int64 (stories + 1): where each story's words begin.
        templates: what boilerplate looks like.
        settings: how fingerprints are made.

    Returns:
        The words, by story, and for each span the template by which it was found.
    """
    stories = len(bounds) - 1
    if not len(templates) or not stories:
        return Spans(np.zeros(len(bounds), np.int64), np.empty((0, 2), np.int32)), np.empty(0, np.int32)
    longest = int(np.diff(bounds).max())
    table = _table(templates.hash)
    room = 4 * stories + 64
    while True:
        hole_bounds = np.empty(len(bounds), np.int64)
        holes, which = np.empty((room, 2), np.int32), np.empty(room, np.int32)
        used = punch(
            number, bounds, settings.shingle, settings.window, longest, table, templates.hash, templates.words,
            templates.reach, hole_bounds, holes, which,
        )  # fmt: skip
        if used <= room:
            return Spans(hole_bounds, holes[:used].copy()), which[:used].copy()
        room = used


def _table(hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    table = np.full(size, -1, np.int32)
    slots = (hashes & np.uint64(size - 1)).astype(np.int64).tolist()
    for place, wanted in enumerate(slots):
        slot = wanted
        while table[slot] >= 0:
            slot = (slot + 1) % size
        table[slot] = place
    return table


def save(found: Boilerplate, path: Path) -> None:
    """Keep what was found in a file, which appears when it is whole."""
    room = path.with_name(f".{path.name}")
    arrays = {each.name: getattr(found.templates, each.name) for each in fields(Templates)}
    with open(room, "wb") as file:
        np.savez(file, **arrays, bounds=found.holes.bounds, holes=found.holes.spans, which=found.which)
    os.replace(room, path)


def load(path: Path) -> Boilerplate:
    """Read what `save` kept."""
    with np.load(path, allow_pickle=False) as held:
        templates = Templates(*(held[each.name] for each in fields(Templates)))
        return Boilerplate(templates, Spans(held["bounds"], held["holes"]), held["which"])
