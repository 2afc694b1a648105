"""Print precision and recall of each component on its invented cases: `python -m benchmarks.components [NAME ...]`."""

from __future__ import annotations

import sys

from benchmarks.components.cases import load
from benchmarks.components.scoring import COMPONENTS, found, score, wanted


def main(names: list[str]) -> int:
    """Print one line a component; with `--misses` also each case that came out otherwise.

    Args:
        names: components to run, all where empty, and `--misses`.

    Returns:
        0, or 2 where a name is not known.
    """
    misses = "--misses" in names
    chosen = [n for n in names if n != "--misses"] or list(COMPONENTS)
    if unknown := sorted(set(chosen) - set(COMPONENTS)):
        print(f"no cases for {', '.join(unknown)}; there are {', '.join(COMPONENTS)}", file=sys.stderr)
        return 2
    print(f"{'component':10} {'cases':>5} {'exact':>6} {'P':>6} {'R':>6}")
    for name in chosen:
        s = score(name)
        print(f"{name:10} {s.cases:5} {s.exact / s.cases:6.3f} {s.precision:6.3f} {s.recall:6.3f}")
        for case in load(name) if misses else ():
            got, want = found(name, case), wanted(name, case)
            if got != want:
                print(f"    {case['text']!r}: wanted {sorted(map(str, want))}, got {sorted(map(str, got))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
