"""The runs of the scorer in a log: what each claimed, compared with what the ratings make of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from whence.errors import FormatError, VerificationError
from whence.ledger import Entry
from whence.verification.scoring import Ratings, Rescored, Settings, rescored, settings_of

__all__ = ["Scored"]


@dataclass
class Scored:
    """Ratings, statuses and runs in the order of a log.

    Attributes:
        ratings: what was rated.
        statuses: by the number of entries whose ratings counted: places and entries of kind status.
        runs: the same of kind run.
        done: what was computed already.
    """

    ratings: Ratings = field(default_factory=Ratings)
    statuses: dict[int, list[tuple[int, Entry]]] = field(default_factory=dict)
    runs: dict[int, list[tuple[int, Entry]]] = field(default_factory=dict)
    done: dict[tuple[int, Settings], Rescored] = field(default_factory=dict)

    def add(self, place: int, entry: Entry) -> None:
        """Take in an entry of any kind.

        Args:
            place: of the entry.
            entry: from a log; hostile.

        Raises:
            FormatError: when it is no rating, status or run that could be one.
        """
        self.ratings.add(place, entry)
        if entry.kind in ("status", "run"):
            counted = entry.body["ratings"]
            if not isinstance(counted, int) or isinstance(counted, bool) or not 0 <= counted <= place:
                raise FormatError(
                    f"entry {place}: a {entry.kind} counts the ratings of entries before it, not {counted!r:.40}"
                )
            (self.statuses if entry.kind == "status" else self.runs).setdefault(counted, []).append((place, entry))

    def numbers(self) -> list[int]:
        """For every run, after how many entries it began; in order."""
        return sorted({*self.statuses, *self.runs})

    def scored(self, counted: int, place: int, entry: Entry) -> Rescored:
        """What the ratings among the first entries make of the notes, with an entry's parameters.

        Raises:
            VerificationError: when the scorer is not this one, or a parameter cannot be used.
            MissingExtra: when the extra `consensus` is not installed.
        """
        key = counted, settings_of(place, entry)
        if key not in self.done:
            self.done[key] = rescored(self.ratings.counting(counted), key[1])
        return self.done[key]

    def verify(self, counted: int) -> int:
        """Compute a run again, and compare all that the log says of it.

        Args:
            counted: after how many entries it began.

        Returns:
            How many statuses equal the log's.

        Raises:
            VerificationError: names the entry that does not follow.
            MissingExtra: as for scored.
        """
        for place, entry in self.statuses.get(counted, ()):
            self.scored(counted, place, entry).compare(place, entry.body, counted)
        compared = len(self.statuses.get(counted, ()))
        for place, entry in self.runs.get(counted, ()):
            found = self.scored(counted, place, entry)
            standing = self._standing(place)
            for note in sorted({*found.statuses, *standing}):
                now, follows = (of.get(note, "needs-more-ratings") for of in (standing, found.statuses))
                if now != follows:
                    raise VerificationError(
                        f"entry {place}, a run: the log leaves the status of note {note[:80]} at {now[:40]}, but the "
                        f"ratings among the first {counted} entries make it {follows}"
                    )
            if entry.body["statuses"] != found.digest():
                raise VerificationError(
                    f"entry {place}, a run: its digest of all statuses is not that of the statuses that the ratings "
                    f"among the first {counted} entries make"
                )
            compared = max(compared, len(found.statuses))
        return compared

    def _standing(self, place: int) -> dict[str, str]:
        """The latest status that the log has of each note before a place."""
        before: Iterable[tuple[int, Entry]] = sorted(
            (one for entries in self.statuses.values() for one in entries if one[0] < place), key=lambda one: one[0]
        )
        return {str(entry.body["note"]): str(entry.body["status"]) for _, entry in before}
