"""What the tagger leaves undone in an attribution, and grammar settles: holes in a content, a missing source, a clause.

`python -m benchmarks.components.repairs` prints what each rule does to PolNeAR's dev split: filling holes and dropping
strays make more attributions right than wrong; naming an antecedent goes against the corpus, which keeps "which", and
stays because a reader wants the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from whence.read.annotations import Attribution
from whence.read.document import Document
from whence.read.quotes import inside, quoted_spans
from whence.read.selection import cue_class
from whence.records import Span
from whence.text.offsets import contains, overlaps, strip
from whence.text.places import Places

__all__ = ["RULES", "repair"]

Attributions = list[Attribution]

_ACCORDING = re.compile(r"\baccording to\b", re.IGNORECASE)
_NOUN_PHRASE = re.compile(r"\s*([^,.;:“”\"\n]{2,90}),\s")
_SPEAKER = re.compile(
    r"(?:[A-Z]|an?\b|the\b|two\b|three\b|several\b|some\b|many\b|officials\b|police\b|his\b|her\b|its\b|their\b|he\b"
    r"|she\b|they\b|it\b|one\b)"
)
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_TOLD = re.compile(r"(?:an?|the|[A-Z])\b")
_WHEN = re.compile(
    r"(?:on|in|at|by|to|during|after|before|late|early|last|this|earlier|later|yesterday|today|at|from|as|outside|via|through"
    r"|[A-Z][a-z]+day)\b"
)
_PUTS = re.compile(
    r"^(?P<source>[^,;:“”\"\n]{2,70}?)(?:,[^,;:“”\"\n]{2,80},)?\s(?P<cue>(?:has |had |have |now )?puts?)\s"
    r"(?P<content>[^,;:“”\"\n]{1,60}?\sat\s[^;:“”\"\n]{0,30}\d[^;:“”\"\n]{0,80}?)[.]?\s*$"
)
_RELATIVE = frozenset({"which", "that", "whom", "who"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOUN = ("NN", "DT", "JJ", "CD", "PRP$", "POS", "IN")
_LONGEST_HOLE = 120  # characters
_LEAD_IN = len(", according to")
_SHORTEST = 15  # characters of a content


def _spans(a: Attribution) -> tuple[Span, ...]:
    return (*a.source, *a.cue, *a.content)


def _places(found: Attributions) -> Places[Attribution]:
    return Places((span, a) for a in found for span in _spans(a))


def fill_holes(doc: Document, found: Attributions) -> Attributions:
    """Close the hole between two pieces of a content in one sentence, where nothing else of any attribution stands.

    An attribution that lies in the hole as a whole is nested in the content, and leaves no hole.
    """
    out = []
    told = Places((s, b) for b in found for s in (*b.source, *b.cue))
    for a in found:
        if len(a.content) < 2:
            out.append(a)
            continue
        pieces = list(a.content[:1])
        for piece in a.content[1:]:
            hole = (pieces[-1][1], piece[0])
            others = told.touching(hole)
            own = any(overlaps(hole, s) for s in (*a.source, *a.cue))
            whole = all(any(contains(hole, s) for s in _spans(b)) and b is not a for b in others)
            one = doc.sentence_of(hole[0]) == doc.sentence_of(piece[0])
            quotes = any(mark in doc.text[hole[0] : hole[1]] for mark in '“”"')
            if one and not own and not quotes and hole[1] - hole[0] <= _LONGEST_HOLE and (whole or not others):
                pieces[-1] = (pieces[-1][0], piece[1])
            else:
                pieces.append(piece)
        out.append(replace(a, content=tuple(pieces)))
    return out


def drop_strays(doc: Document, found: Attributions) -> Attributions:
    """Leave out a piece of content in another sentence than the cue, where it is neither quoted nor a sentence."""
    out = []
    for a in found:
        if len(a.content) < 2 or not a.cue:
            out.append(a)
            continue
        home = doc.sentence_of(a.cue[0][0])
        kept = []
        for piece in a.content:
            sentence = doc.sentence_of(piece[0])
            fills = piece[1] - piece[0] >= 0.8 * (sentence[1] - sentence[0])
            marked = doc.text[piece[0]] in "“\"‘'«„" or doc.text[piece[1] - 1] in "”\"’'»"
            if sentence == home or fills or marked:
                kept.append(piece)
        out.append(replace(a, content=tuple(kept)) if kept else a)
    return out


def name_according(doc: Document, found: Attributions) -> Attributions:
    """Give "According to" its source, where the tagger took that for a piece of the content."""
    out = []
    places = _places(found)
    for a in found:
        cue = a.cue[-1] if a.cue else None
        if a.source or cue is None or not _ACCORDING.fullmatch(doc.words(cue)):
            out.append(a)
            continue
        sentence = doc.sentence_of(cue[0])
        m = _NOUN_PHRASE.match(doc.text, cue[1], sentence[1])
        if m is None or cue[0] - sentence[0] > 3 or any(b is not a for b in places.touching(m.span(1))):
            out.append(a)
            continue
        end = strip(doc.text, sentence, " .")[1]
        rest = strip(doc.text, (m.end(), end))
        taken = [span[0] for span, b in places.placed(rest) if b is not a]
        rest = (rest[0], min(taken, default=rest[1]))
        out.append(replace(a, source=(m.span(1),), content=(strip(doc.text, rest, " ,"),)))
    return out


def hear_clauses(doc: Document, found: Attributions) -> Attributions:
    """Hear a sentence that ends with who says it: "…, a government engineer told a public inquiry on Thursday." """
    # What is put in stands in its own sentence, so that no other sentence need look for it.
    places = _places(found)
    gone: set[int] = set()
    heard_here: list[Attribution] = []
    for sentence in doc.sentences:
        heard = _last_clause(doc, sentence)
        if heard is None:
            continue
        source, cue = heard
        here = [b for b in places.touching(sentence) if id(b) not in gone]
        if any(overlaps(cue, c) for b in here for c in b.cue):
            continue
        content = strip(doc.text, (_begins(doc, sentence), source[0]), " ,")
        stale = [b for b in here if any(overlaps(source, s) for s in b.source) or not b.source]
        if len(stale) < len(here) or content[1] - content[0] < _SHORTEST:
            continue
        gone.update(id(b) for b in stale)
        heard_here.append(Attribution((source,), (cue,), (content,), 0.6))
    return sorted([*(b for b in found if id(b) not in gone), *heard_here], key=lambda a: a.content)


def _last_clause(doc: Document, sentence: Span) -> tuple[Span, Span] | None:
    """Source and cue of the clause behind a sentence's last comma, where it only says who says the rest."""
    comma = doc.text.rfind(", ", *sentence)
    if comma < 0 or sentence[1] - comma > 140 or inside((comma, comma + 1), quoted_spans(doc.text, sentence)):
        return None
    start, end = strip(doc.text, (comma + 2, sentence[1]), " .")
    if not _SPEAKER.match(doc.text, start) or any(mark in doc.text[start:end] for mark in '“”";:'):
        return None
    for m in _WORD.finditer(doc.text, start, end):
        token = doc.token_at(m.start())
        if token is None or token.pos not in _FINITE:
            continue
        if m.start() == start or cue_class(m.group())[0] != "speech":
            return None
        if not _ends_well(m.group(), doc.text[m.end() : end].strip()):
            return None
        return strip(doc.text, (start, m.start())), m.span()
    return None


