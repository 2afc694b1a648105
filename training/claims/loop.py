"""Contrastive training of the sentence encoder (docs/decisions/0043-training-the-claims-encoder.md)."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from training.claims.data import Claims, another_number
from training.claims.mining import ALIKE, Material
from training.claims.network import Encoder, pad

Say = Callable[[str], None]
_END = 102  # [SEP]
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a round is trained.

    Args:
        rate: the highest learning rate; it rises over a tenth of the steps and falls to a fiftieth.
        seed: of everything that is drawn.
        epochs: how often each labelled query is seen.
        batch: labelled queries of a step.
        pairs: mined pairs of a step.
        hard: negatives of each labelled query.
        temperature: of the softmax over cosines.
        back: share of the loss by which claims must find their anchors.
        average: of the running mean of the weights.
        query, claim: word pieces of each that count.
    """

    rate: float = 3e-5
    seed: int = 7
    epochs: int = 4
    batch: int = 24
    pairs: int = 64
    hard: int = 2
    temperature: float = 0.05
    back: float = 0.3
    average: float = 0.99
    query: int = 80
    claim: int = 96


@dataclass(frozen=True, slots=True)
class Pool:
    """A collection with what was mined from it."""

    claims: Claims
    mined: Material


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: anchors, the claims that they belong to, and claims that belong to none.

    Args:
        collection: which.
        anchors: texts.
        rights: for each anchor the row of a claim that it belongs to.
        known: for each anchor all rows that it belongs to.
        others: rows of negatives.
        view: what of a claim is shown.
        numbers: whether a claim with another number is a negative too.
    """

    collection: str
    anchors: list[str]
    rights: list[int]
    known: list[set[int]]
    others: list[int]
    view: str
    numbers: bool


def shown(pool: Pool, row: int, view: str) -> str:
    """Return a view of a claim: claim, title, both, or both with a passage of the text."""
    check = pool.claims.checks[row]
    if view in ("claim", "title"):
        return check.claim if view == "claim" else check.title or check.claim
    both = f"{check.claim} {check.title}".rstrip()
    return f"{both} {' '.join(pool.mined.views[row].split()[:30])}".rstrip() if view == "passage" else both


def steps(
    pools: Mapping[str, Pool],
    labelled: Sequence[tuple[str, int]],
    pairs: Sequence[tuple[str, str, int]],
    recipe: Recipe,
    rng: random.Random,
) -> list[Step]:
    """Return the batches of a round, in a drawn order; each is of one collection.

    Args:
        pools: the collections by name.
        labelled: training queries, as collection and place.
        pairs: mined pairs, as collection, text and row.
        recipe: of the round.
        rng: draws.
    """
    made: list[Step] = []
    for name, pool in pools.items():
        for _ in range(recipe.epochs):
            places = [place for where, place in labelled if where == name]
            rng.shuffle(places)
            for start in range(0, len(places) - recipe.batch // 2, recipe.batch):
                chosen = places[start : start + recipe.batch]
                queries = [pool.claims.train[place] for place in chosen]
                rights = [rng.choice(query.gold) for query in queries]
                hard = [pool.mined.negatives[place] for place in chosen]
                others = [row for rows in hard for row in rng.sample(rows, min(recipe.hard, len(rows)))]
                weights = (5, 2 if any(pool.mined.views) else 0, 2, 1)
                view = rng.choices(("both", "passage", "claim", "title"), weights)[0]
                known = [set(query.gold) for query in queries]
                made.append(Step(name, [query.text for query in queries], rights, known, others, view, False))
        mined = [(text, row) for where, text, row in pairs if where == name]
        rng.shuffle(mined)
        for start in range(0, len(mined) - recipe.pairs // 2, recipe.pairs):
            part = mined[start : start + recipe.pairs]
            rows = [row for _, row in part]
            made.append(Step(name, [text for text, _ in part], rows, [{row} for row in rows], [], "claim", True))
    rng.shuffle(made)
    return made


def loss(network: Encoder, pool: Pool, step: Step, recipe: Recipe, cut: Callable[[str, int], list[int]]) -> Tensor:
    """Return the loss of a batch: cross-entropy of each anchor's claim among all claims, and back.

    Claims that are like a right one are neither right nor wrong.

    Args:
        network: the encoder.
        pool: the batch's collection.
        step: the batch.
        recipe: of the round.
        cut: gives at most so many word pieces of a text.
    """
    rows = list(dict.fromkeys([*step.rights, *step.others]))
    at = {row: place for place, row in enumerate(rows)}
    target = torch.tensor([at[row] for row in step.rights])
    vectors = torch.from_numpy(pool.mined.vectors)
    unclear = vectors[step.rights] @ vectors[rows].T > ALIKE
    for place, known in enumerate(step.known):
        for row in known & at.keys():
            unclear[place, at[row]] = True
    unclear[torch.arange(len(target)), target] = False
    texts = [shown(pool, row, step.view) for row in rows]
    twins = another_numbers(step, pool, random.Random(len(rows))) if step.numbers else {}
    anchors = network(*pad([cut(text, recipe.query) for text in step.anchors]))
    claims = network(*pad([cut(text, recipe.claim) for text in [*texts, *twins.values()]]))
    near = (anchors @ claims[: len(rows)].T / recipe.temperature).masked_fill(unclear, _NEVER)
    wide = near
    if twins:
        whose = torch.tensor(list(twins))
        own = (anchors[whose] * claims[len(rows) :]).sum(1) / recipe.temperature
        wide = torch.cat(
            [near, torch.full((len(target), 1), _NEVER).index_put((whose, torch.zeros_like(whose)), own)], 1
        )
    back = near.T[target]
    same = (target[:, None] == target[None]) & ~torch.eye(len(target), dtype=torch.bool)
    return F.cross_entropy(wide, target) + recipe.back * F.cross_entropy(
        back.masked_fill(same, _NEVER), torch.arange(len(target))
    )


def another_numbers(step: Step, pool: Pool, rng: random.Random) -> dict[int, str]:
    """Return by anchor its claim with another number, where both have one in common."""
    changed = {}
    for place, (anchor, row) in enumerate(zip(step.anchors, step.rights, strict=True)):
        claim = pool.claims.checks[row].claim
        if set(re.findall(r"\d+", anchor)) & set(re.findall(r"\d+", claim)):
            other = another_number(claim, rng)
            if other:
                changed[place] = other
    return changed


def train(
    network: Encoder,
    tokenizer: Tokenizer,
    pools: Mapping[str, Pool],
    labelled: Sequence[tuple[str, int]],
    pairs: Sequence[tuple[str, str, int]],
    recipe: Recipe,
    say: Say,
) -> dict[str, Tensor]:
    """Train a round; the network is changed.

    Args:
        network: with the weights to begin with.
        tokenizer: of its word pieces.
        pools: the collections by name.
        labelled: training queries, as collection and place.
        pairs: mined pairs, as collection, text and row.
        recipe: of the round.
        say: takes lines of progress.

    Returns:
        The running mean of the weights.
    """

    def cut(text: str, limit: int) -> list[int]:
        ids: list[int] = tokenizer.encode(text).ids
        return ids if len(ids) <= limit else [*ids[: limit - 1], _END]

    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    groups = [
        {"params": [p], "weight_decay": 0.01 if p.dim() > 1 else 0.0} for p in network.parameters() if p.requires_grad
    ]
    optimiser = torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98), eps=1e-6)
    mean = {name: value.detach().clone() for name, value in network.state_dict().items()}
    todo = steps(pools, labelled, pairs, recipe, rng)
    network.train()
    began = time.process_time()
    for number, step in enumerate(todo):
        rising, falling = (number + 1) / (0.1 * len(todo)), 1 - number / len(todo)
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate * min(1.0, rising) * max(0.02, falling)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(network, pools[step.collection], step, recipe, cut)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        keep = min(recipe.average, (1 + number) / (10 + number))
        with torch.no_grad():
            for name, weight in network.state_dict().items():
                mean[name].lerp_(weight, 1 - keep)
        if number % 20 == 0:
            say(f"step {number} of {len(todo)}: loss {value.item():.3f}, {time.process_time() - began:.0f} CPU s")
    return mean
