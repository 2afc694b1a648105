"""Hedges and distancing: words that weaken a statement, and words that keep the outlet at arm's length from it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.hedge_lexicon import DISTANCING, NAMING, OWN_VIEW, WEAKENING
from whence.read.quotes import inside, quoted_in
from whence.text.literals import Guarded
from whence.text.normalise import plain
from whence.text.offsets import Span, merge, overlaps

__all__ = ["HEDGES", "distancing", "hedges", "scare_quotes"]

_WEAKENING, _DISTANCING = Guarded(WEAKENING), Guarded(DISTANCING)
_AGENTLESS = re.compile(
    r"^(?:\w+ )?(?:reportedly|allegedly|apparently|seemingly|(?:is|are|was|were) (?:\w+ )?(?:believed|thought|"
    r"understood|said)(?: to)?|"
    r"appear(?:s|ed)?(?: to)?|seem(?:s|ed)?(?: to)?)$",
    re.IGNORECASE,
)
_SCARE = re.compile(r"[^\W\d_][\w'-]{0,24}(?: [\w'-]{1,24}){0,2}")


def hedges(text: str, span: Span, folded: str | None = None) -> list[Span]:
    """Find the words that weaken commitment ("may", "reportedly", "is believed to").

    Args:
        text: the story.
        span: where to look.
        folded: the story as `normalise.plain` has it, where it is at hand.

    Returns:
        Spans in order, without overlaps.
    """
    return _found(_WEAKENING, plain(text) if folded is None else folded, span)


def distancing(text: str, span: Span, folded: str | None = None) -> list[Span]:
    """Find the words that withhold the outlet's own commitment ("so-called", "what they called", "alleged").

    Args:
        text: the story.
        span: where to look.
        folded: the story as `normalise.plain` has it, where it is at hand.

    Returns:
        Spans in order, without overlaps.
    """
    return _found(_DISTANCING, plain(text) if folded is None else folded, span)


def scare_quotes(text: str, span: Span, quotations: Sequence[Span], folded: str | None = None) -> list[Span]:
    """Find quotation marks around a word or three that nobody is quoted with and that are no name.

    Args:
        text: the story.
        span: a stretch in the outlet's own voice.
        quotations: the story's quotations, in order.
        folded: the story as `normalise.plain` has it, where it is at hand.

    Returns:
        Spans with their marks, in order.
    """
    smooth = plain(text) if folded is None else folded
    out: list[Span] = []
    for start, end in quotations[bisect_left(quotations, (span[0], 0)) : bisect_left(quotations, (span[1], 0))]:
        if end > span[1]:
            continue
        words = smooth[start:end].strip("\"'`").rstrip(".,;:").strip()
        if (
            not _SCARE.fullmatch(words)
            or not words[0].islower()
            or NAMING.search(smooth, max(span[0], start - 40), start)
        ):
            continue
        out.append((start, end))
    return out


def _found(patterns: Guarded, text: str, span: Span) -> list[Span]:
    hits: list[Span] = []
    for match in patterns.finditer(text, span):
        named = next((name for name, value in match.groupdict().items() if value is not None), None)
        start, end = match.span(named) if named else match.span()
        while end > start and text[end - 1] == " ":
            end -= 1
        hits.append((start, end))
    out: list[Span] = []
    for hit in sorted(hits, key=lambda s: (s[0], -s[1])):
        if out and overlaps(out[-1], hit):
            out[-1] = (out[-1][0], max(out[-1][1], hit[1]))
        else:
            out.append(hit)
    return out


def _read(document: Document, draft: Draft, quotations: list[Span], folded: str) -> None:
    weak: list[Span] = []
    far: list[Span] = []
    for piece in draft.content:
        weak.extend(hedges(document.text, piece, folded))
        far.extend(s for s in distancing(document.text, piece, folded) if not inside(s, quotations))
        if draft.voice == "attributed":
            weak.extend(m.span() for m in OWN_VIEW.finditer(folded, *piece))
        if draft.voice == "own":
            far.extend(scare_quotes(document.text, piece, quotations, folded))
    if not draft.source:
        # “He reportedly left”: what attributes to nobody in particular is itself the hedge.
        weak.extend(cue for cue in draft.cue if _AGENTLESS.match(folded[cue[0] : cue[1]]))
    draft.distancing = tuple(merge(far))
    draft.hedges = tuple(s for s in merge(weak) if not any(overlaps(s, d) for d in draft.distancing))
    if draft.hedges:
        document.explain(draft, "hedges", "hedges", "words that weaken commitment", evidence=draft.hedges)
    if draft.distancing:
        document.explain(
            draft, "distancing", "hedges", "words that withhold the outlet's commitment", evidence=draft.distancing
        )


def _apply(document: Document) -> None:
    quotations = quoted_in(document)
    folded = plain(document.text)
    for draft in document.drafts:
        _read(document, draft, quotations, folded)


HEDGES = Component(
    name="hedges",
    requires=frozenset({"story", "drafts"}),
    assigns=frozenset({"draft.hedges", "draft.distancing"}),
    apply=_apply,
)
"""Sets the hedges and the distancing words of all drafts."""
