"""A quotation of several words stands in a statement that has no source.

Titles, which are quoted too, are left out by their capitals. So is a quotation in a paragraph in which somebody
speaks ("said" needs somebody, even where the reader could not find out whom), and one that fills a paragraph beside
such a one: there whoever reads the page knows whose words they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from whence.read.document import Document
from whence.read.finding_rules.words import count, quoted
from whence.records import Finding, Span
from whence.text.places import Places

__all__ = ["find"]

_LEAST = 5  # words
_SPEAKS = re.compile(r"\b(?:sa(?:id|ys)|told|tells|add(?:s|ed)|repl(?:ied|ies)|wrote|writes|insist(?:s|ed))\b")
_FILLS = 0.8  # of its paragraph
_QUOTATION = re.compile(r"“[^“”\n]{1,2000}”|(?<![\w\"])\"[^\"\n]{1,2000}\"(?!\w)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def _is_passage(words: str) -> bool:
    """Whether quoted words are running text, not a name or a title."""
    found = _WORD.findall(words)
    low = sum(w[0].islower() for w in found)
    long_capitals = sum(w[0].isupper() for w in found[1:])
    return len(found) >= _LEAST and low >= 3 and long_capitals * 2 < len(found)


def find(doc: Document) -> Finding | None:
    """The finding, where it holds."""
    body = doc.story.body()
    starts = [p.span[0] for p in body]
    speaks = [False] * len(body)
    for start, end in (d.extent for d in doc.drafts if d.sources):
        for n in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
            speaks[n] = True
    drafts = Places((c, d) for d in doc.drafts for c in d.content)
    hits: list[Span] = []
    ids: list[str] = []
    for n, paragraph in enumerate(body):
        if paragraph.quoted or speaks[n]:
            continue
        beside = any(speaks[max(0, n - 1) : n + 2]) or (n > 0 and doc.words(body[n - 1].span).endswith(":"))
        for m in _QUOTATION.finditer(doc.text, *paragraph.span):
            draft = next(iter(drafts.touching(m.span())), None)
            fills = m.end() - m.start() >= _FILLS * (paragraph.span[1] - paragraph.span[0])
            if draft is None or any(_SPEAKS.search(doc.words(c)) for c in draft.cue):
                continue
            if not (fills and beside) and _is_passage(m.group()):
                hits.append(m.span())
                ids.append(draft.id)
    if not hits:
        return None
    many = count(len(hits), "quotation has", "quotations have").capitalize()
    says = f"{many} no source on the page: {quoted(doc, hits, 2)}."
    return Finding("quote-unattributed", says, tuple(hits), tuple(dict.fromkeys(ids)))
