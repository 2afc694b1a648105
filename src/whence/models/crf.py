"""Linear-chain conditional random field over BIO tags: span posteriors, and the spans to choose by them.

For tags y and scores e of T words, with transitions A,

    p(y) = exp(start[y_1] + sum_t e[t, y_t] + sum_t A[y_(t-1), y_t] + end[y_T]) / Z

and the posterior of a span is the probability that exactly these words, no fewer and no more, form it. Choosing the set
of spans that do not overlap and whose sum of (posterior - threshold) is highest raises F1 over the single best path.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FLOOR = 0.02  # a span less probable than this is not looked at
UNSURE = 0.1  # nor is one less probable than this ever chosen


@dataclass(frozen=True, slots=True)
class Found:
    """A span of words with its label and how probable it is.

    Attributes:
        first: Index of its first word.
        last: Index after its last word.
        label: Its label.
        score: Posterior, in 0..1.
    """

    first: int
    last: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The spans that are probable enough to be looked at.

    Attributes:
        spans: The spans, which may overlap, by first word.
        inside: How probable it is that a word lies inside a span of a label; shape (words, labels).
    """

    spans: tuple[Found, ...]
    inside: Floats


class Chain:
    """A conditional random field over O, B-label and I-label tags.

    Args:
        labels: The labels; tag 0 is O, tag 1 + 2 * k is B-label k, tag 2 + 2 * k is I-label k.
        transitions: Log potential from a tag (row) to the next (column); shape (tags, tags). None means all 0.
        start: Log potential of the first tag; shape (tags,). None means all 0.
        end: Log potential of the last tag; shape (tags,). None means all 0.

    Raises:
        ValueError: When a shape does not fit the number of labels.
    """

    def __init__(
        self,
        labels: Sequence[str],
        transitions: Sequence[Sequence[float]] | None = None,
        start: Sequence[float] | None = None,
        end: Sequence[float] | None = None,
    ) -> None:
        tags = 1 + 2 * len(labels)
        legal_next, legal_first = legal(len(labels))
        self.labels = tuple(labels)
        self._transitions = _potentials("transitions", transitions, (tags, tags)) * legal_next
        self._start = _potentials("start", start, (tags,)) * legal_first
        self._end = _potentials("end", end, (tags,))

    def posteriors(self, scores: npt.NDArray[np.float32]) -> tuple[Floats, Floats]:
        """Return the tag probabilities of each word, and those of going on inside a span.

        Args:
            scores: Score of each tag for each word; shape (words, tags).

        Returns:
            p(y_t), shape (words, tags); and p(y_t = I-k | y_(t-1) = B-k or I-k), shape (words, labels, 2), 0 for the
            first word.
        """
        length = len(scores)
        local = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
        alpha = np.empty_like(local)
        beta = np.empty_like(local)
        scale = np.empty(length)
        state = self._start * local[0]
        for t in range(length):
            if t:
                state = (alpha[t - 1] @ self._transitions) * local[t]
            scale[t] = state.sum() + 1e-300
            alpha[t] = state / scale[t]
        beta[-1] = self._end
        for t in range(length - 1, 0, -1):
            beta[t - 1] = self._transitions @ (local[t] * beta[t] / scale[t])
        tags = alpha * beta
        tags /= tags.sum(axis=1, keepdims=True) + 1e-300
        going_on = np.zeros((length, len(self.labels), 2))
        for k in range(len(self.labels)):
            begin, inside = 1 + 2 * k, 2 + 2 * k
            ahead = local[1:, inside] * beta[1:, inside] / scale[1:]
            for column, before in enumerate((begin, inside)):
                step = self._transitions[before, inside] * ahead / (beta[:-1, before] + 1e-300)
                going_on[1:, k, column] = np.clip(step, 0.0, 1.0)
        return tags, going_on

    def posteriors_of(self, scores: npt.NDArray[np.float32], edges: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return what `posteriors` does for many chains at once: step by step, all chains that are long enough.

        Args:
            scores: Score of each tag for each word of all chains; shape (words, tags).
            edges: Where each chain begins, and the number of words; shape (chains + 1,), ascending, no chain empty.

        Returns:
            As `posteriors`; shapes (words, tags) and (words, labels, 2), the latter 0 for the first word of a chain.
        """
        lengths = np.diff(edges)
        order = np.argsort(-lengths, kind="stable")
        starts, lengths = edges[:-1][order], lengths[order]
        live = np.searchsorted(-lengths, -np.arange(1, lengths[0] + 1), side="right").tolist()
        local = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
        alpha, beta = np.empty_like(local), np.empty_like(local)
        scale = np.empty((len(local), 1))
        state = self._start * local[starts]
        for t, count in enumerate(live):
            rows = starts[:count] + t
            if t:
                state = (state[:count] @ self._transitions) * local[rows]
            total = state.sum(axis=1, keepdims=True) + 1e-300
            state = state / total
            alpha[rows], scale[rows] = state, total
        local /= scale
        beta[starts + lengths - 1] = self._end
        back = self._transitions.T
        for t in range(len(live) - 1, 0, -1):
            rows = starts[: live[t]] + t
            beta[rows - 1] = (local[rows] * beta[rows]) @ back
        tags = alpha * beta
        tags /= tags.sum(axis=1, keepdims=True) + 1e-300
        going_on = np.zeros((len(local), len(self.labels), 2))
        for k in range(len(self.labels)):
            begin, inside = 1 + 2 * k, 2 + 2 * k
            ahead = local[1:, inside] * beta[1:, inside]
            for column, before in enumerate((begin, inside)):
                step = self._transitions[before, inside] * ahead / (beta[:-1, before] + 1e-300)
                going_on[1:, k, column] = np.clip(step, 0.0, 1.0)
        going_on[starts] = 0.0
        return tags, going_on

    def spans(self, scores: npt.NDArray[np.float32], floor: float = FLOOR) -> list[Found]:
        """Return every span of one chain that is probable enough.

        Args:
            scores: Score of each tag for each word; shape (words, tags).
            floor: The least posterior of interest, above 0.

        Returns:
            Spans, which may overlap, by first word.
        """
        return self._spans(*self.posteriors(scores), floor) if len(scores) else []

    def _spans(self, tags: Floats, going_on: Floats, floor: float) -> list[Found]:
        found: list[Found] = []
        length = len(tags)
        begins = tags[:, 1::2]
        for first, k in np.argwhere(begins > floor).tolist():
            inside = float(begins[first, k])
            for last in range(first + 1, length + 1):
                # 0 behind the last word of a chain, where the next one begins.
                more = float(going_on[last, k, min(last - first - 1, 1)]) if last < length else 0.0
                if inside * (1.0 - more) > floor:
                    found.append(Found(first, last, self.labels[k], min(1.0, inside * (1.0 - more))))
                inside *= more
                if inside < floor:
                    break
        return found

    def decode(
        self,
        scores: npt.NDArray[np.float32],
        thresholds: Sequence[float],
        sure: Sequence[float] | None = None,
        edges: npt.NDArray[np.int64] | None = None,
    ) -> list[Found]:
        """Return the spans that do not overlap and whose sum of posterior less threshold is highest.

        Words that surely lie in a span of some label, but in none that is probable enough, because its edges are in
        doubt ("blames", or "blames on"?), get the most probable of those spans.

        Args:
            scores: Score of each tag for each word; shape (words, tags), finite.
            thresholds: For each label the posterior below which a span does more harm than good, in 0..1.
            sure: For each label how probable it must be that each word lies inside, in 0..1, where 1 stands for never;
                None: no second look.
            edges: Where each chain begins, and the number of words; shape (chains + 1,), ascending, no chain empty.
                None: all words are one chain.

        Returns:
            Spans by first word.
        """
        return self.pick(self.candidates(scores, edges), thresholds, sure)

    def candidates(self, scores: npt.NDArray[np.float32], edges: npt.NDArray[np.int64] | None = None) -> Candidates:
        """Return what `pick` chooses from; arguments as in `decode`."""
        if not len(scores):
            return Candidates((), np.zeros((0, len(self.labels))))
        tags, going_on = self.posteriors_of(scores, np.array([0, len(scores)]) if edges is None else edges)
        return Candidates(tuple(self._spans(tags, going_on, FLOOR)), tags[:, 1::2] + tags[:, 2::2])

    def pick(
        self, candidates: Candidates, thresholds: Sequence[float], sure: Sequence[float] | None = None
    ) -> list[Found]:
        """Choose among candidates; arguments and result as in `decode`."""
        bar = dict(zip(self.labels, thresholds, strict=True))
        chosen = choose([span for span in candidates.spans if span.score > bar[span.label]], bar)
        if sure is None:
            return chosen
        taken = np.zeros(len(candidates.inside), dtype=np.bool_)
        for span in chosen:
            taken[span.first : span.last] = True
        for span in sorted(candidates.spans, key=lambda span: (-span.score, span.first, span.last)):
            if span.score < UNSURE:
                break
            if taken[span.first : span.last].any():
                continue
            k = self.labels.index(span.label)
            if candidates.inside[span.first : span.last, k].min() > sure[k]:
                chosen.append(span)
                taken[span.first : span.last] = True
        return sorted(chosen, key=lambda span: span.first)


def choose(spans: Sequence[Found], bar: dict[str, float]) -> list[Found]:
    """Choose spans that do not overlap so that the sum of (score - threshold) is highest.

    Args:
        spans: Spans, in any order.
        bar: The threshold of each label.

    Returns:
        The chosen spans by first word.
    """
    by_end = sorted(spans, key=lambda span: (span.last, span.first, span.label))
    ends = [span.last for span in by_end]
    best = [0.0]
    take: list[int | None] = []
    for index, span in enumerate(by_end):
        before = bisect_right(ends, span.first, hi=index)
        value = best[before] + span.score - bar[span.label]
        take.append(before if value > best[-1] else None)
        best.append(max(best[-1], value))
    chosen: list[Found] = []
    index = len(by_end)
    while index:
        before_span = take[index - 1]
        if before_span is None:
            index -= 1
        else:
            chosen.append(by_end[index - 1])
            index = before_span
    return chosen[::-1]


def legal(labels: int) -> tuple[Floats, Floats]:
    """Return which tags may follow which, and which may come first: I-k only after B-k or I-k.

    Args:
        labels: The number of labels, 1 or more.

    Returns:
        1.0 for legal and 0.0 for illegal; shapes (tags, tags) and (tags,).
    """
    tags = 1 + 2 * labels
    following = np.ones((tags, tags))
    first = np.ones(tags)
    for k in range(labels):
        inside = 2 + 2 * k
        following[:, inside] = 0.0
        following[[inside - 1, inside], inside] = 1.0
        first[inside] = 0.0
    return following, first


def _potentials(name: str, values: object, shape: tuple[int, ...]) -> Floats:
    """Return exp(values) as an array of that shape, or ones when there are no values."""
    if values is None:
        return np.ones(shape)
    array = np.exp(np.asarray(values, dtype=np.float64))
    if array.shape != shape:
        raise ValueError(f"{name} must have the shape {shape}, got {array.shape}")
    return array
