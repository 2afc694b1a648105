"""Facts of invented stories that the whole program reads: forms, nested attributions, and who says what.

Three files of cases. `forms` are the ways in which pages set out what people say, beside the prose of the news:
signed quotations, interviews, marks of other countries, headlines, posts, captions, lists. `nested` are attributions
inside others. `who` asks for the label of each statement's source, through names, descriptions, pronouns, capitals.

A fact of `forms` and `nested` is a statement with its words, its source, its quote kind and whether it stands inside
another; one of `who` is a statement with its source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import whence
from whence.records import Span, Statement

__all__ = ["WHOLE", "Facts"]

FOUND = 0.8
"""The least Jaccard overlap of characters at which a statement is the one that a case names."""

Facts = tuple[set[Any], set[Any]]
"""What was found and what is annotated."""


@lru_cache(maxsize=512)
def _read(text: str) -> whence.Reading:
    return whence.read_text(text, published="2024-05-15")


def _spans(text: str, phrases: Iterable[str]) -> set[int]:
    out: set[int] = set()
    at = 0
    for phrase in phrases:
        start = text.index(phrase, at)
        at = start + len(phrase)
        out.update(range(start, at))
    return out


def _characters(spans: Iterable[Span]) -> set[int]:
    return {i for a, b in spans for i in range(a, b)}


def _resembles(statement: Statement, wanted: set[int]) -> bool:
    got = _characters(statement.content)
    return len(got & wanted) / len(got | wanted) >= FOUND


def _labels(reading: whence.Reading, statement: Statement) -> str:
    """Everything by which a statement's sources are known, in lower case."""
    named = [s for s in reading.sources if s.id in statement.source_ids]
    words = [s.label or "" for s in named]
    words += [reading.story.text[a:b] for s in named for a, b in s.mentions]
    return " | ".join(words).casefold()


def _attributed(case: dict[str, Any], nested: bool) -> Facts:
    """Each annotated statement is a fact; each attributed statement found that matches none is a fact of its own.

    Args:
        case: one line of `forms` or `nested`.
        nested: whether a statement must also stand inside another where the case says so, and nowhere else.
    """
    reading = _read(case["text"])
    wanted: set[Any] = set()
    found: set[Any] = set()
    seen: set[str] = set()
    for row in case["expect"]:
        fact = (tuple(row["content"]), row["source"], row["quote"])
        wanted.add(fact)
        characters = _spans(case["text"], row["content"])
        for s in reading.statements:
            inside = not nested or (s.parent is not None) == ("in" in row)
            if s.voice != "attributed" or s.id in seen or not inside or not _resembles(s, characters):
                continue
            seen.add(s.id)
            says = row["source"].casefold() in _labels(reading, s) and s.quote == row["quote"]
            found.add(fact if says else (tuple(row["content"]), _labels(reading, s), s.quote))
            break
    found |= {
        (tuple(case["text"][a:b] for a, b in s.content), _labels(reading, s), s.quote)
        for s in reading.statements
        if s.voice == "attributed" and s.id not in seen
    }
    return found, wanted


def _who(case: dict[str, Any]) -> Facts:
    """Statement and the label of its source; statements that the case does not name are not asked about."""
    reading = _read(case["text"])
    wanted: set[Any] = set()
    found: set[Any] = set()
    for words, label in case["says"]:
        wanted.add((words, label))
        matching = [s for s in reading.statements if _resembles(s, _spans(case["text"], [words]))]
        for s in matching[:1]:
            labels: Sequence[str] = [x.label or "" for x in reading.sources if x.id in s.source_ids]
            right = any(label.casefold() in x.casefold() for x in labels)
            found.add((words, label if right else tuple(labels)))
    return found, wanted


WHOLE: dict[str, Callable[[dict[str, Any]], Facts]] = {
    "forms": lambda case: _attributed(case, nested=False),
    "nested": lambda case: _attributed(case, nested=True),
    "who": _who,
}
"""For each file of cases what gives the facts found in one of them and those annotated."""
