"""Where one story comes from, asked of an archive that was traced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from whence.errors import FormatError
from whence.records import Story
from whence.records.origins import Derivation, Origin
from whence.records.trace_view import CreditView, EdgeView, StoryLine, StoryView
from whence.text.quotations import quoted
from whence.trace.edges import edge_view
from whence.trace.facts import Facts, facts_of
from whence.trace.index import Index
from whence.trace.meaning import explain
from whence.trace.outlet_names import outlet_key
from whence.trace.passages import Columns
from whence.trace.rows import ROWS, equal, ints, open_rows, rows_at
from whence.trace.scan import headline_of, scan
from whence.trace.scanned import Scanned
from whence.trace.shared import Shared
from whence.trace.store import Store

__all__ = ["locate"]

_SAME_OUTLET = 200
"""Stories of each outlet that the story credits, and stories that credit it too, that are looked at."""


def locate(story: Story, folder: Path) -> StoryView:
    """Find where a story comes from, among the stories of a trace; the archive itself is not read.

    Args:
        story: the story; one of the archive with its id or address is not compared with itself.
        folder: where the trace lies.

    Raises:
        InputError: no finished trace is there.
        FormatError: its index is broken.
    """
    index = Index(folder)
    store = index.reuse.store()
    try:
        stories = open_rows(store.folder / ROWS)
    except (OSError, pa.ArrowException) as broken:
        raise FormatError(f"{store.folder} is no index ({broken}): trace the archive anew") from None
    text = story.text
    found = index.query(text, quoted(text))
    tables = {name: _table(folder / f"{name}.parquet") for name in ("origins", "topics")}
    mine = scan(text)
    credited = {outlet_key(c.name) for c in mine.credits}
    itself = _itself(story, stories)
    sharing = [s for s in found.of_pairs["a"].tolist() if s not in itself]
    numbers = sorted({*sharing, *(s for s in _named(credited, store, folder) if s not in itself)})
    local = {number: place for place, number in enumerate([*numbers, found.story])}
    rows_of = rows_at(stories, numbers)
    words = [row["words"] - row["furniture"] for row in rows_of]
    texts = [store.text(n) for n in numbers]
    facts = facts_of(
        Scanned.of([*map(scan, texts), mine]),
        ids=[*(row["id"] for row in rows_of), story.id],
        outlets=[*(row["outlet"] for row in rows_of), story.outlet],
        published=[*(row["published"] for row in rows_of), story.published],
        words=np.array([*words, found.words], dtype=np.int64),
        chars=np.array([*map(len, texts), len(text)], dtype=np.int64),
    )
    shared = Shared.of(len(local), _local(found.of_passages, local), _local(found.of_pairs, local))
    meaning = explain(facts, shared, {}, index.reuse.settings.least_words)
    me = len(numbers)
    edges = []
    columns = {name: values.tolist() for name, values in found.of_passages.items()}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for d in meaning.derivations:
        if d.story == me:
            number = None if d.parent is None else numbers[d.parent]
            edges.append(_edge(d, number, found.story, stories, texts, rows, text))
    children = tuple(
        (_line(stories, numbers[d.story], facts.heads[d.story]), d) for d in meaning.derivations if d.parent == me
    )
    line = StoryLine(
        found.story, story.id, facts.heads[me], story.outlet, story.url, story.published, found.words, False
    )
    origins = _origins(line, edges, tables["origins"], meaning.origins.get(me, ()))
    topic = _topic_of(edges, tables["origins"])
    return StoryView(
        line=line,
        text=text,
        topic=None,
        pages=1
        + (_topic(tables["topics"], topic, "stories") if topic is not None else _pages(facts, me, edges, children)),
        origins=origins,
        topic_origins=_topic(tables["topics"], topic, "origins") if topic is not None else 1,
        edges=tuple(edges),
        children=children,
        quotations=(),
        credits=tuple(
            CreditView(facts.names.label(k.key), text[slice(*k.credit.span)])
            for k in facts.credits.get(me, ())
            if not k.own
        ),
        furniture=found.furniture,
    )


def _table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """A Parquet file; `read_table` would import pandas where that is installed, which takes longer than the answer."""
    with pq.ParquetFile(path, memory_map=True) as held:
        return held.read(columns)


def _itself(story: Story, stories: pa.Table) -> set[int]:
    same = set(equal(stories["id"], story.id).tolist())
    if story.url:
        same.update(equal(stories["url"], story.url).tolist())
    return same


def _named(keys: set[str], store: Store, folder: Path) -> set[int]:
    """Stories of the outlets that are credited, and stories that credit them too: the latest of each."""
    if not keys:
        return set()
    out: set[int] = set()
    outlet = store.column("outlet")
    for number, name in enumerate(store.manifest.outlets):
        if outlet_key(name) in keys:
            out.update(np.flatnonzero(outlet == number)[-_SAME_OUTLET:].tolist())
    credits = _table(folder / "credits.parquet", ["story", "key"])
    for key in keys:
        found = equal(credits["key"], key)[-_SAME_OUTLET:]
        out.update(row["story"] for row in rows_at(credits, found))
    return out


def _local(held: Columns, local: dict[int, int]) -> Columns:
    """A table's columns, its stories by their place among those looked at."""
    columns = {name: values for name, values in held.items() if name != "kind"}
    known = np.array([a in local for a in columns["a"].tolist()], dtype=bool)
    columns = {name: values[known] for name, values in columns.items()}
    for side in ("a", "b"):
        columns[side] = np.array([local[n] for n in columns[side].tolist()], dtype=np.int64)
    return columns