def _ends_well(cue: str, rest: str) -> bool:
    """Whether what stands behind a cue at the end of a sentence can be hearer, place and time, and no content."""
    if not rest:
        return True
    return bool(_WHEN.match(rest)) or (cue in ("told", "tells") and bool(_TOLD.match(rest)))


def _begins(doc: Document, sentence: Span) -> int:
    """Where a sentence begins, behind its dateline."""
    m = re.match(r"[A-Z][^.!?]{2,60}\)?\s[-–—]\s", doc.text[sentence[0] : sentence[0] + 90])
    return sentence[0] + (m.end() if m and "(" in m.group() else 0)


def hear_estimates(doc: Document, found: Attributions) -> Attributions:
    """Hear estimates that set a figure: "They put the cost at around 340 million euros"."""
    out = list(found)
    places = _places(found)
    for sentence in doc.sentences:
        words = doc.words(sentence)
        m = _PUTS.match(words) if " put" in words else None
        if m is None or places.touches(sentence):
            continue
        at = sentence[0]
        out.append(
            Attribution(
                (strip(doc.text, (at + m.start("source"), at + m.end("source"))),),
                ((at + m.start("cue"), at + m.end("cue")),),
                ((at + m.start("content"), at + m.end("content")),),
                0.6,
            )
        )
    return sorted(out, key=lambda a: a.content)


