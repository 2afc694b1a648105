"""Score one reading of a story against its gold, measure by measure.

A measure is a share of hits; a story's or a group's mean share is the plain mean of its measures' shares, so a rare
measure (distancing) weighs as much as a common one (source). Statements are aligned by the Jaccard overlap of the
characters of their content, and everything after "statement found" is asked only of statements that were found.
What a gold does not have (a badge, a byline, an article count) is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["FOUND", "HEADLINE", "Point", "Score", "score"]

FOUND = 0.8
"""The least Jaccard overlap at which a statement counts as found."""

HEADLINE = 0.9
"""The Jaccard overlap that a headline must exceed."""

SLACK = 3
"""By how many characters marked words may fall short of the gold's phrase at either end."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One question put to a reading; `note` says which, in the story's words."""

    measure: str
    hit: bool
    note: str = ""


@dataclass(slots=True)
class Score:
    """The answers for one story or for several.

    Args:
        points: one for each question, in the order in which they were asked.
        extra_statements: attributed statements of the reading that no row of the gold resembles.
        extra_findings: findings of the reading that the gold does not list.
    """

    points: list[Point] = field(default_factory=list)
    extra_statements: int = 0
    extra_findings: int = 0

    def __add__(self, other: Score) -> Score:
        """The answers of both."""
        return Score(
            self.points + other.points,
            self.extra_statements + other.extra_statements,
            self.extra_findings + other.extra_findings,
        )

    def tally(self) -> dict[str, tuple[int, int]]:
        """Hits and questions by measure, in the order in which the measures were first asked."""
        out: dict[str, tuple[int, int]] = {}
        for p in self.points:
            hits, total = out.get(p.measure, (0, 0))
            out[p.measure] = (hits + p.hit, total + 1)
        return out

    def mean_share(self) -> float:
        """The mean over measures of the share of hits, in 0..1; 0.0 where nothing was asked."""
        shares = [hits / total for hits, total in self.tally().values()]
        return sum(shares) / len(shares) if shares else 0.0


def score(gold: Json, reading: Json) -> Score:
    """Put every question of a gold to a reading.

    Args:
        gold: as tests/stories/build.py writes it.
        reading: as `Reading.to_dict` gives it, of the same text.
    """
    aligned = _align(gold["statements"], reading["statements"])
    matcher = _Sources(gold, reading)
    points: list[Point] = []
    for row, statement in zip(gold["statements"], aligned, strict=True):
        if row["required"]:
            points += _statement(row, statement, matcher, reading["story"]["text"])
    points += matcher.points()
    points += _disputes(gold["statements"], aligned, reading)
    points += _page(gold, reading["story"])
    found = {f["id"] for f in reading.get("findings", [])}
    points += [Point("finding", f["id"] in found, f["id"]) for f in gold["findings"] if f["must"]]
    known = {s["id"] for s in aligned if s}
    extra = [s for s in reading["statements"] if s["voice"] == "attributed" and s["id"] not in known]
    return Score(points, len(extra), len(found - {f["id"] for f in gold["findings"]}))


def _characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _jaccard(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def _touch(some: Iterable[Sequence[int]], others: Sequence[Sequence[int]]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def _pieces(row: Json) -> list[list[int]]:
    pieces: list[list[int]] = row.get("pieces", [row["content"]])
    return pieces


def _align(rows: list[Json], statements: list[Json]) -> list[Json | None]:
    """For each row the statement whose content overlaps it most, or None below `FOUND`."""
    contents = [_characters(s["content"]) for s in statements]
    out: list[Json | None] = []
    for row in rows:
        want = _characters(_pieces(row))
        overlaps = [_jaccard(want, content) for content in contents]
        best = max(range(len(overlaps)), key=overlaps.__getitem__, default=None)
        out.append(statements[best] if best is not None and overlaps[best] >= FOUND else None)
    return out


class _Sources:
    """Which source of a reading stands for which source of the gold: those whose mentions touch."""

    def __init__(self, gold: Json, reading: Json) -> None:
        self.gold: dict[str, Json] = gold["sources"]
        self.got: dict[str, Json] = {s["id"]: s for s in reading.get("sources", [])}

    def stands_for(self, ids: Iterable[str], name: str) -> bool:
        """Whether one of the reading's sources stands for the gold's `name`, or for one allowed in its place."""
        allowed = [name, *self.gold[name].get("same_as_allowed", [])]
        wanted = [m for n in allowed for m in self.gold[n]["mentions"]]
        return any(_touch(self.got[i]["mentions"], wanted) for i in ids if i in self.got)

    def points(self) -> Iterator[Point]:
        """How the sources are named, and whether all mentions of one came together."""
        for name, source in self.gold.items():
            mentions = source["mentions"]
            if not mentions:
                continue
            mine = [s for s in self.got.values() if _touch(s["mentions"], mentions)]
            if not source.get("naming_open"):
                naming = [s["naming"] for s in mine]
                yield Point("source naming", source["naming"] in naming, f"{name}: {source['naming']}, got {naming}")
            together = any(all(_touch(s["mentions"], [m]) for m in mentions) for s in mine)
            yield Point("mentions in one source", together, f"{name}: in {len(mine)} sources")


def _statement(row: Json, statement: Json | None, sources: _Sources, text: str) -> Iterator[Point]:
    """The questions about one required row of the gold."""
    words = " … ".join(text[a:b] for a, b in _pieces(row))
    yield Point("statement found", statement is not None, words)
    if statement is None:
        return
    own = not row["source"]
    yield Point("own voice or attributed", (statement["voice"] == "own") == own, words)
    if row["source"] == ["unspecified"]:
        yield Point("unspecified source left empty", not statement["source_ids"], words)
    elif not own:
        for name in row["source"]:
            yield Point("source", sources.stands_for(statement["source_ids"], name), f"{name}: {words}")
        if row["cue"]:
            hit = bool(statement.get("cue")) and _touch([statement["cue"]], [row["cue"]])
            yield Point("cue", hit, f"{text[slice(*row['cue'])]}: {words}")
        got = statement.get("quote")
        yield Point("quote kind", got == row["kind"], f"{row['kind']}, got {got}: {words}")
    if "act" in row:
        got = statement.get("act")
        yield Point("speech act", got == row["act"], f"{row['act']}, got {got}: {words}")
    for name in row.get("chain_has", []):
        yield Point("chain", sources.stands_for(statement.get("chain", []), name), f"{name}: {words}")
    yield from _details(row, statement, text, words)


def _details(row: Json, statement: Json, text: str, words: str) -> Iterator[Point]:
    """The questions about the words, the figure and the time inside a statement that was found."""
    for key in ("hedges", "distancing", "loaded"):
        for phrase in row.get(key, []):
            spans = statement.get(key, [])
            marked = any(phrase in text[max(0, a - SLACK) : b + SLACK] or text[a:b] in phrase for a, b in spans)
            yield Point(key, marked, f"{phrase}: {words}")
    if figure := row.get("figure"):
        got = [(f["value"], f.get("comparator")) for f in statement.get("figures", [])]
        want = (figure["value"], figure["comparator"])
        yield Point("figure", want in got, f"{want}, got {got}: {words}")
    if time := row.get("time"):
        values = [str(t.get("value", "")) for t in statement.get("times", [])]
        yield Point("time", time["value"] in values, f"{time}, got {values}: {words}")


def _disputes(rows: list[Json], aligned: list[Json | None], reading: Json) -> Iterator[Point]:
    """Whether each denial of the gold is paired with what it denies."""
    by_id = {row["id"]: statement for row, statement in zip(rows, aligned, strict=True) if "id" in row}
    pairs = {(d["claim"], d["denial"]) for d in reading.get("disputes", [])}
    for row, denial in zip(rows, aligned, strict=True):
        if "denies" in row and row["required"]:
            claim = by_id[row["denies"]]
            hit = claim is not None and denial is not None and (claim["id"], denial["id"]) in pairs
            yield Point("dispute", hit, row["denies"])


def _page(gold: Json, story: Json) -> Iterator[Point]:
    """The questions about headline, badges and byline, as far as the gold has them."""
    if want := gold.get("headline"):
        spans = [story["headline"]] if story.get("headline") else []
        hit = _jaccard(_characters(spans), _characters([want["span"]])) > HEADLINE
        yield Point("headline", hit, f"got {spans}")
    for badge in gold.get("badges", []):
        yield Point("badge", _touch([b["span"] for b in story.get("badges", [])], [badge["span"]]), "not seen")
    byline = story.get("byline") or {}
    if want := gold.get("byline"):
        yield Point("byline name", byline.get("name") == want["name"], f"{want['name']}, got {byline.get('name')}")
        if want.get("articles") is not None:
            articles = byline.get("articles")
            yield Point("byline article count", articles == want["articles"], f"{want['articles']}, got {articles}")
