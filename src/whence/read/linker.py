"""Which source and which content belong to which cue: a rule, which did better than learned vectors (ADR 0003)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from whence.models.crf import Found

CLOSE = 6  # words between a member and its cue, at most, when a full stop seems to part them


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution as spans of words.

    Attributes:
        cue: Its cue.
        sources: Its source: one span, or none.
        contents: Its content, as pieces in text order; at least one.
    """

    cue: Found
    sources: tuple[Found, ...]
    contents: tuple[Found, ...]


def nearest(
    spans: Sequence[Found], sentence: Sequence[int], block: Sequence[int], marks: Sequence[bool]
) -> list[Linked]:
    """Link every source and content to the nearest cue of its sentence.

    In a sentence without cues a quotation goes to the nearest cue of its block; where that has none either, and the
    content opens it, it goes on with the last cue or content before it. Of several contents those stay that make one
    (`_belonging`). A cue that no source chose takes the nearest free source before it in its sentence, or shares one
    with another cue ("he said yes, adding that …"), or takes a free one before it in its block.

    Args:
        spans: Source, cue and content spans by first word, none overlapping another.
        sentence: Sentence number of each word.
        block: Block number of each word, ascending.
        marks: Whether each word is a quotation mark.

    Returns:
        Attributions by their cue. A content is in one at most; a source may be in several.
    """
    cues = [span for span in spans if span.label == "cue"]
    by_block = _by_block(cues, block)
    contents: list[tuple[Found, Found | None]] = []  # each with its cue
    for span in spans:
        if span.label == "content":
            cue = _nearest_cue(span, by_block, sentence, block, marks) or _continued(span, block, by_block, contents)
            contents.append((span, cue))
    # A cue without content makes no attribution: the source goes to the next one ("denied and added that").
    pieces: dict[Found, list[Found]] = defaultdict(list)
    for content, own in contents:
        if own is not None:
            pieces[own].append(content)
    filled = pieces.keys()
    by_block = _by_block([cue for cue in cues if cue in filled], block)
    chosen: dict[Found, Found] = {}
    free: list[Found] = []
    for span in spans:
        if span.label == "source":
            nearest_cue = _nearest_cue(span, by_block, sentence, block, marks)
            rival = chosen.get(nearest_cue) if nearest_cue is not None else span
            if nearest_cue is None or (rival is not None and _gap(rival, nearest_cue) <= _gap(span, nearest_cue)):
                free.append(span)
                continue
            chosen[nearest_cue] = span
            if rival is not None:
                free.append(rival)
    free_in = _by_block(sorted(free, key=lambda source: source.first), block)
    sources_in = _by_block([span for span in spans if span.label == "source"], sentence)
    for cue in cues:
        if cue in chosen or cue not in filled:
            continue
        here = [source for source in sources_in.get(sentence[cue.first], []) if source.last <= cue.first]
        loose = [source for source in free_in.get(block[cue.first], []) if source.last <= cue.first]
        before = [source for source in here if source in loose] or here or loose
        if before:
            chosen[cue] = before[-1]
            if before[-1] in loose:
                free_in[block[cue.first]].remove(before[-1])
    return [
        Linked(cue, (chosen[cue],) if cue in chosen else (), _belonging(cue, pieces[cue], sentence, marks))
        for cue in cues
        if cue in pieces
    ]


def _belonging(
    cue: Found, pieces: Sequence[Found], sentence: Sequence[int], marks: Sequence[bool]
) -> tuple[Found, ...]:
    """Return the pieces that make one content: the nearest to the cue, and those that go on with it.

    A quotation goes on with a quotation, in other sentences too; other words with other words, and only on the other
    side of the cue in its sentence ("The dam, he said, was safe").
    """
    nearest_piece = min(pieces, key=lambda piece: (_gap(piece, cue), piece.first))
    quoted = _quoted(nearest_piece, marks)
    after = nearest_piece.first >= cue.last
    kept = []
    for piece in pieces:
        if sentence[cue.first] in (sentence[piece.first], sentence[piece.last - 1]):
            goes_on = (piece.first >= cue.last) != after
        else:
            goes_on = quoted
        if piece is nearest_piece or (goes_on and _quoted(piece, marks) == quoted):
            kept.append(piece)
    return tuple(kept)


def _quoted(span: Found, marks: Sequence[bool]) -> bool:
    """Return whether a quotation mark begins or ends a span."""
    return marks[span.first] or marks[span.last - 1]


def _by_block(spans: Sequence[Found], block: Sequence[int]) -> dict[int, list[Found]]:
    by_block: dict[int, list[Found]] = defaultdict(list)
    for span in spans:
        by_block[block[span.first]].append(span)
    return by_block


def _nearest_cue(
    span: Found,
    by_block: dict[int, list[Found]],
    sentence: Sequence[int],
    block: Sequence[int],
    marks: Sequence[bool],
) -> Found | None:
    """Return the nearest cue in the sentence; for a quotation, if there is none, in the block; or None."""
    home = by_block.get(block[span.first], [])
    # A span may run over several sentences: its cue stands in the first or the last of them.
    own = (sentence[span.first], sentence[span.last - 1])
    near = [cue for cue in home if sentence[cue.first] in own]
    if not near:
        # Sentences are guessed from full stops, and "Sen. Smith" is one too many: what is close may still belong.
        quotation = _quoted(span, marks)
        near = [cue for cue in home if quotation or _gap(span, cue) <= CLOSE]
    return min(near, key=lambda cue: (_gap(span, cue), cue.first), default=None)


def _continued(
    content: Found,
    block: Sequence[int],
    by_block: dict[int, list[Found]],
    earlier: Sequence[tuple[Found, Found | None]],
) -> Found | None:
    """Return the cue that a content in a block without cues goes on with, if it opens the block."""
    before = content.first - 1
    if before < 0 or block[before] == block[content.first]:
        return None
    if by_block.get(block[before]):
        return by_block[block[before]][-1]
    member, cue = earlier[-1] if earlier else (content, None)
    return cue if block[member.first] == block[before] else None


def _gap(one: Found, other: Found) -> int:
    """Return how many words lie between two spans."""
    return max(one.first - other.last, other.first - one.last, 0)
