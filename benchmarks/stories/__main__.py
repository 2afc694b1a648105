"""Read the project's own annotated stories and print how much of each reading is right.

usage: python -m benchmarks.stories [--verbose] [STORY ...]

The stories are in tests/stories; those whose name begins with `heldout-` or `fresh-` are reported apart, and
`--verbose` counts their misses but does not show them: who writes rules must not see them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import whence
from benchmarks.stories.scorer import Score, score

STORIES = Path(__file__).parents[2] / "tests" / "stories"
HELD_OUT = "heldout-"
FRESH = "fresh-"


def folders(names: Sequence[str] = ()) -> list[Path]:
    """The annotated stories, those that nobody fits rules to last; all of them where no names are given.

    Raises:
        SystemExit: a name is of no story.
    """
    found = sorted((p.parent for p in STORIES.glob("*/gold.json")), key=lambda p: (kept_aside(p), p.name))
    if unknown := set(names) - {p.name for p in found}:
        raise SystemExit(f"no annotated story {', '.join(sorted(unknown))} in {STORIES}")
    return [p for p in found if not names or p.name in names]


def held_out(folder: Path) -> bool:
    """Whether a story is one that nobody who writes rules may look at."""
    return folder.name.startswith(HELD_OUT)


def kept_aside(folder: Path) -> bool:
    """Whether a story is one that no rule may be fitted to: its misses are counted, not shown."""
    return folder.name.startswith((HELD_OUT, FRESH))


def score_story(folder: Path) -> Score:
    """Read one story as a user would, and score the reading against its gold."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reading = whence.read(str(folder / "story.txt"), published=gold["published"])
    return score(gold, reading.to_dict())


def table(columns: dict[str, Score]) -> str:
    """Hits and questions of each measure (rows) in each column, then the mean shares and the extras."""
    measures = list(dict.fromkeys(m for s in columns.values() for m in s.tally()))
    width = max(map(len, [*measures, "extra statements"])) + 1
    lines = ["".join([" " * width, *(f"{name:>10}" for name in columns)])]
    tallies = [s.tally() for s in columns.values()]
    for measure in measures:
        cells = [f"{t[measure][0]}/{t[measure][1]}" if measure in t else "" for t in tallies]
        lines.append("".join([f"{measure:{width}}", *(f"{c:>10}" for c in cells)]))
    lines.append("".join([f"{'mean share':{width}}", *(f"{s.mean_share():>10.3f}" for s in columns.values())]))
    lines.append("".join([f"{'extra statements':{width}}", *(f"{s.extra_statements:>10}" for s in columns.values())]))
    lines.append("".join([f"{'extra findings':{width}}", *(f"{s.extra_findings:>10}" for s in columns.values())]))
    return "\n".join(line.rstrip() for line in lines)


def head(folder: Path) -> str:
    """The head of a story's column: its kind, the first word of its name, and the mark of its group."""
    mark = "*" if held_out(folder) else "+" if folder.name.startswith(FRESH) else ""
    return folder.name.removeprefix(HELD_OUT).removeprefix(FRESH).split("-")[0] + mark


def misses(folder: Path, result: Score) -> str:
    """What a reading got wrong, a line each; only the number of lines for a story that is kept aside."""
    missed = [f"  {p.measure}: {p.note}" for p in result.points if not p.hit]
    head = f"{folder.name}: {len(missed)} misses of {len(result.points)}"
    return head if kept_aside(folder) else "\n".join([head, *missed])


def summary(results: dict[Path, Score]) -> str:
    """The pooled table of the groups, and the mean over the stories of each."""
    groups = {
        "developed": [s for p, s in results.items() if not kept_aside(p)],
        "held out": [s for p, s in results.items() if held_out(p)],
        "fresh": [s for p, s in results.items() if p.name.startswith(FRESH)],
        "all": list(results.values()),
    }
    pooled = {name: sum(scores, Score()) for name, scores in groups.items() if scores}
    means = [
        f"mean over the {len(scores)} stories, {name}: {sum(s.mean_share() for s in scores) / len(scores):.3f}"
        for name, scores in groups.items()
        if scores
    ]
    return "\n".join([table(pooled), "", *means])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stories", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("stories", nargs="*", metavar="STORY", help="names of folders in tests/stories (default: all)")
    parser.add_argument("--verbose", action="store_true", help="show what was missed in the stories not kept aside")
    options = parser.parse_args(arguments)
    results = {folder: score_story(folder) for folder in folders(options.stories)}
    if options.verbose:
        print("\n\n".join(misses(folder, result) for folder, result in results.items()), end="\n\n")
    print(table({head(p): s for p, s in results.items()}))
    print("* held out: not looked at by those who write rules; + fresh: no rule is fitted to them\n")
    print(summary(results))


if __name__ == "__main__":
    main()
