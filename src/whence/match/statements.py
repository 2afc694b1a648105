"""Statements against statements: who else said this, who said otherwise, and with what figures."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whence.match.quantities import pair_quantities
from whence.match.terms import Term, terms
from whence.records.claim import Agreement, AgreementKind, Stance
from whence.records.said import Echo, Quantity, QuantityPair, Said

__all__ = ["THRESHOLD", "Asked", "echoes"]

THRESHOLD = 0.5
"""Likeness below which two statements are not shown as speaking of the same: ADR 0046 says on what it was set."""

_K1, _B = 1.2, 0.75  # BM25's usual constants
_CANDIDATES = 200  # of a query that are compared by meaning
_KEPT = 20_000  # candidates of a text that are held at a time
_MEANING = 0.6  # share of meaning in the likeness; the words in common have the rest
_KINDS: dict[str, AgreementKind] = {"name": "name", "number": "number", "date": "date"}

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: a text, its figures, whether it is said in denial, and the story it stands in, if any."""

    text: str
    quantities: tuple[Quantity, ...] = ()
    denies: bool = False
    story: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    said: Said
    counts: tuple[tuple[int, int], ...]
    """Which of the query's terms it holds, and how often."""
    length: int


def echoes(
    asked: Sequence[Asked],
    archive: Iterable[Said],
    *,
    k: int = 10,
    threshold: float = THRESHOLD,
    encode: Encode | None = None,
) -> list[list[Echo]]:
    """Find the statements of an archive that say the same as some texts, the opposite, or the same with other figures.

    The archive is read once, whatever the number of texts: statements that share words with one are kept with their
    counts, and the archive's size and frequencies with them, so that BM25 (Robertson and Zaragoza 2009, equation 3.15)
    needs no index. Of more than 20,000 for one text the worse half is dropped by the frequencies known so far. The best
    of each text are then compared by meaning.

    Args:
        asked: the texts; a statement of the same story as a text's own is not shown.
        archive: statements.
        k: echoes of each text at most.
        threshold: likeness that an echo has at least, 0..1.
        encode: texts to rows of length 1, such as `Encoder.packaged().encode`; without it words alone decide.

    Returns:
        For each text its echoes, the most alike first; equal ones in the archive's order.
    """
    wanted = [_solid(a.text) for a in asked]
    found: list[list[_Found]] = [[] for _ in asked]
    documents, total = 0, 0
    frequency: Counter[str] = Counter()
    every = set().union(*wanted) if wanted else set()
    for said in archive:
        documents += 1
        counts = Counter(t.stem for t in terms(said.text) if t.kind != "weak")
        length = sum(counts.values())
        total += length
        hits = counts.keys() & every
        frequency.update(hits)
        if not hits:
            continue
        for place, stems in enumerate(wanted):
            shared = tuple((number, counts[stem]) for number, stem in enumerate(stems) if stem in hits)
            # One common word of many is no sign of anything.
            if len(shared) >= min(2, len(stems)) and not (asked[place].story and said.story == asked[place].story):
                found[place].append(_Found(said, shared, length))
            if len(found[place]) > _KEPT:
                weights = _weights(stems, frequency, documents)
                found[place] = _best(found[place], weights, total / documents, _KEPT // 2)
    out = []
    for question, stems, candidates in zip(asked, wanted, found, strict=True):
        weights = _weights(stems, frequency, documents)
        best = _best(candidates, weights, total / max(documents, 1), _CANDIDATES)
        out.append(_ranked(question, best, weights, k, threshold, encode))
    return out


def _weights(stems: Sequence[str], frequency: Counter[str], documents: int) -> list[float]:
    """Inverse document frequencies."""
    return [math.log(1 + (documents - frequency[s] + 0.5) / (frequency[s] + 0.5)) for s in stems]


def _best(found: Sequence[_Found], weights: Sequence[float], average: float, count: int) -> list[_Found]:
    """The candidates of the highest BM25, in the archive's order."""

    def bm25(candidate: _Found) -> float:
        norm = _K1 * (1 - _B + _B * candidate.length / max(average, 1e-9))
        return sum(weights[number] * times * (_K1 + 1) / (times + norm) for number, times in candidate.counts)

    best = heapq.nlargest(count, enumerate(found), key=lambda c: (bm25(c[1]), -c[0]))
    return [candidate for _, candidate in sorted(best, key=lambda c: c[0])]


def _solid(text: str) -> list[str]:
    return sorted({t.stem for t in terms(text) if t.kind not in ("weak", "negation")})


def _ranked(
    asked: Asked, best: Sequence[_Found], weights: Sequence[float], k: int, threshold: float, encode: Encode | None
) -> list[Echo]:
    if not best:
        return []
    whole = max(sum(weights), 1e-9)
    likeness = np.array([_cover(c, weights, whole) for c in best])
    if encode is not None:
        rows = encode([asked.text, *(c.said.text for c in best)])
        likeness = _MEANING * np.clip(rows[1:] @ rows[0], 0, 1) + (1 - _MEANING) * likeness
    order = sorted(range(len(best)), key=lambda i: (-round(float(likeness[i]), 6), i))
    mine = terms(asked.text)
    return [_echo(asked, mine, best[i].said, float(likeness[i])) for i in order[:k] if likeness[i] >= threshold]


def _cover(candidate: _Found, weights: Sequence[float], whole: float) -> float:
    """How much of each text the words in common make up: the harmonic mean of both shares."""
    shared = sum(weights[number] for number, _ in candidate.counts) / whole
    own = min(1.0, sum(count for _, count in candidate.counts) / max(candidate.length, 1))
    return 2 * shared * own / (shared + own) if shared + own else 0.0


def _echo(asked: Asked, mine: Sequence[Term], said: Said, likeness: float) -> Echo:
    yours = terms(said.text)
    places: dict[str, Term] = {}
    for term in yours:
        places.setdefault(term.stem, term)
    agreements = tuple(
        Agreement(t.span, places[t.stem].span, _KINDS.get(t.kind, "word"))
        for t in mine
        if t.kind not in ("weak", "negation") and t.stem in places
    )
    pairs = pair_quantities(asked.quantities, said.quantities, asked.text, said.text)
    return Echo(said, min(1.0, likeness), _stance(asked, mine, said, yours, pairs), agreements, pairs)


def _stance(
    asked: Asked, mine: Sequence[Term], said: Said, yours: Sequence[Term], pairs: Sequence[QuantityPair]
) -> Stance:
    # An odd number of denials lies between the two: the act of each, and a negation in the words of each.
    turns = [asked.denies, said.act == "deny", _negated(mine), _negated(yours)]
    if sum(turns) % 2:
        return "denial"
    return "different-figure" if pairs and not any(p.same for p in pairs) else "same"


def _negated(found: Sequence[Term]) -> bool:
    return sum(t.kind == "negation" for t in found) % 2 == 1
