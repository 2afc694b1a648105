"""Communities whose truth is known, with brigades and sybils in them: how much ill will the scorer bears.

An honest rater with viewpoint v and leniency l rates a note of quality q and slant s by

    z = q + reach s v + l + noise:   helpful above 0.25, not helpful below -0.25, else somewhat

so right notes (q > 0) please both sides, and wrong ones (q < 0) please at most their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whence.consensus.dataset import LEVEL_SHIFT, VALID, Dataset, Notes, Raters, Ratings
from whence.consensus.rules import CRH
from whence.consensus.scoring import score
from whence.errors import InputError, RangeError
from whence.records.rating import SimulationLine

__all__ = ["Attack", "Scenario", "community", "simulate"]

Attack = Literal["brigade", "sybils", "sleepers"]
_QUIET = 0.25


@dataclass(frozen=True)
class Scenario:
    """A community and what is done to it.

    Attributes:
        raters: how many, good and bad.
        notes: how many.
        ratings: by each rater.
        divide: how far apart the sides stand; 0 for a community without sides.
        attack: "brigade": real people of both sides who rate honestly but for the targets; "sybils": accounts of one
            person, who rate all else as that person would, and the targets as told; "sleepers": a brigade of which
            each member touches a quarter of the targets only, so as to go on being heard.
        targets: share of notes that are attacked: wrong ones praised, right ones run down.
        runs: communities drawn for each share.
        seed: of all random numbers.
    """

    raters: int = 500
    notes: int = 120
    ratings: int = 40
    divide: float = 1.0
    attack: Attack = "brigade"
    targets: float = 0.25
    runs: int = 3
    seed: int = 1

    def __post_init__(self) -> None:
        if self.attack not in ("brigade", "sybils", "sleepers"):
            raise InputError(f"an attack is brigade, sybils or sleepers, but {self.attack!r} was given")
        if self.raters < 40 or self.notes < 20 or not 10 <= self.ratings <= self.notes or self.runs < 1:
            raise RangeError(
                "a scenario has 40 raters or more, 20 notes or more, 10 to as many ratings as notes, 1 run or more, "
                f"but {self.raters}, {self.notes}, {self.ratings} and {self.runs} were given"
            )
        if not 0 < self.targets <= 1 or self.divide < 0:
            raise RangeError(
                f"targets lie in (0, 1], divide is 0 or more, but {self.targets} and {self.divide} were given"
            )


@dataclass(frozen=True)
class _Community:
    data: Dataset
    right: NDArray[np.bool_]
    target: NDArray[np.bool_]
    bad: NDArray[np.bool_]


def community(scenario: Scenario, share: float, run: int) -> _Community:
    """Draw one community.

    Args:
        scenario: what kind.
        share: of bad raters, in [0, 1).
        run: which draw; the notes and honest raters of one run are the same for every share.

    Returns:
        Its ratings, which notes are right, which are targets, and who is bad.
    """
    random = np.random.default_rng([scenario.seed, run])
    u, m = scenario.raters, scenario.notes
    view = np.where(np.arange(u) % 2 == 0, 1.0, -1.0) * (0.5 + 0.5 * random.random(u))
    lenient = random.normal(0, 0.25, u)
    right = np.arange(m) % 2 == 0
    quality = np.where(right, 1.0, -1.0) * (0.4 + 0.8 * random.random(m))
    slant = random.normal(0, 0.8, m) * scenario.divide
    target = random.permutation(m) < max(2, round(scenario.targets * m))
    bad = random.permutation(u) < round(share * u)
    chosen = np.argsort(random.random((u, m)), axis=1)[:, : scenario.ratings]
    noise = random.normal(0, 0.5, (u, m))
    if scenario.attack == "sybils" and bad.any():
        # One person's accounts: one viewpoint, one leniency, all but one opinion of each note.
        first = int(np.flatnonzero(bad)[0])
        view[bad], lenient[bad] = view[first], lenient[first]
        noise[bad] = noise[first] + 0.1 * random.normal(size=(int(bad.sum()), m))
    rated = np.zeros((u, m), bool)
    np.put_along_axis(rated, chosen, True, axis=1)
    told = bad[:, None] & target
    if scenario.attack == "sleepers":
        told &= random.random((u, m)) < _QUIET
    rated |= told
    z = quality + slant * view[:, None] + lenient[:, None] + noise
    level = np.where(z > 0.25, 2, np.where(z < -0.25, 0, 1))
    level[told & right] = 0
    level[told & ~right] = 2

    note, rater = np.nonzero(rated.T)
    start = np.concatenate([[0], np.cumsum(rated.sum(axis=0))]).astype(np.int64)
    bits = (level.T[note, rater].astype(np.uint32) << np.uint32(LEVEL_SHIFT)) | np.uint32(VALID)
    none = np.full(m, -1)
    data = Dataset(
        Ratings(start, rater.astype(np.int32), bits),
        Notes(
            np.arange(m),
            none.astype(np.int64),
            none.astype(np.int32),
            np.ones(m, np.int8),
            none.astype(np.int8),
            none.astype(np.int8),
            none.astype(np.int64),
            np.diff(start),
        ),
        Raters(np.arange(u).astype("S8"), np.full(u, -2, np.int16), np.zeros(u, bool), np.zeros(u, bool)),
        now=-1,
    )
    return _Community(data, right, target, bad)


def simulate(scenario: Scenario, shares: tuple[float, ...] = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)) -> list[SimulationLine]:
    """Attack communities with more and more bad raters.

    Args:
        scenario: what kind.
        shares: of bad raters, each in [0, 0.9].

    Returns:
        A line a share; the same for the same scenario.

    Raises:
        RangeError: if a share lies outside [0, 0.9].
    """
    if not shares or not all(0 <= s <= 0.9 for s in shares):
        raise RangeError(f"shares of bad raters lie in [0, 0.9], but {shares} were given")
    lines = []
    for share in shares:
        outcomes = np.array([_outcome(community(scenario, share, run)) for run in range(scenario.runs)])
        mean, spread = outcomes.mean(axis=0), outcomes.std(axis=0)
        lines.append(SimulationLine(share, *(float(x) for x in (mean[0], mean[1], spread[0], spread[1], mean[2]))))
    return lines


def _outcome(c: _Community) -> tuple[float, float, float]:
    """Shares of attacked wrong notes shown, of attacked right notes not shown, and of bad raters heard."""
    scores = score(c.data)
    shown = scores.final.verdict.status == CRH
    wrong, right = c.target & ~c.right, c.target & c.right
    heard = float(scores.first.reputation.helpful[c.bad].mean()) if c.bad.any() else 0.0
    return (
        float(shown[wrong].mean()) if wrong.any() else 0.0,
        float((~shown[right]).mean()) if right.any() else 0.0,
        heard,
    )
