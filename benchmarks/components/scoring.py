"""Precision and recall of each component on its invented cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from benchmarks.components.cases import load, made
from whence.read.acts import ACTS
from whence.read.document import Document, Draft
from whence.read.figures import FIGURES
from whence.read.hedges import HEDGES
from whence.read.loaded import LOADED
from whence.read.quotes import QUOTES
from whence.read.times import TIMES

__all__ = ["COMPONENTS", "Score", "found", "score", "tally", "wanted"]

Facts = frozenset[Any]


@dataclass(frozen=True, slots=True)
class Score:
    """How a component did on its cases.

    Args:
        cases: how many there are.
        exact: how many came out exactly as annotated.
        hits: facts that are annotated and were found.
        found: facts that were found.
        wanted: facts that are annotated.
        misses: the cases that came out otherwise, in words.
    """

    cases: int
    exact: int
    hits: int
    found: int
    wanted: int
    misses: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Share of what was found that is annotated; 1 where nothing was."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found; 1 where nothing is."""
        return self.hits / self.wanted if self.wanted else 1.0


def tally(
    cases: Iterable[dict[str, Any]], facts: Callable[[dict[str, Any]], tuple[AbstractSet[Any], AbstractSet[Any]]]
) -> Score:
    """Compare what is found in cases with what they say is there.

    Args:
        cases: annotated cases of one component.
        facts: gives for a case the facts found in it and those annotated.
    """
    rows = []
    misses = []
    for case in cases:
        found, wanted = facts(case)
        rows.append((found, wanted))
        if found != wanted:
            missing, extra = (sorted(map(str, some)) for some in (wanted - found, found - wanted))
            misses.append(f"{case.get('id', '')} {case['text']!r}: missing {missing}, extra {extra}".strip())
    return Score(
        cases=len(rows),
        exact=len(rows) - len(misses),
        hits=sum(len(found & wanted) for found, wanted in rows),
        found=sum(len(found) for found, _ in rows),
        wanted=sum(len(wanted) for _, wanted in rows),
        misses=tuple(misses),
    )


def _words(document: Document, spans: Iterable[tuple[int, int]], kind: str) -> Facts:
    return frozenset((kind, document.words(s)) for s in spans)


def _quotes(case: dict[str, Any]) -> tuple[Document, Draft]:
    document, draft = made({**case, "voice": "attributed"})
    QUOTES.apply(document)
    return document, draft


def _acts(case: dict[str, Any]) -> Facts:
    document, draft = made(case)
    QUOTES.apply(document)
    ACTS.apply(document)
    return frozenset({draft.act})


def _hedges(case: dict[str, Any]) -> Facts:
    document, draft = made(case)
    HEDGES.apply(document)
    return _words(document, draft.hedges, "hedge") | _words(document, draft.distancing, "distancing")


def _loaded(case: dict[str, Any]) -> Facts:
    document, draft = made(case)
    LOADED.apply(document)
    return _words(document, draft.loaded, "loaded")


def _figures(case: dict[str, Any]) -> Facts:
    document, draft = made(case)
    FIGURES.apply(document)
    return frozenset((document.words(f.span), f.value, f.comparator, f.unit) for f in draft.figures)


def _times(case: dict[str, Any]) -> Facts:
    document, draft = made(case)
    TIMES.apply(document)
    return frozenset((document.words(t.span), t.value) for t in draft.times)


_READ: dict[str, Callable[[dict[str, Any]], Facts]] = {
    "quotes": lambda case: frozenset({_quotes(case)[1].quote}),
    "acts": _acts,
    "hedges": _hedges,
    "loaded": _loaded,
    "figures": _figures,
    "times": _times,
}

COMPONENTS = tuple(_READ)
"""The components that have cases."""


def found(name: str, case: dict[str, Any]) -> Facts:
    """What a component finds in a case, as facts that can be compared."""
    return _READ[name](case)


def wanted(name: str, case: dict[str, Any]) -> Facts:
    """What a case's annotation says a component should find, as the same facts."""
    if name in {"quotes", "acts"}:
        return frozenset({case[name.removesuffix("s")]})
    if name == "hedges":
        return frozenset({("hedge", w) for w in case["hedges"]} | {("distancing", w) for w in case["distancing"]})
    if name == "loaded":
        return frozenset(("loaded", w) for w in case["loaded"])
    rows = case[name]
    return frozenset(tuple(tuple(v) if isinstance(v, list) else v for v in row) for row in rows)


def score(name: str, cases: Iterable[dict[str, Any]] | None = None) -> Score:
    """Run a component on its cases, or on others of the same form."""
    return tally(load(name) if cases is None else cases, lambda case: (found(name, case), wanted(name, case)))
