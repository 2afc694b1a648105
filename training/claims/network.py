"""The sentence encoder: six BERT layers, the mean of the word pieces, length one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.network import Layer, Sizes

POSITIONS = 256  # word pieces that a text may have; the base model knows twice as many


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """Texts to vectors.

    Args:
        sizes: Sizes of the encoder.
        dropout: Dropout rate, in 0..1.
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(POSITIONS, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of some texts.

        Args:
            ids: Word pieces, 0 in the padding; shape (batch, pieces), int64.
            mask: True for pieces, False for padding; shape (batch, pieces).

        Returns:
            Vectors of length 1; shape (batch, width), float32.
        """
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout, self.training)
        seen = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        weights = mask[:, :, None].float()
        return F.normalize((x.float() * weights).sum(1) / weights.sum(1), dim=1)


def load_base(network: Encoder, folder: Path) -> None:
    """Copy the weights of a BERT checkpoint into the encoder.

    Args:
        network: The encoder to fill.
        folder: Holds model.safetensors in the names of Hugging Face's BertModel.

    Raises:
        FileNotFoundError: When the checkpoint is absent.
    """
    from safetensors.torch import load_file  # type: ignore[import-not-found, unused-ignore]

    base = load_file(folder / "model.safetensors")
    state = network.state_dict()
    state["pieces.weight"] = base["embeddings.word_embeddings.weight"]
    # All text is of segment 0: its embedding joins the positions.
    positions = base["embeddings.position_embeddings.weight"][:POSITIONS]
    state["positions.weight"] = positions + base["embeddings.token_type_embeddings.weight"][0]
    _copy(state, base, "norm", "embeddings.LayerNorm")
    for index in range(len(network.layers)):
        mine, theirs = f"layers.{index}", f"encoder.layer.{index}"
        for part in ("weight", "bias"):
            rows = [base[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"{mine}.qkv.{part}"] = torch.cat(rows)
        _copy(state, base, f"{mine}.out", f"{theirs}.attention.output.dense")
        _copy(state, base, f"{mine}.norm1", f"{theirs}.attention.output.LayerNorm")
        _copy(state, base, f"{mine}.up", f"{theirs}.intermediate.dense")
        _copy(state, base, f"{mine}.down", f"{theirs}.output.dense")
        _copy(state, base, f"{mine}.norm2", f"{theirs}.output.LayerNorm")
    network.load_state_dict(state)


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return word pieces and mask of some texts, padded to the longest."""
    length = max(len(row) for row in rows)
    ids = torch.zeros(len(rows), length, dtype=torch.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = torch.tensor(row)
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(length)[None] < lengths[:, None]


def _copy(state: dict[str, Tensor], base: dict[str, Tensor], mine: str, theirs: str) -> None:
    for part in ("weight", "bias"):
        state[f"{mine}.{part}"] = base[f"{theirs}.{part}"]
