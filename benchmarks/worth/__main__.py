"""Print how well check-worthiness tells sentences that fact-checkers chose to check from sentences of the news.

Chosen: the training queries of PolitiFact, sentences of debates and speeches (../shared/data/known-lie). Others:
sentences drawn from the training stories of PolNeAR. Nothing was fitted to either. The two differ in genre as well,
speech and print, so that the area under the curve flatters and blames at once: the parts that only a whole story has
(disputed, own-voice, unnamed-source) are switched off, and the areas of length alone and of single parts stand beside.

usage: python -m benchmarks.worth [--others N] [--seed N]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import whence
from whence.ingest import from_text
from whence.match.worth import WEIGHTS, rank
from whence.records import Paragraph, Reading
from whence.text.sentences import sentences

DATA = Path(__file__).parents[3] / "shared/data"
QUERIES = DATA / "known-lie/politifact-train.jsonl.gz"
STORIES = DATA / "polnear/train.jsonl.gz"
OF_STORIES = ("disputed", "own-voice", "unnamed-source")
DRAWS = 200


def texts(path: Path) -> list[str]:
    """The text of each record of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def auc(chosen: Sequence[float], others: Sequence[float]) -> float:
    """Area under the ROC curve: how often a chosen sentence scores more than another; ties count half."""
    ranked = sorted([(s, 1) for s in chosen] + [(s, 0) for s in others])
    wins = below = 0.0
    i = 0
    while i < len(ranked):
        j = i
        while j < len(ranked) and ranked[j][0] == ranked[i][0]:
            j += 1
        tied = ranked[i:j]
        of_others = sum(1 for _, label in tied if not label)
        wins += (len(tied) - of_others) * (below + of_others / 2)
        below += of_others
        i = j
    return wins / (len(chosen) * len(others))


def interval(chosen: Sequence[float], others: Sequence[float], seed: int) -> tuple[float, float]:
    """The middle 95% of the area over sentences drawn again."""
    draw = random.Random(seed)
    areas = sorted(auc(draw.choices(chosen, k=len(chosen)), draw.choices(others, k=len(others))) for _ in range(DRAWS))
    return areas[int(0.025 * DRAWS)], areas[int(0.975 * DRAWS)]


def alone(sentence: str) -> Reading:
    """A sentence as a story of its own."""
    return whence.read(whence.Story(sentence, paragraphs=(Paragraph((0, len(sentence)), "body"),)))


def best(reading: Reading, weights: dict[str, float]) -> float:
    """The score of a reading's statement most worth checking."""
    ranked = rank(reading, weights)
    return ranked[0].score if ranked else 0.0


def main() -> int:
    """Read both, and print the areas."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worth")
    parser.add_argument("--others", type=int, default=1000, help="sentences drawn from the news")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not QUERIES.exists() or not STORIES.exists():
        print("not there: ../shared/data/known-lie and ../shared/data/polnear")
        return 0
    stories = [from_text(t, id="") for t in texts(STORIES)]
    cut = [(s.text, span) for s in stories for span in sentences(s.text, [p.span for p in s.body()])]
    pool = [text[a:b] for text, (a, b) in cut if len(text[a:b].split()) >= 4]
    drawn = random.Random(options.seed).sample(sorted(set(pool)), options.others)
    groups = [[alone(" ".join(s.split())) for s in group] for group in (texts(QUERIES), drawn)]
    off = dict.fromkeys(OF_STORIES, 0.0)

    def line(name: str, scores: list[list[float]]) -> None:
        low, high = interval(scores[0], scores[1], options.seed)
        print(f"{name:<34} {auc(scores[0], scores[1]):.3f}  ({low:.3f} to {high:.3f})")

    print(f"{len(groups[0])} sentences that were chosen, {len(groups[1])} of the news; area under the ROC curve")
    line("as shipped, text's own parts", [[best(r, off) for r in g] for g in groups])
    line("length in words alone", [[float(len(r.story.text.split())) for r in g] for g in groups])
    for name in WEIGHTS:
        if name in OF_STORIES:
            continue
        only = dict.fromkeys(WEIGHTS, 0.0) | {name: WEIGHTS[name]}
        line(f"{name} alone", [[best(r, only) for r in g] for g in groups])
    for name in WEIGHTS:
        if name not in OF_STORIES:
            line(f"without {name}", [[best(r, off | {name: 0.0}) for r in g] for g in groups])
    return 0


if __name__ == "__main__":
    sys.exit(main())
