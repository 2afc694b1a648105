"""Precision and recall of each component on its invented cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

__all__ = ["COMPONENTS", "Score", "found", "score", "wanted"]

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
    """

    cases: int
    exact: int
    hits: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is annotated."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found."""
        return self.hits / self.wanted if self.wanted else 1.0


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
    rows = [(found(name, case), wanted(name, case)) for case in (load(name) if cases is None else cases)]
    return Score(
        cases=len(rows),
        exact=sum(got == want for got, want in rows),
        hits=sum(len(got & want) for got, want in rows),
        found=sum(len(got) for got, _ in rows),
        wanted=sum(len(want) for _, want in rows),
    )
