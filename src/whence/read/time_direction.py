"""Whether a sentence looks back or forward to a day that it names: the verbs around it tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

__all__ = ["Direction", "direction"]

Direction = Literal["past", "future"]

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_EDGE = re.compile(r"[.!?;:\n](?=\s|$)")
_REACH = 140
_WORDS = 14

_FUTURE = frozenset(
    """will i'll we'll he'll she'll they'll it'll you'll won't would shall due scheduled expected slated planned plans
    planning plan
    upcoming forthcoming until deadline intends hopes aims going poised ahead tomorrow ballot goes wants if may could
    might must should
    opens starts begins resumes kicks faces meets returns airs premieres votes heads expires ends closes hosts visits
    plays takes
    launches arrives travels speaks convenes resume begin convene premiere is are i'm we're they're it's""".split()
)
_PAST = frozenset(
    """said told met won lost made came went took gave found held left was were had began fell rose shot struck hit
    beat saw
    spoke wrote sent got led ran became set brought bought sold paid kept did hurt cut put read heard knew thought
    felt fought
    caught broke chose drew drove flew grew hid stood swore tore threw wore understood withdrew overcame sought shook
    sank sang
    slid swept taught woke has have didn't wasn't weren't been died says""".split()
)
_NOT_PAST = frozenset(
    "need seed speed indeed hundred red bed wed unprecedented united limited armed alleged so-called embed".split()
)


def direction(text: str, start: int, end: int) -> Direction | None:
    """Whether the words around a date speak of the past or of the future.

    The nearest verb before it in its clause decides, then the nearest behind it.

    Args:
        text: the story, with straight marks.
        start: where the date begins.
        end: where it ends.

    Returns:
        None where no verb tells.
    """
    low = max(0, start - _REACH)
    edges = [m.end() for m in _EDGE.finditer(text, low, start)]
    before = [m.group().lower() for m in _WORD.finditer(text, edges[-1] if edges else low, start)][-_WORDS:]
    if before and before[-1] in {"by", "until", "till", "next", "before"}:
        return _first(_after(text, end)) or "future"
    return _first(_participles_dropped(before)) or _first(_after(text, end))


def _after(text: str, end: int) -> list[str]:
    edge = _EDGE.search(text, end, end + _REACH)
    return [m.group().lower() for m in _WORD.finditer(text, end, edge.start() if edge else end + _REACH)][:_WORDS]


def _participles_dropped(words: list[str]) -> list[str]:
    """The words, last first, without participles behind "be" ("will be signed"), which tell nothing."""
    return [w for i, w in reversed(list(enumerate(words))) if i == 0 or words[i - 1] not in {"be", "being"}]


def _first(words: Iterable[str]) -> Direction | None:
    for word in words:
        if word in _FUTURE:
            return "future"
        if word in _PAST or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST):
            return "past"
    return None
