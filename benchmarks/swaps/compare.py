"""Two readings of one story, before and after an exchange of names: which statements have changed, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.swaps.exchange import Exchange
from whence.read.annotations import Attribution, TaggedSpan, Tagging, Token
from whence.read.nested import TextTagger
from whence.records import Reading, Statement
from whence.text.offsets import Span, merge, overlap

_ALIKE = 0.5
"""Share of characters, of both together, from which on two statements are the same one."""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement that an exchange has changed, in what, and its words before."""

    words: str
    what: str


@dataclass(slots=True)
class Tally:
    """Statements compared, the changed ones, and findings before, after and in both."""

    statements: int
    changes: list[Change]
    findings: tuple[int, int]


def _share(one: Sequence[Span], other: Sequence[Span]) -> float:
    shared = sum(overlap(a, b) for a in merge(one) for b in merge(other))
    size = sum(b - a for a, b in (*merge(one), *merge(other))) - shared
    return shared / size if size else 0.0


def _facts(s: Statement) -> dict[str, object]:
    return {
        "voice": s.voice,
        "naming": tuple(source.naming for source in s.sources),
        "act": s.act,
        "quote": s.quote,
        "chain": len(s.chain),
        "nested": s.parent is not None,
    }


def compare(before: Reading, after: Reading, exchange: Exchange) -> Tally:
    """Compare two readings statement by statement, aligned by where they stand.

    Returns:
        As many statements as the first reading has, and those that only the second has besides; each that is not in
        the other, or whose voice, naming, act, quote kind, chain length or nesting is another, is a change.
    """
    left = list(after.statements)
    changes: list[Change] = []
    for s in before.statements:
        content = [exchange.span(c) for c in s.content]
        twin = max(
            (t for t in left if t.span[0] < content[-1][1] and content[0][0] < t.span[1]),
            key=lambda t: (_share(content, t.content), (t.parent is None) == (s.parent is None)),
            default=None,
        )
        words = before.text(*s.content)
        if twin is None or _share(content, twin.content) < _ALIKE:
            changes.append(Change(words, "is no statement any more"))
            continue
        left.remove(twin)
        was, now = _facts(s), _facts(twin)
        other = [f"{k}: {was[k]} -> {now[k]}" for k in was if was[k] != now[k]]
        if other:
            changes.append(Change(words, "; ".join(other)))
    changes += [Change(after.text(*t.content), "is a statement now") for t in left]
    one, two = ({f.id for f in r.findings} for r in (before, after))
    for finding in sorted(one ^ two):
        changes_here = "no more" if finding in one else "now"
        changes.append(Change("", f"finding {finding}: {changes_here}"))
    return Tally(len(before.statements) + len(left), changes, (len(one & two), len(one | two)))


class Moved:
    """A tagger that says of the exchanged text just what another says of the old one.

    What then differs between two readings comes from rules and lexicons, not from the model.

    Args:
        tagger: what tags the old text.
        exchange: how the texts belong together.
    """

    def __init__(self, tagger: TextTagger, exchange: Exchange) -> None:
        self._tagger, self._forth, self._back = tagger, exchange, exchange.back()

    def tag(self, text: str, blocks: Sequence[Span]) -> Tagging:
        """Tag `blocks` of the exchanged text."""
        forth = self._forth.span
        found = self._tagger.tag(self._forth.old, [self._back.span(b) for b in blocks])

        def tagged(spans: tuple[TaggedSpan, ...]) -> tuple[TaggedSpan, ...]:
            return tuple(TaggedSpan(forth(s.span), s.label, s.score) for s in spans)

        tokens: dict[Span, Token] = {}
        for t in found.tokens:
            tokens.setdefault(forth(t.span), Token(forth(t.span), t.pos))
        return Tagging(
            tagged(found.spans),
            tagged(found.entities),
            tuple(tokens.values()),
            self._moved(found.attributions),
        )

    def inside(self, text: str, pieces: Sequence[Span]) -> list[tuple[Attribution, ...]]:
        """What each of `pieces` of the exchanged text attributes."""
        return [
            self._moved(found)
            for found in self._tagger.inside(self._forth.old, [self._back.span(piece) for piece in pieces])
        ]

    def _moved(self, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
        def there(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
            return tuple(self._forth.span(piece) for piece in pieces)

        return tuple(Attribution(there(a.source), there(a.cue), there(a.content), a.score) for a in found)
