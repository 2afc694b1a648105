"""Dates and periods in the text, as ISO 8601 (docs/reference/times.md)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from whence.read.annotations import Token
from whence.read.component import Component
from whence.read.document import Document
from whence.read.held import Held
from whence.read.time_guards import is_time
from whence.read.time_patterns import PATTERNS, TRIGGERS
from whence.read.time_values import RESOLVERS, Context, Skip
from whence.records import Time
from whence.text.literals import holds
from whence.text.normalise import plain
from whence.text.offsets import Span, merge

__all__ = ["TIMES", "time_spans", "times"]

_ANCHORS = 4  # how many times back a "two days later" may look
_JOIN = re.compile(
    r"[\s,(]{0,3}(?:(?:on|at|E[SD]?T|[CMP][SD]?T|GMT|BST|UTC|CET|local time|Eastern(?: time)?|"
    r"Pacific(?: time)?)[\s,)]{1,2}){0,3}"
)


def times(
    text: str,
    span: Span,
    published: date | None,
    tokens: Sequence[Token] = (),
    anchors: Sequence[str] = (),
    folded: str | None = None,
) -> list[Time]:
    """Find dates and periods, and resolve them where the words and the day of publication allow it.

    Nothing is guessed: what needs the day of publication has the value None where it is not known, and so has what
    counts from a time that the story does not give ("two days later").

    Args:
        text: the story.
        span: where to look, best a paragraph: "two days later" counts from the times before it in the span.
        published: the day of publication, or None.
        tokens: words with their parts of speech, where they are at hand: "may" and "march" are told from the months.
        anchors: values of times before the span, nearest last.
        folded: the story as `normalise.plain` has it, where it is at hand.

    Returns:
        Times in text order, without overlaps.
    """
    smooth = plain(text) if folded is None else folded
    verbs = {t.span[0] for t in tokens if t.pos[:2] in {"MD", "VB"}}
    known = list(anchors)
    out: list[Time] = []
    clocks: list[re.Match[str]] = []
    for rule, match in _matches(smooth, span):
        if match.start() in verbs:
            continue
        if rule == "clock":
            clocks.append(match)
            continue
        try:
            value = RESOLVERS[rule](match, Context(smooth, published, tuple(known[-_ANCHORS:])))
        except Skip:
            continue
        out.append(Time(match.span(), value))
        if value is not None and rule not in {"past", "today"}:
            known.append(value)
    found = [clock for match in clocks if (clock := _clock(smooth, match, out)) is not None]
    return sorted([*out, *found], key=lambda t: t.span)


def time_spans(text: str, span: Span, folded: str | None = None) -> list[Span]:
    """Where dates, periods and clock times stand, whether or not they can be resolved.

    Returns:
        Spans in order, without overlaps.
    """
    smooth = plain(text) if folded is None else folded
    return [match.span() for _, match in _matches(smooth, span)]


def _matches(smooth: str, span: Span) -> list[tuple[str, re.Match[str]]]:
    """What the patterns find, in text order, without overlaps: the earlier pattern has the word first."""
    known = _matched(smooth)
    if span in known:
        return known[span]
    taken = bytearray(span[1] - span[0])
    out: list[tuple[str, re.Match[str]]] = []
    for rule, match in _all(smooth, span):
        start, end = match.start() - span[0], match.end() - span[0]
        if any(taken[start:end]) or not is_time(rule, match, smooth):
            continue
        taken[start:end] = b"\1" * (end - start)
        out.append((rule, match))
    known[span] = sorted(out, key=lambda found: found[1].start())
    return known[span]


@lru_cache(maxsize=1)
def _matched(smooth: str) -> dict[Span, list[tuple[str, re.Match[str]]]]:
    """What `_matches` has found in a story: figures and times both ask for it."""
    return {}


@lru_cache(maxsize=1)
def _likely(smooth: str) -> list[tuple[str, re.Pattern[str], tuple[str, ...]]]:
    """The patterns of which a story holds a trigger, with those that it holds."""
    found = ((rule, pattern, tuple(t for t in TRIGGERS[rule] if t in smooth)) for rule, pattern in PATTERNS)
    return [(rule, pattern, triggers) for rule, pattern, triggers in found if triggers]


def _all(smooth: str, span: Span) -> Iterator[tuple[str, re.Match[str]]]:
    here = smooth[span[0] : span[1]]
    for rule, pattern, triggers in _likely(smooth):
        if holds(here, triggers):
            yield from ((rule, match) for match in pattern.finditer(smooth, *span))


def _clock(smooth: str, match: re.Match[str], days: Sequence[Time]) -> Time | None:
    """A clock time with the day that stands beside it; None where none does."""
    i = bisect_left(days, match.span(), key=lambda t: t.span)
    for near in days[max(0, i - 1) : i + 1]:
        if near.value is None or len(near.value) != 10:
            continue
        first, second = sorted((near.span, match.span()))
        if 0 <= second[0] - first[1] <= 24 and _JOIN.fullmatch(smooth, first[1], second[0]):
            return Time(match.span(), f"{near.value}T{_hour(match)}")
    return None


def _hour(match: re.Match[str]) -> str:
    if match["named"]:
        return "12:00" if match["named"] == "noon" else "00:00"
    if match["hour24"]:
        return f"{int(match['hour24']):02d}:{match['minute24']}"
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return f"{hour:02d}:{match['minute'] or '00'}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that can be asked for by where it lies."""

    span: Span


