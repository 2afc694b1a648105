"""What a text must hold for a pattern to match in it: looking for these words first is what makes reading fast.

A regular expression that begins with a word boundary is tried at every character. `str.find` is some fifty times as
fast; so a pattern is only tried where the text holds one of the literals of which each of its matches must hold one.
They are derived from the pattern itself: no list can be forgotten when a pattern grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import takewhile
from typing import Any

from whence.text.offsets import Span

__all__ = ["Guarded", "holds", "literals", "lowered"]

_MOST = 64
"""Literals of one pattern, at most: looking for more would take longer than the pattern."""
_SHORTEST = 2
"""Characters of a literal, at least: nearly every sentence holds any single letter."""
_COMMON = 3
"""Characters up to which a literal (" to") is likely to stand in any sentence."""
_SIGNS = 8
"""Signs beyond ASCII, without upper and lower case, that are taken for literals where one of so many must stand."""

# `re` matches these to s, i and i where case is ignored, and `str.lower` does not make them that.
_SPECIAL = (("ſ", "s"), ("ı", "i"), ("İ", "i"))


def lowered(text: str) -> str:
    """A text in the form in which literals are looked for: of the same length, so that offsets hold."""
    if not text.isascii():
        for odd, usual in _SPECIAL:
            text = text.replace(odd, usual)
    return text.lower()


def holds(low: str, needs: Sequence[str] | None) -> bool:
    """Whether a pattern can match.

    Args:
        low: the text, from `lowered`.
        needs: the pattern's literals, from `literals`.
    """
    if needs is None:
        return True
    for literal in needs:  # noqa: SIM110 (a generator here takes longer than the search)
        if literal in low:
            return True
    return False


def literals(pattern: re.Pattern[str]) -> tuple[str, ...] | None:
    """Words of which every match of a pattern holds at least one, in lower case.

    Returns:
        None where no such words can be told, or too many: then the pattern has to be tried.
    """
    try:
        parser: Any = import_module("re._parser")
        parsed = parser.parse(pattern.pattern, pattern.flags)
    except (ImportError, AttributeError):
        # The parser is no public part of Python: without it all is read the same, only more slowly.
        return None
    found = _of(parsed)
    if not found:
        return None
    # Where "seem" must stand, "seems" need not be looked for.
    return tuple(sorted(one for one in found if not any(other in one for other in found if other != one)))


def _of(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The best literals of a sequence of parsed items: few and long ones."""
    best: frozenset[str] | None = None
    run = ""

    def offer(found: frozenset[str] | None) -> None:
        nonlocal best
        if found and len(found) <= _MOST and all(len(one) >= _SHORTEST or not one.isascii() for one in found):
            best = found if best is None else max(best, found, key=_rank)

    for code, argument in items:
        name = str(code)
        letter = _letter(name, argument)
        if letter is not None:
            run += letter
            continue
        if name == "AT":
            continue
        if run and (heads := _heads(name, argument)):
            # The parser takes "may|might" for "m" and then "ay" or "ight".
            offer(frozenset(run + head for head in heads))
        offer(frozenset({run}))
        run = ""
        offer(_inside(name, argument))
    offer(frozenset({run}))
    return best


def _rank(found: frozenset[str]) -> tuple[bool, int, int]:
    shortest = min(map(len, found))
    return shortest > _COMMON, -len(found), shortest


def _letter(name: str, argument: Any) -> str | None:
    """The ASCII character, in lower case, that an item stands for in every match; None for anything else."""
    if name == "LITERAL" and argument < 128:
        return chr(argument).lower()
    if name == "IN" and all(str(code) == "LITERAL" and value < 128 for code, value in argument):
        letters = {chr(value).lower() for _, value in argument}
        return letters.pop() if len(letters) == 1 else None
    return None


def _heads(name: str, argument: Any) -> list[str] | None:
    """The letters with which each alternative of an item begins; None where one of them begins with none."""
    if name == "SUBPATTERN":
        items = list(argument[3])
        return _heads(str(items[0][0]), items[0][1]) if len(items) == 1 else None
    if name != "BRANCH":
        return None
    heads = []
    for part in argument[1]:
        letters = (_letter(str(code), one) for code, one in part if str(code) != "AT")
        heads.append("".join(takewhile(lambda letter: letter is not None, letters)))  # type: ignore[arg-type]
    return heads if all(heads) else None


def _inside(name: str, argument: Any) -> frozenset[str] | None:
    """The literals of an item that holds others and has to match at least once."""
    if name == "IN" and len(argument) <= _SIGNS and all(str(code) == "LITERAL" for code, _ in argument):
        signs = frozenset(chr(value) for _, value in argument)
        return signs if all(not s.isascii() and s.lower() == s.upper() for s in signs) else None
    if name == "SUBPATTERN":
        return _of(argument[3])
    if name == "ATOMIC_GROUP":
        return _of(argument)
    if name == "BRANCH":
        parts = [_of(part) for part in argument[1]]
        return None if any(part is None for part in parts) else frozenset().union(*(p for p in parts if p))
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of(argument[2]) if argument[0] else None
    return None


class Guarded:
    """Patterns, each tried only where the text holds what its matches must hold.

    Args:
        patterns: any; what they find does not depend on the guard.
    """

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self._patterns = [(pattern, literals(pattern)) for pattern in patterns]
        self._last: tuple[str, str, list[tuple[re.Pattern[str], tuple[str, ...] | None]]] = ("", "", [])

    def finditer(self, text: str, span: Span) -> Iterator[re.Match[str]]:
        """What the patterns find in a stretch of text, pattern by pattern.

        Args:
            text: the story; of the last one given, it is kept what it holds.
            span: where to look.
        """
        last = self._last
        if last[0] is not text:
            low = lowered(text)
            last = self._last = (text, low, [(p, needs) for p, needs in self._patterns if holds(low, needs)])
        here = last[1][span[0] : span[1]]
        for pattern, needs in last[2]:
            if holds(here, needs):
                yield from pattern.finditer(text, *span)
