"""Claims, the queries that they answer, and pairs to learn from."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from whence.records.claim import FactCheck

SETS = ("politifact", "snopes")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+|\n+")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


class Missing(Exception):
    """Something the recipe needs is absent; the text says what and how to get it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A text, and the rows of the claims that answer it.

    Args:
        text: what somebody said.
        gold: rows in the claims of its set; none is twice there.
        group: queries of one debate, or about one claim, have the same; folds keep a group together.
    """

    text: str
    gold: tuple[int, ...]
    group: str


@dataclass(frozen=True, slots=True)
class Claims:
    """A collection of fact-checks with queries.

    Args:
        name: of the set.
        checks: the fact-checks.
        train: queries to learn from.
        dev: queries to choose by.
    """

    name: str
    checks: tuple[FactCheck, ...]
    train: tuple[Query, ...]
    dev: tuple[Query, ...]


def load(folder: Path, name: str) -> Claims:
    """Read a set.

    Args:
        folder: Holds NAME-claims.jsonl.gz, NAME-train.jsonl.gz and NAME-dev.jsonl.gz.
        name: One of `SETS`.

    Raises:
        Missing: When a file is absent.
    """
    rows = list(_rows(folder / f"{name}-claims.jsonl.gz"))
    checks = tuple(
        FactCheck(f"{name}-{index}", str(r["claim"]), title=str(r["title"]), body=str(r.get("body", "")), language="en")
        for index, r in enumerate(rows)
    )
    places = {str(row["id"]): index for index, row in enumerate(rows)}
    splits = [_queries(folder / f"{name}-{split}.jsonl.gz", places) for split in ("train", "dev")]
    return Claims(name, checks, *splits)


def trimmed(claims: Claims, count: int | None) -> Claims:
    """Return a corner of a collection, with queries that it answers; all of it where count is None."""
    if count is None:
        return claims
    answers = [row for query in claims.train[: count // 4] for row in query.gold]
    rows = list(dict.fromkeys([*answers, *range(len(claims.checks))]))[:count]
    places = {row: place for place, row in enumerate(rows)}

    def fitting(queries: tuple[Query, ...]) -> tuple[Query, ...]:
        there = (query for query in queries if query.gold and all(row in places for row in query.gold))
        return tuple(replace(query, gold=tuple(places[row] for row in query.gold)) for query in there)

    return Claims(claims.name, tuple(claims.checks[row] for row in rows), fitting(claims.train), fitting(claims.dev))


def fold_of(query: Query, folds: int) -> int:
    """Return the fold of a query, the same for all of its group."""
    return hashlib.sha256(query.group.encode()).digest()[0] % folds


def passages(check: FactCheck) -> list[str]:
    """Return the sentences of a check's text that have between 6 and 60 words."""
    return [s for s in _SENTENCE.split(check.body) if 6 <= len(s.split()) <= 60]


def another_number(text: str, rng: random.Random) -> str | None:
    """Return the text with one of its numbers changed, or None where it has none.

    Args:
        text: A claim.
        rng: Chooses number and change.
    """
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    at = rng.choice(found)
    value = float(at.group().replace(",", ""))
    other = value * rng.choice((0.1, 0.25, 0.5, 2, 3, 10, 100)) + rng.choice((0, 1))
    shown = f"{other:,.0f}" if value == int(value) else f"{other:.1f}"
    return None if shown == at.group() else text[: at.start()] + shown + text[at.end() :]


def _queries(path: Path, places: dict[str, int]) -> tuple[Query, ...]:
    queries = []
    for row in _rows(path):
        ids = row["gold"]
        assert isinstance(ids, list)
        gold = tuple(dict.fromkeys(places[str(i)] for i in ids if str(i) in places))
        event = re.sub(r"_?\d+$", "", str(row["id"]))
        # Tweets have bare numbers for ids: what they share is the claim.
        queries.append(Query(str(row["text"]), gold, event or f"claim {gold[0] if gold else 'none'}"))
    return tuple(queries)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    if not path.is_file():
        raise Missing(f"no file at {path}: name the folder of known-lie with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
