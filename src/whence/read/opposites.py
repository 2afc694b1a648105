"""Words that say the opposite of each other: by a prefix ("safe", "unsafe") or by a short list of pairs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from whence.read.wording import stem

__all__ = ["opposed"]

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


def _are(one: str, other: str) -> bool:
    """Whether two stems say the opposite of each other."""
    if _pairs().get(one) == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST - 1 and any(long == prefix + short for prefix in _PREFIXES)


def opposed(one: Iterable[str], other: Iterable[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    """What is left of two sets of stems without the one pair that says the opposite.

    Args:
        one, other: stems of two statements.

    Returns:
        Both without their opposed words; None where there are none, where a statement holds both, or nothing is left.
    """
    first, second = frozenset(one), frozenset(other)
    for a in sorted(first - second):
        for b in sorted(second - first):
            if _are(a, b):
                rest = first - {a}, second - {b}
                return rest if rest[0] and rest[1] else None
    return None
