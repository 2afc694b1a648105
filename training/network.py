"""The network: a six-layer BERT encoder with four heads, written out so that training and export agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.data import ATTRIBUTION, ENTITIES, POS
from whence.models.crf import legal
from whence.read.windows import NEAR, SHAPES

LINK = 64  # dimensions of the linking space
WHOLE = 1536  # inner units of all-MiniLM-L6-v2
SPELT = 48  # dimensions of a word's spelling
NAMED = 128  # dimensions of what is made of the spelling of a word and its neighbours


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the encoder: those of all-MiniLM-L6-v2, but with half of the inner units, see `training.prune`."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 768
    heads: int = 12
    layers: int = 6

    def to_dict(self) -> dict[str, int]:
        """Return the sizes as a mapping."""
        return asdict(self)


class Layer(nn.Module):  # type: ignore[misc, unused-ignore]
    """One transformer layer, norms after the sums as in BERT."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.dropout = dropout
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.norm1 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.up = nn.Linear(sizes.width, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.width)
        self.norm2 = nn.LayerNorm(sizes.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the layer's output.

        Args:
            x: Input; shape (batch, pieces, width).
            mask: Added to the attention scores; shape (batch, 1, 1, pieces), or None for none.
        """
        batch, pieces, width = x.shape
        q, k, v = self.qkv(x).view(batch, pieces, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=None if mask is None else mask.to(q.dtype))
        attended = attended.transpose(1, 2).reshape(batch, pieces, width)
        x = self.norm1(x + F.dropout(self.out(attended), rate, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), rate, self.training))


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """Encoder and heads.

    Args:
        sizes: Sizes of the encoder.
        dropout: Dropout rate, in 0..1.
    """

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(SHAPES, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.splits = [1 + 2 * len(ATTRIBUTION), 1 + 2 * len(ENTITIES), len(POS), LINK, LINK]
        self.head = nn.Linear(sizes.width, sum(self.splits))
        self.spelt = nn.Linear(2 * sizes.width, SPELT)
        self.near = nn.Linear(NEAR * SPELT, NAMED)
        self.cases = nn.Embedding(NEAR * SHAPES, NAMED)
        self.seen = nn.Linear(sizes.width, NAMED, bias=False)
        self.named = nn.Linear(NAMED, self.splits[1] + self.splits[2])
        self.link_bias = nn.Parameter(torch.zeros(2, 1 + 2 * len(DISTANCES)))
        self.link_none = nn.Parameter(torch.zeros(2))
        self.crf = Crf(len(ATTRIBUTION))
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        nn.init.normal_(self.cases.weight, std=0.02)
        nn.init.normal_(self.named.weight, std=0.02)
        nn.init.zeros_(self.named.bias)

    def freeze(self, layers: int) -> None:
        """Leave the embeddings and the lowest layers of the encoder as they are from now on."""
        below = ("pieces", "positions", "norm", *(f"layers.{index}." for index in range(layers)))
        for name, parameter in self.named_parameters():
            parameter.requires_grad_(not name.startswith(below))

    def forward(
        self, ids: Tensor, shapes: Tensor, heads: Tensor, spelling: Tensor, case: Tensor, mask: Tensor | None = None
    ) -> Tensor:
        """Return the scores of all tasks.

        Args:
            ids: Word pieces; shape (batch, pieces), int64.
            shapes: Word shapes; shape (batch, pieces), int64.
            heads: Positions of the words' first pieces in the batch laid flat; shape (words,), int64.
            spelling: Pieces of each word and its neighbours, as `Words.spelling`; shape (words, 2 * NEAR), int64.
            case: Their shapes as they are written, as `Words.case`; shape (words, NEAR), int64.
            mask: 0 for pieces to see and a large negative number for padding; shape (batch, 1, 1, pieces).

        Returns:
            Scores; shape (words, sum(splits)), float32.
        """
        return self.scores(self.encode(ids, shapes, mask).flatten(0, 1)[heads], spelling, case)

    def encode(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the encoder's vectors of all pieces; arguments as in `forward`, shape (batch, pieces, width)."""
        x = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.shapes(shapes)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def scores(self, seen: Tensor, spelling: Tensor, case: Tensor) -> Tensor:
        """Return the scores of all tasks for what the encoder made of words.

        How names are spelt is seen here only: it tells a person from a place, never who says what.

        Args:
            seen: The encoder's vectors; shape (words, width).
            spelling: As in `forward`.
            case: As in `forward`.
        """
        read = self.head(seen).float()
        pieces = self.pieces(spelling).view(len(spelling), NEAR, -1)
        near = self.near(self.spelt(pieces).flatten(1)) + self.cases(case).sum(1) + self.seen(seen)
        named = self.named(F.dropout(F.gelu(near), self.dropout, self.training)).float()
        tags, size = self.splits[0], named.shape[1]
        return torch.cat([read[:, :tags], read[:, tags : tags + size] + named, read[:, tags + size :]], dim=1)


DISTANCES = (4, 8, 16, 32, 64)  # upper ends of the buckets of distance in words, on either side


class Crf(nn.Module):  # type: ignore[misc, unused-ignore]
    """Negative log likelihood of a linear-chain conditional random field with illegal transitions masked."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        tags = 1 + 2 * labels
        following, first = legal(labels)
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.start = nn.Parameter(torch.zeros(tags))
        self.end = nn.Parameter(torch.zeros(tags))
        self.register_buffer("illegal", torch.tensor((1 - following) * -1e4, dtype=torch.float32), persistent=False)
        self.register_buffer("illegal_first", torch.tensor((1 - first) * -1e4, dtype=torch.float32), persistent=False)

    def forward(self, scores: Tensor, tags: Tensor, mask: Tensor, whole: Tensor, soft: Tensor | None = None) -> Tensor:
        """Return the sum of the negative log likelihoods of all chains.

        Args:
            scores: Tag scores; shape (chains, words, tags), float32.
            tags: Gold tags; shape (chains, words), int64, 0 in the padding.
            mask: True for words, False for padding at the end; shape (chains, words), the first column all True.
            whole: Whether a chain begins and whether it ends with its paragraph; shape (chains, 2), bool.
            soft: How probable each tag is of each word, where more than the gold tag is known: the gradient at a score
                is then the difference of two posteriors (Wang et al., "Structure-Level Knowledge Distillation for
                Multilingual Sequence Labeling", ACL 2020); shape as `scores`. None: the gold tags are certain.

        Returns:
            A scalar; without `soft` the sum of the negative log likelihoods.
        """
        transitions = self.transitions + self.illegal
        start = torch.where(whole[:, :1], self.start + self.illegal_first, 0.0)
        end = torch.where(whole[:, 1:], self.end, 0.0)
        weights = mask.float()
        wanted = scores.gather(2, tags[:, :, None])[:, :, 0] if soft is None else (scores * soft).sum(2)
        gold = (wanted * weights).sum(1)
        gold = gold + (transitions[tags[:, :-1], tags[:, 1:]] * weights[:, 1:]).sum(1)
        last = tags.gather(1, mask.sum(1, keepdim=True) - 1)
        gold = gold + start.gather(1, tags[:, :1])[:, 0] + end.gather(1, last)[:, 0]
        # In probability space with a running scale: one small matrix product a step in place of a logsumexp.
        top = scores.max(2, keepdim=True).values
        local = (scores - top).exp()
        matrix = transitions.exp()
        alpha = start.exp() * local[:, 0]
        log_z = (top[:, :, 0] * weights).sum(1)
        logs = []
        for t in range(1, scores.shape[1]):
            total = alpha.sum(1, keepdim=True).clamp_min(1e-30)
            logs.append(total.log())
            alpha = alpha / total
            step = (alpha @ matrix) * local[:, t]
            alpha = torch.where(mask[:, t : t + 1], step, alpha)
        log_z = log_z + (alpha * end.exp()).sum(1).clamp_min(1e-30).log()
        if logs:
            log_z = log_z + torch.cat(logs, 1).sum(1)
        return (log_z - gold).sum()


def load_base(network: Network, folder: Path) -> None:
    """Copy the encoder weights of a BERT checkpoint into the network.

    Args:
        network: The network to fill.
        folder: Holds model.safetensors in the names of Hugging Face's BertModel.

    Raises:
        FileNotFoundError: When the checkpoint is absent.
    """
    from safetensors.torch import load_file  # type: ignore[import-not-found, unused-ignore]

    base = load_file(folder / "model.safetensors")
    state = network.state_dict()
    state["pieces.weight"] = base["embeddings.word_embeddings.weight"]
    # All text is of segment 0: its embedding joins the positions.
    state["positions.weight"] = (
        base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
    )
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


def _copy(state: dict[str, Tensor], base: dict[str, Tensor], mine: str, theirs: str) -> None:
    for part in ("weight", "bias"):
        state[f"{mine}.{part}"] = base[f"{theirs}.{part}"]


def parameter_groups(
    network: Network, rate: float, head_rate: float, layer_decay: float
) -> Sequence[dict[str, object]]:
    """Return groups for the optimiser: the deeper a layer lies, the slower it learns.

    Args:
        network: The network.
        rate: Learning rate of the last layer.
        head_rate: Learning rate of heads and word shapes; the random field's is ten times that.
        layer_decay: Factor from each layer to the one below.

    Returns:
        Groups of the parameters that are not frozen.
    """
    depth = len(network.layers)
    groups = []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            own = rate * layer_decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("pieces", "positions", "norm")):
            own = rate * layer_decay**depth
        else:
            own = head_rate * (10 if name.startswith(("crf", "link_")) else 1)
        groups.append({"params": [parameter], "lr": own, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
    return groups
