"""Invented archives for the tests of the trace."""

from __future__ import annotations

import random

import pyarrow as pa

__all__ = ["FOOTER", "archive", "batch", "prose"]

WORDS = [f"{a}{b}{c}" for a in "bdfklm" for b in "aeiou" for c in ("n", "rt", "st", "ll")]

FOOTER = "Sign up for the Harbour Ledger newsletter and never miss what happens in the port and on the quays"


def prose(count: int, seed: int) -> str:
    """So many words without meaning; other seeds share no long run of them."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(count))


def batch(
    texts: list[str | None], outlets: list[str | None] | None = None, ids: list[str] | None = None
) -> pa.RecordBatch:
    """Stories as `find_reuse` takes them."""
    return pa.record_batch(
        {
            "id": ids or [f"story-{k}" for k in range(len(texts))],
            "text": pa.array(texts, pa.string()),
            "outlet": pa.array(outlets or [None] * len(texts), pa.string()),
        }
    )


def archive(stories: int, seed: int) -> pa.RecordBatch:
    """Copies, edits, lifts, quotations and footers, all mixed."""
    chance = random.Random(seed)
    texts: list[str | None] = []
    outlets: list[str | None] = []
    for k in range(stories):
        words = prose(chance.randrange(5, 90), 1000 + k).split()
        if texts and chance.random() < 0.6:
            source = str(chance.choice(texts)).split()
            begin = chance.randrange(len(source))
            lifted = source[begin : begin + chance.randrange(10, 120)]
            for _ in range(chance.randrange(6)):
                lifted.insert(chance.randrange(len(lifted) + 1), chance.choice(WORDS))
            mark = chance.random() < 0.3
            words += (["“" + " ".join(lifted) + "”"] if mark else lifted) + prose(
                chance.randrange(30), 5000 + k
            ).split()
        outlet = chance.randrange(3)
        texts.append(" ".join(words) + ("\n\n" + FOOTER if outlet == 0 else ""))
        outlets.append(f"outlet-{outlet}.example" if chance.random() < 0.9 else None)
    return batch(texts, outlets)
