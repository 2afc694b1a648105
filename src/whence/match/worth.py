"""What is worth checking: statements ranked by parts that have names, and weights that a desk can change."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from whence.errors import RangeError
from whence.match.terms import terms
from whence.match.worth_words import CAUSE, COMPARISON, FUTURE, OPINION, PAST, SWEEPING
from whence.records import Reading, Span, Statement
from whence.records.worth import Part, Worth
from whence.text.offsets import overlaps

__all__ = ["BASE", "WEIGHTS", "check_weights", "rank"]

WEIGHTS: dict[str, float] = {
    "figure": 1.2,
    "comparison": 0.8,
    "event": 0.6,
    "sweeping": 0.6,
    "causal": 0.6,
    "named": 0.4,
    "disputed": 0.5,
    "unnamed-source": 0.4,
    "own-voice": 0.2,
    "opinion": -0.6,
    "prediction": -1.0,
    "promise": -1.0,
    "no-claim": -1.5,
    "slight": -0.8,
}
"""What each part adds to a statement's log-odds unless the user says otherwise: docs/guides/match.md explains each."""

BASE = -1.5
"""Log-odds of a statement of which no part is known."""

_HEAVIEST = 10.0
_SLIGHT = 4  # words, fewer than which say little
_UNREAL = {"predict": "prediction", "warn": "prediction", "promise": "promise", "demand": "promise"}
_SAYS = {
    "figure": "a figure",
    "comparison": "a comparison or a superlative",
    "event": "something that happened, at a time",
    "sweeping": "a sweeping word: it holds for all, or for none",
    "causal": "a cause is named",
    "named": "someone or something is named",
    "disputed": "another statement of the story disputes it",
    "unnamed-source": "its source is not named",
    "own-voice": "the outlet says so itself, without a source",
    "opinion": "words of judgement",
    "prediction": "about what may come",
    "promise": "what somebody wants or promises",
    "no-claim": "it asserts nothing",
    "slight": "very short",
}


def check_weights(given: Mapping[str, float]) -> dict[str, float]:
    """All weights, with those that a user gives in place of the defaults.

    Raises:
        RangeError: a part is not known, or its weight is out of range.
    """
    for name, weight in given.items():
        if name not in WEIGHTS:
            raise RangeError(f"the parts of check-worthiness are {', '.join(WEIGHTS)}; got {name!r}")
        if not -_HEAVIEST <= weight <= _HEAVIEST:
            raise RangeError(f"a weight lies in -{_HEAVIEST:g}..{_HEAVIEST:g}; got {weight:g} for {name}")
    return {**WEIGHTS, **given}


def rank(reading: Reading, weights: Mapping[str, float] | None = None) -> list[Worth]:
    """Rank the statements of a reading by how much they are worth checking.

    A statement's log-odds are `BASE` and the weights of its parts, each counted once. Who speaks, and whose names are
    in it, counts for nothing: only whether a name is there.

    Args:
        reading: the reading.
        weights: by part, instead of those of `WEIGHTS`.

    Returns:
        One worth for each statement, the highest first; equal ones in text order. Parts of weight 0 are left out.

    Raises:
        RangeError: a part is not known, or its weight is out of range.
    """
    used = check_weights(weights or {})
    disputed = {d.claim for d in reading.disputes}
    out = []
    for statement in reading.statements:
        parts = [
            Part(name, used[name], _SAYS[name], evidence)
            for name, evidence in _parts(reading, statement, statement.id in disputed)
            if used[name]
        ]
        parts.sort(key=lambda p: -abs(p.weight))
        odds = BASE + sum(p.weight for p in parts)
        out.append(Worth(statement.id, 1 / (1 + math.exp(-odds)), tuple(parts)))
    return sorted(out, key=lambda w: -round(w.score, 9))


def _parts(reading: Reading, statement: Statement, disputed: bool) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """The parts that a statement has, with the words that show them."""
    text = reading.story.text
    dated = [t.span for t in statement.times]
    counted = [f.span for f in statement.figures]
    if counted:
        yield "figure", tuple(counted)
    for name, pattern in (("comparison", COMPARISON), ("sweeping", SWEEPING), ("causal", CAUSE)):
        # "At least" and "more than" before a number are the figure's own.
        if found := [s for s in _found(pattern, text, statement) if not any(overlaps(s, c) for c in counted)]:
            yield name, tuple(found)
    past = _found(PAST, text, statement)
    future = _found(FUTURE, text, statement)
    if past and not future:
        yield "event", (*past[:1], *dated)
    if named := _names(reading, statement):
        yield "named", named
    if disputed:
        yield "disputed", ()
    if statement.voice == "own":
        yield "own-voice", ()
    elif not any(s.naming == "named" for s in statement.sources):
        yield "unnamed-source", tuple(m for s in statement.sources for m in s.mentions[:1])
    judged = (*statement.loaded, *_found(OPINION, text, statement))
    if judged or statement.act in ("praise", "condemn"):
        yield "opinion", judged
    kind = _UNREAL.get(statement.act)
    if kind or (future and not past):
        yield kind or "prediction", future
    if statement.act in ("ask", "decline") or text[: statement.span[1]].rstrip("”\"' ").endswith("?"):
        yield "no-claim", ()
    if len(reading.text(*statement.content).split()) < _SLIGHT:
        yield "slight", ()


def _found(pattern: re.Pattern[str], text: str, statement: Statement) -> tuple[Span, ...]:
    return tuple(m.span() for a, b in statement.content for m in pattern.finditer(text, a, b))


def _names(reading: Reading, statement: Statement) -> tuple[Span, ...]:
    """Names in a statement's words: of the story's sources, and capitals where none has to be."""
    text = reading.story.text
    spans = [
        m
        for source in reading.sources
        if source.naming == "named"
        for m in source.mentions
        if text[m[0] : m[0] + 1].isupper() and any(overlaps(m, piece) for piece in statement.content)
    ]
    for start, end in statement.content:
        spans += [(t.span[0] + start, t.span[1] + start) for t in terms(text[start:end]) if t.kind == "name"]
    # "Wednesday" and "April" are times.
    return tuple(s for s in sorted(set(spans)) if not any(overlaps(s, t.span) for t in statement.times))
