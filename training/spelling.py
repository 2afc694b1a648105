"""The last round: names told apart by how they are spelt, while encoder and attribution stand still.

What the encoder makes of each word is kept once, so that an epoch takes seconds in place of minutes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from training.augment import Augmenter
from training.batches import batches
from training.data import IGNORE, Story
from training.loop import Recipe
from training.network import Network
from whence.read.windows import Cutter

_TRAINED = ("spelt", "near", "cases", "seen", "named")
_WORDS = 2048  # in a batch
_RATE = 1e-3


def train_spelling(
    network: Network,
    stories: Sequence[Story],
    cutter: Cutter,
    split: Callable[[str], tuple[list[str], list[bool]]],
    recipe: Recipe,
    say: Callable[[str], None],
) -> None:
    """Train, in place, the part of the network that sees how words are spelt.

    Args:
        network: The network; all else in it stays as it is.
        stories: Training stories; each is seen as it is and with other names.
        cutter: Gives word pieces.
        split: Cuts a name into words, for the augmenter.
        recipe: Settings.
        say: Takes lines of progress.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    renamed = Augmenter(split, recipe.seed, 1.0, recipe.quotes, 0.0, recipe.inventions)
    kept: list[tuple[Tensor, ...]] = []
    network.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for augment in (None, renamed):
            for batch in batches(stories, cutter, augment, recipe.batch, rng):
                known = batch.entity != IGNORE
                seen = network.encode(batch.ids, batch.shapes, batch.mask).flatten(0, 1)[batch.heads]
                kept.append(
                    tuple(
                        part[known]
                        for part in (
                            seen.bfloat16(),
                            batch.spelling.int(),
                            batch.case.short(),
                            batch.entity.short(),
                            batch.pos.short(),
                        )
                    )
                )
    seen, spelling, case, entity, pos = (torch.cat(parts) for parts in zip(*kept, strict=True))
    kept.clear()
    say(f"{len(seen)} words to learn names from")
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    trained = [p for name, p in network.named_parameters() if name.split(".")[0] in _TRAINED]
    for parameter in trained:
        parameter.requires_grad_(True)
    optimiser = torch.optim.AdamW(trained, lr=_RATE, weight_decay=0.01)
    steps = recipe.spelling_epochs * (len(seen) // _WORDS + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, _RATE, total_steps=steps, pct_start=recipe.warm_up)
    network.train()
    generator = torch.Generator().manual_seed(recipe.seed)
    tags = network.splits[0]
    for epoch in range(recipe.spelling_epochs):
        total = 0.0
        for rows in torch.randperm(len(seen), generator=generator).split(_WORDS):
            scores = network.scores(seen[rows].float(), spelling[rows].long(), case[rows].long())
            columns = scores[:, tags:].split(network.splits[1:], dim=1)
            loss = F.cross_entropy(columns[0], entity[rows].long()) + F.cross_entropy(columns[1], pos[rows].long())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(rows)
        say(f"spelling epoch {epoch + 1}: {total / len(seen):.4f}")
