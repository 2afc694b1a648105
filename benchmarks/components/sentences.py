"""Sentences against CoreNLP's in PolNeAR: `python -m benchmarks.components.sentences FILE.jsonl.gz [--misses]`."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from whence.records import Span
from whence.text.offsets import strip
from whence.text.sentences import sentences

__all__ = ["blocks_of", "main"]

_MARKS = "'\"“”‘’`"


def blocks_of(text: str) -> list[Span]:
    """The paragraphs of a text in which blank lines part them, without white space at either end."""
    out: list[Span] = []
    at = 0
    for part in text.split("\n\n"):
        span = strip(text, (at, at + len(part)))
        if span[0] < span[1]:
            out.append(span)
        at += len(part) + 2
    return out


def main(arguments: list[str]) -> int:
    """Print precision and recall of whole sentences and of starts inside paragraphs.

    Quotation marks at either end are left out of the comparison, because the reference cuts two single marks apart.

    Returns:
        0, or 2 where no file is given.
    """
    paths = [a for a in arguments if not a.startswith("-")]
    if not paths:
        print("give the file of stories, one JSON object a line, gzipped", file=sys.stderr)
        return 2
    whole = [0, 0, 0]
    starts = [0, 0, 0]
    with gzip.open(Path(paths[0]), "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if "sentences" not in record:
                continue
            text, tokens = record["text"], record["tokens"]
            blocks = blocks_of(text)
            got = {strip(text, s, _MARKS) for s in sentences(text, blocks)}
            want = {strip(text, (tokens[a][0], tokens[b - 1][1]), _MARKS) for a, b in record["sentences"]}
            edges = {strip(text, b, _MARKS)[0] for b in blocks}
            heads, wanted = {a for a, _ in got} - edges, {a for a, _ in want} - edges
            for tally, one, two in ((whole, got, want), (starts, heads, wanted)):
                tally[0] += len(set(one) & set(two))
                tally[1] += len(one)
                tally[2] += len(two)
            if "--misses" in arguments:
                for at in sorted(heads ^ wanted):
                    print(
                        "extra " if at in heads else "missed",
                        repr(text[max(0, at - 40) : at]),
                        "|",
                        repr(text[at : at + 30]),
                    )
    for name, (hits, found, there) in (("sentences", whole), ("starts", starts)):
        print(f"{name:10} P {hits / found:.3f} R {hits / there:.3f}  ({found} found, {there} in the reference)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
