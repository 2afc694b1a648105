"""Print precision and recall of each component on its invented cases.

usage: python -m benchmarks.components [--misses] [NAME ...]

Every component has two groups of cases: `first`, on which its rules were developed, and `second`, written from the
vocabulary's definitions when the rules stood, and read once before anything was changed. That first reading stands in
tests/unit/read/data/first-runs.json and is printed beside today's; it is what to expect on words that nobody has seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.components import chains
from benchmarks.components.cases import CASES, load
from benchmarks.components.scoring import COMPONENTS, found, wanted
from benchmarks.components.whole import WHOLE

__all__ = ["NAMES", "Row", "first_runs", "rows"]

NAMES = (*COMPONENTS, *chains.MEASURES, *WHOLE)
"""Every component that has cases."""

SECOND = "-second"


@dataclass(frozen=True, slots=True)
class Row:
    """How a component did on one group of its cases.

    Args:
        cases: how many there are.
        exact: how many came out exactly as annotated.
        hits: facts that are annotated and were found.
        found: facts that were found.
        wanted: facts that are annotated.
        misses: the cases that came out otherwise, in words.
    """

    cases: int
    exact: int
    hits: int
    found: int
    wanted: int
    misses: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Share of what was found that is annotated; 1 where nothing was."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found; 1 where nothing is."""
        return self.hits / self.wanted if self.wanted else 1.0


def _counted(name: str, group: str) -> Row:
    """Run one component on one group of its cases."""
    if name in chains.MEASURES:
        cases, hits, got_all, want_all, missed = chains.measure(name, group)
        return Row(cases, cases - len(missed), hits, got_all, want_all, tuple(missed))
    pairs = []
    misses = []
    for case in load(name + group):
        got, want = WHOLE[name](case) if name in WHOLE else (found(name, case), wanted(name, case))
        pairs.append((set(got), set(want)))
        if got != want:
            extra, missing = sorted(map(str, got - want)), sorted(map(str, want - got))
            misses.append(f"{case.get('id', '')} {case['text']!r}: missing {missing}, extra {extra}")
    return Row(
        cases=len(pairs),
        exact=sum(got == want for got, want in pairs),
        hits=sum(len(got & want) for got, want in pairs),
        found=sum(len(got) for got, _ in pairs),
        wanted=sum(len(want) for _, want in pairs),
        misses=tuple(misses),
    )


def rows(name: str) -> Iterator[tuple[str, Row]]:
    """The groups of cases of a component, each with how it does on them today."""
    if name in WHOLE:
        yield "second", _counted(name, "")
        return
    yield "first", _counted(name, "")
    yield "second", _counted(name, SECOND)


def first_runs() -> dict[str, Row]:
    """How each component did on its second group of cases when it read them for the first time."""
    recorded = json.loads((CASES / "first-runs.json").read_text(encoding="utf-8"))
    return {name: Row(**counts) for name, counts in recorded.items()}


def main(arguments: list[str]) -> int:
    """Print one line for each component and group; with `--misses` also each case that came out otherwise.

    Args:
        arguments: components to run, all where none is named, and `--misses`.

    Returns:
        0, or 2 where a name is not known.
    """
    chosen = [n for n in arguments if n != "--misses"] or list(NAMES)
    if unknown := sorted(set(chosen) - set(NAMES)):
        print(f"no cases for {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    before = first_runs()
    print(f"{'component':10} {'group':7} {'cases':>5} {'exact':>6} {'P':>6} {'R':>6}   {'first run: P':>12} {'R':>6}")
    for name in chosen:
        for group, row in rows(name):
            line = (
                f"{name:10} {group:7} {row.cases:5} {row.exact / row.cases:6.3f} {row.precision:6.3f} {row.recall:6.3f}"
            )
            then = before.get(name) if group == "second" else None
            print(line + (f"   {then.precision:12.3f} {then.recall:6.3f}" if then else ""))
            for miss in row.misses if "--misses" in arguments else ():
                print(f"    {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
