"""Relays: the outlets through which a story's statements came.

Five kinds, as `Relay` names them. *Told*, *asked* and *citing* belong to one statement; a *line* opens a scope that
lasts until the next line or the end of the body; a *credit* says that the whole page came from a wire agency or
another outlet. An outlet that only contributed to a story has a credit without a scope: nobody can say which
statements are its own. Neither the page's own outlet nor a social platform is a relay.

Where an outlet cites somebody ("the Herald reported, citing two officials"), whoever is cited is who says it in the
end: the component puts those words in the place of the draft's source and makes the outlet a relay.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import takewhile

from whence.read.annotations import TaggedSpan
from whence.read.component import Component
from whence.read.credits import credits
from whence.read.document import Document, Draft, Relay
from whence.read.outlets import Outlet, Outlets, same_outlet
from whence.read.relay_patterns import (
    AS_SAYING,
    CITED_FIRST,
    CITING,
    DOCUMENT_SEEN_BY,
    FRAMES,
    LINE_BEFORE,
    LINE_VERB,
    SOURCE_HEAD,
    Frame,
)
from whence.read.source_lexicon import STOPS, classes, singular
from whence.records import Span
from whence.text.literals import holds, lowered
from whence.text.offsets import contains, cover, overlaps, strip, subtract
from whence.text.places import Places

__all__ = ["ORDERS", "RELAYS", "relays"]

ORDERS = {"told": 0, "asked": 0, "citing": 1, "line": 2, "credit": 3}
"""How near to the page a relay of each kind stands, where a statement has several."""

_Named = Places[TaggedSpan]
_HIDDEN = "\0"
_MARKS = tuple("“\"‘«„'")
_CITES = re.compile(r"\b(?:cit|quot)(?:e[ds]?|ing)\b", re.IGNORECASE)
_NAME_WORDS = 8  # of somebody who is quoted
_NEAR = 12  # statements before and after one that are looked at with it: more never share a sentence
_REPORTS = re.compile(r"\b(?:report(?:ed|s|ing)?|wrote|writes|revealed)\b", re.IGNORECASE)
_FIRST_REPORTED = re.compile(
    r"\b(?:which|that|as|and) (?:was|were|had been) "
    r"first (?:reported|revealed)(?: \w+)? by\s+$"
)
_APART = 40  # characters between the words for whoever is cited and the outlet's name
_PEOPLE = frozenset({"person", "bio", "office", "group"})
_LINE_LENGTH = 140  # characters within which a relay line has its colon
_STOPS = re.compile(
    r"\s(?:reported|reports|said|says|wrote|that|as saying|as telling|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def relays(doc: Document) -> list[Relay]:
    """Find the relays of a document, and put cited origins in the place of the outlets that cite them."""
    outlets = Outlets(doc.text, doc.entities)
    named = Places((e.span, e) for e in doc.entities)
    found = [*_lines(doc, outlets, named), *credits(doc, outlets)]
    cited: set[Draft] = set()
    attributed = [d for d in doc.drafts if d.voice == "attributed"]
    for n, draft in enumerate(attributed):
        if draft not in cited:
            _widen(doc, draft)
            found += _citing(doc, draft, outlets, named, cited)
            found += _framed(doc, draft, attributed[max(0, n - _NEAR) : n + _NEAR], outlets)
    found += _opened(doc, attributed, outlets, {id(r.draft) for r in found if r.draft})
    _drop(doc, cited)
    own = doc.story.outlet
    kept: list[Relay] = []
    seen: set[tuple[Span, Draft | None]] = set()
    for relay in sorted(found, key=lambda r: (r.outlet, ORDERS[r.kind])):
        double = (relay.outlet, relay.draft) in seen
        if double or relay.draft in cited or (own and same_outlet(doc.words(relay.outlet), own)):
            continue
        relay.order = ORDERS[relay.kind]
        if relay.draft:
            label = f"relay={doc.words(relay.outlet)}"
            doc.explain(relay.draft, label, "relays", relay.rule, evidence=(relay.outlet,))
        seen.add((relay.outlet, relay.draft))
        kept.append(relay)
    return kept


def _widen(doc: Document, draft: Draft) -> None:
    """Make the source the document that an outlet has seen, where a tagger took the outlet alone."""
    if not draft.source:
        return
    start, end = draft.source[0]
    sentence = doc.sentence_of(start)
    article = start - 4 if doc.text[max(0, start - 4) : start].casefold() == "the " else start
    if not doc.text[max(0, article - 6) : article].lower().endswith((" by ", " to ", " with ")):
        return
    seen = DOCUMENT_SEEN_BY.search(doc.text, max(sentence[0], article - _LINE_LENGTH), article)
    if seen:
        draft.source = ((seen.start("what"), end), *draft.source[1:])
        doc.explain(draft, f"source={doc.words(draft.source[0])}", "relays", "a document that an outlet has seen")


def _lines(doc: Document, outlets: Outlets, named: _Named) -> list[Relay]:
    """Relay lines, each with its scope."""
    body = [p.span for p in doc.story.body()]
    opened: list[tuple[int, int, Outlet]] = []
    for start in sorted({b[0] for b in body} | {s[0] for s in doc.sentences}):
        block = body[max(0, bisect_right(body, start, key=lambda b: b[0]) - 1)] if body else (0, 0)
        if not block[0] <= start < block[1]:
            continue
        line = _line_at(doc, start, block, outlets, named)
        if line:
            opened.append((start, line[0], line[1]))
    ends = [start for start, _, _ in opened[1:]] + [body[-1][1]] if opened else []
    return [
        Relay(outlet.span, "line", scope=(begin, end), rule=f"relay line ({outlet.rule})")
        for (_, begin, outlet), end in zip(opened, ends, strict=True)
        if begin < end
    ]


def _line_at(doc: Document, start: int, block: Span, outlets: Outlets, named: _Named) -> tuple[int, Outlet] | None:
    """The relay line that begins at an offset: where its scope begins, and its outlet."""
    text = doc.text
    at = start + 3 if text.startswith("As ", start) else start
    if text.find(":", start, min(block[1], start + _LINE_LENGTH)) < 0 and not LINE_BEFORE.match(text, start, block[1]):
        return None
    outlet = outlets.near(at, trusted=True)
    if outlet:
        verb = LINE_VERB.match(text, outlet.span[1], block[1])
        if verb and not _maybe_person(doc, outlet, named):
            # What stands in quotation marks behind the colon is what the outlet is quoted as writing: no scope opens.
            return None if text[verb.end() : block[1]].startswith(_MARKS) else (verb.end(), outlet)
        staff_end = text.find(":", outlet.span[1], min(block[1], outlet.span[1] + 60))
        if staff_end > 0 and text[outlet.span[1] : outlet.span[1] + 2] in ("'s", "’s"):
            # "Lumo TV's Jane Doe reports:"
            tail = LINE_VERB.search(text, outlet.span[1], staff_end + 1)
            if (
                tail
                and not text[tail.end() : tail.end() + 2].strip().startswith(_MARKS)
                and outlet.rule != "name in an outlet's place"
            ):
                return tail.end(), outlet
    before = LINE_BEFORE.match(text, start, block[1]) if start == block[0] else None
    if before:
        outlet = outlets.at(before.end(), trusted=before["trusted"] is not None)
        if outlet and text[outlet.span[1] : outlet.span[1] + 1] == ":":
            return outlet.span[1] + 1, outlet
        if outlet and before["trusted"] and not text[outlet.span[1] : block[1]].strip(" ."):
            return block[1], outlet
    return None


def _maybe_person(doc: Document, outlet: Outlet, named: _Named) -> bool:
    """Whether a name that only its place makes an outlet's may be a person's."""
    if outlet.rule != "name in an outlet's place":
        return False
    here = named.touching(outlet.span)
    if any(e.span == outlet.span and e.label == "ORG" for e in here):
        return False
    return any(e.label == "PERSON" for e in here) or len(doc.words(outlet.span).split()) > 1


def _frame_of(doc: Document, draft: Draft) -> Span:
    """The stretch around an attribution in which its frame stands: the sentence of its cue, inside its parent."""
    anchor = draft.cue or draft.source or draft.content
    first, last = doc.sentence_of(anchor[0][0]), doc.sentence_of(max(anchor[0][0], anchor[-1][1] - 1))
    frame = cover([first, last, *draft.cue, *draft.source])
    if draft.parent:
        around = cover(draft.parent.content)
        frame = max(frame[0], around[0]), min(frame[1], around[1])
    return frame


def _masked(doc: Document, draft: Draft, frame: Span, others: list[Draft]) -> str:
    """The frame's text with what is said hidden, so that only what surrounds it is looked at."""
    anchor = (*draft.cue, *draft.source)
    shown = doc.text[frame[0] : frame[1]]
    for other in others:
        if other is not draft and anchor and any(contains(p, a) for p in other.content for a in anchor):
            continue
        for piece in other.content:
            start, end = max(piece[0], frame[0]) - frame[0], min(piece[1], frame[1]) - frame[0]
            if start < end:
                shown = shown[:start] + _HIDDEN * (end - start) + shown[end:]
    return shown


