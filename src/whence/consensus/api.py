"""`whence.consensus.fit`, and the factorisation by itself in the manner of a scikit-learn estimator."""

from __future__ import annotations

import importlib
import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from whence.consensus.dataset import LEVEL_SHIFT, Dataset, Notes, Raters, Ratings
from whence.consensus.factorise import Fit
from whence.consensus.matrix import Matrix, matrix
from whence.consensus.objective import Penalties
from whence.consensus.small import REASONS, score_small
from whence.consensus.starts import nucleus_fit
from whence.errors import InputError, MissingExtra

__all__ = ["BridgingFactorisation", "Consensus", "fit"]

Kind = Literal["numpy", "polars", "pandas"]
_STATUS = ("needs-more-ratings", "helpful", "not-helpful")


@dataclass(frozen=True)
class Consensus:
    """What `fit` found.

    Attributes:
        notes: one row a note in order of id: note, status, reason, score, low, high, pseudo_low, pseudo_high, factor,
            ratings. A polars or pandas DataFrame, or a dict of NumPy arrays, as the ratings came; score to factor are
            float64 with NaN (null in polars) where there is nothing, ratings int64, the rest text, note as given.
        raters: one row a rater: rater, intercept, factor.
        divided: whether the raters are divided; p: of the test.
        mu: the global intercept.
    """

    notes: Any
    raters: Any
    divided: bool
    p: float
    mu: float


def fit(
    ratings: Any,
    *,
    note: str = "note",
    rater: str = "rater",
    rating: str = "rating",
    seed: int = 1,
    resamples: int = 200,
    level: float = 0.9,
) -> Consensus:
    """Score the notes of a community, with intervals, and statuses where both sides have spoken.

    Args:
        ratings: a polars or pandas DataFrame, a mapping of columns, or an array of shape (n, 3), with note, rater and
            rating; ratings are 0 (not helpful), 1/2 and 1, booleans, or "NOT_HELPFUL", "SOMEWHAT_HELPFUL", "HELPFUL".
            Of two ratings by one rater of one note the larger stays.
        note, rater, rating: the columns' names.
        seed: of the bootstrap.
        resamples: bootstrap draws.
        level: of the intervals, in (0, 1).

    Returns:
        Tables of the kind that came in.

    Raises:
        InputError: if a column is missing, a value is missing, or a rating is none of those.
    """
    kind, columns = _columns(ratings, (note, rater, rating))
    note_ids, note_of = _numbered(columns[0], note)
    rater_ids, rater_of = _numbered(columns[1], rater)
    data = _dataset(note_of, rater_of, _levels(columns[2], rating), len(note_ids), len(rater_ids))
    s = score_small(data, seed=seed, resamples=resamples, level=level)
    notes = {
        "note": note_ids,
        "status": np.array(_STATUS)[s.status],
        "reason": np.array(REASONS)[s.reason],
        "score": s.score,
        "low": s.low,
        "high": s.high,
        "pseudo_low": s.least,
        "pseudo_high": s.greatest,
        "factor": s.factor,
        "ratings": np.diff(data.ratings.start),
    }
    raters = {"rater": rater_ids, "intercept": s.rater_intercept, "factor": s.rater_factor}
    return Consensus(_table(notes, kind), _table(raters, kind), bool(s.divided), s.p, s.fit.parameters.mu)


def _columns(ratings: Any, names: tuple[str, str, str]) -> tuple[Kind, list[NDArray[Any]]]:
    module = type(ratings).__module__.split(".")[0]
    if module in ("polars", "pandas") or hasattr(ratings, "keys"):
        present = list(ratings.columns) if hasattr(ratings, "columns") else list(ratings)
        missing = [n for n in names if n not in present]
        if missing:
            raise InputError(
                f"ratings have the columns {', '.join(names)}, but {', '.join(missing)} is missing from "
                f"{', '.join(map(str, present))}: rename, or pass note=, rater=, rating="
            )
        kind: Kind = "polars" if module == "polars" else "pandas" if module == "pandas" else "numpy"
        out = [ratings[n].to_numpy() if hasattr(ratings[n], "to_numpy") else np.asarray(ratings[n]) for n in names]
    else:
        table = np.asarray(ratings)
        if table.ndim != 2 or table.shape[1] != 3:
            raise InputError(f"an array of ratings has the shape (n, 3), but {table.shape} was given")
        kind, out = "numpy", [table[:, k] for k in range(3)]
    if len({len(c) for c in out}) != 1 or not len(out[0]):
        raise InputError(
            f"at least one rating is needed, and columns of one length, but they have {[len(c) for c in out]}"
        )
    return kind, out


