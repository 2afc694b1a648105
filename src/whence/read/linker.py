"""Which source and which content belong to which cue.

Two ways, one result: `nearest` is a rule, and `Linker` compares vectors that the model gives each word. The model's
settings say which of them did better on dev when it was made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whence.models.crf import Found

REACH = 160  # words between a member and its cue, at most
CLOSE = 6  # words between a member and its cue, at most, when a full stop seems to part them
_KIND = {"source": 0, "content": 1}


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution as spans of words.

    Attributes:
        cue: Its cue.
        sources: Its source, as pieces in text order; may be empty.
        contents: Its content, as pieces in text order; at least one.
        score: How sure the links are, in 0..1; 1 when they come from the rule.
    """

    cue: Found
    sources: tuple[Found, ...]
    contents: tuple[Found, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A member's choice of a cue.

    Attributes:
        member: The source or content span.
        cue: The cue, or None.
        score: The choice's probability, in 0..1.
    """

    member: Found
    cue: Found | None
    score: float


class Linker:
    """Links by the vectors of the model.

    Args:
        config: The `link` part of config.json: `distances`, `bias` for kind and bucket, `none` for each kind.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        self._distances = [int(end) for end in config["distances"]]
        self._bias = np.asarray(config["bias"], dtype=np.float64)
        self._none = [float(value) for value in config["none"]]

    def link(
        self, spans: Sequence[Found], members: npt.NDArray[np.float32], cues: npt.NDArray[np.float32]
    ) -> list[Linked]:
        """Link the spans of a story.

        Args:
            spans: Source, cue and content spans by first word, none overlapping another.
            members: Vectors of words as first word of a source or content; shape (words, dimensions).
            cues: Vectors of words as first word of a cue; shape (words, dimensions).

        Returns:
            Attributions by their cue. A span is in one at most.
        """
        heads = [span for span in spans if span.label == "cue"]
        firsts = [cue.first for cue in heads]
        choices = []
        for span in spans:
            if span.label == "cue":
                continue
            low, high = bisect_left(firsts, span.first - REACH), bisect_left(firsts, span.first + REACH)
            near = heads[low:high]
            choices.append(self._choose(span, near, members, cues))
        return gather(choices, heads)

    def _choose(
        self,
        member: Found,
        near: Sequence[Found],
        members: npt.NDArray[np.float32],
        cues: npt.NDArray[np.float32],
    ) -> Choice:
        kind = _KIND[member.label]
        vector = members[member.first].astype(np.float64) / np.sqrt(members.shape[1])
        scores = [self._none[kind]]
        for cue in near:
            bucket = self._bucket(cue.first - member.first)
            scores.append(float(cues[cue.first].astype(np.float64) @ vector) + float(self._bias[kind, bucket]))
        weights = np.exp(np.asarray(scores) - max(scores))
        best = int(np.argmax(weights))
        return Choice(member, near[best - 1] if best else None, float(weights[best] / weights.sum()))

    def _bucket(self, distance: int) -> int:
        count = len(self._distances)
        near = bisect_left(self._distances, abs(distance))
        return 2 * count if near == count else near + count * (distance < 0)


def gather(choices: Sequence[Choice], cues: Sequence[Found]) -> list[Linked]:
    """Put the choices of members together, cue by cue.

    Args:
        choices: One choice for each source and content, in text order.
        cues: All cues, in text order.

    Returns:
        Attributions by their cue; a cue that no content chose makes none, and of several sources the surest stays.
    """
    chosen: dict[Found, list[Choice]] = defaultdict(list)
    for choice in choices:
        if choice.cue is not None:
            chosen[choice.cue].append(choice)
    linked = []
    for cue in cues:
        contents = [choice for choice in chosen[cue] if choice.member.label == "content"]
        sources = [choice for choice in chosen[cue] if choice.member.label == "source"]
        if not contents:
            continue
        kept = [max(sources, key=lambda choice: choice.score)] if sources else []
        score = min(choice.score for choice in contents + kept)
        linked.append(
            Linked(cue, tuple(choice.member for choice in kept), tuple(choice.member for choice in contents), score)
        )
    return linked


def nearest(
    spans: Sequence[Found], sentence: Sequence[int], block: Sequence[int], marks: Sequence[bool]
) -> list[Linked]:
    """Link every source and content to the nearest cue of its sentence.

    In a sentence without cues a quotation goes to the nearest cue of its block; where that has none either, and the
    content opens it, it goes on with the last cue or content before it. A cue that no source chose
    takes the nearest source before it in its block that is free.

    Args:
        spans: Source, cue and content spans by first word, none overlapping another.
        sentence: Sentence number of each word.
        block: Block number of each word, ascending.
        marks: Whether each word is a quotation mark.

    Returns:
        Attributions by their cue. A span is in one at most.
    """
    cues = [span for span in spans if span.label == "cue"]
    by_block = _by_block(cues, block)
    contents: list[Choice] = []
    for span in spans:
        if span.label == "content":
            cue = _nearest_cue(span, by_block, sentence, block, marks) or _continued(span, block, by_block, contents)
            contents.append(Choice(span, cue, 1.0))
    # A cue without content makes no attribution: the source goes to the next one ("denied and added that").
    filled = {choice.cue for choice in contents}
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
    for cue in cues:
        before = [source for source in free_in.get(block[cue.first], []) if source.last <= cue.first]
        if cue not in chosen and before:
            chosen[cue] = before[-1]
            free_in[block[cue.first]].remove(before[-1])
    return gather(contents + [Choice(source, cue, 1.0) for cue, source in chosen.items()], cues)


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
        quotation = marks[span.first] or marks[span.last - 1]
        near = [cue for cue in home if quotation or _gap(span, cue) <= CLOSE]
    return min(near, key=lambda cue: (_gap(span, cue), cue.first), default=None)


def _continued(
    content: Found, block: Sequence[int], by_block: dict[int, list[Found]], earlier: Sequence[Choice]
) -> Found | None:
    """Return the cue that a content in a block without cues goes on with, if it opens the block."""
    before = content.first - 1
    if before < 0 or block[before] == block[content.first]:
        return None
    if by_block.get(block[before]):
        return by_block[block[before]][-1]
    last = earlier[-1] if earlier else None
    return last.cue if last is not None and block[last.member.first] == block[before] else None


def _gap(one: Found, other: Found) -> int:
    """Return how many words lie between two spans."""
    return max(one.first - other.last, other.first - one.last, 0)
