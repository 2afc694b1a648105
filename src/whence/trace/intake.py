"""Stories into the store: checked, numbered, cut into words, fingerprinted, a segment at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from whence.errors import InputError
from whence.trace.fingerprints import fingerprints
from whence.trace.merge import merge_segments
from whence.trace.progress import Progress
from whence.trace.quotes import quoted_spans
from whence.trace.schema import SCHEMAS, pa, table_of
from whence.trace.spans import Spans, to_words
from whence.trace.store import Segment, Store
from whence.trace.words import words_of

__all__ = ["LONGEST", "take_in"]

LONGEST = 1 << 28
"""Bytes of a story's text that are taken in at most."""

_SEGMENT = 96 << 20
"""A segment is written when its texts have so many bytes."""


@dataclass
class _Rows:
    """What a segment has gathered so far."""

    ids: list[str]
    outlets: list[str | None]
    urls: list[str | None]
    published: list[str | None]
    texts: list[bytes]
    quotes: list[NDArray[np.int32] | None]
    skipped: list[tuple[int, str, str]]
    size: int = 0


def _empty() -> _Rows:
    return _Rows([], [], [], [], [], [], [])


def take_in(stories: Iterable[pa.RecordBatch], store: Store, progress: Progress, *, add: bool = False) -> None:
    """Take stories into a store.

    What an earlier, killed run took in of the same input is not taken in again.

    Args:
        stories: batches with `id` and `text` (string) and, where known, `outlet`, `url`, `published` (string),
            `quoted_start` and `quoted_end` (list<int32>: quoted spans in code points, in order). Without the last two,
            quotation marks tell.
        store: where they go.
        progress: told how many have been read.
        add: the stories come after those that the store has.

    Raises:
        InputError: a batch lacks `id` or `text`; or the store holds other stories than these.
        OSError: the disk is full.
    """
    manifest = store.manifest
    if manifest.before and not add:
        raise InputError(
            f"stories were added to the trace in {store.folder.parent}: "
            "add further ones with add=True, or trace anew elsewhere"
        )
    if add and manifest.closed and manifest.traced[0] == manifest.given:
        manifest.closed = False
        manifest.digest = ""
        manifest.before = manifest.given
        merge_segments(store)
    store.begin()
    known = _known(store)
    rows = _empty()
    place = manifest.before
    resume = manifest.given
    digest = hashlib.blake2b(digest_size=16)
    held = manifest.digest
    outlets = {name: number for number, name in enumerate(manifest.outlets)}
    for batch in stories:
        columns = _columns(batch)
        for k in range(batch.num_rows):
            story_id, text = columns["id"][k], columns["text"][k]
            digest.update(f"{story_id}\0{len(text or b'')}\0".encode())
            place += 1
            if place <= resume:
                if place == resume and digest.hexdigest() != held:
                    raise InputError(
                        f"{store.folder.parent} holds the trace of another archive: "
                        "name another folder, or add to it with add=True"
                    )
                continue
            reason = _reason(story_id, text, known)
            if reason:
                rows.skipped.append((place - 1, "" if story_id is None else story_id, reason))
                continue
            known.add(story_id)
            rows.ids.append(story_id)
            rows.texts.append(text)
            for name, held_in in (("outlet", rows.outlets), ("url", rows.urls), ("published", rows.published)):
                held_in.append(columns[name][k] if name in columns else None)
            rows.quotes.append(columns["quoted"][k] if "quoted" in columns else None)
            rows.size += len(text)
            if rows.size >= _SEGMENT:
                _flush(store, rows, outlets, place, digest.hexdigest())
                rows = _empty()
        progress("stories", place, None)
    if place < resume:
        raise InputError(
            f"{store.folder.parent} holds the trace of another archive ({resume:,} stories were read, now {place:,}): "
            "name another folder, or add to it with add=True"
        )
    if rows.ids or rows.skipped or not manifest.closed:
        manifest.closed = True
        _flush(store, rows, outlets, place, digest.hexdigest())


def _known(store: Store) -> set[str]:
    known: set[str] = set()
    for segment in store.manifest.segments:
        known.update(pq.read_table(store.rows_path(segment), columns=["id"])["id"].to_pylist())
    return known


