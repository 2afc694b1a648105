"""The claims and queries of ../shared/data/known-lie."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from whence.records.claim import FactCheck

DATA = Path(__file__).parents[3] / "shared/data/known-lie"
NAMES = ("politifact", "snopes")


@dataclass(frozen=True, slots=True)
class Collection:
    """Fact-checks, and queries with the rows of those that answer them.

    Args:
        checks: the fact-checks; their ids are their rows.
        queries: the texts.
        gold: for each query its answers, one at least.
    """

    checks: tuple[FactCheck, ...]
    queries: tuple[str, ...]
    gold: tuple[frozenset[int], ...]


def load(name: str, split: str) -> Collection:
    """Read one; queries that no fact-check there answers are left out.

    Args:
        name: one of `NAMES`.
        split: "dev" or "train".

    Raises:
        FileNotFoundError: When the data are not at hand.
    """
    rows = _rows(f"{name}-claims")
    places = {str(row["id"]): place for place, row in enumerate(rows)}
    checks = tuple(
        FactCheck(str(place), row["claim"], title=row["title"], body=row.get("body", ""), language="en")
        for place, row in enumerate(rows)
    )
    asked = [
        (row["text"], frozenset(places[i] for i in row["gold"] if i in places)) for row in _rows(f"{name}-{split}")
    ]
    return Collection(checks, tuple(text for text, gold in asked if gold), tuple(gold for _, gold in asked if gold))


def _rows(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
