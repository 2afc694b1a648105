"""No named source says what the headline says, and somebody unnamed does.

It holds where the headline has matter to compare and

- at least one statement that supports it has an unnamed source, or none at all though the page attributes it, and no
  statement by a named source supports it or comes near to it (half of its words); or
- nothing on the page supports it, at least one statement by somebody unnamed holds most of its words but weakens
  them or asks, and no statement by a named source or in the outlet's own voice is about the same matter.

A headline that the outlet's own voice alone supports is no case of it: that is reporting. Neither is one that rests on
a document, such as a poll: documents are seldom named, and can be looked up.
"""

from __future__ import annotations

from whence.read.document import Document, Draft
from whence.read.finding_rules.words import count, names
from whence.read.headline import TOUCHES, Headline
from whence.records import Finding

__all__ = ["find"]

_NEAR = 0.5
_NEAREST = 0.6
_BETTER = 0.25
"""By how much of the headline the outlet's own voice may hold more than somebody unnamed, for it to rest on them."""


def _is_unnamed(draft: Draft) -> bool:
    return draft.voice == "attributed" and not any(s.naming == "named" or s.kind == "document" for s in draft.sources)


def _is_named(draft: Draft) -> bool:
    return any(s.naming == "named" for s in draft.sources)


def _blocks(doc: Document, draft: Draft, headline: Headline, least: float) -> bool:
    """Whether a statement by a named source comes near enough to the headline to leave the question open."""
    asserts = draft.act not in ("decline", "ask", "deny") and not draft.hedges
    words = " ".join(doc.words(c) for c in draft.content).casefold()
    return asserts and " if " not in f" {words} " and headline.share(doc, draft) >= least


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    headline = Headline.of(doc)
    if headline is None or doc.story.headline is None:
        return None
    named = [d for d in doc.drafts if _is_named(d) and not doc.in_headline(d)]
    supporting = set(doc.headline_support)
    support = [d for d in doc.drafts if d.id in supporting]
    own = max((headline.share(doc, d) for d in support if d.voice == "own"), default=0.0)
    unnamed = [d for d in support if _is_unnamed(d) and headline.share(doc, d) >= own - _BETTER]
    if any(_is_named(d) for d in support):
        return None
    if unnamed:
        if any(_blocks(doc, d, headline, _NEAR) for d in named):
            return None
        sources = [s for d in unnamed for s in d.sources]
        who = names(sources) if sources else "somebody it never names"
        says = f"No named source says what the headline says; it rests on {count(len(unnamed), 'statement')} by {who}."
    else:
        unnamed = [
            d
            for d in doc.drafts
            if _is_unnamed(d) and d.sources and not doc.in_headline(d) and headline.share(doc, d) >= _NEAREST
        ]
        others = [d for d in doc.drafts if (d.voice == "own" or _is_named(d)) and not doc.in_headline(d)]
        if support or not unnamed or any(_blocks(doc, d, headline, TOUCHES) for d in others):
            return None
        who = names(s for d in unnamed for s in d.sources)
        says = f"No source says what the headline says; what comes nearest is attributed to {who}."
    evidence = (doc.story.headline, *(c for d in unnamed for c in (d.source or d.content)))
    return Finding("headline-rests-on-unnamed", says, tuple(evidence), tuple(d.id for d in unnamed))
