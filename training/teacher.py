"""What the whole network, which sees names, says of the training stories: the small one learns from it too."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from training.batches import collate, windows_of
from training.data import ATTRIBUTION, Story
from training.network import Network
from whence.models.crf import Chain
from whence.read.windows import Cutter

_WINDOW = 254  # word pieces: what the whole network learned from
_ROWS = 16  # windows at once


@torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore]
def lessons(network: Network, stories: Sequence[Story], cutter: Cutter) -> dict[str, npt.NDArray[np.float32]]:
    """Return how probable each attribution tag is of each word of each story.

    Args:
        network: The whole network.
        stories: Training stories, as they were written.
        cutter: The cutter that it learned with.

    Returns:
        By the story's id; shape (words, tags).
    """
    network.eval()
    crf = network.crf
    chain = Chain(ATTRIBUTION, crf.transitions.tolist(), crf.start.tolist(), crf.end.tolist())
    said = {story.id: np.zeros((len(story.words), network.splits[0]), dtype=np.float32) for story in stories}
    for story in stories:
        pieces = list(windows_of(story, cutter, _Never(0), False, _WINDOW))
        for at in range(0, len(pieces), _ROWS):
            batch = collate(pieces[at : at + _ROWS], cutter)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(batch.ids, batch.shapes, batch.heads, batch.spelling, batch.case, batch.mask)
            low, high = pieces[at].first, pieces[min(at + _ROWS, len(pieces)) - 1].last
            said[story.id][low:high] = scores[:, : network.splits[0]].float().numpy()
        edges = [*np.flatnonzero(np.diff(story.block, prepend=-1)).tolist(), len(story.block)]
        for low, high in itertools.pairwise(edges):
            said[story.id][low:high] = chain.posteriors(said[story.id][low:high])[0]
    return said


class _Never(random.Random):
    """Chance that never shortens a window."""

    def random(self) -> float:
        """Return 1."""
        return 1.0
