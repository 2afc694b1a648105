"""The tagger: one small transformer reads a story and marks who says what.

It gives source, cue and content spans linked into attributions, names of persons, organisations, places and groups, and
the part of speech of every word. What it knows it learned from PolNeAR; see the model card beside the weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whence.models.crf import Chain, Found
from whence.models.runtime import Model
from whence.read.annotations import Attribution, TaggedSpan, Tagging, Token
from whence.read.linker import Linked, nearest
from whence.read.masking import Masker
from whence.read.windows import Cutter, Words, windows
from whence.text.offsets import Span

__all__ = [
    "PACKAGED",
    "TASKS",
    "Attribution",
    "TaggedSpan",
    "Tagger",
    "Tagging",
    "Token",
    "cutter_of",
    "in_words",
    "link",
    "score",
    "span_of",
    "units_of",
]

PACKAGED = Path(__file__).resolve().parent.parent / "models" / "attribution"
TASKS = ("attribution", "entities", "pos")  # the order of the model's columns
_QUOTATION_MARKS = frozenset("\"'“”„‟‘’‚«»‹›＂″")
_APOSTROPHES = frozenset("'’‘")
_CLITICS = frozenset(("s", "t", "re", "ve", "ll", "d", "m"))


class Tagger:
    """Tags stories with the packaged model, or another of the same format.

    Args:
        path: Folder of the model; None means the packaged one.
        threads: Threads for one window, 1 or more; results do not depend on them.

    Raises:
        ModelError: When weights are absent, or not those that config.json names.
        ValueError: When threads is below 1.
    """

    def __init__(self, path: Path | None = None, threads: int = 1) -> None:
        self._use(Model.load(path or PACKAGED, threads))

    @classmethod
    def of(cls, model: Model) -> Tagger:
        """Return a tagger that uses a model already loaded.

        Args:
            model: Anything with `run`, `tokenizer` and `config` as Model has them.
        """
        tagger = cls.__new__(cls)
        tagger._use(model)
        return tagger

    def _use(self, model: Model) -> None:
        config = model.config
        attribution, entities = config["attribution"], config["entities"]
        self._model = model
        self._cutter = cutter_of(model)
        self._chain = Chain(attribution["labels"], attribution["transitions"], attribution["start"], attribution["end"])
        self._thresholds = [float(attribution["thresholds"][label]) for label in attribution["labels"]]
        self._sure = [float(attribution["sure"][label]) for label in attribution["labels"]]
        self._names = Chain(entities["labels"])
        self._name_thresholds = [float(entities["threshold"])] * len(entities["labels"])
        self._pos: list[str] = config["pos"]
        self._calibration: dict[str, tuple[float, float]] = {
            label: (float(a), float(b)) for label, (a, b) in config["calibration"].items()
        }

    def tag(self, text: str, blocks: Sequence[Span]) -> Tagging:
        """Tag the blocks of a text.

        Args:
            text: The story; any Unicode.
            blocks: Offsets of the paragraphs to read, in order, in code points. Nothing outside them is looked at, and
                no span reaches from one into another. A part of a paragraph may be given by itself, to find what is
                attributed inside a content.

        Returns:
            Spans, entities, tokens and attributions, as offsets into the text.

        Raises:
            ValueError: When a block reaches outside the text, or begins before the one ahead of it ends.
        """
        words = self._cutter.cut(text, blocks)
        if not words.spans:
            return Tagging((), (), (), ())
        tags, entities, pos = score(self._model, self._cutter, words)
        found = self._spans(tags, words)
        edges = np.append(_opens(words), len(words.spans))
        names = self._names.decode(entities, self._name_thresholds, edges=edges)
        return Tagging(
            spans=tuple(self._tagged(one, words) for one in found),
            entities=tuple(self._tagged(one, words) for one in names),
            tokens=self._tokens(text, words, pos.argmax(axis=1)),
            attributions=self._attributions(text, [found], words)[0],
        )

    def inside(self, text: str, pieces: Sequence[Span]) -> list[tuple[Attribution, ...]]:
        """Find the attributions inside each of some pieces of a text, each read as a text of its own.

        Args:
            text: The story; any Unicode.
            pieces: Offsets, in any order, in code points; they may overlap.

        Returns:
            For each piece what `tag(text, [piece])` finds; in the time of one call.

        Raises:
            ValueError: When a piece reaches outside the text.
        """
        found: dict[Span, tuple[Attribution, ...]] = {}
        rest = sorted(set(pieces))
        while rest:
            now: list[Span] = []
            later: list[Span] = []
            for piece in rest:
                (later if now and piece[0] < now[-1][1] else now).append(piece)
            found |= zip(now, self._apart(text, now), strict=True)
            rest = later
        return [found[piece] for piece in pieces]

    def _apart(self, text: str, pieces: Sequence[Span]) -> list[tuple[Attribution, ...]]:
        """Return the attributions inside pieces that do not overlap, in text order."""
        words = self._cutter.cut(text, pieces)
        found: list[list[Found]] = [[] for _ in pieces]
        if words.spans:
            for one in self._spans(score(self._model, self._cutter, words, apart=True)[0], words):
                found[words.block[one.first]].append(one)
        return self._attributions(text, found, words)

    def _spans(self, tags: npt.NDArray[np.float32], words: Words) -> list[Found]:
        """Return the source, cue and content spans of words that have these scores."""
        units, edges = units_of(tags, words)
        return in_words(self._chain.decode(units, self._thresholds, self._sure, edges), words)

    def _tagged(self, found: Found, words: Words) -> TaggedSpan:
        return TaggedSpan(span_of(found, words), found.label, self._calibrated(found.label, found.score))

    def _attributions(
        self, text: str, groups: Sequence[Sequence[Found]], words: Words
    ) -> list[tuple[Attribution, ...]]:
        """Link the spans of each group among themselves."""
        return [tuple(self._attribution(one, words) for one in some) for some in link(text, groups, words)]

    def _attribution(self, linked: Linked, words: Words) -> Attribution:
        pieces = (linked.cue, *linked.sources, *linked.contents)
        score = min(piece.score for piece in pieces)
        return Attribution(
            source=tuple(span_of(piece, words) for piece in linked.sources),
            cue=(span_of(linked.cue, words),),
            content=tuple(span_of(piece, words) for piece in linked.contents),
            score=self._calibrated("attribution", score),
        )

    def _calibrated(self, label: str, score: float) -> float:
        """Return the share of spans of this score that dev found right: a logistic curve over its log odds."""
        slope, shift = self._calibration.get(label, (1.0, 0.0))
        bounded = min(max(score, 1e-6), 1 - 1e-6)
        return round(1 / (1 + math.exp(-(slope * math.log(bounded / (1 - bounded)) + shift))), 4)

    def _tokens(self, text: str, words: Words, pos: npt.NDArray[np.intp]) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for index, (span, tag) in enumerate(zip(words.spans, pos.tolist(), strict=True)):
            start, end = span
            if (
                index > 1
                and text[start - 1] in _APOSTROPHES
                and text[start:end].lower() in _CLITICS
                and words.spans[index - 2][1] == start - 1
                and tokens[-1].span == (start - 1, start)
            ):
                tokens[-1] = Token((start - 1, end), self._pos[tag])
            else:
                tokens.append(Token(span, self._pos[tag]))
        return tuple(tokens)


def cutter_of(model: Model) -> Cutter:
    """Return the cutter that a model was trained with."""
    names = model.config["names"]
    return Cutter(model.tokenizer, Masker(names["ordinary"].split(), names["doubtful"].split()))


def score(model: Model, cutter: Cutter, words: Words, apart: bool = False) -> list[npt.NDArray[np.float32]]:
    """Score all words of a story, window by window.

    Args:
        model: The model.
        cutter: The cutter that made the words.
        words: The words.
        apart: Whether each block is read by itself.

    Returns:
        One array for each of TASKS, in their order; shape (words, columns of the task).
    """
    columns = np.cumsum([int(model.config["tasks"][task]) for task in TASKS])
    low_overlap, high_overlap = model.config["overlap"]
    scores = np.empty((len(words.spans), int(columns[-1])), dtype=np.float32)
    overlap = int(low_overlap), int(high_overlap)
    for window in windows(words, int(model.config["window"]), overlap, apart):
        kept = slice(window.keep_first, window.keep_last)
        if window.keep_first < window.keep_last:
            low, high = int(words.head[window.first]), int(words.tail[window.last - 1])
            scores[kept] = model.run(
                ids=np.concatenate(([cutter.cls], words.ids[low:high], [cutter.sep]))[None],
                shapes=np.concatenate(([0], words.shapes[low:high], [0]))[None],
                heads=words.head[kept] - low + 1,
                spelling=words.spelling[kept],
                case=words.case[kept],
            )
    return np.split(scores, columns[:-1], axis=1)


def units_of(tags: npt.NDArray[np.float32], words: Words) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return the scores of the units of attribution, and where each block begins among them.

    A name is one unit to the chain of attributions, and as many words as it has to that of entities.

    Args:
        tags: The scores of all words; shape (words, tags).
        words: The words.

    Returns:
        Scores, shape (units, tags), and edges as `Chain.decode` takes them, shape (blocks + 1,).
    """
    units = np.flatnonzero(words.begins)
    return tags[units], np.append(np.searchsorted(units, _opens(words)), len(units))


def link(text: str, groups: Sequence[Sequence[Found]], words: Words) -> list[list[Linked]]:
    """Link the spans of each group among themselves, see `whence.read.linker.nearest`."""
    marks = [text[start:end] in _QUOTATION_MARKS for start, end in words.spans]
    sentence, block = np.cumsum(words.sentence).tolist(), words.block.tolist()
    return [nearest(group, sentence, block, marks) for group in groups]


def in_words(found: Sequence[Found], words: Words) -> list[Found]:
    """Turn spans of units, of which a name is one, into spans of words."""
    edges = [*np.flatnonzero(words.begins).tolist(), len(words.begins)]
    return [Found(edges[one.first], edges[one.last], one.label, one.score) for one in found]


def span_of(found: Found, words: Words) -> Span:
    """Return the offsets of a span of words."""
    return words.spans[found.first][0], words.spans[found.last - 1][1]


def _opens(words: Words) -> npt.NDArray[np.intp]:
    """Return the first word of each block."""
    return np.flatnonzero(np.diff(words.block, prepend=-1))
