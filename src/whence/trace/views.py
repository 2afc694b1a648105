"""A trace's tables put together for pages: one topic, one story, at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whence.records.origins import Derivation, Origin
from whence.records.trace_view import CreditView, EdgeView, QuoteView, StoryLine, StoryView, TopicView
from whence.trace.edges import edge_view
from whence.trace.reuse import open_reuse
from whence.trace.scan import headline_of

__all__ = ["Views"]

_MOST_SHOWN = 200
"""Pages of a topic that its timeline shows."""
_MOST_PAGED = 2000
"""Stories of a report that have pages of their own."""
_MOST_EDGES = 40
"""Pages of a topic whose passages its page shows."""
_MOST_QUOTATIONS = 20
_MOST_CARRIED = 12
"""Pages that are named as having a quotation."""
_ROWS = 1 << 20
"""Rows of a table that are looked through at once."""

Row = dict[str, Any]


class Views:
    """Looks into the tables of a finished trace.

    What it gives is bounded: so many topics, so many pages of each on its timeline, so many stories with pages of their
    own; the largest topics give up theirs first.

    Args:
        folder: where they lie.
        paged: topics whose stories have pages of their own.

    Raises:
        InputError: no finished trace is there.
    """

    def __init__(self, folder: Path, paged: int) -> None:
        self._reuse = open_reuse(folder)
        self._store = self._reuse.store()
        self._folder = folder
        self._stories = self._reuse.table("stories", ("id", "outlet", "url", "published", "words"))
        self._lines: dict[int, StoryLine] = {}
        topics = pq.read_table(folder / "topics.parquet").slice(0, paged)
        self._topics: dict[int, Row] = {row["topic"]: row for row in topics.to_pylist()}
        origins = self._rows("origins", topic=list(self._topics))
        self._origins = _by("story", (Origin(**row) for row in origins))
        members: dict[int, dict[int, None]] = defaultdict(dict)
        for row in origins:
            members[row["topic"]][row["story"]] = None
        self._members = {topic: self._earliest(list(members[topic])) for topic in self._topics}
        self._topic = {story: topic for topic, stories in self._members.items() for story in stories}
        most = _limit([len(stories) for stories in self._members.values()])
        self._own = {topic: stories[:most] for topic, stories in self._members.items()}
        self._paged = {story for stories in self._own.values() for story in stories}
        self._quotes = _by("story", self._rows("quotations", story=list(self._topic)))
        numbers = {row["quotation"] for rows in self._quotes.values() for row in rows}
        self._same_quote = _by("quotation", self._rows("quotations", quotation=list(numbers)))
        self._derivations = _by("story", map(_derivation, self._rows("derivations", story=list(self._topic))))
        self._children = _by("parent", map(_derivation, self._rows("derivations", parent=list(self._paged))))
        self._credits = _by("story", self._rows("credits", story=list(self._paged)))
        # Passages of a page and its parents; of one that is but a row of a timeline none are shown.
        edges = ((d.story, d.parent) for s in self._paged for d in self._derivations.get(s, ()) if d.parent is not None)
        self._passages = self._shared([(min(pair), max(pair)) for pair in edges])

    @property
    def pages(self) -> int:
        """Stories of the topics shown."""
        return sum(row["stories"] for row in self._topics.values())

    @property
    def left_out(self) -> int:
        """Of these, how many have no page of their own."""
        return self.pages - len(self._paged)

    def _rows(self, name: str, **wanted: Sequence[int]) -> list[Row]:
        """The rows of a table that have one of some numbers in a column; never the whole table at once."""
        ((column, numbers),) = wanted.items()
        chosen = pa.array(sorted(numbers), pa.int32())
        return [row for batch in self._batches(name) for row in _filtered(batch, pc.is_in(batch[column], chosen))]

    def _shared(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[Row]]:
        """The passages of some pairs of stories."""
        total = self._stories.num_rows
        codes = pa.array(sorted({a * total + b for a, b in pairs}), pa.int64())
        out: dict[tuple[int, int], list[Row]] = {}
        for batch in self._batches("passages"):
            code = pc.add(pc.multiply(pc.cast(batch["a"], pa.int64()), total), pc.cast(batch["b"], pa.int64()))
            for row in _filtered(batch, pc.is_in(code, codes)):
                out.setdefault((row["a"], row["b"]), []).append(row)
        return out

    def _batches(self, name: str) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(self._folder / f"{name}.parquet", memory_map=True) as table:
            yield from table.iter_batches(_ROWS)

    def _earliest(self, stories: Sequence[int]) -> list[int]:
        """The first pages of a topic by date, undated ones last."""
        dates = self._stories["published"].take(pa.array(stories, pa.int64())).to_pylist()
        known = sorted(zip(dates, stories, strict=True), key=lambda x: (x[0] is None, x[0] or "", x[1]))
        return [s for _, s in known[:_MOST_SHOWN]]

    def line(self, story: int) -> StoryLine:
        """A story in a line."""
        if story not in self._lines:
            row = {name: self._stories[name][story].as_py() for name in self._stories.column_names}
            head = headline_of(self._store.text(story)) or row["id"]
            self._lines[story] = StoryLine(story=story, headline=head, paged=story in self._paged, **row)
        return self._lines[story]

    def topics(self) -> Iterator[TopicView]:
        """The topics that have pages, largest first, with the passages of their first derivations."""
        for topic, row in self._topics.items():
            lines = [self.line(s) for s in self._members[topic]]
            began = {
                x.story: self._origins[x.story][0] if x.story in self._origins else _itself(x, topic) for x in lines
            }
            yield TopicView(
                topic=topic,
                stories=tuple(lines),
                pages=row["stories"],
                origins=row["origins"],
                outlets=row["outlets"],
                circular=row["circular"],
                first=row["first"],
                last=row["last"],
                quoted=row["quotations"],
                began=began,
                derivations=tuple(d for x in lines for d in self._derivations.get(x.story, ())),
                edges={x.story: self.edges(x.story) for x in lines[:_MOST_EDGES] if x.paged},
                quotations=self._shared_quotations(topic),
            )

    def _shared_quotations(self, topic: int) -> tuple[QuoteView, ...]:
        """The quotations of a topic that most pages have."""
        numbers = {r["quotation"] for s in self._members[topic] for r in self._quotes.get(s, ())}
        held = {n: list(dict.fromkeys(r["story"] for r in self._same_quote[n])) for n in numbers}
        out = []
        for number in sorted(numbers, key=lambda n: (-len(held[n]), n))[:_MOST_QUOTATIONS]:
            longest = max(self._same_quote[number], key=lambda r: (r["words"], -r["story"]))
            text = self._store.text(longest["story"])[longest["start"] : longest["end"]]
            carried = tuple(self.line(s) for s in held[number][:_MOST_CARRIED])
            span = (longest["start"], longest["end"])
            out.append(QuoteView(text, longest["source"], span, carried, len(held[number]) - len(carried)))
        return tuple(out)

    def stories(self) -> Iterator[StoryView]:
        """The stories that have pages."""
        for stories in self._own.values():
            for story in stories:
                yield self.story(story)

    def story(self, story: int) -> StoryView:
        """One story with its way."""
        line = self.line(story)
        text = self._store.text(story)
        topic = self._topic.get(story)
        row = self._topics[topic] if topic is not None else {"stories": 1, "origins": 1}
        children = self._children.get(story, [])
        return StoryView(
            line=line,
            text=text,
            topic=topic,
            pages=row["stories"],
            origins=tuple(self._origins[story]) if story in self._origins else (_itself(line, topic or story),),
            topic_origins=row["origins"],
            edges=self.edges(story),
            children=tuple((self.line(d.story), d) for d in children[:_MOST_SHOWN]),
            more_children=max(0, len(children) - _MOST_SHOWN),
            quotations=self._quotations_of(story, text),
            credits=tuple(
                CreditView(r["outlet"], text[r["start"] : r["end"]])
                for r in self._credits.get(story, ())
                if not r["own"]
            ),
        )

    def _quotations_of(self, story: int, text: str) -> tuple[QuoteView, ...]:
        out = []
        for row in self._quotes.get(story, ()):
            same = self._same_quote[row["quotation"]]
            others = list(dict.fromkeys(r["story"] for r in same if r["story"] != story))
            span = (row["start"], row["end"])
            lines = tuple(self.line(s) for s in others[:_MOST_CARRIED])
            out.append(QuoteView(text[span[0] : span[1]], row["source"], span, lines, len(others) - len(lines)))
        return tuple(sorted(out, key=lambda q: q.span))

    def edges(self, story: int) -> tuple[EdgeView, ...]:
        """Where a story came from, with the words of both sides."""
        out = []
        for d in self._derivations.get(story, ()):
            if d.parent is None:
                out.append(EdgeView(d, None))
                continue
            rows = self._passages.get((min(story, d.parent), max(story, d.parent)), [])
            out.append(edge_view(d, self.line(d.parent), self._store.text(story), self._store.text(d.parent), rows))
        return tuple(out)


def _limit(sizes: Sequence[int]) -> int:
    """How many stories of each topic can have pages, so that all together are `_MOST_PAGED` at most."""
    low, high = 1, max(sizes, default=1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sum(min(n, middle) for n in sizes) <= _MOST_PAGED else (low, middle - 1)
    return low


def _filtered(batch: pa.RecordBatch, chosen: pa.Array) -> list[Row]:
    rows: list[Row] = batch.filter(chosen).to_pylist()
    return rows


def _by(name: str, rows: Any) -> dict[Any, list[Any]]:
    """Rows, or records, by the value of one column."""
    out: dict[Any, list[Any]] = {}
    for row in rows:
        out.setdefault(row[name] if isinstance(row, dict) else getattr(row, name), []).append(row)
    return out


def _itself(line: StoryLine, topic: int) -> Origin:
    label = line.outlet or line.headline
    return Origin(line.story, topic, f"story:{line.story}", "story", line.story, label, 1.0, True)


def _derivation(row: Row) -> Derivation:
    made = Derivation(**(row | {"reasons": tuple(row["reasons"]), "against": tuple(row["against"])}))
    # Single precision turns 0.5 into a little less at times.
    share, confidence = min(1.0, round(made.share, 4)), min(1.0, max(0.5, round(made.confidence, 4)))
    return replace(made, share=share, confidence=confidence)