def take_up_according(doc: Document, found: Attributions) -> Attributions:
    """Give a content that is only "that" what another is cited for: "said that, according to Y, it was over"."""
    out = []
    cited = Places((a.cue[0], a) for a in found if a.content and a.cue and _ACCORDING.fullmatch(doc.words(a.cue[0])))
    for a in found:
        that = a.content[0] if len(a.content) == 1 else (0, 0)
        here = cited.touching((that[1], that[1] + _LEAD_IN)) if doc.words(that).lower() == "that" else []
        told = next((b for b in here if b.content[-1][1] <= doc.sentence_of(that[0])[1]), None)
        out.append(replace(a, content=((that[0], told.content[-1][1]),)) if told else a)
    return out


def name_antecedents(doc: Document, found: Attributions) -> Attributions:
    """Put the words that a relative pronoun stands for in its place: "the sinking, which Oslo blames on …"."""
    out = []
    for a in found:
        first = a.content[0] if a.content else None
        if first is None or len(a.content) < 2 or doc.words(first).lower() not in _RELATIVE:
            out.append(a)
            continue
        phrase = _antecedent(doc, first[0])
        out.append(replace(a, content=(phrase, *a.content[1:])) if phrase else a)
    return out


def _antecedent(doc: Document, at: int) -> Span | None:
    """The noun phrase right before a relative pronoun: back to the verb or preposition before its first noun."""
    tokens = [t for t in doc.tokens_in((doc.sentence_of(at)[0], at)) if t.pos != "PUNCT"]
    start = None
    seen_noun = False
    for n in range(len(tokens) - 1, -1, -1):
        t = tokens[n]
        gerund = t.pos == "VBG" and n > 0 and tokens[n - 1].pos in ("DT", "PRP$", "POS")
        if not (gerund or t.pos.startswith(_NOUN)):
            break
        seen_noun = seen_noun or gerund or t.pos.startswith("NN")
        if t.pos in ("DT", "PRP$") or t.pos.startswith("NN"):
            start = t.span[0]
    if start is None or not seen_noun:
        return None
    return strip(doc.text, (start, at), " ,")


RULES: tuple[tuple[str, Callable[[Document, Attributions], Attributions]], ...] = (
    ("drop strays", drop_strays),
    ("fill holes", fill_holes),
    ("name according", name_according),
    ("hear clauses", hear_clauses),
    ("hear estimates", hear_estimates),
    ("take up according", take_up_according),
    ("name antecedents", name_antecedents),
)
"""Every rule, in the order in which they run."""


def repair(doc: Document, found: Sequence[Attribution]) -> Attributions:
    """Attributions as the tagger gave them, with what grammar settles.

    Args:
        found: in text order.
    """
    out = list(found)
    for _, rule in RULES:
        out = rule(doc, out)
    return out
