"""Batches: windows of augmented stories as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.augment import Augmenter
from training.data import Story, mend
from whence.read.windows import WINDOW, Cutter, Words, assemble, normalise

Teacher = Mapping[str, npt.NDArray[np.float32]]


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
    """Tensors of several windows; see `Network.forward` and `Crf.forward` for shapes.

    `soft` is what a teacher says of each word, shape (words, tags), or empty.
    """

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    heads: Tensor
    spelling: Tensor
    case: Tensor
    chain_words: Tensor
    chain_tags: Tensor
    chain_mask: Tensor
    chain_whole: Tensor
    soft: Tensor
    entity: Tensor
    pos: Tensor
    link_members: Tensor
    link_kinds: Tensor
    link_cues: Tensor
    link_allowed: Tensor
    link_gold: Tensor
    pieces: int


def windows_of(story: Story, cutter: Cutter, rng: random.Random, excerpt: bool, size: int = WINDOW) -> Iterator[Piece]:
    """Cut a story into windows that do not overlap, of lengths that change from time to time.

    Args:
        story: A story with labels.
        cutter: Gives the word pieces.
        rng: Chooses the lengths.
        excerpt: Whether windows shall hold only one or two paragraphs.
        size: Word pieces in a window, with [CLS] and [SEP].

    Yields:
        Windows of whole paragraphs, as at run time; a paragraph that is too long is cut at a sentence where it can.
    """
    count = len(story.words)
    if not count:
        return
    surfaces = [normalise(word) for word in story.words]
    words = assemble(surfaces, [(0, 0)] * count, story.block, story.glued, cutter)
    sentences = np.flatnonzero(words.sentence)
    blocks = np.append(np.flatnonzero(np.diff(words.block, prepend=-1)), count)
    first = 0
    while first < count:
        budget = rng.randint(size // 3, size) if rng.random() < 0.3 else size
        last = int(np.searchsorted(words.tail, words.head[first] + budget - 2, side="right"))
        if excerpt:
            end = int(np.searchsorted(words.block, words.block[first] + rng.randint(1, 2)))
            last = min(last, max(end, first + 1))
        whole = blocks[(blocks > first) & (blocks <= last)]
        if len(whole):
            last = int(whole[-1])
        else:
            last = int(np.searchsorted(words.tail, words.head[first] + size - 2, side="right"))
            last = min(last, int(blocks[np.searchsorted(blocks, first, side="right")]))
            back = sentences[(sentences > first) & (sentences <= last)]
            if last not in blocks and len(back) and words.head[last] - words.head[back[-1]] < size // 3:
                last = int(back[-1])
        last = max(last, first + 1)
        yield Piece(story, words, first, last)
        first = last


def batches(
    stories: Sequence[Story],
    cutter: Cutter,
    augment: Augmenter | None,
    size: int,
    rng: random.Random,
    teacher: Teacher | None = None,
) -> Iterator[Batch]:
    """Yield the batches of one epoch.

    Args:
        stories: Stories with labels.
        cutter: Gives the word pieces.
        augment: Changes stories, or None.
        size: Word pieces in a batch, about.
        rng: Order and places.
        teacher: What another network says of each word, as `training.teacher` gives it.
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
        yield collate(group, cutter, teacher)


def unit_tag(story: Story, begins: Sequence[bool], first: int) -> tuple[int, int]:
    """Return the tag and the relation of a word, or of all words of a name together: those of most of them.

    Args:
        story: A story with labels.
        begins: False for words that go on with a name.
        first: The word, or the first of the name.
    """
    last = first + 1
    while last < len(begins) and not begins[last]:
        last += 1
    if last == first + 1:
        return story.attribution[first], story.relation[first]
    labels = [(tag + 1) // 2 for tag in story.attribution[first:last]]
    most = max(labels, key=lambda label: (labels.count(label), -labels.index(label)))
    at = first + labels.index(most)
    return story.attribution[at], story.relation[at]


def collate(pieces: Sequence[Piece], cutter: Cutter, teacher: Teacher | None = None) -> Batch:
    """Put windows together as tensors."""
    longest = max(len(piece) for piece in pieces)
    ids = np.zeros((len(pieces), longest), dtype=np.int64)
    shapes = np.zeros((len(pieces), longest), dtype=np.int64)
    mask = np.full((len(pieces), 1, 1, longest), -1e4, dtype=np.float32)
    heads: list[int] = []
    soft: list[npt.NDArray[np.float32]] = []
    spelling: list[npt.NDArray[np.int64]] = []
    case: list[npt.NDArray[np.int64]] = []
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
        spelling.append(words.spelling[piece.first : piece.last])
        case.append(words.case[piece.first : piece.last])
        if teacher is not None:
            soft.append(teacher[story.id][story.origin[piece.first : piece.last]])
        begins = words.begins.tolist()
        cue_of: dict[int, int] = {}
        waiting: list[tuple[int, int, int]] = []
        for index in range(piece.first, piece.last):
            heads.append(row * longest + 1 + int(words.head[index]) - low)
            entity.append(story.entity[index])
            pos.append(story.pos[index])
            if not begins[index]:
                tags.append(0)
                continue
            if index == piece.first or story.block[index] != story.block[index - 1]:
                chains.append([])
                whole.append((index == 0 or story.block[index] != story.block[index - 1], True))
            chains[-1].append(base + index)
            tag, relation = unit_tag(story, begins, index)
            tags.append(tag)
            if tag == 3:
                cue_of.setdefault(relation, base + index)
                cues.append(base + index)
                cue_row.append(row)
            elif tag in (1, 5):
                waiting.append((base + index, int(tag == 5), relation))
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
    for chain in chains:  # a name may have taken the beginning of a span with it
        mended = mend([tags[word] for word in chain])
        # What goes on from another window is no mistake.
        mended[0] = tags[chain[0]]
        for word, tag in zip(chain, mended, strict=True):
            tags[word] = tag
    flat = np.asarray(tags, dtype=np.int64)
    position = {cue: order for order, cue in enumerate(cues)}
    allowed = np.equal.outer(np.asarray(member_row, dtype=np.int64), np.asarray(cue_row, dtype=np.int64))
    return Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        mask=torch.from_numpy(mask),
        heads=torch.tensor(heads),
        spelling=torch.from_numpy(np.concatenate(spelling)),
        case=torch.from_numpy(np.concatenate(case)),
        chain_words=torch.from_numpy(chain_words),
        chain_tags=torch.from_numpy(np.where(chain_mask, flat[chain_words], 0)),
        chain_mask=torch.from_numpy(chain_mask),
        chain_whole=torch.tensor(whole),
        soft=torch.from_numpy(np.concatenate(soft)) if soft else torch.zeros(0, 0),
        entity=torch.tensor(entity),
        pos=torch.tensor(pos),
        link_members=torch.tensor([word for word, _, _ in members], dtype=torch.int64),
        link_kinds=torch.tensor([kind for _, kind, _ in members], dtype=torch.int64),
        link_cues=torch.tensor(cues, dtype=torch.int64),
        link_allowed=torch.from_numpy(allowed.reshape(len(members), len(cues))),
        link_gold=torch.tensor([position.get(cue, len(cues)) for _, _, cue in members], dtype=torch.int64),
        pieces=int((mask == 0).sum()),
    )
