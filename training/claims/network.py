"""The sentence encoder: six BERT layers, the mean of the word pieces, length one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.network import Layer, Sizes
from training.network import load_base as load_layers

POSITIONS = 256  # word pieces that a text may have; the base model knows twice as many


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """Texts to vectors.

    Args:
        sizes: Sizes of the encoder.
        dropout: Dropout rate, in 0..1.
        positions: Word pieces that a text may have.
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.1, positions: int = POSITIONS) -> None:
        super().__init__()
        self.sizes = sizes
        self.dropout = dropout
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(positions, sizes.width)
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
    # The attribution network's loader fills whatever has the same layers; texts here are shorter.
    whole = Encoder(network.sizes, positions=network.sizes.positions)
    load_layers(cast(Any, whole), folder)
    state = whole.state_dict()
    network.load_state_dict({**state, "positions.weight": state["positions.weight"][:POSITIONS]})


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Return word pieces and mask of some texts, padded to the longest."""
    length = max(len(row) for row in rows)
    ids = torch.zeros(len(rows), length, dtype=torch.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = torch.tensor(row)
    lengths = torch.tensor([len(row) for row in rows])
    return ids, torch.arange(length)[None] < lengths[:, None]