def _framed(doc: Document, draft: Draft, others: list[Draft], outlets: Outlets) -> Iterator[Relay]:
    """Relays named around one statement: told, asked, quoted by."""
    frame = _frame_of(doc, draft)
    masked = _masked(doc, draft, frame, others)
    taken: list[Span] = []
    low = lowered(masked)
    for kind in FRAMES:
        if not holds(low, kind.needs):
            continue
        for outlet in _after(kind, masked, frame, draft, outlets):
            if _HIDDEN in masked[outlet.span[0] - frame[0] : outlet.span[1] - frame[0]]:
                continue
            if any(overlaps(outlet.span, t) for t in taken) or not _nearest(doc, draft, outlet, others, kind):
                continue
            for one in (outlet, *_beside(outlet, frame, outlets)):
                taken.append(one.span)
                yield Relay(one.span, kind.kind, draft=draft, rule=f"{kind.rule} ({one.rule})")


def _beside(outlet: Outlet, frame: Span, outlets: Outlets) -> Iterator[Outlet]:
    """The outlets that an "and" joins to one: "told the Herald and Lumo TV"."""
    more: Outlet | None = outlet
    while more is not None and (joint := outlets.joint(more.span[1], frame[1])):
        more = outlets.at(joint)
        if more is not None and more.span[1] <= frame[1]:
            yield more