def _numbered(column: NDArray[Any], name: str) -> tuple[NDArray[Any], NDArray[np.int32]]:
    if column.dtype.kind == "f" and not np.isfinite(column).all():
        raise InputError(f"every rating names its {name}, but there are missing ones: drop those rows")
    if column.dtype.kind == "O":
        if any(v is None or v != v for v in column.tolist()):
            raise InputError(f"every rating names its {name}, but there are missing ones: drop those rows")
        if not all(isinstance(v, int) for v in column.tolist()):
            column = column.astype(str)
    ids, places = np.unique(column, return_inverse=True)
    return ids, places.reshape(-1).astype(np.int32)


def _levels(column: NDArray[Any], name: str) -> NDArray[np.uint32]:
    words = {"NOT_HELPFUL": 0.0, "SOMEWHAT_HELPFUL": 0.5, "HELPFUL": 1.0}
    try:
        if column.dtype.kind in "OUST":
            values = np.array([words[v] if isinstance(v, str) and v in words else float(v) for v in column.tolist()])
        else:
            values = column.astype(float)
    except (KeyError, TypeError, ValueError):
        values = np.array([np.nan])
    codes = values * 2
    if not np.isin(codes, [0.0, 1.0, 2.0]).all():
        raise InputError(f"a {name} is 0, 0.5 or 1 (or HELPFUL and so on), but others were given: map them first")
    return codes.astype(np.uint32)


def _ordered(
    note: NDArray[np.int32], rater: NDArray[np.int32], code: NDArray[Any], notes: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]:
    """Where each note's ratings begin, and raters and codes in order; of duplicates the largest code stays."""
    order = np.lexsort([code, rater, note])
    note, rater, code = note[order], rater[order], code[order]
    last = np.ones(len(note), bool)
    last[:-1] = (note[1:] != note[:-1]) | (rater[1:] != rater[:-1])
    start = np.concatenate([[0], np.cumsum(np.bincount(note[last], minlength=notes))]).astype(np.int64)
    return start, rater[last], code[last]


def _dataset(
    note: NDArray[np.int32], rater: NDArray[np.int32], level: NDArray[np.uint32], notes: int, raters: int
) -> Dataset:
    start, rater, level = _ordered(note, rater, level, notes)
    none = np.full(notes, -1)
    return Dataset(
        Ratings(start, rater, level << np.uint32(LEVEL_SHIFT)),
        Notes(
            np.arange(notes),
            none.astype(np.int64),
            none.astype(np.int32),
            np.ones(notes, np.int8),
            none.astype(np.int8),
            none.astype(np.int8),
            none.astype(np.int64),
            np.diff(start),
        ),
        Raters(
            np.arange(raters).astype("S"), np.full(raters, -2, np.int16), np.zeros(raters, bool), np.zeros(raters, bool)
        ),
        now=-1,
    )


def _table(columns: dict[str, NDArray[Any]], kind: Kind) -> Any:
    if kind == "numpy":
        return columns
    try:
        if kind == "polars":
            import polars

            plain = {k: v.tolist() if v.dtype.kind in "OUS" else v for k, v in columns.items()}
            return polars.DataFrame(plain).with_columns(polars.selectors.float().fill_nan(None))
        # By name, since pandas is nothing that whence itself depends on.
        return importlib.import_module("pandas").DataFrame(columns)
    except ImportError as missing:  # pragma: no cover - the frame that came in proves that it is there
        raise MissingExtra(kind, "consensus", "return a data frame") from missing


