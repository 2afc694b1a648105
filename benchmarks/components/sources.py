#!/usr/bin/env python3
"""How well sources are resolved: link accuracy on invented stories, agreement with silver coreference on PolNeAR.

usage: sources.py [--marked FILE] [--polnear FILE.jsonl.gz] [--verbose]

The invented stories mark `<words|A>` where A speaks, `{words|A}` where A is an outlet in a chain, `[words|A]` where A
is merely mentioned; `also` lists mentions inside others as [start, end, key]. A marked source stands for the resolved
source that shares most of its marks; each resolved source stands for one marked source at most.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from whence.read.annotations import TaggedSpan, Token
from whence.read.document import Document, Draft, Relay
from whence.read.sources import resolve
from whence.records import Paragraph, Source, Span, Story

MARKED = Path(__file__).resolve().parents[2] / "tests/unit/read/data/sources.jsonl"
_MARK = re.compile(r"<([^<>|]+)\|([A-Z,]+)>|\[([^\[\]|]+)\|([A-Z,]+)\]|\{([^{}|]+)\|([A-Z,]+)\}")
_NER = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "PLACE", "MISC": "GROUP"}


def from_marks(record: dict[str, Any]) -> tuple[Document, list[tuple[str, Span, tuple[str, ...]]]]:
    """A document and its marks: kind (`<`, `[` or `{`), span, keys of the sources."""
    text, marks, at = "", [], 0
    marked: str = record["marked"]
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        words, keys = next((m.group(i), m.group(i + 1)) for i in (1, 3, 5) if m.group(i))
        marks.append((m.group()[0], (len(text), len(text) + len(words)), tuple(keys.split(","))))
        text += words
        at = m.end()
    text += marked[at:]
    headline = text.index("\n")
    paragraphs = [Paragraph((0, headline), "headline"), Paragraph((headline + 2, len(text)), "body")]
    doc = Document(Story(text=text, headline=(0, headline), paragraphs=tuple(paragraphs)))
    ends = [m.end() for m in re.finditer(r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bCllr)[.!?]”? ", text)]
    cuts = [0, headline, *ends, len(text)]
    doc.sentences = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    doc.sentences = [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in doc.sentences]
    found = {
        (m.start(), m.end()): label
        for label, names in record["entities"].items()
        for name in names
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    }
    longest = [s for s in found if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)]
    doc.entities = [TaggedSpan(s, found[s], 1.0) for s in sorted(longest)]
    for kind, span, _ in marks:
        sentence = doc.sentence_of(span[0])
        quotes = [m.span() for m in re.finditer(r"“[^”]*”", text[sentence[0] : sentence[1]])]
        content = [(sentence[0] + a, sentence[0] + b) for a, b in quotes]
        rest = re.compile(r"\W*\w+\W*").match(text, span[1])
        after = (min(rest.end(), sentence[1] - 1) if rest else span[1], sentence[1])
        content = content or [after if after[1] - after[0] > 3 else (sentence[0], max(span[0], sentence[0] + 1))]
        if kind == "<":
            doc.drafts.append(Draft(content=tuple(content), source=(span,), voice="attributed"))
        elif kind == "{":
            doc.relays.append(Relay(span, "told"))
    return doc, marks


def from_polnear(record: dict[str, Any]) -> Document:
    """A document with the gold attributions and silver entities of a PolNeAR record."""
    text, tokens = record["text"], record["tokens"]
    doc = Document(Story(text=text, paragraphs=(Paragraph((0, len(text)), "body"),)))
    doc.sentences = [(tokens[a][0], tokens[b - 1][1]) for a, b in record["sentences"] if b > a]
    doc.tokens = [Token((t[0], t[1]), t[2]) for t in tokens]
    i = 0
    while i < len(tokens):
        j = i + 1
        while j < len(tokens) and tokens[j][4] == tokens[i][4] and tokens[j][0] - tokens[j - 1][1] <= 1:
            j += 1
        if tokens[i][4] in _NER:
            doc.entities.append(TaggedSpan((tokens[i][0], tokens[j - 1][1]), _NER[tokens[i][4]], 1.0))
        i = j
    for a in record["attributions"]:
        spans = {k: tuple(tuple(s) for m in a[k] for s in m) for k in ("source", "cue", "content")}
        if spans["content"]:
            doc.drafts.append(Draft(spans["content"], spans["source"], spans["cue"], voice="attributed"))
    doc.drafts.sort(key=lambda d: d.span)
    return doc


def score_marks(records: list[dict[str, Any]], verbose: bool = False) -> dict[str, tuple[int, int]]:
    """Hits and totals: `links`, `mentions`, `precision`, `naming`, `kind`, `label`, `role`."""
    tally: Counter[str] = Counter()
    for record in records:
        doc, marks = from_marks(record)
        resolve(doc)
        marks += [("[", (a, b), (key,)) for a, b, key in record["also"]]
        by_key: dict[str, Source] = {}
        shared: Counter[tuple[str, str]] = Counter()
        for _, span, keys in marks:
            for source in doc.sources:
                if any(a < span[1] and span[0] < b for a, b in source.mentions):
                    shared.update((key, source.id) for key in keys)
        ids = {s.id: s for s in doc.sources}
        for (key, source_id), _ in sorted(shared.items(), key=lambda kv: (-kv[1], kv[0])):
            if key not in by_key and source_id not in {s.id for s in by_key.values()}:
                by_key[key] = ids[source_id]
        said = {d.source[0]: d.sources for d in doc.drafts} | {r.outlet: (r.source,) for r in doc.relays}

        def tell(what: str, ok: bool, note: str, where: str = record["id"]) -> None:
            tally.update({f"{what} all": 1, what: int(ok)})
            if verbose and not ok:
                print(f"  {where}: {what}: {note}")

        for kind, span, keys in marks:
            words = f"{doc.words(span)!r} {','.join(keys)}"
            if kind == "[":
                mine = by_key.get(keys[0])
                tell("mentions", mine is not None and any(a < span[1] and span[0] < b for a, b in mine.mentions), words)
            else:
                got = said[span]
                names = " + ".join(s.label if s else "-" for s in got)
                tell("links", [by_key.get(k) for k in keys] == list(got), f"{words} got {names}")
        for key, want in record["sources"].items():
            have = by_key.get(key)
            tell("naming", have is not None and have.naming == want["naming"], f"{want} got {have and have.naming}")
            tell("kind", have is not None and have.kind == want["kind"], f"{want['label']} got {have and have.kind}")
            tell(
                "label",
                have is not None and have.label == want["label"],
                f"{want['label']!r} got {have and have.label!r}",
            )
            if "role" in want:
                tell("role", have is not None and have.role == want["role"], f"{want['role']} got {have and have.role}")
        keys_of = {s.id: k for k, s in by_key.items()}
        for source in doc.sources:
            for a, b in source.mentions:
                right = any(x < b and a < y and keys_of.get(source.id) in keys for _, (x, y), keys in marks)
                tell("precision", right, f"{doc.text[a:b]!r} at {a} as {source.label}")
    return {k: (tally[k], tally[f"{k} all"]) for k in sorted(tally) if not k.endswith(" all")}


def pronouns(records: Iterator[dict[str, Any]], verbose: bool = False) -> dict[str, tuple[int, int]]:
    """Of pronouns that are sources and whose silver chain has a name: how many we join to a name in that chain."""
    tally: Counter[str] = Counter()
    for record in records:
        if "coref" not in record:
            continue
        doc = from_polnear(record)
        resolve(doc)
        chains = {tuple(m): chain for chain in record["coref"] for m in chain}
        closed = {"he", "she", "they", "it", "his", "her", "who", "i", "we", "him", "their", "its", "you", "which"}
        for draft in doc.drafts:
            word = doc.words(draft.source[0]).lower() if len(draft.source) == 1 else ""
            chain = chains.get(draft.source[0]) if word in ("he", "she", "they", "it") else None
            full = [m for m in chain or () if doc.text[m[0] : m[1]].lower() not in closed]
            if not full:
                continue
            ours = [m for s in draft.sources for m in s.mentions if doc.words(m).lower() not in closed]
            ok = any(abs(a[1] - b[1]) <= 2 or (a[0] == b[0]) for a in ours for b in full)
            tally.update({f"{word} all": 1, word: int(ok)})
            if verbose and not ok:
                here = draft.source[0][0]
                print(f"  {record['id']} {word!r}: ours {[s.label for s in draft.sources]},", end=" ")
                print(
                    f"silver {doc.text[full[0][0] : full[0][1]][:60]!r}: …{doc.text[max(0, here - 200) : here + 60]!r}"
                )
    return {k: (tally[k], tally[f"{k} all"]) for k in sorted(tally) if not k.endswith(" all")}


def main() -> None:
    """Print one line a measure: name, hits, total, share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marked", type=Path, default=MARKED)
    parser.add_argument("--polnear", type=Path)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    records = [json.loads(line) for line in args.marked.read_text(encoding="utf-8").splitlines()]
    results = {f"invented: {k}": v for k, v in score_marks(records, args.verbose).items()}
    if args.polnear:
        with gzip.open(args.polnear, "rt", encoding="utf-8") as lines:
            results |= {f"PolNeAR: {k}": v for k, v in pronouns(map(json.loads, lines), args.verbose).items()}
    for name, (hits, total) in results.items():
        print(f"{name:24} {hits:5}/{total:<5} {hits / total:.3f}")


if __name__ == "__main__":
    main()
