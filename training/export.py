"""From a checkpoint to the folder that is shipped: ONNX, int8, settings, measured on dev, with its card."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import torch

from benchmarks.attribution.__main__ import figures
from benchmarks.attribution.corpus import load_rows
from benchmarks.attribution.measure import measure
from training.card import model_card
from training.data import ATTRIBUTION, ENTITIES, POS
from training.graph import build, quantise
from training.network import Sizes
from training.steps import Missing, load_tokenizer
from training.tune import calibration, thresholds
from whence.models.runtime import FORMAT, Model
from whence.read.tagger import TASKS, Tagger
from whence.read.windows import OVERLAP, WINDOW


def export(checkpoint: Path, base: Path, options: argparse.Namespace, say: Callable[[str], None]) -> None:
    """Write a checkpoint as a model folder, and measure it.

    Args:
        checkpoint: A file written by `training.loop.train`.
        base: Folder of the base weights, for the tokenizer.
        options: The command line's: `data`, the folder with dev.jsonl.gz; `out`, the model folder, whose files are
            replaced together at the end, config.json last; `threads` for measuring; `stories` to measure on.
        say: Takes lines of progress.

    Raises:
        Missing: When the checkpoint or the dev split is absent.
    """
    data, out, threads = options.data, options.out, options.threads
    dev = data / "dev.jsonl.gz"
    for path in (checkpoint, dev):
        if not path.is_file():
            raise Missing(f"no file at {path}")
    rows = load_rows(dev)[: options.stories]
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    recipe, words = (
        json.loads((checkpoint.parent / name).read_text(encoding="utf-8")) for name in ("recipe.json", "words.json")
    )
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full", Path(folder) / "small"
        full.mkdir()
        small.mkdir()
        sizes = Sizes()
        onnx.save(build(state, sizes.heads, sizes.layers, 1 + 2 * len(ATTRIBUTION)), str(full / "model.onnx"))
        quantise(full / "model.onnx", small / "model.onnx")
        config = _config(state, recipe, words)
        for target in (full, small):
            load_tokenizer(base).save(str(target / "tokenizer.json"))
            _write(target, config)
        config["attribution"]["thresholds"] = thresholds(Model.load(small, threads), rows)
        _write(small, config)
        config["calibration"] = calibration(Tagger(small, threads), rows)
        _write(small, config)
        _write(full, config)
        scores = {}
        for name, target in (("int8", small), ("fp32", full)):
            scores[name] = figures(measure(Tagger(target, threads), rows))
            shown = " ".join(f"{key} {scores[name][key + ' f1']:.4f}" for key in (*ATTRIBUTION, "whole"))
            say(f"{checkpoint.name} {name} dev: {shown}; {scores[name]['cpu seconds']} CPU s")
        config["dev"] = scores
        _write(small, config)
        hashes = {name: _sha256(small / name) for name in ("model.onnx", "tokenizer.json", "config.json")}
        (small / "MODEL_CARD.md").write_text(model_card(recipe, scores, hashes, dev, data), encoding="utf-8")
        out.mkdir(parents=True, exist_ok=True)
        for name in ("MODEL_CARD.md", "tokenizer.json", "model.onnx", "config.json"):
            shutil.copyfile(small / name, out / f".{name}.new")
        for name in ("MODEL_CARD.md", "tokenizer.json", "model.onnx", "config.json"):
            (out / f".{name}.new").replace(out / name)
        say(f"written to {out}: {(out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


# How sure it must be that words lie in a span for them to get one whose edges are in doubt. By these numbers relaxed
# whole attributions gain more on dev than exact spans lose.
SURE = {"source": 0.6, "cue": 0.9, "content": 1.0}


def _config(state: dict[str, torch.Tensor], recipe: dict[str, Any], words: list[list[str]]) -> dict[str, Any]:
    """Return the settings that belong to the weights, with thresholds and calibration to be set."""

    def numbers(name: str) -> Any:
        return [[round(v, 5) for v in row] if isinstance(row, list) else round(row, 5) for row in state[name].tolist()]

    widths = (1 + 2 * len(ATTRIBUTION), 1 + 2 * len(ENTITIES), len(POS))
    return {
        "format": FORMAT,
        "files": {},
        "window": WINDOW,
        "overlap": list(OVERLAP),
        "tasks": dict(zip(TASKS, widths, strict=True)),
        "attribution": {
            "labels": list(ATTRIBUTION),
            "transitions": numbers("crf.transitions"),
            "start": numbers("crf.start"),
            "end": numbers("crf.end"),
            "thresholds": dict.fromkeys(ATTRIBUTION, 0.4),
            "sure": SURE,
        },
        "entities": {"labels": list(ENTITIES), "threshold": 0.4},
        "names": {"ordinary": " ".join(words[0]), "doubtful": " ".join(words[1])},
        "pos": list(POS),
        "calibration": {},
        "recipe": recipe,
    }


def _write(folder: Path, config: dict[str, Any]) -> None:
    config["files"] = {name: _sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
    text = json.dumps(config, indent=1, sort_keys=True)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
