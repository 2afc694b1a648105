"""The training loop."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from training.augment import Augmenter
from training.batches import Batch, Teacher, batches
from training.data import Story
from training.network import DISTANCES, LINK, Network, parameter_groups
from whence.read.windows import Cutter


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the outcome of training, but the data.

    Attributes:
        seed: Seed of all chance.
        epochs: Passes over the training stories.
        polish_epochs: Passes of a second round, from the weights of the first; 0 for none.
        polish_rate: Learning rates of the second round, as a share of those of the first.
        masked_epochs: Passes of the third round, without names and with half of the inner units.
        masked_rate: Learning rates of the third round, as a share of those of the first.
        masked_average: As `average`, in the third round.
        spelling_epochs: Passes of the last round, in which only the spelling of names is learned.
        batch: Word pieces in a batch, about.
        rate: Learning rate of the last layer.
        head_rate: Learning rate of the heads.
        layer_decay: Factor from each layer to the one below.
        warm_up: Share of the steps in which the rates rise.
        dropout: Dropout rate.
        average: Decay of the running average of the weights, which is what is kept.
        names: How often a story's names are exchanged for others.
        quotes: How often the style of its quotation marks is changed.
        excerpts: How often it is seen in excerpts of one or two paragraphs.
        forget: Share of word pieces replaced by [MASK].
        entity_weight: Weight of the entity loss; attribution has weight 1 a word.
        pos_weight: Weight of the part-of-speech loss.
        link_weight: Weight of the linking loss.
        taught_epochs: Passes of the fourth round, which learns from the whole network too.
        taught_rate: Learning rates of the fourth round, as a share of those of the first.
        taught_average: As `average`, in the fourth round.
        taught_forget: As `forget`, in the fourth round.
        frozen: Layers of the encoder, from the lowest on, that the fourth round leaves alone, and the embeddings.
        soft_weight: The whole network's say in what a word's tag is, where it teaches, in 0..1; the label has the rest.
        inventions: How many of the names put in are invented.
        taught_inventions: As `inventions`, in the fourth and the last round.
    """

    seed: int = 7
    epochs: int = 5
    polish_epochs: int = 2
    polish_rate: float = 0.4
    masked_epochs: int = 4
    masked_rate: float = 0.6
    masked_average: float = 0.995
    spelling_epochs: int = 5
    batch: int = 4096
    rate: float = 2.5e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warm_up: float = 0.08
    dropout: float = 0.1
    average: float = 0.99
    names: float = 0.5
    quotes: float = 0.35
    excerpts: float = 0.15
    forget: float = 0.03
    entity_weight: float = 0.3
    pos_weight: float = 0.15
    link_weight: float = 0.05
    taught_epochs: int = 1
    taught_rate: float = 0.35
    taught_average: float = 0.98
    taught_forget: float = 0.05
    frozen: int = 2
    soft_weight: float = 0.5
    inventions: float = 0.0
    taught_inventions: float = 0.4

    def to_dict(self) -> dict[str, float]:
        """Return the recipe as a mapping."""
        return asdict(self)


class Average:
    """A running average of the weights: steadier than the weights of any one step.

    Args:
        network: The network to follow.
        decay: What is kept of the old average at each step, in 0..1; less at first.
    """

    def __init__(self, network: Network, decay: float) -> None:
        self._decay = decay
        self._steps = 0
        self.state = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore]
    def update(self, network: Network) -> None:
        """Take in the network's weights of now."""
        self._steps += 1
        decay = min(self._decay, (1 + self._steps) / (10 + self._steps))
        for name, value in network.state_dict().items():
            self.state[name].lerp_(value, 1 - decay)


