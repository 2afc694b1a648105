"""The tagger: one small transformer reads a story and marks who says what.

It gives source, cue and content spans linked into attributions, names of persons, organisations, places and groups, and
the part of speech of every word. What it knows it learned from PolNeAR; see the model card beside the weights.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whence.models.crf import Chain, Found
from whence.models.runtime import Model
from whence.read.annotations import Attribution, TaggedSpan, Tagging, Token
from whence.read.linker import Linked, Linker, nearest
from whence.read.windows import Cutter, Words, windows
from whence.text.offsets import Span

__all__ = ["PACKAGED", "TASKS", "Attribution", "TaggedSpan", "Tagger", "Tagging", "Token", "score"]

PACKAGED = Path(__file__).resolve().parent.parent / "models" / "attribution"
TASKS = ("attribution", "entities", "pos", "member", "cue")  # the order of the model's columns
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
        self._cutter = Cutter(model.tokenizer)
        self._chain = Chain(attribution["labels"], attribution["transitions"], attribution["start"], attribution["end"])
        self._thresholds = [float(attribution["thresholds"][label]) for label in attribution["labels"]]
        self._sure = [float(attribution["sure"][label]) for label in attribution["labels"]]
        self._names = Chain(entities["labels"])
        self._name_thresholds = [float(entities["threshold"])] * len(entities["labels"])
        self._pos: list[str] = config["pos"]
        self._linker = Linker(config["link"]) if config["link"]["way"] == "vectors" else None
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
        tags, entities, pos, members, cues = score(self._model, self._cutter, words)
        found: list[Found] = []
        names: list[Found] = []
        starts = [*np.flatnonzero(np.diff(words.block, prepend=-1)).tolist(), len(words.spans)]
        for first, last in itertools.pairwise(starts):
            found += _moved(self._chain.decode(tags[first:last], self._thresholds, self._sure), first)
            names += _moved(self._names.decode(entities[first:last], self._name_thresholds), first)
        return Tagging(
            spans=tuple(self._tagged(one, words) for one in found),
            entities=tuple(self._tagged(one, words) for one in names),
            tokens=self._tokens(text, words, pos.argmax(axis=1)),
            attributions=tuple(self._attribution(one, words) for one in self._link(text, found, words, members, cues)),
        )

    def _link(
        self,
        text: str,
        found: Sequence[Found],
        words: Words,
        members: npt.NDArray[np.float32],
        cues: npt.NDArray[np.float32],
    ) -> list[Linked]:
        if self._linker is not None:
            return self._linker.link(found, members, cues)
        marks = [text[start:end] in _QUOTATION_MARKS for start, end in words.spans]
        return nearest(found, np.cumsum(words.sentence).tolist(), words.block.tolist(), marks)

    def _tagged(self, found: Found, words: Words) -> TaggedSpan:
        return TaggedSpan(_span(found, words), found.label, self._calibrated(found.label, found.score))

    def _attribution(self, linked: Linked, words: Words) -> Attribution:
        pieces = (linked.cue, *linked.sources, *linked.contents)
        score = min(piece.score for piece in pieces) * linked.score
        return Attribution(
            source=tuple(_span(piece, words) for piece in linked.sources),
            cue=(_span(linked.cue, words),),
            content=tuple(_span(piece, words) for piece in linked.contents),
            score=self._calibrated("attribution", score),
        )

    def _calibrated(self, label: str, score: float) -> float:
        """Return the share of spans of this score that dev found right: a logistic curve over its log odds."""
        slope, shift = self._calibration.get(label, (1.0, 0.0))
        bounded = min(max(score, 1e-6), 1 - 1e-6)
        return round(1 / (1 + math.exp(-(slope * math.log(bounded / (1 - bounded)) + shift))), 4)

    def _tokens(self, text: str, words: Words, pos: npt.NDArray[np.intp]) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for index, (start, end) in enumerate(words.spans):
            if (
                tokens
                and index > 1
                and text[start:end].lower() in _CLITICS
                and text[start - 1 : start] in _APOSTROPHES
                and words.spans[index - 2][1] == start - 1
                and tokens[-1].span == (start - 1, start)
            ):
                tokens[-1] = Token((start - 1, end), self._pos[int(pos[index])])
            else:
                tokens.append(Token((start, end), self._pos[int(pos[index])]))
        return tuple(tokens)


def score(model: Model, cutter: Cutter, words: Words) -> list[npt.NDArray[np.float32]]:
    """Score all words of a story, window by window.

    Args:
        model: The model.
        cutter: The cutter that made the words.
        words: The words.

    Returns:
        One array for each of TASKS, in their order; shape (words, columns of the task).
    """
    columns = np.cumsum([int(model.config["tasks"][task]) for task in TASKS])
    low_overlap, high_overlap = model.config["overlap"]
    scores = np.empty((len(words.spans), int(columns[-1])), dtype=np.float32)
    for window in windows(words, int(model.config["window"]), (int(low_overlap), int(high_overlap))):
        heads = words.head[window.keep_first : window.keep_last]
        if len(heads):
            low, high = int(words.head[window.first]), int(words.tail[window.last - 1])
            ids = np.concatenate(([cutter.cls], words.ids[low:high], [cutter.sep]))
            shapes = np.concatenate(([0], words.shapes[low:high], [0]))
            scores[window.keep_first : window.keep_last] = model.run(ids, shapes, heads - low + 1)
    return np.split(scores, columns[:-1], axis=1)


def _span(found: Found, words: Words) -> Span:
    return words.spans[found.first][0], words.spans[found.last - 1][1]


def _moved(found: Sequence[Found], by: int) -> list[Found]:
    return [Found(one.first + by, one.last + by, one.label, one.score) for one in found]
