"""Words that say the opposite of each other: by a prefix ("safe", "unsafe") or by a short list of pairs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from whence.read.wording import stem

__all__ = ["opposed", "opposites"]

_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")
_PAIRS = (
    "safe dangerous", "rise fall", "increase decrease", "open closed", "guilty innocent", "true false", "win lose",
    "support oppose", "alive dead", "full empty", "enough insufficient", "strong weak", "success failure",
    "early late", "legal banned", "better worse", "higher lower", "more fewer", "clean dirty", "ready unprepared",
    "willing reluctant", "improve worsen", "voluntary forced", "accident deliberate", "public secret",
)  # fmt: skip
_SHORTEST = 4
"""Letters of a word before which a prefix turns it round: "in" in "ink" does not."""


@cache
def _pairs() -> dict[str, str]:
    out: dict[str, str] = {}
    for pair in _PAIRS:
        one, other = map(stem, pair.split())
        out[one], out[other] = other, one
    return out


@lru_cache(maxsize=1 << 12)
def opposites(word: str) -> tuple[str, ...]:
    """The stems that say the opposite of one, whether or not there are such words."""
    found = {prefix + word for prefix in _PREFIXES} if len(word) >= _SHORTEST - 1 else set()
    found |= {word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) - len(p) >= _SHORTEST - 1}
    if pair := _pairs().get(word):
        found.add(pair)
    return tuple(sorted(found))


def opposed(one: Iterable[str], other: Iterable[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    """What is left of two sets of stems without the one pair that says the opposite.

    Args:
        one, other: stems of two statements.

    Returns:
        Both without their opposed words; None where there are none, where a statement holds both, or nothing is left.
    """
    first, second = frozenset(one), frozenset(other)
    left, right = first - second, second - first
    for a in sorted(left):
        for b in opposites(a):
            if b in right:
                rest = first - {a}, second - {b}
                return rest if rest[0] and rest[1] else None
    return None
