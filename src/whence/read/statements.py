"""From attributions and sentences to statements in the making: every sentence of the body belongs to at least one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from whence.read.annotations import Attribution
from whence.read.component import Component
from whence.read.conjoined import split
from whence.read.document import Document, Draft
from whence.read.patterns import beside_quotation
from whence.read.selection import cue_class, decide
from whence.records import Span
from whence.text.offsets import overlaps, strip, subtract
from whence.text.places import Places

__all__ = ["ORDER", "STATEMENTS", "attributed", "in_order", "join_continued", "own_voice", "settled", "with_speakers"]

_WORDS = re.compile(r"[^\W\d_]+")
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
_QUESTION = re.compile(
    r"(?:(?:when|after being|on being|repeatedly|also)\s+)*(?:asked|pressed|questioned)(?:\s+(?:about|on|over|by))?",
    re.IGNORECASE,
)
_QUESTION_CUE = re.compile(r"(?:^|\s)(?:asked|pressed|questioned)(?:\s+(?:about|on|over|by))?$", re.IGNORECASE)
_NOT_NAMED = re.compile(
    r"(?:not )?to (?:be (?:named|identified|quoted)|remain anonymous|speak (?:publicly|openly))\b|anonymity\b"
)
_EXPECTED = re.compile(r"\b(?:expected|scheduled|due|set|slated|poised)(?: to)?$", re.IGNORECASE)
_ACCUSED = re.compile(
    r"\b(?:accused|blamed|charged|criticised|criticized|condemned|denounced|suspected)\b", re.IGNORECASE
)
_ASKED = re.compile(r"\b(?:asked|pressed|questioned)\b[^.!?]{0,80}$", re.IGNORECASE)
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
    passives = list(_PASSIVE.finditer(before))
    if not passives or passives[-1].end() < len(before) - 25 or _SUBJECT_SPEAKS.search(before):
        return False
    if _BY.match(doc.text[end : end + 40]) and any(s[0] >= end for s in a.source):
        return False
    # A source behind the cue is an agent ("was accused by"); one before it is the subject, who only is spoken of.
    return not any(s[0] >= end for s in a.source)


def _only_expected(doc: Document, a: Attribution) -> bool:
    """Whether nobody says it, and something only is expected to be: that is the outlet's own careful word."""
    return bool(a.cue) and bool(_EXPECTED.search(doc.words(a.cue[-1]))) and _is_agentless(doc, a)


def _shares_speaker(doc: Document, a: Attribution) -> bool:
    """Whether a cue without a source goes on with the speaker before it: "said …, adding …", "said … and warned …"."""
    if a.source or not a.cue:
        return False
    start = a.cue[0][0]
    first = doc.token_at(start)
    before = doc.text[max(0, start - 12) : start].rstrip().lower()
    participle = first is not None and first.pos == "VBG"
    return participle or before.endswith((" and", " but", " or", ",", ";", " also", " then", " yet"))


