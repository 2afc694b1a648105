"""PolNeAR as words: every story cut as at run time, with labels for each of the model's tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.attribution.corpus import blocks_of
from training.names import PEOPLES, PEOPLES_PLURAL
from whence.read.windows import Cutter

ATTRIBUTION = ("source", "cue", "content")
ENTITIES = ("PERSON", "ORG", "PLACE", "GROUP")
POS = "NN NNS NNP PRP PRP$ DT IN TO CC MD VB VBD VBZ VBP VBN VBG JJ JJR RB RBR CD EX RP POS WH UH SYM PUNCT".split()
_POS_OF = {
    "NNPS": "NNP", "PDT": "DT", "JJS": "JJR", "RBS": "RBR", "WP": "WH", "WDT": "WH", "WRB": "WH", "WP$": "WH",
    "FW": "UH", "LS": "SYM", "$": "SYM", "#": "SYM", ",": "PUNCT", ".": "PUNCT", ":": "PUNCT", "``": "PUNCT",
    "''": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT",
}  # fmt: skip
_ENTITY_OF = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "PLACE", "MISC": "MISC"}
_GROUP_WORDS = frozenset(PEOPLES) | frozenset(PEOPLES_PLURAL)
# What the silver annotation gets wrong throughout, or calls otherwise than we do.
_FIXED = {
    "White House": "ORG",
    "Trump": "PERSON",
    "Clintons": "PERSON",
    "GOP": "ORG",
    "Facebook": "ORG",
    "Twitter": "ORG",
}
IGNORE = -100


@dataclass(slots=True)
class Story:
    """A story as words, with labels; all lists run over words unless said otherwise.

    Attributes:
        id: The corpus' name of the story.
        words: Surfaces, normalised.
        block: Paragraph of each word, ascending.
        glued: Whether it follows the word before without a space.
        attribution: Tag: 0 for O, 1 + 2 * k and 2 + 2 * k for B and I of label k of ATTRIBUTION.
        entity: The same over ENTITIES; IGNORE in a story without silver annotation.
        pos: Index into POS, or IGNORE.
        relation: Number of the attribution the word belongs to, or -1.
        mentions: Entity mentions, as (first word, after the last, label).
        origin: Which word of the story as it was written each word is, or stands for.
    """

    id: str
    words: list[str]
    block: list[int]
    glued: list[bool]
    attribution: list[int]
    entity: list[int]
    pos: list[int]
    relation: list[int]
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)


def load_stories(rows: Sequence[dict[str, Any]], cutter: Cutter) -> list[Story]:
    """Turn rows of the corpus into words with labels."""
    majority = _majority(rows)
    return [_story(row, cutter, majority) for row in rows]


def _story(row: dict[str, Any], cutter: Cutter, majority: dict[str, str]) -> Story:
    text = row["text"]
    cut = cutter.cut(text, blocks_of(text))
    count = len(cut.spans)
    clean = [text[start:end] for start, end in cut.spans]
    at = [-1] * (len(text) + 1)  # word at each character
    for index, (start, end) in enumerate(cut.spans):
        for position in range(start, end):
            at[position] = index
    block = cut.block.tolist()
    story = Story(
        id=row["id"],
        words=clean,
        block=block,
        glued=[i > 0 and block[i] == block[i - 1] and cut.spans[i][0] == cut.spans[i - 1][1] for i in range(count)],
        attribution=[0] * count,
        entity=[0 if row.get("tokens") else IGNORE] * count,
        pos=[IGNORE] * count,
        relation=[-1] * count,
        origin=list(range(count)),
    )
    for number, attribution in enumerate(row["attributions"]):
        for k, label in enumerate(ATTRIBUTION):
            for span in (span for member in attribution[label] for span in member):
                inside = _words_in(at, span)
                for order, index in enumerate(inside):
                    story.attribution[index] = 1 + 2 * k + (order > 0)
                    story.relation[index] = number
    for index in range(1, count):  # spans of the tagger end with their paragraph
        if block[index] != block[index - 1] and story.attribution[index] > 0 and story.attribution[index] % 2 == 0:
            story.attribution[index] -= 1
    mend(story.attribution)
    for start, end, pos, _, _ in row.get("tokens") or []:
        for index in _words_in(at, (start, end)):
            story.pos[index] = POS.index(_POS_OF.get(pos, pos)) if _POS_OF.get(pos, pos) in POS else IGNORE
    for start, end, kind in _silver_mentions(row):
        label = majority.get(text[start:end], kind)
        inside = _words_in(at, (start, end))
        if label in ENTITIES and inside:
            story.mentions.append((inside[0], inside[-1] + 1, label))
    covered = {index for first, last, _ in story.mentions for index in range(first, last)}
    story.mentions += [] if not row.get("tokens") else _groups(story.words, covered)
    story.mentions.sort()
    for first, last, label in story.mentions:
        for index in range(first, last):
            story.entity[index] = 1 + 2 * ENTITIES.index(label) + (index > first)
    return story


def mend(tags: list[int]) -> list[int]:
    """Make an I tag that follows nothing of its kind a B tag, in place."""
    for order, tag in enumerate(tags):
        if tag > 0 and tag % 2 == 0 and (order == 0 or tags[order - 1] not in (tag, tag - 1)):
            tags[order] = tag - 1
    return tags


def _words_in(at: Sequence[int], span: Iterable[int]) -> list[int]:
    start, end = span
    return sorted({index for index in at[start:end] if index >= 0})


def _silver_mentions(row: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Return runs of tokens of one silver class, as (start, end, class)."""
    found: list[tuple[int, int, str]] = []
    previous = "O"
    for start, end, _, _, ner in row.get("tokens") or []:
        kind = _ENTITY_OF.get(ner, "O")
        if kind != "O" and kind == previous:
            found[-1] = (found[-1][0], end, kind)
        elif kind != "O":
            found.append((start, end, kind))
        previous = kind
    return found


def _majority(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return the class that a one-word name has nearly everywhere: a silver tagger wavers, a corpus less so."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for start, end, kind in _silver_mentions(row):
            surface = row["text"][start:end]
            if " " not in surface:
                counts[surface][kind] += 1
    majority = {}
    for surface, kinds in counts.items():
        kind, most = kinds.most_common(1)[0]
        if sum(kinds.values()) >= 5 and most >= 0.7 * sum(kinds.values()):
            majority[surface] = kind
    return majority | _FIXED | dict.fromkeys(_GROUP_WORDS, "MISC")


def _groups(words: Sequence[str], covered: set[int]) -> list[tuple[int, int, str]]:
    """Return the names of peoples, religions and parties that are not part of another name."""
    found: list[tuple[int, int, str]] = []
    for index, word in enumerate(words):
        if word in _GROUP_WORDS and index not in covered:
            if found and found[-1][1] == index:
                found[-1] = (found[-1][0], index + 1, "GROUP")
            else:
                found.append((index, index + 1, "GROUP"))
    return found
