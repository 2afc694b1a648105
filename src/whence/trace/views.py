"""A trace's tables put together for pages: one topic, one story, at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whence.records.origins import Derivation, Origin
from whence.records.story import Span
from whence.records.trace_view import (
    CreditView,
    EdgeView,
    PassageView,
    QuoteView,
    StoryLine,
    StoryView,
    TopicView,
)
from whence.text.offsets import subtract
from whence.trace.reuse import open_reuse

__all__ = ["Views"]

_HEAD = 160
_LEAST_DROPPED = 25
"""Characters of a piece of text that is worth showing as dropped."""
_MOST_SHOWN = 200
"""Pages of a topic that its timeline shows."""


class Views:
    """Looks into the tables of a finished trace.

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
        self._stories = self._reuse.table("stories")
        self._topics = self._table("topics")
        origins = self._table("origins")
        self._chosen = self._topics["topic"].to_pylist()[:paged]
        # Of a topic with more pages than a timeline shows, the others are in the tables only.
        chosen = origins.filter(pc.is_in(origins["topic"], pa.array(self._chosen, pa.int32())))
        self._origins: dict[int, list[Origin]] = defaultdict(list)
        for row in chosen.to_pylist():
            self._origins[row["story"]].append(Origin(**row))
        self._members: dict[int, list[int]] = defaultdict(list)
        self._topic: dict[int, int] = {}
        for topic, story in zip(chosen["topic"].to_pylist(), chosen["story"].to_pylist(), strict=True):
            if story not in self._topic:
                self._topic[story] = topic
                self._members[topic].append(story)
        self._lines: dict[int, StoryLine] = {}
        for topic in self._chosen:
            self._members[topic] = self._earliest(self._members[topic])
        self._paged = {s for topic in self._chosen for s in self._members[topic]}
        self._quoted = self._table("quotations").to_pylist()
        self._by_number: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self._quotes: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in self._quoted:
            self._by_number[row["quotation"]].append(row)
            self._quotes[row["story"]].append(row)
        wanted = pa.array(sorted(self._paged), pa.int32())
        self._derivations: dict[int, list[Derivation]] = defaultdict(list)
        self._children: dict[int, list[Derivation]] = defaultdict(list)
        made = self._table("derivations")
        for row in made.filter(pc.or_(pc.is_in(made["story"], wanted), pc.is_in(made["parent"], wanted))).to_pylist():
            held = Derivation(**(row | {"reasons": tuple(row["reasons"]), "against": tuple(row["against"])}))
            held = _clean(held)
            self._derivations[held.story].append(held)
            if held.parent is not None:
                self._children[held.parent].append(held)
        passages = self._reuse.table("passages")
        inside = pc.or_(pc.is_in(passages["a"], wanted), pc.is_in(passages["b"], wanted))
        self._passages: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
        for row in passages.filter(inside).to_pylist():
            self._passages[row["a"], row["b"]].append(row)
        self._credits: dict[int, list[dict[str, Any]]] = defaultdict(list)
        credits = self._table("credits")
        for row in credits.filter(pc.is_in(credits["story"], wanted)).to_pylist():
            self._credits[row["story"]].append(row)

    def _table(self, name: str) -> pa.Table:
        return pq.read_table(self._folder / f"{name}.parquet")

    def _earliest(self, stories: Sequence[int]) -> list[int]:
        """The first pages of a topic by date, undated ones last."""
        dates = self._stories["published"].take(pa.array(stories, pa.int64())).to_pylist()
        known = sorted(zip(dates, stories, strict=True), key=lambda x: (x[0] is None, x[0] or "", x[1]))
        return [s for _, s in known[:_MOST_SHOWN]]

    def line(self, story: int) -> StoryLine:
        """A story in a line."""
        if story not in self._lines:
            self._lines[story] = self._line(story)
        return self._lines[story]

    def _line(self, story: int) -> StoryLine:
        row = {name: self._stories[name][story].as_py() for name in ("id", "outlet", "url", "published", "words")}
        first = self._store.text(story).lstrip()[: 4 * _HEAD].split("\n", 1)[0].strip()
        head = first if len(first) <= _HEAD else first[:_HEAD].rsplit(" ", 1)[0] + " …"
        return StoryLine(story=story, headline=head or row["id"], paged=story in self._paged, **row)

    def topics(self) -> Iterator[TopicView]:
        """The topics that have pages, largest first, with the passages of their first derivations."""
        for place, topic in enumerate(self._chosen):
            yield self._of_topic(place, topic)

    def _of_topic(self, place: int, topic: int) -> TopicView:
        row = {name: self._topics[name][place].as_py() for name in self._topics.column_names}
        lines = [self.line(s) for s in self._members[topic]]
        lines.sort(key=lambda x: (x.published is None, x.published or "", x.story))
        shown = lines[:_MOST_SHOWN]
        began = {x.story: self._origins[x.story][0] if x.story in self._origins else _itself(x, topic) for x in shown}
        return TopicView(
            topic=topic,
            stories=tuple(shown),
            pages=row["stories"],
            origins=row["origins"],
            outlets=row["outlets"],
            circular=row["circular"],
            began=began,
            derivations=tuple(d for x in shown for d in self._derivations.get(x.story, ())),
            edges={x.story: self.edges(x.story) for x in shown[:40]},
            quotations=self._shared_quotations(topic),
        )

    def _shared_quotations(self, topic: int) -> tuple[QuoteView, ...]:
        numbers = dict.fromkeys(r["quotation"] for s in self._members[topic] for r in self._quotes.get(s, ()))
        out = []
        for number in numbers:
            rows = self._by_number[number]
            longest = max(rows, key=lambda r: (r["words"], -r["story"]))
            text = self._store.text(longest["story"])[longest["start"] : longest["end"]]
            carried = tuple(self.line(s) for s in list(dict.fromkeys(r["story"] for r in rows))[:_MOST_SHOWN])
            out.append(QuoteView(text, longest["source"], (longest["start"], longest["end"]), carried))
        out.sort(key=lambda q: (-len(q.others), -len(q.words), q.words))
        return tuple(out[:20])

    def stories(self) -> Iterator[StoryView]:
        """The stories that have pages."""
        for topic in self._chosen:
            for story in self._members[topic]:
                yield self.story(story)

    def story(self, story: int) -> StoryView:
        """One story with its way."""
        line = self.line(story)
        text = self._store.text(story)
        topic = self._topic.get(story)
        place = self._chosen.index(topic) if topic is not None else None
        return StoryView(
            line=line,
            text=text,
            topic=topic,
            pages=1 if place is None else self._topics["stories"][place].as_py(),
            origins=tuple(self._origins[story]) if story in self._origins else (_itself(line, topic or story),),
            topic_origins=1 if place is None else self._topics["origins"][place].as_py(),
            edges=self.edges(story),
            children=tuple((self.line(d.story), d) for d in self._children.get(story, ())[:_MOST_SHOWN]),
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
            others = dict.fromkeys(r["story"] for r in self._by_number[row["quotation"]] if r["story"] != story)
            span = (row["start"], row["end"])
            lines = tuple(self.line(s) for s in list(others)[:_MOST_SHOWN])
            out.append(QuoteView(text[span[0] : span[1]], row["source"], span, lines))
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


def edge_view(
    derivation: Derivation, parent: StoryLine, text: str, theirs: str, rows: Sequence[dict[str, Any]]
) -> EdgeView:
    """A derivation with the words of both sides.

    Args:
        derivation: from whom.
        parent: the parent in a line.
        text, theirs: the story's and the parent's text.
        rows: their passages, rows of `records.reuse.PASSAGES`.
    """
    me, you = ("a", "b") if derivation.story < parent.story else ("b", "a")
    passages = [
        PassageView(
            text[r[f"{me}_start"] : r[f"{me}_end"]],
            theirs[r[f"{you}_start"] : r[f"{you}_end"]],
            (r[f"{me}_start"], r[f"{me}_end"]),
            r["kind"] == "quotation",
        )
        for r in rows
    ]
    passages.sort(key=lambda p: p.span)
    left: list[Span] = subtract((0, len(theirs)), [(r[f"{you}_start"], r[f"{you}_end"]) for r in rows])
    pieces = [piece for a, b in left for piece in _pieces(theirs[a:b])]
    return EdgeView(derivation, parent, tuple(passages), tuple(pieces))


def _pieces(text: str) -> Iterator[str]:
    for piece in text.split("\n"):
        if len(piece.strip(" .,;:")) >= _LEAST_DROPPED:
            yield piece.strip()


def _itself(line: StoryLine, topic: int) -> Origin:
    label = line.outlet or line.headline
    return Origin(line.story, topic, f"story:{line.story}", "story", line.story, label, 1.0, True)


def _clean(d: Derivation) -> Derivation:
    """Single precision turns 0.5 into a little less at times."""
    from dataclasses import replace

    return replace(d, share=min(1.0, round(d.share, 4)), confidence=min(1.0, max(0.5, round(d.confidence, 4))))