def losses(network: Network, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    """Return the weighted losses of a batch, by task.

    Args:
        network: The network.
        batch: The batch.
        recipe: Gives the weights.
    """
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = network(batch.ids, batch.shapes, batch.heads, batch.spelling, batch.case, batch.mask)
    tags, entity, pos, member, cue = scores.float().split(network.splits, dim=1)
    words = len(batch.heads)
    soft = None
    if len(batch.soft):
        hard = F.one_hot(batch.chain_tags, network.splits[0]).float()
        soft = torch.lerp(hard, batch.soft[batch.chain_words], recipe.soft_weight)
    parts = {
        "tags": network.crf(tags[batch.chain_words], batch.chain_tags, batch.chain_mask, batch.chain_whole, soft)
        / words,
        "entity": recipe.entity_weight * _mean(F.cross_entropy(entity, batch.entity, reduction="sum"), batch.entity),
        "pos": recipe.pos_weight * _mean(F.cross_entropy(pos, batch.pos, reduction="sum"), batch.pos),
    }
    if len(batch.link_members):
        kinds = batch.link_kinds
        links = member[batch.link_members] @ cue[batch.link_cues].T / math.sqrt(LINK)
        distance = batch.link_cues[None, :] - batch.link_members[:, None]
        links = links + network.link_bias[kinds[:, None], buckets(distance)]
        links = links.masked_fill(~batch.link_allowed, -1e4)
        links = torch.cat([links, network.link_none[kinds][:, None]], dim=1)
        parts["link"] = recipe.link_weight * F.cross_entropy(links, batch.link_gold)
    return parts


def buckets(distance: Tensor) -> Tensor:
    """Return the bucket of each signed distance in words: the member's cue after it, then before it, then too far.

    Args:
        distance: Any integers.

    Returns:
        Numbers in 0..2 * len(DISTANCES).
    """
    ends = torch.tensor(DISTANCES)
    near = torch.bucketize(distance.abs(), ends)
    return torch.where(near == len(ends), 2 * len(ends), near + len(ends) * (distance < 0))


def _mean(total: Tensor, gold: Tensor) -> Tensor:
    return total / (gold >= 0).sum().clamp_min(1)


def forget(batch: Batch, share: float, mask_id: int, generator: torch.Generator) -> Batch:
    """Replace some word pieces by [MASK], in place; [CLS], [SEP] and padding stay."""
    chosen = (torch.rand(batch.ids.shape, generator=generator) < share) & (batch.shapes > 0)
    batch.ids.masked_fill_(chosen, mask_id)
    return batch


def train(
    network: Network,
    stories: Sequence[Story],
    cutter: Cutter,
    split: Callable[[str], tuple[list[str], list[bool]]],
    mask_id: int,
    recipe: Recipe,
    folder: Path,
    say: Callable[[str], None],
    prefix: str = "epoch",
    teacher: Teacher | None = None,
) -> dict[str, Tensor]:
    """Train the network, keeping a checkpoint of the averaged weights after each epoch.

    Args:
        network: The network, with its base weights loaded.
        stories: Training stories.
        cutter: Gives word pieces.
        split: Cuts a name into words, for the augmenter.
        mask_id: Id of [MASK].
        recipe: Settings.
        folder: Where checkpoints go.
        say: Takes lines of progress.
        prefix: How the names of checkpoints begin.
        teacher: What another network says of each word, to learn from it too.

    Returns:
        The averaged weights.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    augment = Augmenter(split, recipe.seed, recipe.names, recipe.quotes, recipe.excerpts, recipe.inventions)
    groups = parameter_groups(network, recipe.rate, recipe.head_rate, recipe.layer_decay)
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    total = None
    average = Average(network, recipe.average)
    step = 0
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        network.train()
        ready = list(batches(stories, cutter, augment, recipe.batch, rng, teacher))
        total = total or len(ready) * recipe.epochs
        sums: dict[str, float] = {}
        for order, batch in enumerate(ready):
            done = min(1.0, step / total)
            factor = min(1.0, (step + 1) / (recipe.warm_up * total)) * max(0.02, 1 - done)
            for group in optimiser.param_groups:
                group.setdefault("top", group["lr"])
                group["lr"] = group["top"] * factor
            parts = losses(network, forget(batch, recipe.forget, mask_id, generator), recipe)
            optimiser.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            average.update(network)
            step += 1
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if step % 20 == 0:
                shown = " ".join(f"{name} {value / (order + 1):.4f}" for name, value in sums.items())
                say(f"epoch {epoch + 1} step {step}/{total} {time.monotonic() - began:.0f}s {shown}")
        torch.save(average.state, folder / f"{prefix}{epoch + 1}.pt")
        say(f"epoch {epoch + 1} done after {time.monotonic() - began:.0f} s")
    return average.state
