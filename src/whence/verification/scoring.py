"""Computing a log's statuses again from its ratings, with the scorer and the parameters that the log names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whence.errors import FormatError, VerificationError
from whence.ledger import Entry
from whence.ledger.facts import RATING_WORDS, statuses_digest
from whence.records.rating import Status

__all__ = ["SCORER", "TOLERANCE", "Ratings", "Rescored", "rescored", "settings_of"]

SCORER = "whence-small/1"
"""Name and version of the scorer of small communities, as an entry of kind "status" holds it."""

_LEVELS = {"helpful": 1.0, "somewhat": 0.5, "not": 0.0}
_PARAMETERS = {"seed": (0, 2**53), "resamples": (1, 10_000), "level": (0.5, 0.999)}
"""The scorer's parameters and their bounds: without them a hostile log could ask for a year of computing."""

TOLERANCE = 0.01
"""By which a score or a bound may differ: another machine rounds otherwise."""

Settings = tuple[int, int, float]


@dataclass
class Ratings:
    """The ratings of a log in its order, and whose ratings do not count.

    Attributes:
        given: place, note, rater, what.
        discounts: place, rater, whether the ratings count from there on.
    """

    given: list[tuple[int, str, str, str]] = field(default_factory=list)
    discounts: list[tuple[int, str, bool]] = field(default_factory=list)

    def add(self, place: int, entry: Entry) -> None:
        """Take in an entry of kind rating or moderation; others are passed over.

        Args:
            place: of the entry.
            entry: from a log; hostile.

        Raises:
            FormatError: when a rating says something that no rating says.
        """
        body = entry.body
        if entry.kind == "rating":
            what = body["helpful"]
            if what not in RATING_WORDS:
                raise FormatError(
                    f"entry {place}: a rating is helpful, somewhat, not or withdrawn, not {str(what)[:40]!r}"
                )
            self.given.append((place, str(body["note"]), str(body["rater"]), what))
        elif entry.kind == "moderation" and body["act"] in ("discount", "recount"):
            rater = str(body["target"]).removeprefix("contributor:")
            self.discounts.append((place, rater, body["act"] == "recount"))

    def counting(self, counted: int) -> list[tuple[str, str, float]]:
        """The ratings that count among the first entries, in the order of note and rater.

        Args:
            counted: how many entries.
        """
        latest = {(note, rater): what for place, note, rater, what in self.given if place < counted}
        heard = {rater: counts for place, rater, counts in self.discounts if place < counted}
        return [
            (note, rater, _LEVELS[what])
            for (note, rater), what in sorted(latest.items())
            if what != "withdrawn" and heard.get(rater, True)
        ]


@dataclass(frozen=True)
class Rescored:
    """What ratings make of the notes.

    Attributes:
        statuses: by note; a note that is not there has no rating and needs more.
        numbers: by note: score, low, high; NaN where there is none.
        sides: by note: ratings from either side, each helpful, somewhat, not; empty where no divide can be shown.
        ratings: by note: how many.
        reasons: by note: why it has its status, in the scorer's words.
        factors: by note: which side it appeals to; not a number where there is none.
    """

    statuses: Mapping[str, Status]
    numbers: Mapping[str, tuple[float, float, float]]
    sides: Mapping[str, tuple[tuple[int, int, int], tuple[int, int, int]]]
    ratings: Mapping[str, int]
    reasons: Mapping[str, str]
    factors: Mapping[str, float]

    def compare(self, place: int, body: Mapping[str, Any], counted: int) -> None:
        """Compare the body of an entry of kind status with what the ratings make of its note.

        Raises:
            VerificationError: when they differ.
        """
        note, claimed = str(body["note"]), str(body["status"])
        follows = self.statuses.get(note, "needs-more-ratings")
        if claimed != follows:
            raise VerificationError(
                f"entry {place}: the status of note {note[:80]} is given as {claimed[:40]}, but the ratings among the "
                f"first {counted} entries make it {follows}"
            )
        for name, found in zip(("score", "low", "high"), self.numbers.get(note, ()), strict=False):
            given = body.get(name)
            if given is None:
                continue
            if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given - found) <= TOLERANCE:
                raise VerificationError(
                    f"entry {place}: the {name} of note {note[:80]} is given as {given!s:.20}, but the ratings among "
                    f"the first {counted} entries make it {found:.4f}"
                )

    def digest(self) -> str:
        """The digest of all statuses, as an entry of kind run holds it."""
        return statuses_digest(self.statuses)


def rescored(rows: Sequence[tuple[str, str, float]], settings: Settings) -> Rescored:
    """Score ratings.

    Args:
        rows: note, rater and rating, in a fixed order.
        settings: from `settings_of`.

    Raises:
        MissingExtra: when the extra `consensus` is not installed.
    """
    from whence.consensus import fit

    if not rows:
        return Rescored({}, {}, {}, {}, {}, {})
    columns = dict(zip(("note", "rater", "rating"), map(list, zip(*rows, strict=True)), strict=True))
    seed, resamples, level = settings
    found = fit(columns, seed=seed, resamples=resamples, level=level)
    notes = [str(note) for note in found.notes["note"]]
    factors = dict(zip(map(str, found.raters["rater"]), map(float, found.raters["factor"]), strict=True))
    counts: dict[str, tuple[list[int], list[int]]] = {note: ([0, 0, 0], [0, 0, 0]) for note in notes}
    for note, rater, value in rows if found.divided else ():
        if (factor := factors[rater]) == factor:  # not a number: the rater was not scored
            counts[note][int(factor >= 0)][round(2 - 2 * value)] += 1
    numbers = zip(*(map(float, found.notes[name]) for name in ("score", "low", "high")), strict=True)
    return Rescored(
        dict(zip(notes, map(_status, found.notes["status"]), strict=True)),
        dict(zip(notes, numbers, strict=True)),
        {note: (_three(first), _three(second)) for note, (first, second) in counts.items()},
        dict(zip(notes, map(int, found.notes["ratings"]), strict=True)),
        dict(zip(notes, map(str, found.notes["reason"]), strict=True)),
        dict(zip(notes, map(float, found.notes["factor"]), strict=True)),
    )


def settings_of(place: int, entry: Entry) -> Settings:
    """The seed, resamples and level with which the log says that something was computed.

    Args:
        place: of the entry.
        entry: of kind status or run; hostile.

    Raises:
        VerificationError: when the scorer is not this one, or a parameter is missing or out of its range.
    """
    scorer, given = entry.body["scorer"], entry.body["parameters"]
    if scorer != SCORER:
        raise VerificationError(
            f"entry {place}: the status was computed by {str(scorer)[:60]}, and this whence has {SCORER}: use the "
            "release that the log names"
        )
    if not isinstance(given, dict) or set(given) != set(_PARAMETERS):
        raise VerificationError(f"entry {place}: the scorer's parameters are {', '.join(_PARAMETERS)}: they differ")
    for name, (low, high) in _PARAMETERS.items():
        value = given[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise VerificationError(f"entry {place}: {name} is a number from {low} to {high}, not {str(value)[:40]}")
    return int(given["seed"]), int(given["resamples"]), float(given["level"])


def _status(word: object) -> Status:
    known: dict[str, Status] = {
        "helpful": "helpful",
        "not-helpful": "not-helpful",
        "needs-more-ratings": "needs-more-ratings",
    }
    return known[str(word)]


def _three(counts: list[int]) -> tuple[int, int, int]:
    helpful, somewhat, not_helpful = counts
    return helpful, somewhat, not_helpful
