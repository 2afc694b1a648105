"""What every format says of a match in the same words, and which of its words agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from whence.publish.dates import date_words
from whence.records import Span
from whence.records.claim import Agreement, FactCheck, Match, Stance, Verdict

__all__ = ["STANCE_WORDS", "VERDICT_WORDS", "Matched", "byline", "claimed", "marked", "none_found", "rated"]

STANCE_WORDS: dict[Stance, str] = {
    "same": "",
    "denial": "one denies what the other says: read the verdict with care",
    "different-figure": "another figure than in the claim that was checked",
}
VERDICT_WORDS: dict[Verdict, str] = {
    "true": "true",
    "mostly-true": "mostly true",
    "mixed": "mixed",
    "mostly-false": "mostly false",
    "false": "false",
    "unproven": "unproven",
    "satire": "satire",
    "other": "no place on the common scale",
}


@dataclass(frozen=True, slots=True)
class Matched:
    """The fact-checks that match the statements of a story.

    Args:
        by_statement: matches by statement id, best first; statements without any are left out.
        threshold: the score below which nothing counted as found.
        size: how many fact-checks were searched.
    """

    by_statement: Mapping[str, Sequence[Match]]
    threshold: float
    size: int


def rated(check: FactCheck) -> str:
    """The publisher's own rating, or that there is none."""
    return check.rating or "no rating given"


def byline(check: FactCheck) -> str:
    """Who checked, and when."""
    return f"{check.publisher or 'publisher not known'}, " + (
        date_words(check.published) if check.published else "date not known"
    )


def claimed(check: FactCheck) -> str:
    """Who claimed it, and when, as far as that is known."""
    when = f"on {date_words(check.claim_date)}" if check.claim_date and len(check.claim_date) > 7 else ""
    if check.claim_date and not when:
        when = f"in {date_words(check.claim_date)}"
    who = f"by {check.claimant}" if check.claimant else ""
    return f"claimed {' '.join(p for p in (who, when) if p)}" if who or when else ""


def marked(text: str, agreements: Sequence[Agreement], side: Literal["query", "claim"]) -> list[tuple[str, bool]]:
    """A text cut where words begin and end that a statement and a claim have in common.

    Args:
        text: the statement, or the claim.
        agreements: the words in common.
        side: which of the two the text is.

    Returns:
        Pieces that together are the text, each with whether it is in common. Words in common with nothing but space or
        punctuation between them are one piece.
    """
    spans = sorted((a.query if side == "query" else a.claim) for a in agreements)
    joined: list[Span] = []
    for start, end in ((max(0, a), min(b, len(text))) for a, b in spans):
        if start >= end:
            continue
        if joined and not any(c.isalnum() for c in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    out: list[tuple[str, bool]] = []
    at = 0
    for start, end in joined:
        if text[at:start]:
            out.append((text[at:start], False))
        out.append((text[start:end], True))
        at = end
    if text[at:]:
        out.append((text[at:], False))
    return out


def none_found(size: int, threshold: float, nearest: float | None) -> str:
    """That nothing was found, with what "nothing" means.

    Args:
        size: how many fact-checks were searched.
        threshold: the score that a match must have.
        nearest: the best score that there was, if any.
    """
    if not size:
        return "none found: the store holds no fact-checks"
    near = "" if nearest is None else f"; the nearest has {nearest:.2f}"
    return f"none found: of {size:,} fact-checks none scores {threshold:.2f} or more{near}"