class BridgingFactorisation:
    """The factorisation by itself: mu + b_u + b_n + f_u f_n, fitted exactly; used like a scikit-learn estimator.

    Args:
        factor_penalty: weight of squared factors (0.03 in the public scorer).
        intercept_penalty: weight of squared intercepts (0.15).
        tolerance: largest move of a parameter at which the fit ends.
        max_sweeps: the fit ends in any case after so many.

    Attributes:
        notes_, raters_: ids in order, shapes (notes,) and (raters,).
        note_intercepts_, note_factors_: float64 (notes,).
        rater_intercepts_, rater_factors_: float64 (raters,).
        global_intercept_, loss_, gradient_norm_: float.
        n_iter_: int: sweeps.
    """

    def __init__(
        self,
        *,
        factor_penalty: float = 0.03,
        intercept_penalty: float = 0.15,
        tolerance: float = 1e-7,
        max_sweeps: int = 2000,
    ) -> None:
        self.factor_penalty = factor_penalty
        self.intercept_penalty = intercept_penalty
        self.tolerance = tolerance
        self.max_sweeps = max_sweeps

    def get_params(self, deep: bool = True) -> dict[str, float]:
        """The arguments of the constructor, by name."""
        names = ("factor_penalty", "intercept_penalty", "tolerance", "max_sweeps")
        return {name: getattr(self, name) for name in names}

    def set_params(self, **params: float) -> BridgingFactorisation:
        """Set arguments of the constructor by name.

        Raises:
            InputError: if there is no such argument.
        """
        for name, value in params.items():
            if name not in self.get_params():
                raise InputError(f"parameters are {', '.join(self.get_params())}, but {name} was given")
            setattr(self, name, value)
        return self

    def fit(self, X: ArrayLike, y: ArrayLike) -> BridgingFactorisation:
        """Fit to ratings.

        Args:
            X: shape (n, 2): note id and rater id of each rating; integers or text.
            y: shape (n,), real: the ratings, of at most 65,536 distinct values; no NaN. Of several ratings by one rater
                of one note the largest stays.

        Returns:
            Itself.

        Raises:
            InputError: if shapes or values are others.
        """
        pairs, values = self._pairs(X), np.asarray(y, dtype=float).reshape(-1)
        if len(pairs) != len(values) or not len(values) or not np.isfinite(values).all():
            raise InputError(
                f"X has one row for each of one or more finite y, but they have {len(pairs)} and {len(values)}"
            )
        self.notes_, note = np.unique(pairs[:, 0], return_inverse=True)
        self.raters_, rater = np.unique(pairs[:, 1], return_inverse=True)
        distinct, code = np.unique(values, return_inverse=True)
        if len(distinct) > 65_536:
            raise InputError(f"y has at most 65,536 distinct values, but {len(distinct)} were given: round it")
        data = self._matrix(note.astype(np.int32), rater.astype(np.int32), code, distinct)
        penalties = Penalties(self.factor_penalty, self.intercept_penalty)
        found: Fit = nucleus_fit(data, penalties, tolerance=self.tolerance, most_sweeps=self.max_sweeps)
        if found.moved > self.tolerance and found.sweeps >= self.max_sweeps:
            warnings.warn(f"the fit still moved by {found.moved:.1e} after {found.sweeps} sweeps", stacklevel=2)
        p = found.parameters
        self.global_intercept_ = p.mu
        self.note_intercepts_, self.note_factors_ = p.note[:, 0].copy(), p.note[:, 1].copy()
        raters = np.empty_like(p.rater)
        raters[data.rater] = p.rater  # a matrix has its busiest raters first
        self.rater_intercepts_, self.rater_factors_ = raters.T.copy()
        self.loss_, self.gradient_norm_, self.n_iter_ = found.loss, found.gradient_norm, found.sweeps
        return self

    def predict(self, X: ArrayLike) -> NDArray[np.float64]:
        """What each rater would give each note.

        Args:
            X: shape (n, 2): note id and rater id; unknown ones count as average.

        Returns:
            float64 (n,).
        """
        pairs = self._pairs(X)
        note, has_note = _place(self.notes_, pairs[:, 0])
        rater, has_rater = _place(self.raters_, pairs[:, 1])
        out = self.global_intercept_ + np.where(has_note, self.note_intercepts_[note], 0.0)
        out += np.where(has_rater, self.rater_intercepts_[rater], 0.0)
        both = has_note & has_rater
        return np.asarray(out + np.where(both, self.note_factors_[note] * self.rater_factors_[rater], 0.0))

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """R squared of the predictions."""
        values = np.asarray(y, dtype=float).reshape(-1)
        left = float(((values - self.predict(X)) ** 2).sum())
        return 1.0 - left / max(float(((values - values.mean()) ** 2).sum()), 1e-300)

    @staticmethod
    def _pairs(X: ArrayLike) -> NDArray[Any]:
        pairs = np.asarray(X.to_numpy() if hasattr(X, "to_numpy") else X)
        if pairs.ndim != 2 or pairs.shape[1] != 2:
            raise InputError(f"X has the shape (n, 2), note and rater, but {pairs.shape} was given")
        return pairs.astype(str) if pairs.dtype.kind == "O" else pairs

    @staticmethod
    def _matrix(
        note: NDArray[np.int32], rater: NDArray[np.int32], code: NDArray[np.int64], values: NDArray[np.float64]
    ) -> Matrix:
        start, rater, kept = _ordered(note, rater, code, int(note.max()) + 1)
        ratings = Ratings(start, rater, np.zeros(len(rater), np.uint32))
        narrow = kept.astype(np.uint8) if len(values) <= 256 else kept.astype(np.uint16)
        return matrix(ratings, int(rater.max()) + 1, code=narrow, values=values)


def _place(known: NDArray[Any], asked: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    place = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return place, np.asarray(known[place] == asked)