def _columns(batch: pa.RecordBatch) -> dict[str, list[Any]]:
    names = set(batch.schema.names)
    for name in ("id", "text"):
        if name not in names:
            raise InputError(
                f"a story has an id and a text, but the columns are {', '.join(batch.schema.names)}: name one {name}"
            )
    columns: dict[str, list[Any]] = {}
    for name in ("id", "outlet", "url", "published"):
        if name in names:
            columns[name] = batch.column(name).cast(pa.string()).to_pylist()
    columns["text"] = batch.column("text").cast(pa.large_binary()).to_pylist()
    if {"quoted_start", "quoted_end"} <= names:
        starts, ends = batch.column("quoted_start"), batch.column("quoted_end")
        columns["quoted"] = [
            None
            if first.as_py() is None
            else np.stack([first.values.to_numpy(zero_copy_only=False), last.values.to_numpy(zero_copy_only=False)], 1)
            for first, last in zip(starts, ends, strict=True)
        ]
    return columns


def _reason(story_id: str | None, text: bytes | None, known: set[str]) -> str | None:
    """Why a story is left out, or None."""
    if text is None:
        return "no-text"
    if not text.strip():
        return "empty"
    if not story_id:
        return "no-id"
    if story_id in known:
        return "duplicate-id"
    if len(text) > LONGEST:
        return "too-long"
    return None


def _flush(store: Store, rows: _Rows, outlets: dict[str, int], given: int, digest: str) -> None:
    """Write what was gathered as a segment."""
    manifest = store.manifest
    first = manifest.stories
    count = len(rows.ids)
    data = np.frombuffer(b"".join(rows.texts), np.uint8)
    offsets = np.concatenate([[0], np.cumsum([len(text) for text in rows.texts])]).astype(np.int64)
    words = words_of(data, offsets)
    quotes = to_words(_quotes(rows, data, offsets), words.bounds, words.start)
    hashes, story = fingerprints(words.number, words.bounds, manifest.shingle, manifest.window)
    order = np.argsort(hashes, kind="stable")
    hashes, story = hashes[order], story[order]
    fresh = np.ones(len(hashes), bool)  # a story that repeats itself has each fingerprint once
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (story[1:] != story[:-1])
    numbers = np.array(
        [outlets.setdefault(o, len(outlets)) if (o := _house(rows, k)) else -1 for k in range(count)], np.int32
    )
    _write_rows(store.folder, first, rows, words, given)
    sizes = {name: int(store.column(name)[-1]) for name in ("text_bounds", "word_bounds", "quote_bounds")}
    store.append(
        {
            "text": data,
            "text_bounds": offsets[1:] + sizes["text_bounds"],
            "word": words.number,
            "start": words.start,
            "length": words.length,
            "word_bounds": words.bounds[1:] + sizes["word_bounds"],
            "quote": quotes.spans.reshape(-1),
            "quote_bounds": quotes.bounds[1:] + sizes["quote_bounds"],
            "outlet": numbers,
        }
    )
    if count:
        store.add_segment(count, hashes[fresh], story[fresh] + np.int32(first))
    manifest.stories += count
    manifest.given = given
    manifest.outlets = list(outlets)
    manifest.digest = digest
    if rows.skipped:
        manifest.skipped.append(given)
    store.commit()


def _house(rows: _Rows, k: int) -> str | None:
    """The name by which a story's outlet is known: as given, or its address's host."""
    given = rows.outlets[k]
    if given:
        return given
    url = rows.urls[k]
    if not url:
        return None
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _quotes(rows: _Rows, data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> Spans:
    if all(given is None for given in rows.quotes):
        return Spans(*quoted_spans(data, offsets))
    parts = []
    for given, text in zip(rows.quotes, rows.texts, strict=True):
        own = quoted_spans(np.frombuffer(text, np.uint8), np.array([0, len(text)]))[1] if given is None else given
        parts.append(own.astype(np.int32).reshape(-1, 2))
    bounds = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return Spans(bounds, np.concatenate(parts))


def _write_rows(folder: Path, first: int, rows: _Rows, words: Any, given: int) -> None:
    count = len(rows.ids)
    if count:
        table = table_of(
            "stories",
            {
                "story": np.arange(first, first + count),
                "id": rows.ids,
                "outlet": rows.outlets,
                "url": rows.urls,
                "published": rows.published,
                "words": np.diff(words.bounds),
                "chars": words.chars,
                "furniture": np.zeros(count, np.int32),
            },
        )
        pq.write_table(table, folder / f"{Segment(first, count, 0).name}.parquet", compression="zstd")
    if rows.skipped:
        places, ids, reasons = zip(*rows.skipped, strict=True)
        table = table_of("skipped", {"place": places, "id": ids, "reason": reasons})
        pq.write_table(table.cast(SCHEMAS["skipped"]), folder / f"skipped-{given}.parquet", compression="zstd")