def _line(stories: pa.Table, number: int, head: str) -> StoryLine:
    (row,) = rows_at(stories.select(["id", "outlet", "url", "published", "words"]), [number])
    return StoryLine(story=number, headline=head, paged=False, **row)


def _edge(
    d: Derivation,
    number: int | None,
    me: int,
    stories: pa.Table,
    texts: list[str],
    rows: list[dict[str, Any]],
    text: str,
) -> EdgeView:
    from dataclasses import replace

    if number is None or d.parent is None:
        return EdgeView(replace(d, story=me), None)
    theirs = texts[d.parent]
    line = _line(stories, number, headline_of(theirs))
    return edge_view(replace(d, story=me, parent=number), line, text, theirs, [r for r in rows if r["a"] == number])


def _topic_of(edges: list[EdgeView], origins: pa.Table) -> int | None:
    for e in edges:
        if e.parent is not None:
            held = _where(origins, "story", e.parent.story)
            if held:
                return int(held[0]["topic"])
    return None


def _where(table: pa.Table, column: str, number: int) -> list[dict[str, Any]]:
    """The rows that have a number in a column."""
    return rows_at(table, np.flatnonzero(ints(table[column]) == number))


def _topic(topics: pa.Table, topic: int, name: str) -> int:
    held = _where(topics, "topic", topic)
    return int(held[0][name]) if held else 1


def _pages(facts: Facts, me: int, edges: list[EdgeView], children: tuple[Any, ...]) -> int:
    return len({e.parent.story for e in edges if e.parent} | {line.story for line, _ in children})


def _origins(line: StoryLine, edges: list[EdgeView], table: pa.Table, local: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """The archive's own account of the parents' origins, where it has one."""
    out: list[Origin] = []
    for e in edges:
        if e.parent is None or e.derivation.kind == "unknown":
            continue
        held = _where(table, "story", e.parent.story)
        first = next((r for r in held if r["main"]), None)
        label = e.parent.outlet or e.parent.headline
        found = (
            Origin(**first)
            if first
            else Origin(e.parent.story, -1, f"story:{e.parent.story}", "story", e.parent.story, label, None, True)
        )
        if found.origin not in {o.origin for o in out}:
            out.append(found)
    if out and (not local or local[0].origin != f"story:{len(out)}"):
        main = edges[0].derivation
        if main.kind != "taken" or sum(e.derivation.share for e in edges if e.derivation.kind == "taken") >= 0.5:
            from dataclasses import replace

            return tuple(replace(o, main=i == 0, share=None) for i, o in enumerate(out))
    if local and local[0].kind != "story":
        return local
    return (
        Origin(line.story, -1, f"story:{line.story}", "story", line.story, line.outlet or line.headline, None, True),
        *out,
    )
