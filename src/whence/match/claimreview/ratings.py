"""Ratings: what the publisher gave, and where that stands on a scale common to all."""

from __future__ import annotations

from dataclasses import dataclass

from whence.match.claimreview.rating_words import by_words
from whence.records.claim import Verdict

__all__ = ["Rating", "place"]

# schema.org: "If bestRating is omitted, 5 is assumed", "if worstRating is omitted, 1 is assumed".
_BEST, _WORST = 5.0, 1.0
_STEPS: tuple[tuple[float, Verdict], ...] = (
    (0.1, "false"),
    (0.375, "mostly-false"),
    (0.625, "mixed"),
    (0.9, "mostly-true"),
    (1.0, "true"),
)
_PLACE: dict[Verdict, float] = {"false": 0.0, "mostly-false": 0.25, "mixed": 0.5, "mostly-true": 0.75, "true": 1.0}
_OPPOSITE = 0.5  # how far words and number may lie apart


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating and its place.

    Args:
        words: as the publisher gave them; where it gave only a number, that ("2 of 5, worst 1").
        verdict: its place on the common scale.
        position: 0..1 from worst to best as the numbers say, or None.
        repairs: what was doubtful about it.
    """

    words: str
    verdict: Verdict
    position: float | None = None
    repairs: tuple[str, ...] = ()


def place(words: str, value: float | None, best: float | None, worst: float | None) -> Rating:
    """Place a rating on the common scale: by its words where they are known, else by its number.

    Args:
        words: the rating's name ("Pants on Fire"), or "".
        value, best, worst: `ratingValue`, `bestRating` and `worstRating` of schema.org, as far as given.

    Returns:
        The rating; its verdict is `other` where neither words nor number have a place.
    """
    repairs: list[str] = []
    top, bottom = _BEST if best is None else best, _WORST if worst is None else worst
    if best is not None and worst is None and best <= _WORST:
        bottom = 0.0
    position: float | None = None
    if value is not None and top != bottom:
        position = (value - bottom) / (top - bottom)
        if not -1e-9 <= position <= 1 + 1e-9:
            position = None
            repairs.append("its number lies outside its own scale")
        elif top < bottom:
            repairs.append("its scale is upside down: the worst rating is above the best")
    said = by_words(words) if words else None
    if said in _PLACE and position is not None and abs(_PLACE[said] - position) > _OPPOSITE:
        repairs.append("its number contradicts its words: the words count")
    shown = words or (_numbered(value, top, bottom) if value is not None else "")
    if said is not None:
        return Rating(shown, said, position, tuple(repairs))
    # Words that nobody here knows go with their number only where the publisher itself says what the number's scale is:
    # many sites leave the number as their form set it.
    stated = best is not None and worst is not None
    counts = position is not None and (stated or not words)
    return Rating(shown, _by_number(position) if counts and position is not None else "other", position, tuple(repairs))


def _by_number(position: float) -> Verdict:
    return next(verdict for limit, verdict in _STEPS if position <= limit + 1e-9)


def _numbered(value: float, top: float, bottom: float) -> str:
    return f"{value:g} on a scale from {bottom:g} (worst) to {top:g} (best)"