def _after(kind: Frame, masked: str, frame: Span, draft: Draft, outlets: Outlets) -> Iterator[Outlet]:
    """The outlets that stand behind a wording."""
    for m in kind.pattern.finditer(masked):
        span = (frame[0] + m.start(), frame[0] + m.end())
        if _FIRST_REPORTED.search(m.group()) or _FIRST_REPORTED.search(masked[: m.end()][-40:]):
            continue  # Where news stood first is not how this source's words came here.
        if kind.at_cue and draft.cue and not any(overlaps(span, c) for c in draft.cue):
            continue
        outlet = outlets.near(span[1], trusted=kind.trusted)
        if outlet and outlet.span[1] <= frame[1] and not any(contains(outlet.span, s) for s in draft.source):
            yield outlet


def _nearest(doc: Document, draft: Draft, outlet: Outlet, others: list[Draft], kind: Frame) -> bool:
    """Whether of all statements with a cue in the sentence this one stands nearest to the outlet."""
    if kind.at_cue and draft.cue:
        return True

    def distance(d: Draft) -> int:
        return min(max(outlet.span[0] - b, a - outlet.span[1], 0) for a, b in (d.cue or d.content))

    sentence = doc.sentence_of(outlet.span[0])
    rivals = [d for d in others if d.cue and d.parent is draft.parent and any(overlaps(c, sentence) for c in d.cue)]
    return not rivals or distance(draft) <= min(distance(r) for r in rivals)


