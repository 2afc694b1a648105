"""Batches: windows of augmented stories as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.augment import Augmenter
from training.data import Story
from whence.read.windows import WINDOW, Cutter, Words, assemble, normalise


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of one story that makes one training window."""

    story: Story
    words: Words
    first: int
    last: int

    def __len__(self) -> int:
        """Return its word pieces, with [CLS] and [SEP]."""
        return int(self.words.tail[self.last - 1] - self.words.head[self.first]) + 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of several windows; see `Network.forward` and `Crf.forward` for shapes."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    heads: Tensor
    chain_words: Tensor
    chain_tags: Tensor
    chain_mask: Tensor
    chain_whole: Tensor
    entity: Tensor
    pos: Tensor
    link_members: Tensor
    link_kinds: Tensor
    link_cues: Tensor
    link_allowed: Tensor
    link_gold: Tensor
    pieces: int


def windows_of(story: Story, cutter: Cutter, rng: random.Random, excerpt: bool, size: int = WINDOW) -> Iterator[Piece]:
    """Cut a story into windows that do not overlap, at a place that changes from time to time.

    Args:
        story: A story with labels.
        cutter: Gives the word pieces.
        rng: Chooses the places.
        excerpt: Whether windows shall hold only one or two paragraphs.
        size: Word pieces in a window, with [CLS] and [SEP].

    Yields:
        Windows; all words are in one, but that a window begins with a sentence where it can, and so may repeat some.
    """
    count = len(story.words)
    if not count:
        return
    surfaces = [normalise(word) for word in story.words]
    words = assemble(surfaces, [(0, 0)] * count, story.block, story.glued, cutter)
    starts = np.flatnonzero(words.sentence)
    first = 0
    budget = rng.randint(size // 3, size) if rng.random() < 0.5 else size
    while first < count:
        last = int(np.searchsorted(words.tail, words.head[first] + budget - 2, side="right"))
        if excerpt:
            end = int(np.searchsorted(words.block, words.block[first] + rng.randint(1, 2)))
            last = min(last, max(end, first + 1))
        last = max(last, first + 1)
        yield Piece(story, words, first, last)
        budget = size
        if last >= count:
            return
        back = starts[(starts > first) & (starts <= last)]
        first = int(back[-1]) if len(back) and words.head[last] - words.head[back[-1]] < size // 3 else last


def batches(
    stories: Sequence[Story], cutter: Cutter, augment: Augmenter | None, size: int, rng: random.Random
) -> Iterator[Batch]:
    """Yield the batches of one epoch.

    Args:
        stories: Stories with labels.
        cutter: Gives the word pieces.
        augment: Changes stories, or None.
        size: Word pieces in a batch, about.
        rng: Order and places.
    """
    order = list(stories)
    rng.shuffle(order)
    pieces: list[Piece] = []
    for story in order:
        excerpt = augment is not None and augment.excerpt(story)
        pieces.extend(windows_of(augment(story) if augment else story, cutter, rng, excerpt))
    pieces.sort(key=lambda piece: (len(piece), rng.random()))
    groups: list[list[Piece]] = [[]]
    filled = 0
    for piece in pieces:
        if groups[-1] and filled + len(piece) > size:
            groups.append([])
            filled = 0
        groups[-1].append(piece)
        filled += len(piece)
    rng.shuffle(groups)
    for group in groups:
        yield collate(group, cutter)


def collate(pieces: Sequence[Piece], cutter: Cutter) -> Batch:
    """Put windows together as tensors."""
    longest = max(len(piece) for piece in pieces)
    ids = np.zeros((len(pieces), longest), dtype=np.int64)
    shapes = np.zeros((len(pieces), longest), dtype=np.int64)
    mask = np.full((len(pieces), 1, 1, longest), -1e4, dtype=np.float32)
    heads: list[int] = []
    chains: list[list[int]] = []
    whole: list[tuple[bool, bool]] = []
    tags: list[int] = []
    entity: list[int] = []
    pos: list[int] = []
    members: list[tuple[int, int, int]] = []  # word, kind, gold cue as a word or -1
    cues: list[int] = []
    cue_row: list[int] = []
    member_row: list[int] = []
    for row, piece in enumerate(pieces):
        story, words = piece.story, piece.words
        low = int(words.head[piece.first])
        length = len(piece)
        ids[row, 0], ids[row, length - 1] = cutter.cls, cutter.sep
        ids[row, 1 : length - 1] = words.ids[low : low + length - 2]
        shapes[row, 1 : length - 1] = words.shapes[low : low + length - 2]
        mask[row, :, :, :length] = 0.0
        base = len(heads) - piece.first
        cue_of: dict[int, int] = {}
        waiting: list[tuple[int, int, int]] = []
        for index in range(piece.first, piece.last):
            heads.append(row * longest + 1 + int(words.head[index]) - low)
            if index == piece.first or story.block[index] != story.block[index - 1]:
                chains.append([])
                whole.append((index == 0 or story.block[index] != story.block[index - 1], True))
            chains[-1].append(base + index)
            tag = story.attribution[index]
            tags.append(tag)
            entity.append(story.entity[index])
            pos.append(story.pos[index])
            if tag == 3:
                cue_of.setdefault(story.relation[index], base + index)
                cues.append(base + index)
                cue_row.append(row)
            elif tag in (1, 5):
                waiting.append((base + index, int(tag == 5), story.relation[index]))
        end = piece.last
        whole[-1] = (whole[-1][0], end == len(story.words) or story.block[end] != story.block[end - 1])
        for word, kind, relation in waiting:
            members.append((word, kind, cue_of.get(relation, -1)))
            member_row.append(row)
    width = max(len(chain) for chain in chains)
    chain_words = np.zeros((len(chains), width), dtype=np.int64)
    chain_mask = np.zeros((len(chains), width), dtype=np.bool_)
    for row, chain in enumerate(chains):
        chain_words[row, : len(chain)] = chain
        chain_mask[row, : len(chain)] = True
    flat = np.asarray(tags, dtype=np.int64)
    position = {cue: order for order, cue in enumerate(cues)}
    allowed = np.equal.outer(np.asarray(member_row, dtype=np.int64), np.asarray(cue_row, dtype=np.int64))
    return Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        mask=torch.from_numpy(mask),
        heads=torch.tensor(heads),
        chain_words=torch.from_numpy(chain_words),
        chain_tags=torch.from_numpy(np.where(chain_mask, flat[chain_words], 0)),
        chain_mask=torch.from_numpy(chain_mask),
        chain_whole=torch.tensor(whole),
        entity=torch.tensor(entity),
        pos=torch.tensor(pos),
        link_members=torch.tensor([word for word, _, _ in members], dtype=torch.int64),
        link_kinds=torch.tensor([kind for _, kind, _ in members], dtype=torch.int64),
        link_cues=torch.tensor(cues, dtype=torch.int64),
        link_allowed=torch.from_numpy(allowed.reshape(len(members), len(cues))),
        link_gold=torch.tensor([position.get(cue, len(cues)) for _, _, cue in members], dtype=torch.int64),
        pieces=int((mask == 0).sum()),
    )
