"""Precision and recall of relays, chains, disputes, headline support and findings on their invented examples.

usage: python -m benchmarks.components.chains [--misses]

The examples stand in tests/unit/read/data; they were annotated from the definitions in DESIGN.md before the rules were
tuned. Relays count as (kind, outlet), chains as whole chains, disputes as (claim, denial), findings as their ids.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.read.builders import build, key_of, resolve_relays
from whence.read.chains import CHAINS
from whence.read.disputes import DISPUTES
from whence.read.document import Document
from whence.read.findings import FINDINGS
from whence.read.headline import HEADLINE
from whence.read.relays import RELAYS

__all__ = ["MEASURES", "measure"]

DATA = Path(__file__).resolve().parents[2] / "tests/unit/read/data"
Facts = tuple[set[Any], set[Any]]


def _load(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _read(example: dict[str, Any]) -> Document:
    """A document with everything found that these components find."""
    doc = build(
        example["text"],
        outlet=example.get("outlet"),
        published=example.get("published"),
        about=example.get("about"),
        articles=example.get("articles"),
        evidence=example.get("links", ()),
        kinds=example.get("kinds"),
    )
    RELAYS.apply(doc)
    resolve_relays(doc)
    for component in (CHAINS, DISPUTES, HEADLINE, FINDINGS):
        component.apply(doc)
    return doc


def _begins(doc: Document, words: str, prefixes: list[str]) -> str:
    """The annotation's name for a statement: the prefix with which it begins, or its own words."""
    return max((p for p in prefixes if words.startswith(p)), key=len, default=words)


def _relays(example: dict[str, Any]) -> Facts:
    doc = _read(example)
    return {(r.kind, doc.words(r.outlet)) for r in doc.relays}, {tuple(r) for r in example["relays"]}


def _chains(example: dict[str, Any]) -> Facts:
    doc = _read(example)
    wanted = {(begins, tuple(chain)) for begins, chain in example.get("chains", ())}
    prefixes = [begins for begins, _ in wanted]
    found = {
        (begins, tuple(key_of(s.label) for s in d.chain))
        for d in doc.drafts
        if (begins := _begins(doc, doc.words(d.span), prefixes)) in prefixes
    }
    return {f for f in found if f[1]}, {w for w in wanted if w[1]}


def _disputes(example: dict[str, Any]) -> Facts:
    doc = _read(example)
    words = {d.id: doc.words(d.span) for d in doc.drafts}
    wanted = {tuple(pair) for pair in example["disputes"]}
    prefixes = [p for pair in wanted for p in pair]
    found = {tuple(_begins(doc, words[i], prefixes) for i in (d.claim, d.denial)) for d in doc.disputes}
    return found, wanted


def _headline(example: dict[str, Any]) -> Facts:
    doc = _read(example)
    words = {d.id: doc.words(d.span) for d in doc.drafts}
    wanted = set(example["support"])
    return {_begins(doc, words[i], list(wanted)) for i in doc.headline_support}, wanted


def _findings(example: dict[str, Any]) -> Facts:
    found = {f.id for f in _read(example).findings} & {example["finding"]}
    return found, {example["finding"]} if example["holds"] else set()


MEASURES: dict[str, tuple[str, Callable[[dict[str, Any]], Facts]]] = {
    "relays": ("relays", _relays),
    "chains": ("relays", _chains),
    "disputes": ("disputes", _disputes),
    "headline": ("headline", _headline),
    "findings": ("findings", _findings),
}
"""For each measure the file of its examples, and what gives the facts found in one of them and those annotated."""


def measure(name: str, group: str = "") -> tuple[int, int, int, int, list[str]]:
    """Run one measure.

    Args:
        name: a key of `MEASURES`.
        group: "" for the cases on which rules were developed first, "-second" for those written later; relays and
            chains share their cases.

    Returns:
        Examples, facts that are annotated and were found, facts found, facts annotated; and the examples that came out
        otherwise.
    """
    file, facts = MEASURES[name]
    file += group
    hits = found_all = wanted_all = 0
    misses: list[str] = []
    examples = _load(file)
    for example in examples:
        found, wanted = facts(example)
        hits += len(found & wanted)
        found_all += len(found)
        wanted_all += len(wanted)
        if found != wanted:
            misses.append(f"{example['id']}: found {sorted(map(str, found))}, annotated {sorted(map(str, wanted))}")
    return len(examples), hits, found_all, wanted_all, misses


def main(arguments: list[str]) -> int:
    """Print one line a measure, and with `--misses` each example that came out otherwise."""
    print(f"{'':10} {'examples':>8} {'P':>6} {'R':>6}")
    for name in MEASURES:
        examples, hits, found, wanted, misses = measure(name)
        precision = hits / found if found else 1.0
        recall = hits / wanted if wanted else 1.0
        print(f"{name:10} {examples:8} {precision:6.3f} {recall:6.3f}")
        for miss in misses if "--misses" in arguments else ():
            print(f"    {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
