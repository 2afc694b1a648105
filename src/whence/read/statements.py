"""From attributions and sentences to statements in the making: every sentence of the body belongs to at least one."""

from __future__ import annotations

import re

from whence.read.annotations import Attribution
from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.selection import decide
from whence.records import Span
from whence.text.offsets import clip, overlap, overlaps, strip, subtract

__all__ = ["ORDER", "STATEMENTS", "attributed", "in_order", "join_continued", "own_voice"]

_OPEN = "“\"«„‘'"
_CLOSE = "”\"»’'"
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+ly\s+|often\s+|now\s+|also\s+|once\s+|again\s+)*"
    r"(?:accused|alleged|blamed|charged|criticised|criticized|said|reported|believed|thought|understood|expected|"
    r"claimed|rumoured|rumored|described|known|labelled|labeled|denounced|condemned|praised|feared|estimated|"
    r"considered|suspected|credited|hailed|mooted|held|called|dubbed|deemed|urged|asked|told)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*(?:\w+\s+){0,2}by\s", re.IGNORECASE)
_SUBJECT_SPEAKS = re.compile(r"\bquoted\b|\bheard\b|\bseen\b|\brecorded\b", re.IGNORECASE)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VBZ/VBP"})
_FRAGMENT = re.compile(
    r"(?:and|but|or|as|when|while|after|before|although|though|because|since|if|which|who|whose|where|that|asked|"
    r"speaking|in|on|at|during|with|by|according|adding|saying)\b",
    re.IGNORECASE,
)


def _is_agentless(doc: Document, a: Attribution) -> bool:
    """Whether the cue is a passive without an agent: its subject is spoken of, nobody in particular speaks."""
    if not a.cue:
        return False
    start, end = a.cue[0][0], a.cue[-1][1]
    sentence = doc.sentence_of(start)
    before = doc.text[max(sentence[0], start - 40) : end]
    match = None
    for match in _PASSIVE.finditer(before):
        pass
    if match is None or match.end() < len(before) - 25 or _SUBJECT_SPEAKS.search(before):
        return False
    if _BY.match(doc.text[end : end + 40]) and any(s[0] >= end for s in a.source):
        return False
    # A source behind the cue is an agent ("was accused by"); one before it is the subject, who only is spoken of.
    return not any(s[0] >= end for s in a.source)


def attributed(doc: Document) -> list[Draft]:
    """A draft for every attribution in the body that carries a statement."""
    body = [p.span for p in doc.story.paragraphs if p.role == "body"]
    drafts: list[Draft] = []
    for a in doc.attributions:
        if not a.content or not any(overlaps(a.content[0], b) for b in body):
            continue
        inside = [t for piece in a.content for t in doc.tokens_in(piece)]
        taken, rule = decide(doc.text, a.source, a.cue, a.content, inside)
        content = tuple(s for s in (strip(doc.text, piece) for piece in a.content) if s[0] < s[1])
        if not taken or not content:
            continue
        source = a.source
        draft = Draft(content=content, source=source, cue=a.cue, voice="attributed", score=a.score)
        if _is_agentless(doc, a):
            draft.source = ()
            doc.explain(draft, "source=unspecified", "statements", "passive cue without an agent", evidence=a.cue)
        doc.explain(draft, "voice=attributed", "statements", rule, a.score, a.cue or content[:1])
        drafts.append(draft)
    return sorted(drafts, key=ORDER)


def _is_open(text: str, piece: Span) -> bool:
    """Whether a quotation begins in a piece and does not end in it."""
    words = text[piece[0] : piece[1]]
    return words.count("“") > words.count("”") or (words.startswith('"') and words.count('"') % 2 == 1)


def join_continued(doc: Document, drafts: list[Draft]) -> list[Draft]:
    """Make one statement of a quotation that runs on over paragraphs.

    News style opens each paragraph of a long quotation with a mark and closes only the last one.
    """
    paragraphs = [p.span for p in doc.story.paragraphs if p.role == "body"]
    index = {p: i for i, p in enumerate(paragraphs)}

    def paragraph(at: int) -> Span | None:
        return next((p for p in paragraphs if p[0] <= at < p[1]), None)

    out: list[Draft] = []
    for draft in drafts:
        here, last = paragraph(draft.content[0][0]), out[-1] if out else None
        before = paragraph(last.content[-1][0]) if last else None
        if (
            last is not None
            and here is not None
            and before is not None
            and index[here] == index[before] + 1
            and not draft.source
            and draft.content[0][0] <= here[0] + 1
            and doc.text[here[0]] in _OPEN
            and _is_open(doc.text, (before[0], before[1]))
            and last.content[-1][1] >= before[1] - 1
        ):
            last.content = (*last.content, *draft.content)
            last.cue = last.cue or draft.cue
            doc.explain(
                last, "content", "statements", "the quotation runs on in the next paragraph", evidence=draft.content
            )
            continue
        out.append(draft)
    return out


def _stands_alone(doc: Document, piece: Span) -> bool:
    """Whether what an attribution leaves over of a sentence is a proposition of its own."""
    words = doc.words(piece)
    if len(words.split()) < 8 or _FRAGMENT.match(words):
        return False
    tokens = doc.tokens_in(piece)
    finite = next((i for i, t in enumerate(tokens) if t.pos in _FINITE), None)
    return finite is not None and any(t.pos.startswith(("NN", "PRP")) for t in tokens[:finite])


def own_voice(doc: Document, drafts: list[Draft]) -> list[Draft]:
    """A draft in the outlet's own voice for every sentence, or rest of one, that nobody else says."""
    own: list[Draft] = []
    body = [p.span for p in doc.story.paragraphs if p.role == "body"]
    for whole in doc.sentences:
        if not any(overlaps(whole, b) for b in body):
            continue
        contents = [c for d in drafts for piece in d.content if (c := clip(piece, whole))]
        if not contents:
            draft = Draft(content=(whole,), origin="sentence")
            doc.explain(draft, "voice=own", "statements", "a sentence without an attribution")
            own.append(draft)
            continue
        taken = [p for d in drafts for p in (*d.content, *d.source, *d.cue) if overlap(p, whole)]
        for rest in subtract(whole, taken):
            piece = strip(doc.text, rest, " ,;:–—-")
            if piece[0] < piece[1] and _stands_alone(doc, piece):
                draft = Draft(content=(piece,), origin="rest")
                doc.explain(draft, "voice=own", "statements", "the rest of a sentence with an attribution")
                own.append(draft)
    return own


def ORDER(draft: Draft) -> tuple[int, int, int]:
    """Text order by content, outer before inner, so that ids follow the page."""
    start, end = draft.span
    return start, -end, draft.cue[0][0] if draft.cue else -1


def in_order(doc: Document) -> None:
    """Sort the drafts into text order and give out ids."""
    doc.drafts.sort(key=ORDER)
    for n, draft in enumerate(doc.drafts, 1):
        draft.id = f"st{n}"


def _apply(doc: Document) -> None:
    drafts = join_continued(doc, [*doc.drafts, *attributed(doc)])
    doc.drafts = sorted([*drafts, *own_voice(doc, drafts)], key=ORDER)


STATEMENTS = Component(
    name="statements",
    requires=frozenset({"story", "sentences", "tokens", "attributions"}),
    assigns=frozenset({"drafts", "draft.content", "draft.source", "draft.cue", "draft.voice"}),
    apply=_apply,
)
"""Component: which statements the story makes, and in whose voice."""
