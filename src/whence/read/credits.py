"""Credits: the agency or outlet from which the whole page was taken, or which contributed to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whence.read.document import Document, Relay
from whence.read.metonymy import metonym
from whence.read.outlet_words import AGENCIES
from whence.read.outlets import Outlet, Outlets, bare, same_outlet
from whence.read.relay_patterns import CONTRIBUTED, DATELINE, ORIGINAL, SIGNED, WITH_HELP
from whence.records import Span
from whence.text.offsets import cover, strip

__all__ = ["credits"]

_NEAR_THE_END = 4  # paragraphs from the last on in which a credit may stand
_LONGEST = 240  # characters of a credit's paragraph
_AGENCIES = re.compile(r"\b(?:news |wire )?agencies\b|\bwire (?:reports|services)\b", re.IGNORECASE)


def credits(doc: Document, outlets: Outlets) -> list[Relay]:
    """The credits of a story, one an outlet, each with the body as its scope, or none where it only contributed."""
    body = [p.span for p in doc.story.body()]
    if not body:
        return []
    whole = cover(body)
    found: list[Relay] = []
    for relay in (*_datelines(doc, body, whole, outlets), *_signatures(doc, whole, outlets)):
        words = doc.words(relay.outlet)
        if not any(same_outlet(words, doc.words(f.outlet)) for f in found):
            found.append(relay)
    return found


def _is_agency(doc: Document, outlet: Outlet) -> bool:
    return bare(doc.words(outlet.span)) in AGENCIES


def _datelines(doc: Document, body: list[Span], whole: Span, outlets: Outlets) -> Iterator[Relay]:
    """Wire credits at the beginning: "(Reuters) -", "LONDON (AP) —"."""
    for block in body[:2]:
        m = DATELINE.match(doc.text, block[0], min(block[1], block[0] + 120))
        if not m or (m["place"] and not m["place"].split()[0].strip(",.").isupper() and len(m["place"].split()) > 4):
            continue
        # "LOW FELL (Corvane) —": behind a place in capitals stands an agency, whatever its name.
        trusted = bool(m["place"]) and m["place"].isupper() and metonym(m["name"]) is None
        outlet = outlets.at(m.start("name"), trusted=trusted)
        if outlet and outlet.span[1] <= m.end("name"):
            yield Relay(outlet.span, "credit", scope=whole, rule=f"wire credit in the dateline ({outlet.rule})")


def _signatures(doc: Document, whole: Span, outlets: Outlets) -> Iterator[Relay]:
    """Credits in lines of their own, at the end or in the byline."""
    paragraphs = doc.story.paragraphs
    last = [p for p in paragraphs if p.role == "body"][-_NEAR_THE_END:]
    for p in paragraphs:
        if p.role in ("headline", "badge") or (p.role == "body" and p not in last):
            continue
        span = strip(doc.text, p.span, " .)]*")
        if span[1] - span[0] > _LONGEST:
            continue
        yield from _original(doc, p.span, whole, outlets)
        yield from _contributed(doc, p.span, outlets)
        signed = SIGNED.match(doc.text, *span)
        if not signed:
            continue
        outlet = outlets.at(signed.end())
        marked = signed["label"] is not None or doc.text[p.span[0]] in "-–—(["
        if outlet and outlet.span[1] == span[1] and (_is_agency(doc, outlet) or (marked and p.role == "body")):
            yield Relay(outlet.span, "credit", scope=whole, rule=f"signed by an outlet ({outlet.rule})")
        elif p.role == "byline":
            yield from _byline(doc, span, whole, outlets)


def _original(doc: Document, block: Span, whole: Span, outlets: Outlets) -> Iterator[Relay]:
    for m in ORIGINAL.finditer(doc.text, *block):
        opening = doc.text[block[0] : m.start()].casefold()
        if not re.search(r"\b(?:this|the|story|article|report|piece|post|version)\b|^$", opening):
            continue
        outlet = outlets.at(m.end())
        if outlet:
            yield Relay(outlet.span, "credit", scope=whole, rule=f"taken from an outlet ({outlet.rule})")


def _contributed(doc: Document, block: Span, outlets: Outlets) -> Iterator[Relay]:
    text = doc.text
    behind = CONTRIBUTED.search(text, *block)
    if behind:
        for outlet in outlets.names((block[0], behind.start())):
            yield Relay(outlet.span, "credit", rule=f"contributed to the story ({outlet.rule})")
        for m in _AGENCIES.finditer(text, block[0], behind.start()):
            yield Relay(m.span(), "credit", rule="agencies contributed to the story")
    for m in WITH_HELP.finditer(text, *block):
        helper = outlets.at(m.end())
        if helper:
            yield Relay(helper.span, "credit", rule=f"contributed to the story ({helper.rule})")


def _byline(doc: Document, span: Span, whole: Span, outlets: Outlets) -> Iterator[Relay]:
    """An agency at the end of a byline: "By Jo Lind, Associated Press"."""
    words = doc.words(span)
    if len(words.split()) > 10:
        return
    for m in re.finditer(r"(?:[,|/–—]| - | for )\s*|\s{2,}|\n", words):
        outlet = outlets.at(span[0] + m.end())
        if outlet and outlet.span[1] == span[1] and _is_agency(doc, outlet):
            yield Relay(outlet.span, "credit", scope=whole, rule=f"byline of an agency ({outlet.rule})")
            return
