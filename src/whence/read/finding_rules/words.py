"""How findings put things: counts, names and quoted words in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whence.read.document import Document
from whence.records import Source, Span

__all__ = ["count", "listed", "names", "quoted"]

_QUOTED = 14  # words of one quotation
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "one statement", "12 statements"."""
    number = _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"
    return f"{number} {one if n == 1 else many or one + 's'}"


def listed(items: Iterable[str], most: int = 4) -> str:
    """Items as a list in words: "a, b and c"; what goes beyond `most` is only counted."""
    seen = list(dict.fromkeys(items))
    if len(seen) > most:
        rest = len(seen) - most + 1
        seen = [*seen[: most - 1], f"{rest} others"]
    return seen[0] if len(seen) == 1 else ", ".join(seen[:-1]) + " and " + seen[-1] if seen else "nobody"


def names(sources: Iterable[Source], most: int = 4) -> str:
    """The labels of sources, as a list in words."""
    return listed((s.label for s in sources), most)


def quoted(doc: Document, spans: Sequence[Span], most: int = 3) -> str:
    """The words at some spans, each in quotation marks, as a list in words."""
    return listed((f"“{_short(doc.words(s))}”" for s in spans), most)


def _short(words: str) -> str:
    """Quoted words without their own quotation marks, and no more of them than a sentence can hold."""
    bare = words.strip("“”\"'‘’ .,").split()
    return " ".join(bare) if len(bare) <= _QUOTED else " ".join(bare[:_QUOTED]) + " …"
