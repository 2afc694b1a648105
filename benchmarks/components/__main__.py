"""Print precision and recall of each component on its invented cases.

usage: python -m benchmarks.components [--misses] [NAME ...]

Cases come in groups: on `first` the rules were developed; `second` and `third` were written from the vocabulary's
definitions when the rules stood, and each was read once before anything was changed for it. Those first readings stand
in tests/unit/read/data/first-runs.json and are printed beside today's; that of the last group is what to expect on
words that nobody has seen.
"""

from __future__ import annotations

import sys

from benchmarks.components.groups import NAMES, first_runs, scores


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
        for group, row in scores(name):
            line = (
                f"{name:10} {group:7} {row.cases:5} {row.exact / row.cases:6.3f} {row.precision:6.3f} {row.recall:6.3f}"
            )
            then = before.get((name, group))
            print(line + (f"   {then.precision:12.3f} {then.recall:6.3f}" if then else ""))
            for miss in row.misses if "--misses" in arguments else ():
                print(f"    {miss}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
