"""Changes to a training story that leave its attributions as they are: other names, other quotation marks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from training.data import ENTITIES, IGNORE, POS, Story, mend
from training.names import FIRST_NAMES, LAST_NAMES, ORGANISATIONS, PEOPLES, PEOPLES_PLURAL, PLACES, invented

_OPEN, _CLOSE, _STRAIGHT = "“", "”", '"'
_STYLES = (("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("", ""))
_NAME_PARTS_KEPT = frozenset("Mr Mrs Ms Dr Sen Rep Gov Jr Sr . , - ' ’ s of the von de van al bin der la".split())
_FIRST = frozenset(FIRST_NAMES)
_NNP = POS.index("NNP")


class Augmenter:
    """Makes a new version of a story each time.

    Args:
        split: Cuts a string into words, as at run time, and says which are glued to the word before.
        seed: Seed of all choices.
        names: How often names are exchanged, in 0..1.
        quotes: How often the style of quotation marks changes, in 0..1.
        excerpts: How often all but one or two paragraphs are dropped, in 0..1.
        inventions: How many of the names that are put in are invented ones, in 0..1.
    """

    def __init__(
        self,
        split: Callable[[str], tuple[list[str], list[bool]]],
        seed: int,
        names: float = 0.5,
        quotes: float = 0.35,
        excerpts: float = 0.15,
        inventions: float = 0.0,
    ) -> None:
        self._split = split
        self._random = random.Random(seed)
        self._names, self._quotes, self._excerpts = names, quotes, excerpts
        self._invented = inventions

    def __call__(self, story: Story) -> Story:
        """Return a changed copy of a story."""
        if self._random.random() < self._names:
            story = self._rename(story)
        if self._random.random() < self._quotes:
            story = self._requote(story)
        if story.block and self._random.random() < 0.1:
            story = keep_words(
                story, [index for index, block in enumerate(story.block) if block != story.block[0]] or [0]
            )
        return story

    def excerpt(self, story: Story) -> bool:
        """Say whether only one or two paragraphs of this story shall be seen at once."""
        return self._random.random() < self._excerpts

    def _rename(self, story: Story) -> Story:
        """Exchange the names of a story, each for the same other one throughout."""
        chosen: dict[str, list[tuple[str, bool]]] = {}
        edits: list[tuple[int, int, list[tuple[str, bool]]]] = []
        for first, last, label in story.mentions:
            if (
                len(set(story.relation[first:last])) > 1
                or len({(tag + 1) // 2 for tag in story.attribution[first:last]}) > 1
            ):
                continue
            if label == "PERSON":
                for index in range(first, last):
                    word = story.words[index]
                    if word in _NAME_PARTS_KEPT or not word[0].isupper() or len(word) < 2:
                        continue
                    if word not in chosen:
                        given = word in _FIRST or (index == first and last - first > 1)
                        name = self._person(given)
                        chosen[word] = self._cut(name.upper() if word.isupper() and len(word) > 2 else name)
                    edits.append((index, index + 1, chosen[word]))
                continue
            surface = " ".join(story.words[first:last])
            if surface not in chosen:
                chosen[surface] = self._cut(self._other(surface, label, story.words[first - 1] if first else ""))
            edits.append((first, last, chosen[surface]))
        return _apply(story, edits)

    def _person(self, given: bool) -> str:
        if self._random.random() < self._invented:
            return invented(self._random, "PERSON")
        return self._random.choice(FIRST_NAMES if given else LAST_NAMES)

    def _other(self, surface: str, label: str, before: str) -> str:
        if label == "GROUP":
            return self._random.choice(
                PEOPLES_PLURAL if surface.endswith("s") and surface in PEOPLES_PLURAL else PEOPLES
            )
        if self._random.random() < self._invented:
            name = invented(self._random, label)
        else:
            name = self._random.choice(PLACES if label == "PLACE" else ORGANISATIONS)
        if before.lower() in {"the", "a", "an"} or label == "PLACE":
            return name.removeprefix("the ")
        return name

    def _cut(self, name: str) -> list[tuple[str, bool]]:
        return list(zip(*self._split(name), strict=True))

    def _requote(self, story: Story) -> Story:
        """Write all double quotation marks in another style, or leave some or all of them out."""
        opening, closing = self._random.choice(_STYLES)
        drop = self._random.random() < 0.15
        kept: list[int] = []
        words = list(story.words)
        opened = False
        for index, word in enumerate(words):
            if index and story.block[index] != story.block[index - 1]:
                opened = False
            if word in (_OPEN, _CLOSE, _STRAIGHT):
                opens = word == _OPEN or (word == _STRAIGHT and not opened)
                opened = opens
                words[index] = opening if opens else closing
                if not words[index] or (drop and self._random.random() < 0.3):
                    continue
            kept.append(index)
        return keep_words(replace(story, words=words), kept)


def keep_words(story: Story, kept: list[int]) -> Story:
    """Return the story with only these words.

    Args:
        story: A story.
        kept: Indices of words, ascending.

    Returns:
        The story; a span that loses its first word begins with the next one.
    """
    glued = []
    for order, index in enumerate(kept):
        before = kept[order - 1] if order else -1
        glued.append(
            before >= 0 and story.block[before] == story.block[index] and all(story.glued[before + 1 : index + 1])
        )
    numbers = {old: new for new, old in enumerate(kept)}
    mentions = []
    for first, last, label in story.mentions:
        inside = [numbers[index] for index in range(first, last) if index in numbers]
        if inside:
            mentions.append((inside[0], inside[-1] + 1, label))
    return Story(
        id=story.id,
        words=[story.words[index] for index in kept],
        block=[story.block[index] for index in kept],
        glued=glued,
        attribution=_mend(
            [story.attribution[index] for index in kept], [story.relation[index] for index in kept], story, kept
        ),
        entity=mend([story.entity[index] for index in kept]),
        pos=[story.pos[index] for index in kept],
        relation=[story.relation[index] for index in kept],
        mentions=mentions,
        origin=[story.origin[index] for index in kept],
    )


def _mend(tags: list[int], relation: list[int], story: Story, kept: list[int]) -> list[int]:
    """Make the first kept word of a span its beginning."""
    for order, tag in enumerate(tags):
        if tag and tag % 2 == 0:
            begins = order == 0 or tags[order - 1] not in (tag, tag - 1) or relation[order] != relation[order - 1]
            skipped = order > 0 and any(
                story.attribution[i] == tag - 1 for i in range(kept[order - 1] + 1, kept[order])
            )
            if begins or skipped:
                tags[order] = tag - 1
    return mend(tags)


def _apply(story: Story, edits: list[tuple[int, int, list[tuple[str, bool]]]]) -> Story:
    """Put other words in the place of mentions; all labels follow."""
    new = Story(story.id, [], [], [], [], [], [], [])
    at = 0
    moved: list[int] = []  # where each old word begins in the new story
    for first, last, name in [*sorted(edits), (len(story.words), len(story.words), [])]:
        if first < at:
            continue
        for index in range(at, first):
            moved.append(len(new.words))
            _copy(story, index, new, story.words[index], story.glued[index], begins=True)
        moved += [len(new.words)] * (last - first)
        for order, (word, glued) in enumerate(name):
            _copy(story, first, new, word, story.glued[first] if order == 0 else glued, begins=order == 0)
        at = last
    moved.append(len(new.words))
    new.mentions = [
        (moved[first], moved[last], label) for first, last, label in story.mentions if moved[last] > moved[first]
    ]
    for first, last, label in new.mentions:
        for index in range(first, last):
            new.entity[index] = 1 + 2 * ENTITIES.index(label) + (index > first)
    return new


def _copy(old: Story, index: int, new: Story, word: str, glued: bool, begins: bool) -> None:
    tag = old.attribution[index]
    new.words.append(word)
    new.block.append(old.block[index])
    new.glued.append(glued)
    new.attribution.append(tag if begins or tag == 0 or tag % 2 == 0 else tag + 1)
    new.entity.append(old.entity[index] if old.entity[index] == IGNORE else 0)
    new.pos.append(old.pos[index] if begins or old.pos[index] == IGNORE else _NNP)
    new.relation.append(old.relation[index])
    new.origin.append(old.origin[index])
