"""The stages between taking stories in and writing tables, each kept in files when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from whence.trace.boilerplate import Boilerplate, find_boilerplate, load, save
from whence.trace.engine import Candidates, Engine
from whence.trace.grow import changed_stories, pairs_of, unique_pairs
from whence.trace.passages import pair_rows, passage_rows
from whence.trace.progress import Progress
from whence.trace.settings import Settings
from whence.trace.store import Store
from whence.trace.work import Work

__all__ = ["Stages", "boilerplate_stage", "candidate_stage", "passage_stage"]


@dataclass(frozen=True)
class Stages:
    """What is to be worked out.

    Attributes:
        first: stories from here on are new; 0 where all are.
        parts: into how many parts the candidate pairs were cut. Where stories were added the last one has the pairs
            that were there before and are worked out anew.
        pairs: how many candidate pairs there are.
    """

    first: int
    parts: int
    pairs: int


def boilerplate_stage(
    machine: Engine, store: Store, settings: Settings, first: int, work: Work, progress: Progress
) -> Boilerplate:
    """Find boilerplate, beside that which was known before stories from `first` on were added."""
    progress("boilerplate", 0, None)
    path = work.folder / "boilerplate.npz"
    if not path.exists():
        known = load(store.folder / "boilerplate.npz").templates if first else None
        save(find_boilerplate(store, settings, machine.spread(), known, first), path)
    return load(path)


def candidate_stage(
    machine: Engine, store: Store, house: Boilerplate, first: int, work: Work, folder: Path, progress: Progress
) -> Stages:
    """Write the candidate pairs in parts."""
    progress("candidates", 0, None)
    if not work.has("candidates"):
        parts = 0
        pairs = 0
        for part in _parts(machine, store, house, first, folder):
            work.keep(f"candidates-{parts}", {"a": part.a, "b": part.b, "crowd": part.crowd})
            parts += 1
            pairs += len(part)
            progress("candidates", pairs, None)
        work.note("candidates", {"parts": parts, "pairs": pairs})
    return Stages(first, **work.noted("candidates"))


def _parts(machine: Engine, store: Store, house: Boilerplate, first: int, folder: Path) -> Iterator[Candidates]:
    hashes = house.templates.hash
    if not first:
        yield from machine.candidates(hashes, np.empty(0, np.uint64))
        return
    before = load(store.folder / "boilerplate.npz")
    freed = before.templates.hash[~np.isin(before.templates.hash, hashes)]
    again = [pairs_of(folder, changed_stories(before, house), first)]
    for part in machine.candidates(hashes, freed):
        new = part.b >= first
        yield part.where(new)
        again.append(part.where(~new))
    yield unique_pairs(again)


def passage_stage(
    machine: Engine,
    store: Store,
    settings: Settings,
    house: Boilerplate,
    stages: Stages,
    work: Work,
    progress: Progress,
) -> None:
    """Align the candidates of each part."""
    lost = np.zeros(store.manifest.stories, np.int32)
    owner = np.repeat(np.arange(len(lost)), np.diff(house.holes.bounds))
    np.add.at(lost, owner, house.holes.spans[:, 1] - house.holes.spans[:, 0])
    size = (np.diff(store.column("word_bounds")) - lost).astype(np.int32)
    for k in range(stages.parts):
        progress("passages", k, stages.parts)
        if work.has(f"pairs-{k}"):
            continue
        held = work.arrays(f"candidates-{k}")
        part = Candidates(held["a"], held["b"], held["crowd"])
        aligned = machine.align(part, house.holes)
        rows = passage_rows(store, settings, part, aligned)
        work.keep(f"passages-{k}", rows)
        work.keep(f"pairs-{k}", pair_rows(settings, rows, size, part.crowd[aligned.pair]))
    progress("passages", stages.parts, stages.parts)
