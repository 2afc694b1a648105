"""Facts of relays, chains, disputes, headline support and findings in their invented examples.

Relays count as (kind, outlet), chains as whole chains, disputes as (claim, denial), findings as their ids.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.unit.read.builders import build, key_of, resolve_relays
from whence.read.chains import CHAINS
from whence.read.disputes import DISPUTES
from whence.read.document import Document
from whence.read.findings import FINDINGS
from whence.read.headline import HEADLINE
from whence.read.relays import RELAYS

__all__ = ["MEASURES", "read"]

Facts = tuple[set[Any], set[Any]]


def read(example: dict[str, Any]) -> Document:
    """An example as a document, with everything found that these components find."""
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
    doc = read(example)
    return {(r.kind, doc.words(r.outlet)) for r in doc.relays}, {tuple(r) for r in example["relays"]}


def _chains(example: dict[str, Any]) -> Facts:
    doc = read(example)
    wanted = {(begins, tuple(chain)) for begins, chain in example.get("chains", ())}
    prefixes = [begins for begins, _ in wanted]
    found = {
        (begins, tuple(key_of(s.label) for s in d.chain))
        for d in doc.drafts
        if (begins := _begins(doc, doc.words(d.span), prefixes)) in prefixes
    }
    return {f for f in found if f[1]}, {w for w in wanted if w[1]}


def _disputes(example: dict[str, Any]) -> Facts:
    doc = read(example)
    words = {d.id: doc.words(d.span) for d in doc.drafts}
    wanted = {tuple(pair) for pair in example["disputes"]}
    prefixes = [p for pair in wanted for p in pair]
    found = {tuple(_begins(doc, words[i], prefixes) for i in (d.claim, d.denial)) for d in doc.disputes}
    return found, wanted


def _headline(example: dict[str, Any]) -> Facts:
    doc = read(example)
    words = {d.id: doc.words(d.span) for d in doc.drafts}
    wanted = set(example["support"])
    return {_begins(doc, words[i], list(wanted)) for i in doc.headline_support}, wanted


def _findings(example: dict[str, Any]) -> Facts:
    found = {f.id for f in read(example).findings} & {example["finding"]}
    return found, {example["finding"]} if example["holds"] else set()


MEASURES: dict[str, tuple[str, Callable[[dict[str, Any]], Facts]]] = {
    "relays": ("relays", _relays),
    "chains": ("relays", _chains),
    "disputes": ("disputes", _disputes),
    "headline": ("headline", _headline),
    "findings": ("findings", _findings),
}
"""For each measure the file of its examples, and what gives the facts found in one of them and those annotated."""
