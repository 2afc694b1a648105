"""Loaded words: evaluative words that the outlet uses as its own (docs/reference/hedges.md, "Loaded words")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.read.annotations import TaggedSpan
from whence.read.component import Component
from whence.read.document import Document, Draft
from whence.read.held import Held
from whence.read.loaded_lexicon import FORMS, Entry
from whence.read.quotes import inside, quoted_in
from whence.text.normalise import fold, plain
from whence.text.offsets import Span, overlaps

__all__ = ["LOADED", "loaded"]

_WORD = re.compile(r"[^\W\d_](?:[\w'-]*\w)?")
_LONGEST: dict[str, int] = {}
for _form in FORMS:
    _LONGEST[_form.split(" ")[0]] = max(_LONGEST.get(_form.split(" ")[0], 0), _form.count(" ") + 1)
"""For the first word of entries, how many words the longest of them has."""

# Behind these, or before those, the word is a term and no verdict: "tax regime", "slammed into the wall".
_TERM_AHEAD = re.compile(
    r"\b(?:tax|training|fitness|regulatory|sanctions|treatment|drug|drugs|dosing|feeding|legal|visa|exercise|dietary|inspection|"
    r"accounting|capital|monetary|exchange-rate|trade|testing|skincare|safety|flash|grand|poetry|designated|"
    r"by hook or by|"
    r"convicted|alleged|suspected|so-called|self-styled|self-proclaimed|self-described|accused|anti-|counter-|war|folk|"
    r"action|super|unsung) $"
)
_TERM_BEHIND = re.compile(r" (?:dunk|dunks|dunked|poetry|trucks?|sandwich|boss|watch ?list|designation)\b")
_SENTENCED = re.compile(
    r"\b(?:convicted|guilty|acquitted|charged|sentenced|jailed|imprisoned|prosecuted|indicted|arrested|cleared) "
    r"(?:of|for|with|over|on)\b[^.;:!?]{0,60}$"
)
"""What a court or its law names so, and not the outlet."""
_KNOCK = re.compile(r"slam\w* (?:into|against|shut|the (?:door|gate|brakes|phone)|on the brakes|down|onto|through)\b")
_NAMING = re.compile(
    r" (?:Act|Bill|Law|Ministry|Court|Committee|Commission|Convention|Party|Front|Squad|Unit|Tribunal|Group|Award|"
    r"Awards|Museum|"
    r"Memorial|Day|Park|Stadium|Inc|Corp|FC|United)\b"
)


def loaded(
    text: str,
    span: Span,
    quotations: Sequence[Span] = (),
    names: Held[TaggedSpan] | None = None,
    headline: bool = False,
) -> list[tuple[Span, Entry]]:
    """Find evaluative words that are neither quoted nor part of a name or a title.

    Args:
        text: the story.
        span: where to look.
        quotations: the story's quotations, in order, without overlaps.
        names: what is known to be a name; a capitalised word in one does not count.
        headline: whether every word may be capitalised here without being part of a name.

    Returns:
        Spans in order, without overlaps, each with its entry of the lexicon.
    """
    smooth = plain(text[span[0] : span[1]])
    low = fold(smooth)
    words = list(_WORD.finditer(low))
    out: list[tuple[Span, Entry]] = []
    i = 0
    while i < len(words):
        size = _match(low, words, i)
        if not size:
            i += 1
            continue
        start, end = words[i].start(), _bare(low, words[i].start(), words[i + size - 1].end())
        at = (span[0] + start, span[0] + end)
        if not (_is_term(low, start, end) or _is_name(smooth, start, end, headline) or inside(at, quotations)) and not (
            smooth[start].isupper() and names is not None and names.touching(at)
        ):
            out.append((at, FORMS[low[start:end]]))
        i += size
    return out


def _match(low: str, words: Sequence[re.Match[str]], i: int) -> int:
    """How many words from the i-th on are an entry, the longest first; 0 where none is."""
    word = words[i].group()
    longest = _LONGEST.get(word, 0) or _LONGEST.get(word.removesuffix("'s"), 0)
    for size in range(min(longest, len(words) - i), 0, -1):
        start, end = words[i].start(), words[i + size - 1].end()
        if low[start:end] in FORMS or low[start : _bare(low, start, end)] in FORMS:
            return size
    return 0


def _bare(low: str, start: int, end: int) -> int:
    """Where words end without a possessive ending, unless they are an entry with it."""
    return end - 2 if low.startswith("'s", end - 2) and low[start:end] not in FORMS else end


def _is_term(low: str, start: int, end: int) -> bool:
    return bool(
        _TERM_AHEAD.search(low, max(0, start - 20), start)
        or _SENTENCED.search(low, max(0, start - 90), start)
        or _TERM_BEHIND.match(low, end, end + 20)
        or _KNOCK.match(low, start, end + 20)
    )


def _is_name(smooth: str, start: int, end: int, headline: bool) -> bool:
    """Whether a capital makes the words part of a name: not at the start of a sentence, and not in a headline."""
    if not smooth[start].isupper():
        return False
    if _NAMING.match(smooth, end, end + 16):
        return True
    if headline:
        return False
    before = smooth[max(0, start - 3) : start].rstrip(" \"'(")
    if before and before[-1] not in ".!?:;":
        return True
    return bool(re.match(r" [A-Z][a-z]", smooth[end : end + 3]))


def _apply(document: Document) -> None:
    quotations = quoted_in(document)
    names = Held(document.entities)
    headline = document.story.headline
    for draft in document.drafts:
        in_headline = headline is not None and overlaps(draft.span, headline)
        if draft.voice != "own" and not in_headline:
            continue
        found = [
            hit
            for piece in _pieces(draft, in_headline)
            for hit in loaded(document.text, piece, quotations, names, in_headline)
        ]
        draft.loaded = tuple(sorted({at for at, _ in found}))
        for at, entry in found:
            rule = f'"{entry.word}" ({entry.kind}) {entry.reason}'
            document.explain(draft, "loaded", "loaded", rule, evidence=(at,))


def _pieces(draft: Draft, headline: bool) -> tuple[Span, ...]:
    """Where the outlet speaks itself: in a headline that attributes, the cue, too, is its own word (“slams”)."""
    return (*draft.content, *draft.cue) if headline and draft.voice != "own" else draft.content


LOADED = Component(
    name="loaded",
    requires=frozenset({"story", "drafts", "entities"}),
    assigns=frozenset({"draft.loaded"}),
    apply=_apply,
)
"""Sets the loaded words of drafts in the outlet's own voice, and of headlines."""
