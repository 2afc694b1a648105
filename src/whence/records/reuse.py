"""Text reuse: the passages that stand in two stories, and the tables in which a trace hands them on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = [
    "BOILERPLATE",
    "FAMILIES",
    "PAIRS",
    "PASSAGES",
    "PASSAGE_KINDS",
    "SKIPPED",
    "STORIES",
    "Column",
    "ColumnType",
    "Pair",
    "Passage",
    "PassageKind",
]

PassageKind = Literal["prose", "quotation"]
PASSAGE_KINDS: tuple[PassageKind, ...] = get_args(PassageKind)

ColumnType = Literal["int32", "int64", "float32", "bool", "string"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that a trace writes: its name, its type, whether it may be null, and what it says."""

    name: str
    type: ColumnType
    says: str
    null: bool = False


STORIES: tuple[Column, ...] = (
    Column(
        "story", "int32", "the story's number: 0, 1, 2, … in the order in which stories came; other tables refer to it"
    ),
    Column("id", "string", "the id as given"),
    Column("outlet", "string", "the outlet as given", null=True),
    Column("url", "string", "the address as given", null=True),
    Column("published", "string", "the ISO 8601 date or date-time as given", null=True),
    Column("words", "int32", "how many words the text has"),
    Column("chars", "int32", "how many code points the text has"),
    Column("furniture", "int32", "how many of its words are boilerplate"),
)
"""`stories`: every story that was taken in, by number."""

PASSAGES: tuple[Column, ...] = (
    Column("passage", "int64", "the passage's number: its row in this table"),
    Column("a", "int32", "the story with the smaller number"),
    Column("b", "int32", "the story with the larger number"),
    Column("a_start", "int32", "where it begins in a's text, in code points"),
    Column("a_end", "int32", "where it ends in a's text, in code points, exclusive"),
    Column("b_start", "int32", "where it begins in b's text, in code points"),
    Column("b_end", "int32", "where it ends in b's text, in code points, exclusive"),
    Column(
        "words", "int32", "how many words are the same in both, in order; words that differ between them do not count"
    ),
    Column("prose", "int32", "how many of these words stand outside quotation marks; prose + quotation = words"),
    Column("quotation", "int32", "how many of these words are quoted, in a or in b"),
    Column("kind", "string", "prose or quotation: quotation where fewer than `Settings.least_prose` words are prose"),
)
"""`passages`: text that stands in two stories, aligned; by a, b, a_start. Boilerplate is cut out of them."""

PAIRS: tuple[Column, ...] = (
    Column("a", "int32", "the story with the smaller number"),
    Column("b", "int32", "the story with the larger number"),
    Column("passages", "int32", "how many passages they share"),
    Column("words", "int32", "how many words these passages have in common"),
    Column("prose", "int32", "how many of them are prose"),
    Column("quotation", "int32", "how many of them are quoted"),
    Column("a_share", "float32", "words / (a's words without boilerplate), 0 to 1"),
    Column("b_share", "float32", "words / (b's words without boilerplate), 0 to 1"),
    Column("strong", "bool", "whether they share enough prose to be of one family (`Settings.family_share`)"),
    Column("crowd", "bool", "whether they are neighbours in a crowd: one of a sample of its pairs (`Settings.crowd`)"),
)
"""`pairs`: two stories that share passages; by a, b."""

FAMILIES: tuple[Column, ...] = (
    Column("story", "int32", "the story's number"),
    Column("family", "int32", "the smallest number among the stories that strong pairs connect with it"),
)
"""`families`: stories connected by strong pairs, families of one left out; by story."""

BOILERPLATE: tuple[Column, ...] = (
    Column("story", "int32", "the story's number"),
    Column("start", "int32", "where it begins in the story's text, in code points"),
    Column("end", "int32", "where it ends in the story's text, in code points, exclusive"),
    Column("words", "int32", "how many words it has"),
    Column("stories", "int32", "in how many stories it stands"),
)
"""`boilerplate`: text that stands in many stories which share nothing else; by story, start."""

SKIPPED: tuple[Column, ...] = (
    Column("place", "int64", "the story's place in what was given, from 0"),
    Column("id", "string", "the id as given"),
    Column("reason", "string", "why it was left out: no-text, empty, no-id, duplicate-id, too-long"),
)
"""`skipped`: stories that were not taken in, and why; by place."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A row of `passages`; the columns' meaning stands there.

    Raises:
        ValueError: if the stories are not in order, a span is empty, or the words do not add up.
    """

    passage: int
    a: int
    b: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    words: int
    prose: int
    quotation: int
    kind: PassageKind

    def __post_init__(self) -> None:
        if not 0 <= self.a < self.b:
            raise ValueError(f"a passage names two stories in order, 0 <= a < b, but a is {self.a}, b is {self.b}")
        if not (0 <= self.a_start < self.a_end and 0 <= self.b_start < self.b_end):
            spans = (self.a_start, self.a_end), (self.b_start, self.b_end)
            raise ValueError(f"a passage's spans hold text, but they are {spans[0]} and {spans[1]}")
        if self.prose + self.quotation != self.words or min(self.prose, self.quotation) < 0:
            raise ValueError(
                f"prose + quotation = words, but {self.prose} + {self.quotation} and {self.words} were given"
            )
        if self.kind not in PASSAGE_KINDS:
            raise ValueError(f"a passage's kind is one of {', '.join(PASSAGE_KINDS)}; got {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of `pairs`; the columns' meaning stands there.

    Raises:
        ValueError: if the stories are not in order.
    """

    a: int
    b: int
    passages: int
    words: int
    prose: int
    quotation: int
    a_share: float
    b_share: float
    strong: bool
    crowd: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.a < self.b:
            raise ValueError(f"a pair names two stories in order, 0 <= a < b, but a is {self.a}, b is {self.b}")
