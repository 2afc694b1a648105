"""Print every figure: runs each benchmark in turn, in a process of its own.

usage: python -m benchmarks
"""

from __future__ import annotations

import subprocess
import sys

MODULES = (
    "attribution",
    "calibration",
    "components",
    "stories",
    "speed",
    "consensus",
    "ledger",
    "trace",
    "trace.directions",
    "match",
    "worth",
    "echoes",
    "swaps",
    "desk",
)


def main() -> int:
    """Run them; the exit code is 1 where one of them failed."""
    failed = 0
    for name in MODULES:
        print(f"\n## {name}\n", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
