"""Segments that were added bit by bit, joined, so that a search asks few of them."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq

from whence.trace.schema import pa
from whence.trace.store import Segment, Store

__all__ = ["FEW", "merge_segments"]

FEW = 8
"""So many small segments may stand at the end before they are joined."""

_SMALL = 2_000_000
"""A segment with fewer fingerprints is small."""


def merge_segments(store: Store) -> None:
    """Join the small segments at a store's end, where there are more than a few.

    Joined files stand beside the old ones until the manifest names them; a killed run loses nothing.
    """
    segments = store.manifest.segments
    first = len(segments)
    while first and segments[first - 1].prints < _SMALL:
        first -= 1
    old = segments[first:]
    if len(old) <= FEW:
        return
    parts = [store.prints(segment) for segment in old]
    hashes = np.concatenate([part[0] for part in parts])
    story = np.concatenate([part[1] for part in parts])
    order = np.argsort(hashes, kind="stable")  # stories of equal hashes stay in order
    rows = pa.concat_tables([pq.read_table(store.rows_path(segment)) for segment in old])
    new = Segment(old[0].first, sum(segment.stories for segment in old), len(hashes))
    pq.write_table(rows, store.rows_path(new), compression="zstd")
    store.manifest.segments = segments[:first]
    store.add_segment(new.stories, hashes[order], story[order])
    store.commit()
    for segment in old:
        store.drop(segment)
