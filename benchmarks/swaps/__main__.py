"""Print how many statements keep what they are when names are exchanged: countries, parties, outlets, first names,
pronouns.

Read are the sample story, the annotated stories in tests/stories and stories of PolNeAR's training texts. Each is read
as it is and with the names of a kind exchanged throughout; a statement is unchanged where its voice, its sources'
naming, its act, quote kind, chain length and nesting are. "by rules" is the same with the model's answers carried over
from the old text: what differs there, rules and lexicons make differ. Stories that are held out count, and are not
listed.

usage: python -m benchmarks.swaps [--stories N] [--seed N] [--list FILE] [--rules]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.swaps.compare import Change, Moved, compare
from benchmarks.swaps.exchange import KINDS, exchange
from whence.ingest import from_text
from whence.read import Reader
from whence.read.annotations import Attribution, Tagging
from whence.read.nested import TextTagger
from whence.read.tagger import Tagger
from whence.text.offsets import Span

ROOT = Path(__file__).parents[2]
TRAIN = ROOT.parent / "shared/data/polnear/train.jsonl.gz"
BAR = 0.99


class _Kept:
    """A tagger that remembers what it said of the latest story."""

    def __init__(self, tagger: TextTagger) -> None:
        self._tagger = tagger
        self._text = ""
        self._said: dict[tuple[Span, ...], Tagging] = {}

    def tag(self, text: str, blocks: Sequence[Span]) -> Tagging:
        """Tag `blocks` of `text`."""
        if text != self._text:
            self._text, self._said = text, {}
        key = tuple(blocks)
        if key not in self._said:
            self._said[key] = self._tagger.tag(text, blocks)
        return self._said[key]

    def inside(self, text: str, pieces: Sequence[Span]) -> list[tuple[Attribution, ...]]:
        """What each of `pieces` of `text` attributes."""
        return self._tagger.inside(text, pieces)


def stories(count: int, seed: int) -> Iterator[tuple[str, str, bool]]:
    """Name, text, and whether it may be shown, of each story that is read."""
    for path in sorted((ROOT / "samples").glob("*.txt")):
        yield path.stem, path.read_text(encoding="utf-8"), True
    for path in sorted((ROOT / "tests/stories").glob("*/story.txt")):
        yield (
            path.parent.name,
            path.read_text(encoding="utf-8"),
            not path.parent.name.startswith(("heldout-", "fresh-")),
        )
    if TRAIN.exists():
        with gzip.open(TRAIN, "rt", encoding="utf-8") as f:
            texts = [json.loads(line)["text"] for line in f]
        for n in sorted(random.Random(seed).sample(range(len(texts)), count)):
            yield f"train {n}", texts[n], True


def main() -> int:
    """Measure and print; the exit code is 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=200, help="how many of PolNeAR's training texts")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--list", type=Path, help="write every statement that changed to this file")
    parser.add_argument("--rules", action="store_true", help="only with the model's answers carried over: quick")
    args = parser.parse_args()
    tagger = _Kept(Tagger())
    reader, plain = Reader(tagger=tagger), Tagger()
    read: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    with ExitStack() as stack:
        file = stack.enter_context(args.list.open("w", encoding="utf-8")) if args.list else None
        for n, (name, text, shown) in enumerate(stories(args.stories, args.seed)):
            before = reader.read(from_text(text, id=name, published="2016-05-12"))
            tokens = tagger.tag(
                text, [p.span for p in before.story.paragraphs if p.role in ("headline", "body")]
            ).tokens
            for kind in KINDS:
                swapped = exchange(kind, text, tokens, args.seed + n)
                if swapped is None:
                    continue
                taggers: list[tuple[bool, TextTagger]] = [(True, Moved(tagger, swapped))]
                taggers += [] if args.rules else [(False, plain)]
                for by_rules, one in taggers:
                    story = from_text(swapped.new, id=name, published="2016-05-12")
                    tally = compare(before, Reader(tagger=one).read(story), swapped)
                    row = read[kind, by_rules]
                    changed = sum(1 for c in tally.changes if c.words)
                    for i, value in enumerate((1, tally.statements, changed, *tally.findings)):
                        row[i] += value
                    if file is not None and shown:
                        for change in tally.changes:
                            print(_line(name, kind, by_rules, change), file=file)
    return _report(read, args.rules)


def _line(name: str, kind: str, by_rules: bool, change: Change) -> str:
    return f"{name}\t{kind}\t{'rules' if by_rules else 'all'}\t{change.what}\t{' '.join(change.words.split())}"


def _report(read: dict[tuple[str, bool], list[int]], rules: bool) -> int:
    print(f"{'exchanged':28}{'stories':>8}{'statements':>12}", end="")
    print(f"{'unchanged':>11}{'findings':>10}{'by rules':>11}{'findings':>10}")
    total = [0, 0, 0, 0]
    for kind in KINDS:
        by_rules, by_all = read[kind, True], read[kind, rules]
        total = [t + v for t, v in zip(total, (*by_all[1:3], *by_rules[1:3]), strict=True)]
        print(f"{kind:28}{by_all[0]:>8}{by_all[1]:>12}" + "".join(_shares(row) for row in (by_all, by_rules)))
    share, by_rule = (1 - total[i + 1] / max(1, total[i]) for i in (0, 2))
    print(f"\n{share:.2%} of {total[0]:,} statements unchanged; by rules alone {by_rule:.2%} (bar {BAR:.0%})")
    return int(share < BAR)


def _shares(row: list[int]) -> str:
    return f"{1 - row[2] / max(1, row[1]):>11.2%}{row[3] / max(1, row[4]):>10.2%}"


if __name__ == "__main__":
    sys.exit(main())