def with_speakers(doc: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions, each cue that shares its speaker with one before it in the sentence given that source.

    The tagger marks each token once, so the second of two cues with one speaker comes without a source.
    """
    out: list[Attribution] = []
    last: Attribution | None = None
    for a in sorted(attributions, key=lambda a: (a.cue or a.content)[0]):
        at = (a.cue or a.content)[0][0]
        shared = (
            last is not None
            and last.source
            and not _is_agentless(doc, a)
            and _shares_speaker(doc, a)
            and doc.sentence_of((last.cue or last.content)[0][0]) == doc.sentence_of(at)
        )
        given = replace(a, source=last.source) if shared and last is not None else a
        out.append(given)
        last = given if given.source else last
    return out


def _is_question(doc: Document, a: Attribution) -> bool:
    """Whether an attribution only says what somebody was asked: "Asked by the Courier whether …", "When asked if …"."""
    if len(a.cue) != 1 or not _QUESTION_CUE.search(doc.words(a.cue[0])):
        return False
    lead = doc.text[doc.sentence_of(a.cue[0][0])[0] : a.cue[0][1]]
    return not a.source or _is_agentless(doc, a) or _QUESTION.fullmatch(lead) is not None


def _is_about_the_telling(doc: Document, a: Attribution) -> bool:
    """Whether an attribution is none of the matter: a speaker's wish not to be named, or "what are said to be …".

    The second keeps the outlet's distance (DESIGN.md, "distancing") inside a sentence of the outlet's own.
    """
    if any(_NOT_NAMED.match(doc.words(piece)) for piece in a.content):
        return True
    first = doc.words(a.content[0]).lower() if a.content else ""
    return first == "what" and not a.source and _is_agentless(doc, a)


def _pieces(doc: Document, a: Attribution) -> tuple[list[Span], list[Span]]:
    """The pieces of content that are its own, and those that a cue cannot reach.

    A piece behind "Asked …" is the question, not the answer. A piece in another paragraph than the cue goes on with the
    content only where it fills its paragraph, as the rest of a long quotation does.
    """
    own: list[Span] = []
    released: list[Span] = []
    charged = _is_agentless(doc, a) and any(_ACCUSED.search(doc.words(c)) for c in a.cue)
    home = _paragraph(doc, a.cue[0][0]) if a.cue else None
    for piece in a.content:
        lead = doc.text[doc.sentence_of(piece[0])[0] : piece[0]]
        if len(a.content) > 1 and a.cue and piece[1] <= a.cue[0][0] and _ASKED.search(lead):
            continue
        if charged and piece[1] <= a.cue[0][0] and any(p[0] >= a.cue[-1][1] for p in a.content):
            continue  # "X was accused of Y" says Y: X stands there as the one accused, not in what is said.
        here = _paragraph(doc, piece[0])
        fills = here is not None and piece[1] - piece[0] >= 0.8 * (here[1] - here[0])
        (own if home is None or here == home or fills else released).append(piece)
    return own, released


def _paragraph(doc: Document, at: int) -> Span | None:
    """The paragraph that holds offset `at`."""
    paragraphs = doc.story.paragraphs
    n = bisect_right(paragraphs, at, key=lambda p: p.span[0]) - 1
    return paragraphs[n].span if n >= 0 and at < paragraphs[n].span[1] else None


def settled(doc: Document, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Attributions as they are meant: speakers shared, questions left out, stray pieces given to their own cue."""
    given = with_speakers(doc, attributions)
    taken = Places((s, None) for a in given for s in (*a.source, *a.cue))
    out: list[Attribution] = []
    for a in given:
        if a.laid_out:
            out.append(a)
            continue
        if _is_question(doc, a) or _is_about_the_telling(doc, a):
            continue
        own, released = _pieces(doc, a)
        if own:
            out.extend(split(doc, replace(a, content=tuple(own))))
        for piece in released:
            alone = Attribution((), (), (piece,), min(a.score, 0.5))
            out.append(beside_quotation(doc, piece, taken) or alone)
    return sorted(out, key=lambda a: a.content)


def attributed(doc: Document) -> list[Draft]:
    """A draft for every attribution in the body that carries a statement."""
    headline = [p.span for p in doc.story.paragraphs if p.role == "headline"]
    drafts: list[Draft] = []
    for a in settled(doc, doc.attributions):
        if not a.content or any(overlaps(a.content[0], h) for h in headline):
            continue
        inside = [t for piece in a.content for t in doc.tokens_in(piece)]
        taken, rule = (
            (True, "the layout shows who says it")
            if a.laid_out
            else decide(doc.text, a.source, a.cue, a.content, inside)
        )
        content = tuple(s for s in (strip(doc.text, piece) for piece in a.content) if s[0] < s[1])
        if not taken or not content or _only_expected(doc, a):
            continue
        source = a.source
        draft = Draft(content=content, source=source, cue=a.cue, voice="attributed", score=a.score)
        if _is_agentless(doc, a):
            draft.source = ()
            doc.explain(draft, "source=unspecified", "statements", "passive cue without an agent", evidence=a.cue)
        doc.explain(draft, "voice=attributed", "statements", rule, a.score, a.cue or content[:1])
        drafts.append(draft)
    _place(drafts)
    return sorted(drafts, key=ORDER)


def _place(drafts: list[Draft]) -> None:
    """Put each draft that stands as a whole in a piece of another's content into that one, the shortest."""
    pieces = sorted(((*piece, n) for n, d in enumerate(drafts) for piece in d.content))
    open_: list[tuple[int, int, int]] = []
    by_start = sorted(range(len(drafts)), key=lambda n: (drafts[n].extent[0], -drafts[n].extent[1]))
    at = 0
    for n in by_start:
        start, end = drafts[n].extent
        while at < len(pieces) and pieces[at][0] <= start:
            open_.append(pieces[at])
            at += 1
        open_ = [p for p in open_ if p[1] > start]
        holders = [p for p in open_ if p[2] != n and p[1] >= end and (end - start) < (p[1] - p[0])]
        if holders:
            drafts[n].parent = drafts[min(holders, key=lambda p: p[1] - p[0])[2]]


def _is_open(text: str, piece: Span) -> bool:
    """Whether a quotation begins in a piece and does not end in it."""
    words = text[piece[0] : piece[1]]
    return words.count("“") > words.count("”") or (words.startswith('"') and words.count('"') % 2 == 1)


def _reach_back(
    doc: Document, draft: Draft, before: Places[None], paragraphs: list[Span], index: dict[Span, int]
) -> None:
    """Give a quotation the paragraphs above it that open it and do not close it, where nobody else says them."""
    here = _paragraph(doc, draft.content[0][0])
    if here not in index or not draft.source or draft.content[0][0] > here[0] + 1 or doc.text[here[0]] not in _OPEN:
        return
    above: list[Span] = []
    for n in range(index[here] - 1, -1, -1):
        paragraph = paragraphs[n]
        if before.touches(paragraph) or doc.text[paragraph[0]] not in _OPEN or not _is_open(doc.text, paragraph):
            break
        above.append(paragraph)
    if above:
        draft.content = (*reversed(above), *draft.content)
        doc.explain(draft, "content", "statements", "the quotation begins in a paragraph above", evidence=tuple(above))


def join_continued(doc: Document, drafts: list[Draft]) -> list[Draft]:
    """Make one statement of a quotation that runs on over paragraphs.

    News style opens each paragraph of a long quotation with a mark and closes only the last one.
    """
    paragraphs = [p.span for p in doc.story.paragraphs if p.role == "body"]
    index = {p: i for i, p in enumerate(paragraphs)}

    out: list[Draft] = []
    told: Places[None] = Places()
    for draft in drafts:
        _reach_back(doc, draft, told, paragraphs, index)
        here, last = _paragraph(doc, draft.content[0][0]), out[-1] if out else None
        before = _paragraph(doc, last.content[-1][0]) if last else None
        if (
            last is not None
            and here is not None
            and before is not None
            and here in index
            and before in index
            and index[here] == index[before] + 1
            and not draft.source
            and draft.content[0][0] <= here[0] + 1
            and doc.text[here[0]] in _OPEN
            and _is_open(doc.text, (before[0], before[1]))
            and last.content[-1][1] >= before[1] - 1
        ):
            for piece in (*draft.content, *(() if last.cue else draft.cue)):
                told.add(piece, None)
            last.content = (*last.content, *draft.content)
            last.cue = last.cue or draft.cue
            doc.explain(
                last, "content", "statements", "the quotation runs on in the next paragraph", evidence=draft.content
            )
            continue
        for piece in (*draft.content, *draft.source, *draft.cue):
            told.add(piece, None)
        out.append(draft)
    return out


def _has_clause(doc: Document, pieces: list[Span]) -> bool:
    """Whether some words hold a subject and, after it, a finite verb."""
    tokens = [t for piece in pieces for t in doc.tokens_in(piece)]
    finite = next((i for i, t in enumerate(tokens) if t.pos in _FINITE), None)
    return finite is not None and any(t.pos.startswith(("NN", "PRP")) for t in tokens[:finite])


def _is_bounded(doc: Document, whole: Span, piece: Span) -> bool:
    """Whether a piece of a sentence begins and ends where a main clause can, and is long enough to be one."""
    words = doc.words(piece)
    begins = piece[0] == whole[0] or doc.text[whole[0] : piece[0]].rstrip(' ”"’').endswith((";", "—", " –", " -"))
    ends = piece[1] >= whole[1] or doc.text[piece[1]] in ",;:.!?)—–"
    return begins and ends and len(words.split()) >= 8 and not _FRAGMENT.match(words)


def _rests(doc: Document, whole: Span, taken: list[Span]) -> list[tuple[Span, ...]]:
    """What attributions leave over of a sentence, as far as it says something of its own.

    A piece that is a clause by itself is a statement; pieces that only together make more than half of the sentence
    ("The plan, which he called a success, was dropped") are one statement. A clause that depends on the attribution
    ("Asked whether it would close, …") is none.
    """
    pieces = [strip(doc.text, rest, " ,;:–—-") for rest in subtract(whole, taken)]
    pieces = [p for p in pieces if len(doc.words(p).split()) >= 2]
    if not pieces:
        return []
    alone = [p for p in pieces if _is_bounded(doc, whole, p) and _has_clause(doc, [p])]
    if alone:
        return [(p,) for p in alone]
    share = sum(b - a for a, b in pieces) / (whole[1] - whole[0])
    words = sum(len(doc.words(p).split()) for p in pieces)
    begins = pieces[0][0] == whole[0] and not _FRAGMENT.match(doc.words(pieces[0]))
    if begins and share > 0.5 and words >= 8 and _has_clause(doc, pieces):
        return [tuple(pieces)]
    return []


def _by_sentence(doc: Document, spans: list[Span]) -> dict[int, list[Span]]:
    """The spans that touch each sentence, by the sentence's index; sentences that none touches are left out."""
    found: dict[int, list[Span]] = {}
    for span in spans:
        n = max(0, bisect_right(doc.sentences, span[0], key=lambda s: s[0]) - 1)
        while n < len(doc.sentences) and doc.sentences[n][0] < span[1]:
            if overlaps(doc.sentences[n], span):
                found.setdefault(n, []).append(span)
            n += 1
    return found


def _own_score(words: str) -> tuple[float, str]:
    """How sure it is that nobody else says these words, and why: shares of PolNeAR dev (docs/figures.md)."""
    if any(mark in words for mark in '“”"'):
        return 0.45, "but with words in quotation marks"
    if any(cue_class(w)[0] in ("speech", "judgement", "belief") for w in _WORDS.findall(words)):
        return 0.8, "but with a word that could be a cue"
    return 0.95, "and without a word that could be a cue"


def own_voice(doc: Document, drafts: list[Draft]) -> list[Draft]:
    """A draft in the outlet's own voice for every sentence, or rest of one, that nobody else says."""
    own: list[Draft] = []
    said = _by_sentence(doc, [p for d in drafts for p in d.content])
    taken = _by_sentence(doc, [p for d in drafts for p in (*d.content, *d.source, *d.cue)])
    in_body = _by_sentence(doc, [p.span for p in doc.story.paragraphs if p.role == "body"])
    for n, whole in enumerate(doc.sentences):
        if n not in in_body:
            continue
        if n not in said and n in taken and doc.words(whole).endswith(":"):
            continue  # "The minister promised:" says nothing but who says what the list below it says.
        if n not in said:
            score, rule = _own_score(doc.words(whole))
            draft = Draft(content=(whole,), origin="sentence", score=score)
            doc.explain(draft, "voice=own", "statements", f"a sentence without an attribution, {rule}", score)
            own.append(draft)
            continue
        for content in _rests(doc, whole, taken[n]):
            score, rule = _own_score(" ".join(doc.words(piece) for piece in content))
            draft = Draft(content=content, origin="rest", score=score)
            doc.explain(draft, "voice=own", "statements", f"the rest of a sentence with an attribution, {rule}", score)
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
