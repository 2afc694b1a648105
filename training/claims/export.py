"""Weights as a model folder, and the card."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import onnx
from tokenizers import Tokenizer
from torch import Tensor

from training.claims.graph import build, quantise
from training.network import WHOLE, Sizes
from whence.models.runtime import FORMAT

SIZES = Sizes(inner=WHOLE)
PIECES = 128


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(state: dict[str, Tensor], tokenizer: Tokenizer, folder: Path) -> None:
    """Write model.onnx in int8, tokenizer.json and config.json.

    Args:
        state: Weights, by the names of `training.claims.network.Encoder`.
        tokenizer: Of the word pieces.
        folder: Where they go; it is made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    onnx.save(build(state, SIZES.heads, SIZES.layers), str(full))
    quantise(full, folder / "model.onnx")
    full.unlink()
    tokenizer.save(str(folder / "tokenizer.json"))
    seal(folder)


def seal(folder: Path) -> None:
    """Write config.json anew, with the hashes of what is there; the card's hashes follow."""
    names = [name for name in ("model.onnx", "rank.json", "tokenizer.json") if (folder / name).is_file()]
    files = {name: sha256(folder / name) for name in names}
    config: dict[str, Any] = {"format": FORMAT, "files": files, "width": SIZES.width, "pieces": PIECES}
    (folder / "config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    card = folder / "MODEL_CARD.md"
    if card.is_file():
        told, _, _ = card.read_text(encoding="utf-8").partition("\n## Files\n")
        lines = "".join(f"- `{name}` sha256 `{value}`\n" for name, value in sorted(files.items()))
        card.write_text(f"{told}\n## Files\n\n{lines}", encoding="utf-8")
