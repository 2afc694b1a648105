"""`python -m benchmarks.attribution [DEV.jsonl.gz]`: the packaged model on PolNeAR dev, beside the baselines."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.attribution.corpus import LABELS, load_rows
from benchmarks.attribution.measure import Result, measure
from whence.errors import ModelError
from whence.read.tagger import Tagger

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "polnear" / "dev.jsonl.gz"
# What the model as shipped must reach on dev: lowering one takes a deliberate act.
FLOORS = {"source": 0.81, "cue": 0.745, "content": 0.695, "whole": 0.555}
# Figures of others, from ../shared/PEERS.md; source / cue / content in exact-match span F1.
PEERS = (
    ("hand rules", "test", 10.7, 22.8, 5.6, "CofeNet paper, table 6"),
    ("CoreNLP quote annotator", "test", 13.9, None, 17.5, "same"),
    ("CRF", "test", 50.6, 53.4, 28.6, "same"),
    ("BiLSTM-L2 + Cofe", "test", 73.3, 66.2, 63.6, "same"),
    ("BERT + CRF", "test", 82.2, 74.9, 71.0, "same"),
    ("BERT + Cofe (published best)", "test", 83.2, 75.3, 72.9, "same (Wang et al., COLING 2022)"),
    ("a first attempt, int8", "dev", 81.9, 74.7, 69.2, "PEERS.md"),
    ("one annotator against another", "16 train stories", 78.0, 70.5, 70.5, "PEERS.md; whole: 57.8"),
)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit code is 0, 1 when a floor is missed, 2 when data or model are absent."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attribution", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help=f"a split of PolNeAR (default: {DATA})")
    parser.add_argument("--model", type=Path, help="folder of the model (default: the packaged one)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print figures as JSON, without the peers")
    options = parser.parse_args(arguments)
    if not options.data.is_file():
        print(f"no data at {options.data}: name the gzipped JSONL file of PolNeAR's dev split", file=sys.stderr)
        return 2
    try:
        tagger = Tagger(options.model, options.threads)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 2
    result = measure(tagger, load_rows(options.data))
    print(json.dumps(figures(result), indent=2) if options.json else table(result))
    reached = {label: count.f1 for label, count in (result.score.spans | {"whole": result.score.whole}).items()}
    missed = [name for name, floor in FLOORS.items() if reached[name] < floor]
    for name in missed:
        print(f"{name}: {reached[name]:.4f} is below the floor of {FLOORS[name]}", file=sys.stderr)
    return 1 if missed else 0


def figures(result: Result) -> dict[str, float]:
    """Return the figures by name; F1, precision and recall in 0..1."""
    named: dict[str, float] = {}
    counts = {**result.score.spans, "whole": result.score.whole}
    counts |= {f"relaxed {threshold}": count for threshold, count in result.score.relaxed.items()}
    for name, count in counts.items():
        named |= {f"{name} f1": count.f1, f"{name} precision": count.precision, f"{name} recall": count.recall}
    named |= {"stories": result.stories, "words": result.words, "cpu seconds": result.cpu}
    return {name: round(value, 4) for name, value in named.items()}


def table(result: Result) -> str:
    """Return the figures as a table, 110 columns wide, with those of the peers above."""
    lines = [f"{'exact-match span F1':34}{'data':18}{'source':>7}{'cue':>7}{'content':>9}  from"]
    for name, data, *values, origin in PEERS:
        source, cue, content = (f"{value:.1f}" if isinstance(value, float) else "-" for value in values)
        lines.append(f"{name:34}{data:18}{source:>7}{cue:>7}{content:>9}  {origin}")
    mine = [f"{100 * result.score.spans[label].f1:.1f}" for label in LABELS]
    lines.append(f"{'whence, int8, as shipped':34}{'this file':18}{mine[0]:>7}{mine[1]:>7}{mine[2]:>9}  this run")
    lines += ["", f"{'whence':44}{'F1':>7}{'P':>7}{'R':>7}"]
    rows = [(label, result.score.spans[label]) for label in LABELS]
    rows.append(("whole attributions, exact and linked", result.score.whole))
    rows += [(f"whole, cue overlapping, Jaccard {bar}", count) for bar, count in result.score.relaxed.items()]
    for name, count in rows:
        lines.append(f"{name:44}{100 * count.f1:>7.1f}{100 * count.precision:>7.1f}{100 * count.recall:>7.1f}")
    speed = f"{result.words / result.cpu:,.0f} words and {result.stories / result.cpu:.1f} stories a CPU second"
    lines += ["", f"{result.stories} stories, {result.words:,} words, {result.cpu:.1f} CPU seconds: {speed}"]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
