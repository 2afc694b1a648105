"""Print how often a second cue inside or behind a content is an attribution of its own, in PolNeAR's training gold.

These counts decided which cuts `whence.read.conjoined` makes (docs/decisions/0004). A cue of speech or judgement that
follows a content counts as `cut` where the gold has an attribution with that cue, as `left` where it lies in a content.

usage: python -m benchmarks.components.conjoined [TRAIN.jsonl.gz]
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import Any

from whence.read.selection import cue_class

DATA = Path(__file__).parents[3] / "shared/data/polnear/train.jsonl.gz"
AND = re.compile(
    r"(?:,|;)?\s+(?:and|but|yet|then|and then|and also|and later|but also)\s+"
    r"(?:(?:also|later|then|again|even|\w+ly)\s+)?([a-z]+(?:ed|d|t|es|s|id|ew|ote))\b"
)
COMMA = re.compile(r",\s+(?:\w+ly\s+)?([a-z]+ing)\b")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RULES = ("any tense", "same tense", "any participle", "participle, no finite verb between")


class Tags:
    """The silver parts of speech of a story, by offset."""

    def __init__(self, tokens: list[list[Any]]) -> None:
        self._tokens = tokens
        self._starts = [t[0] for t in tokens]

    def at(self, offset: int) -> str:
        """The tag of the token that begins at an offset, or after it."""
        n = bisect_left(self._starts, offset)
        return self._tokens[n][2] if n < len(self._tokens) else ""

    def within(self, start: int, end: int) -> list[str]:
        """The tags of the tokens that begin inside a span."""
        return [t[2] for t in self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]]


def rules_of(tags: Tags, pattern: re.Pattern[str], at: int, cue: list[int], piece: list[int], until: int) -> list[str]:
    """Which of `RULES` a candidate fits."""
    tag = tags.at(at)
    if pattern is AND and tag in ("VBD", "VBZ"):
        tenses = [t for t in tags.within(*cue) if t in ("VBD", "VBZ")]
        return ["any tense", *(["same tense"] if tenses and tenses[-1] == tag else [])]
    if pattern is COMMA and tag == "VBG":
        plain = not FINITE & set(tags.within(piece[0], until))
        return ["any participle", *(["participle, no finite verb between"] if plain else [])]
    return []


def open_quote(words: str) -> bool:
    """Whether a quotation is open at the end of some words."""
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1 or words.count("''") % 2 == 1


def count(record: dict[str, Any], counts: Counter[tuple[str, str]]) -> None:
    """Add one story's candidates to the counts."""
    text, tags = record["text"], Tags(record["tokens"])
    attributions = [a for a in record["attributions"] if a["cue"]]
    cues = {a["cue"][0][0][0] for a in attributions}
    for a in attributions:
        cue = a["cue"][0][0]
        for piece in (p for member in a["content"] for p in member):
            if piece[0] < cue[1]:
                continue  # Behind a content that stands before its cue comes that cue, not a second one.
            words = text[piece[0] : piece[1]]
            for pattern in (AND, COMMA):
                behind = pattern.match(text, piece[1], piece[1] + 60)
                if behind and behind.start(1) in cues and cue_class(behind[1])[0] in ("speech", "judgement"):
                    for rule in rules_of(tags, pattern, behind.start(1), cue, piece, piece[1]):
                        counts[rule, "cut"] += 1
                for m in pattern.finditer(words):
                    if cue_class(m[1])[0] in ("speech", "judgement") and not open_quote(words[: m.start()]):
                        start = piece[0] + m.start(1)
                        for rule in rules_of(tags, pattern, start, cue, piece, piece[0] + m.start()):
                            counts[rule, "left"] += 1


def main() -> int:
    """Count and print; exits with 2 where the data are absent."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not path.exists():
        print(f"no data at {path}: give the path of PolNeAR's train.jsonl.gz", file=sys.stderr)
        return 2
    counts: Counter[tuple[str, str]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for record in map(json.loads, f):
            if record.get("tokens"):
                count(record, counts)
    for rule in RULES:
        cut, left = counts[rule, "cut"], counts[rule, "left"]
        print(f"{rule:36} cut {cut:4}  left {left:4}  {cut / max(1, cut + left):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