def _when_said(document: Document, found: Sequence[Time]) -> dict[int, list[Time]]:
    """Times that tell when a statement was made: “…, she told the council on Thursday”.

    Such a time stands in no statement's content but in the sentence of a cue, and goes with the nearest.

    Returns:
        For drafts that have such times, by `id`, the times.
    """
    spoken = [d for d in document.drafts if d.cue]
    told = Held([_Piece(piece) for piece in merge(piece for d in spoken for piece in d.content)])
    cues = sorted(((d.cue[0], d) for d in spoken), key=lambda pair: pair[0])
    starts = [cue[0] for cue, _ in cues]
    begins = [s[0] for s in document.sentences]
    out: dict[int, list[Time]] = {}
    for time in found:
        i = bisect_right(begins, time.span[0]) - 1
        if i < 0 or told.touching(time.span):
            continue
        start, end = document.sentences[i]
        near = cues[bisect_left(starts, start) : bisect_left(starts, end)]
        if near:
            _, draft = min(near, key=lambda pair: max(pair[0][0] - time.span[1], time.span[0] - pair[0][1]))
            out.setdefault(id(draft), []).append(time)
    return out


def _apply(document: Document) -> None:
    folded = plain(document.text)
    people = Held([e for e in document.entities if e.label == "PERSON"])
    found: list[Time] = []
    before: list[str] = []
    for paragraph in document.story.paragraphs:
        if paragraph.role in {"furniture", "byline", "badge"}:
            continue
        here = [
            t
            for t in times(document.text, paragraph.span, document.published, (), before, folded)
            if not people.touching(t.span)
        ]
        found.extend(here)
        before = [t.value for t in here if t.value is not None]
    held = Held(found)
    said = _when_said(document, found)
    for draft in document.drafts:
        draft.times = tuple(sorted({*held.within(draft.content), *said.get(id(draft), ())}, key=lambda t: t.span))
        for time in draft.times:
            value = time.value or "not known"
            document.explain(
                draft, "times", "times", f"“{document.words(time.span)}” is {value}", evidence=(time.span,)
            )


TIMES = Component(
    name="times",
    requires=frozenset({"story", "published", "drafts", "entities", "sentences"}),
    assigns=frozenset({"draft.times"}),
    apply=_apply,
)
"""Sets the times of all drafts."""
