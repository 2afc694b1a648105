"""The words of a stretch of text, with what their form tells: capital, possessive ending."""

from __future__ import annotations

import re
from typing import NamedTuple

from whence.records import Span

__all__ = ["Word", "words_in"]

_WORD = re.compile(r"[^\W_]+(?:[-.’'/&][^\W_]+)*")


class Word(NamedTuple):
    """A word of the story: its span without a possessive ending, its text, and whether it had that ending."""

    span: Span
    text: str
    possessive: bool = False

    @property
    def low(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital or a figure, as words of names do."""
        return self.text[0].isupper() or (self.text[0].isdigit() and not self.low.endswith("-year-old"))


def words_in(text: str, span: Span) -> list[Word]:
    """The words at a span."""
    found = []
    for m in _WORD.finditer(text, span[0], span[1]):
        word, end = m.group(), m.end()
        owned = word[-2:] in ("'s", "’s") and len(word) > 2
        if owned:
            word, end = word[:-2], end - 2
        elif text[end : end + 1] in ("'", "’") and word.endswith("s") and end < span[1]:
            owned = True
        found.append(Word((m.start(), end), word, owned))
    return found
