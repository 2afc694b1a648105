"""Archives with known families: who copied what from whom is decided first, then written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.trace.render import KINDS, ROOM, lay_out, render
from benchmarks.trace.words import Vocabulary, vocabulary

__all__ = ["OUTLETS", "Archive", "make"]

OUTLETS = 24
_BYTES = 40
"""No word of the vocabulary is much longer; a story's buffer has this many bytes a word."""
_SHARES = {"identical": 8, "verbatim": 25, "light": 25, "heavy": 17, "lifted": 25}
"""Of a hundred copies in a family."""


@dataclass(frozen=True)
class Archive:
    """A plan of stories; one place a story, in the order in which they stand in the archive.

    Attributes:
        family: int64: seed of its family; stories of one seed share a root or a quotation.
        kind: int8: a place in `KINDS`.
        member: int64: seed of what is its own.
        outlet, root_outlet: int16: its outlet and its root's.
    """

    family: NDArray[np.int64]
    kind: NDArray[np.int8]
    member: NDArray[np.int64]
    outlet: NDArray[np.int16]
    root_outlet: NDArray[np.int16]
    words: Vocabulary

    def __len__(self) -> int:
        return len(self.family)

    def arguments(self, story: int) -> tuple[Any, ...]:
        """What `render` takes before its outputs, for one story."""
        row = (self.family, self.kind, self.member, self.outlet, self.root_outlet)
        v = self.words
        return (*(int(column[story]) for column in row), v.ends, v.first, v.successors, v.texts)

    def batches(self, size: int = 1000) -> Iterator[pa.RecordBatch]:
        """The archive as Arrow batches: id, text, outlet, url, published."""
        v = self.words
        for first in range(0, len(self), size):
            part = slice(first, min(first + size, len(self)))
            count = part.stop - part.start
            out = np.empty(count * ROOM * 8, np.uint8)
            offsets = np.zeros(count + 1, np.int64)
            _write(
                self.family[part], self.kind[part], self.member[part], self.outlet[part], self.root_outlet[part],
                v.ends, v.first, v.successors, v.texts, v.arena, v.offsets, v.points, out, offsets,
            )  # fmt: skip
            text = pa.Array.from_buffers(
                pa.large_string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(out[: offsets[-1]].copy())]
            )
            numbers = range(part.start, part.stop)
            outlets = [f"outlet-{k:02}.example" for k in self.outlet[part]]
            yield pa.RecordBatch.from_arrays(
                [
                    pa.array([f"s{k}" for k in numbers]),
                    text,
                    pa.array(outlets),
                    pa.array([f"https://{o}/{k}" for o, k in zip(outlets, numbers, strict=True)]),
                    pa.array([f"2026-{1 + k * 7 % 12:02}-{1 + k * 11 % 28:02}" for k in numbers]),
                ],
                names=["id", "text", "outlet", "url", "published"],
            )


@numba.njit(cache=True)
def _write(
    family: Any, kind: Any, member: Any, outlet: Any, root_outlet: Any, ends: Any, first: Any, successors: Any,
    texts: Any,
    arena: Any, offsets: Any, points: Any, out: Any, bounds: Any,
) -> None:  # fmt: skip
    words = np.empty(ROOM, np.int32)
    genes = np.empty(ROOM, np.int32)
    marks = np.empty(ROOM, np.uint8)
    starts = np.empty(ROOM, np.int32)
    for k in range(family.shape[0]):
        count, _ = render(
            family[k], kind[k], member[k], outlet[k], root_outlet[k], ends, first, successors, texts, words, genes,
            marks,
        )  # fmt: skip
        written = lay_out(words, marks, count, arena, offsets, points, out[bounds[k] :], starts)
        bounds[k + 1] = bounds[k] + written


def make(stories: int, seed: int = 1, words: Vocabulary | None = None) -> Archive:
    """Plan an archive.

    Args:
        stories: how many; 1 or more.
        seed: the same seed plans the same archive.
        words: the vocabulary; PolNeAR's unless given.

    Returns:
        About 55% of the stories stand in families of 2 to 40 copies, 8% in groups of 2 to 6 that share a quotation,
        the rest alone; their order is random.
    """
    random = np.random.default_rng(seed)
    kinds: list[NDArray[np.int64]] = []
    families: list[NDArray[np.int64]] = []
    made = 0
    number = 0
    chances = np.array(list(_SHARES.values())) / 100
    copies = np.array([KINDS.index(name) for name in _SHARES])
    while made < stories:
        number += 1
        draw = random.random()
        if draw < 0.06:
            members = np.concatenate([[KINDS.index("root")], random.choice(copies, random.integers(1, 40), p=chances)])
        elif draw < 0.1:
            members = np.full(random.integers(2, 7), KINDS.index("quotation"))
        else:
            members = np.full(1, KINDS.index("single"))
        kinds.append(members)
        families.append(np.full(len(members), number))
        made += len(members)
    order = random.permutation(stories)
    family = np.concatenate(families)[:stories]
    outlet = random.integers(0, OUTLETS, stories).astype(np.int16)
    starts = np.searchsorted(family, family)  # a family's root stands first in it
    return Archive(
        family=(family + seed * 100_000_000)[order],
        kind=np.concatenate(kinds)[:stories].astype(np.int8)[order],
        member=(np.arange(stories) + (seed + 500) * 100_000_000)[order],
        outlet=outlet[order],
        root_outlet=outlet[starts][order],
        words=vocabulary() if words is None else words,
    )
