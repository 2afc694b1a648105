"""What weights are in the package, and whether they are the ones that their configuration names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Weights", "packaged"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of weights.

    Args:
        name: folder and file.
        sha256: of the file as it lies there; "" where it is missing.
        size: in bytes.
        intact: whether every file of its folder is there with the hash that config.json names.
    """

    name: str
    sha256: str
    size: int
    intact: bool


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def packaged() -> list[Weights]:
    """The weights in the package, one a model, sorted by name."""
    found = []
    for config in sorted(Path(__file__).parent.glob("*/config.json")):
        try:
            named: dict[str, str] = json.loads(config.read_text(encoding="utf-8"))["files"]
        except (ValueError, KeyError):
            named = {}
        model = config.parent / "model.onnx"
        intact = bool(named) and all(_sha256(config.parent / name) == digest for name, digest in named.items())
        size = model.stat().st_size if model.is_file() else 0
        found.append(Weights(f"{config.parent.name}/model.onnx", _sha256(model), size, intact))
    return found
