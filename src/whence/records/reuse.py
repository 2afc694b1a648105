"""Text reuse: the tables in which a trace hands on the passages that stand in two stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BOILERPLATE",
    "FAMILIES",
    "PAIRS",
    "PASSAGES",
    "SKIPPED",
    "STORIES",
    "Column",
    "ColumnType",
]

ColumnType = Literal["int32", "int64", "float32", "bool", "string", "list<string>"]


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