def _opened(doc: Document, attributed: list[Draft], outlets: Outlets, have: set[int]) -> Iterator[Relay]:
    """Relays named in a sentence of their own, before what was said: "Mr Holt spoke to the Herald. “...,” he said."."""
    blocks = [p.span for p in doc.story.body()]
    outer: dict[Span, list[tuple[Draft, Span]]] = {}
    for draft in attributed:
        extent = draft.extent
        found = bisect_right(blocks, extent[0], key=lambda b: b[0])
        if draft.parent is None and found:
            outer.setdefault(blocks[found - 1], []).append((draft, extent))
    for block, inside in outer.items():
        first = bisect_left(doc.sentences, block)
        for sentence in doc.sentences[first : bisect_right(doc.sentences, block[1], key=lambda s: s[0])]:
            if any(overlaps(extent, sentence) for _, extent in inside):
                continue
            following = next((d for d, extent in inside if extent[0] >= sentence[1]), None)
            if following is None or id(following) in have:
                continue
            words = doc.words(sentence)
            for kind in (k for k in FRAMES if k.opens):
                outlet = next(iter(_after(kind, words, sentence, following, outlets)), None)
                if outlet:
                    have.add(id(following))
                    rule = f"{kind.rule}, in the sentence before ({outlet.rule})"
                    yield Relay(outlet.span, kind.kind, draft=following, rule=rule)
                    break


def _citing(doc: Document, draft: Draft, outlets: Outlets, named: _Named, cited: set[Draft]) -> Iterator[Relay]:
    """The relay of a statement whose source is an outlet that cites somebody, who then becomes the source."""
    if not draft.source:
        return
    frame = _frame_of(doc, draft)
    first = draft.source[0]
    # Whoever "reported, citing ..." is an outlet, whatever the name.
    reports = any(_REPORTS.search(doc.words(c)) for c in draft.cue) or _REPORTS.match(doc.text, first[1] + 1)
    outlet = outlets.at(first[0], trusted=bool(reports))
    if outlet and outlet.span[1] <= first[1] + 12:
        origin = _origin(doc, draft, outlet, frame, named) or _cited_first(doc, draft, outlet, frame, named)
        if origin:
            for other in doc.drafts:
                if other is not draft and other.content == (origin,):
                    cited.add(other)
            draft.source = (origin,)
            draft.content = _without(doc, draft.content, origin)
            doc.explain(draft, f"source={doc.words(origin)}", "relays", "cited by an outlet", evidence=(origin,))
            yield Relay(outlet.span, "citing", draft=draft, rule=f"an outlet cites the source ({outlet.rule})")
        return
    # The source is whoever is cited: look for the outlet in front of it, or right behind it.
    if not _CITES.search(doc.text, *frame):
        return
    ahead = CITED_FIRST.match(doc.text, *frame)
    if ahead and overlaps(ahead.span("who"), first):
        outlet = outlets.at(ahead.end(), trusted=True)
        if outlet and outlet.span[1] <= frame[1]:
            yield Relay(outlet.span, "citing", draft=draft, rule=f"an outlet cites the source ({outlet.rule})")
            return
    for citing in outlets.names((frame[0], first[0])):
        link = CITING.match(doc.text, citing.span[1], first[0])
        quoted = AS_SAYING.match(doc.text, citing.span[1], frame[1])
        if (link and link.end() == first[0]) or (quoted and quoted.start(1) == first[0]):
            yield Relay(citing.span, "citing", draft=draft, rule=f"an outlet cites the source ({citing.rule})")


