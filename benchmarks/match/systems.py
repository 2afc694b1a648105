"""Ways of searching to compare with: words alone, meaning alone, and the fusion of their ranks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whence.match.encoder import Encoder
from whence.match.lexical import Field
from whence.match.terms import terms
from whence.records.claim import FactCheck

Ranked = list[npt.NDArray[np.int64]]
_BATCH = 500
DEPTH = 100  # of each ranking that is fused
_RRF = 60  # Cormack, Clarke and Büttcher, SIGIR 2009


def bm25(checks: Sequence[FactCheck], queries: Sequence[str]) -> Ranked:
    """BM25 of claim, title and text as one field; no word is passed over."""
    numbers: dict[str, int] = {}
    field = Field()
    field.add(
        [
            [numbers.setdefault(t.stem, len(numbers)) for t in terms(f"{check.claim}\n{check.title}\n{check.body}")]
            for check in checks
        ]
    )
    alive = np.ones(len(checks), bool)
    asked = [sorted({numbers[t.stem] for t in terms(query) if t.stem in numbers}) for query in queries]
    return [_first(field.scores(query, alive, 1.0)) for query in asked]


def encoded(encoder: Encoder, texts: Sequence[str], kept: Path | None) -> npt.NDArray[np.float32]:
    """Vectors of many texts; those that were kept from an earlier run of the same weights on the same texts are read.

    Args:
        encoder: the encoder.
        texts: the texts.
        kept: folder where vectors are kept, or None.
    """
    known = json.dumps([encoder.config["files"]["model.onnx"], *texts]).encode()
    path = kept / f"{hashlib.sha256(known).hexdigest()[:16]}.npy" if kept else None
    if path is not None and path.is_file():
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
    vectors = np.concatenate([encoder.encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)])
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, vectors, allow_pickle=False)
    return vectors


def nearest(vectors: npt.NDArray[np.float32], queries: npt.NDArray[np.float32]) -> Ranked:
    """The rows of the greatest scalar products, exactly."""
    return [_first(row) for row in queries @ vectors.T]


def fused(one: Ranked, other: Ranked) -> Ranked:
    """Reciprocal rank fusion of two rankings."""
    out = []
    for pair in zip(one, other, strict=True):
        scores: dict[int, float] = {}
        for ranking in pair:
            for place, row in enumerate(ranking[:DEPTH].tolist(), start=1):
                scores[row] = scores.get(row, 0.0) + 1 / (_RRF + place)
        out.append(np.array(sorted(scores, key=lambda row: (-scores[row], row)), dtype=np.int64))
    return out


def _first(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    return np.argsort(-scores, kind="stable")[:DEPTH].astype(np.int64)
