"""Verifying a community's public log: that it is whole, and that its statuses follow from its ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from whence.errors import FormatError, VerificationError
from whence.ledger import Audit, Checkpoint, Verifier
from whence.verification.runs import Scored

__all__ = ["Runs", "VerifiedLog", "verify_log"]

Runs = Literal["latest", "all", "none"]


@dataclass(frozen=True)
class VerifiedLog:
    """What was found to hold.

    Attributes:
        checkpoint: the head that was verified; keep it, to see later that the log only grew.
        kinds: number of entries by kind.
        recomputed: number of statuses that were recomputed, and equal those of the log.
        runs: of how many runs of the scorer.
    """

    checkpoint: Checkpoint
    kinds: Mapping[str, int]
    recomputed: int
    runs: int


def verify_log(
    files: Callable[[str], bytes | None], key: Verifier, kept: Checkpoint | None = None, runs: Runs = "latest"
) -> VerifiedLog:
    """Audit a log, and recompute its statuses.

    Args:
        files: gives the log's files by their paths.
        key: the log's first verifier key, from a source that its operator does not control.
        kept: a checkpoint kept from an earlier verification, or None.
        runs: of which runs of the scorer statuses are recomputed.

    Returns:
        What holds.

    Raises:
        VerificationError: names what does not hold, and where.
        MissingExtra: when statuses are to be recomputed and the extra `consensus` is not installed.
    """
    kinds: Counter[str] = Counter()
    facts = Scored()
    try:
        audit = Audit(files, key, kept)
        for place, entry in audit.entries():
            kinds[entry.kind] += 1
            facts.add(place, entry)
    except FormatError as failure:
        raise VerificationError(str(failure)) from None
    wanted = facts.numbers()
    chosen = {"none": [], "latest": wanted[-1:], "all": wanted}[runs]
    recomputed = sum(facts.verify(counted) for counted in chosen)
    return VerifiedLog(audit.checkpoint, dict(sorted(kinds.items())), recomputed, len(chosen))