def _origin(doc: Document, draft: Draft, outlet: Outlet, frame: Span, named: _Named) -> Span | None:
    """Whom an outlet cites for a statement."""
    text = doc.text
    quoted = AS_SAYING.match(text, outlet.span[1], frame[1])
    if quoted:
        return quoted.span(1)
    for m in CITING.finditer(text, outlet.span[1], frame[1]):
        if any(contains(c, m.span()) for c in draft.content):
            continue
        end = m.end()
        while end < frame[1] and text[end] not in ',;:()“”"' and end - m.end() < 160:
            if text[end] == "." and (end + 1 == frame[1] or text[end + 1].isspace()):
                break
            end += 1
        words = text[m.end() : end]
        words = _STOPS.split(words, maxsplit=1)[0]
        span = strip(text, (m.end(), m.end() + len(words)))
        # Whoever is quoted speaks; what is cited may be a reason ("citing rising costs").
        quoting = "quot" in m.group().casefold() and len(words.split()) <= _NAME_WORDS
        if span[0] < span[1] and (
            quoting or SOURCE_HEAD.search(words) or _opens_named(span, named) or _is_somebody(words)
        ):
            verb = _CITES.search(text, *m.span())
            draft.cue = tuple(sorted({*draft.cue, verb.span()})) if verb else draft.cue
            return span
    return None


def _cited_first(doc: Document, draft: Draft, outlet: Outlet, frame: Span, named: _Named) -> Span | None:
    """Whom an outlet cites in the words before its name; the draft's cue takes in the word for citing."""
    m = CITED_FIRST.match(doc.text, *frame)
    if m is None or not 0 <= outlet.span[0] - m.end() <= _APART:
        return None
    who = m["who"]
    span = strip(doc.text, m.span("who"))
    if not (_opens_named(span, named) or SOURCE_HEAD.search(_head_words(who)) or _is_somebody(who)):
        return None
    draft.cue = tuple(sorted({m.span("verb"), *draft.cue}))
    return span


def _opens_named(span: Span, named: _Named) -> bool:
    """Whether a person's or a body's name begins where a phrase does, or behind its article."""
    near = named.touching((span[0], span[0] + 5))
    return any(0 <= e.span[0] - span[0] <= 4 and e.label in ("PERSON", "ORG") for e in near)


def _head_words(words: str) -> str:
    """A noun phrase up to what follows its head: "a shortage" of "a shortage of pilots"."""
    kept = list(takewhile(lambda w: w.casefold() not in STOPS, words.split()))
    return " ".join(kept)


def _is_somebody(words: str) -> bool:
    """Whether the head of a noun phrase is a noun for people."""
    kept = _head_words(words).casefold().split()
    return bool(kept) and bool(classes(singular(kept[-1].strip(".,"))[0]) & _PEOPLE)


def _without(doc: Document, content: tuple[Span, ...], origin: Span) -> tuple[Span, ...]:
    """A content without the words that name who says it, where a tagger has taken them for its beginning."""
    pieces = [strip(doc.text, rest, " ,;:") for piece in content for rest in subtract(piece, [origin])]
    return tuple(p for p in pieces if p[0] < p[1]) or content


def _drop(doc: Document, cited: set[Draft]) -> None:
    """Take out drafts whose content turned out to be the words that name a source."""
    if not cited:
        return
    doc.drafts = [d for d in doc.drafts if d not in cited]
    for draft in doc.drafts:
        while draft.parent in cited:
            draft.parent = draft.parent.parent if draft.parent else None


def _apply(doc: Document) -> None:
    doc.relays = relays(doc)


RELAYS = Component(
    "relays",
    frozenset({"story", "sentences", "tokens", "entities", "drafts"}),
    frozenset({"relays"}),
    _apply,
)
"""Fills `relays`; replaces a draft's source where an outlet cites whoever says it."""
