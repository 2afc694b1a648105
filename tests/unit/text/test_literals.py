"""What a text must hold for a pattern to match is told by the pattern itself, and never hides a match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.read.hedge_lexicon import DISTANCING, WEAKENING
from whence.read.relay_patterns import FRAMES
from whence.text.literals import Guarded, holds, literals, lowered

_PATTERNS = (*WEAKENING, *DISTANCING, *(f.pattern for f in FRAMES))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"\bseem(?:s|ed)?\b", ("seem",)),
        (r"\b(?:may|might)\b", ("may", "might")),
        (r"\b(?:told|tells|tell)\s+", ("tell", "told")),
        (r"[Ss]o-? ?called", ("called",)),
        (r"\w+", None),
        (r"(?:may)?", None),
        (r"[“”]", ("“", "”")),
    ],
)
def test_the_words_that_each_match_holds(pattern: str, found: tuple[str, ...] | None) -> None:
    assert literals(re.compile(pattern)) == found


def test_nothing_is_known_of_a_pattern_with_too_many_words() -> None:
    assert literals(re.compile("|".join(f"{a}{b}xy" for a in "abcdefghij" for b in "klmnopqrst"))) is None


@given(st.text(max_size=60))
def test_lower_case_keeps_offsets(text: str) -> None:
    for c in "ſıİ":
        assert len(lowered(text + c)) == len(lowered(text)) + 1


def test_what_ignores_case_is_found_in_any_case() -> None:
    pattern = re.compile("six", re.IGNORECASE)
    for word in ("six", "SIX", "ſix", "sıx", "SİX"):
        if pattern.search(word):
            assert holds(lowered(word), literals(pattern))


_PIECES = st.sampled_from(
    "may might could the data suggest what the army called said to be claims told Asked by in an interview "
    "with SAID ON reportedly so-called it remains to be seen seen by a friend , ; . x Ünder".split(" ")
)


@given(st.lists(_PIECES, max_size=16).map(" ".join), st.integers(0, 20), st.integers(0, 80))
def test_guarded_patterns_find_what_they_find_alone(text: str, start: int, size: int) -> None:
    span = (min(start, len(text)), min(start + size, len(text)))
    alone = [m.span() for p in _PATTERNS for m in p.finditer(text, *span)]
    assert [m.span() for m in Guarded(_PATTERNS).finditer(text, span)] == alone
