"""Verifying a community's public log: that it is whole, and that its statuses follow from its ratings.

Here two stages meet: the ledger says which facts are in the log, consensus what follows from them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from whence.errors import FormatError, InputError, UnreachableError, VerificationError
from whence.ingest import Policy
from whence.ingest.fetch import Fetcher
from whence.ledger import Audit, Checkpoint, Entry, FolderStorage, Verifier

__all__ = ["SCORER", "Runs", "VerifiedLog", "local_policy", "log_files", "verify_log"]

SCORER = "whence-small/1"
"""Name and version of the scorer of small communities, as an entry of kind "status" holds it."""

Runs = Literal["latest", "all", "none"]

_LOCAL = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
_LEVELS = {"helpful": 1.0, "somewhat": 0.5, "not": 0.0}
_PARAMETERS = {"seed": (0, 2**53), "resamples": (1, 10_000), "level": (0.5, 0.999)}
"""The scorer's parameters and their bounds: without them a hostile log could ask for a year of computing."""


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


@dataclass(frozen=True)
class _Settings:
    seed: int
    resamples: int
    level: float


@dataclass
class _Facts:
    """Ratings and statuses in the order of the log."""

    ratings: list[tuple[int, str, str, str]] = field(default_factory=list)  # place, note, rater, what
    statuses: dict[int, list[tuple[int, Entry]]] = field(default_factory=dict)  # by the number of entries that counted


def local_policy(url: str) -> Policy:
    """Return the policy for a log on this machine or inside an organisation's network.

    Args:
        url: the log's address; its port is allowed, whichever it is.

    Raises:
        InputError: when its port is none.
    """
    try:
        port = urlsplit(url).port
    except ValueError:
        raise InputError(f"the port of {url[:200]} lies in 1..65535: mend the address") from None
    return Policy(ports=tuple({80, 443, port or 443}), allow=_LOCAL)


def log_files(where: str, policy: Policy | None = None) -> Callable[[str], bytes | None]:
    """Return a function that gives a log's files by their paths.

    Args:
        where: a folder, or the http(s) address under which one is published.
        policy: what may be fetched; by default the guarded one.

    Returns:
        A function of a path: the file's bytes, or None where there is none. It raises FetchError and InputError as
        the file system or the network do.

    Raises:
        InputError: where is neither.
    """
    if re.match(r"https?://", where, re.IGNORECASE):
        fetcher = Fetcher(policy or Policy())

        def fetched(path: str) -> bytes | None:
            try:
                return fetcher.fetch(f"{where.rstrip('/')}/{path}").body
            except UnreachableError as failure:
                if failure.status in (404, 410):
                    return None
                raise

        return fetched
    folder = Path(where)
    if not folder.is_dir():
        raise InputError(f"a log is a folder or an http(s) address, but {where} is neither: check the spelling")
    return FolderStorage(folder).get


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
    facts = _Facts()
    try:
        audit = Audit(files, key, kept)
        for place, entry in audit.entries():
            kinds[entry.kind] += 1
            _collect(facts, place, entry)
    except FormatError as failure:
        raise VerificationError(str(failure)) from None
    wanted = sorted(facts.statuses)
    chosen = {"none": [], "latest": wanted[-1:], "all": wanted}[runs]
    recomputed = sum(_recompute(facts, counted) for counted in chosen)
    return VerifiedLog(audit.checkpoint, dict(sorted(kinds.items())), recomputed, len(chosen))


def _collect(facts: _Facts, place: int, entry: Entry) -> None:
    body = entry.body
    if entry.kind == "rating":
        what = body["helpful"]
        if what not in (*_LEVELS, "withdrawn"):
            raise FormatError(f"entry {place}: a rating is helpful, somewhat, not or withdrawn, not {str(what)[:40]!r}")
        facts.ratings.append((place, str(body["note"]), str(body["rater"]), what))
    elif entry.kind == "status":
        counted = body["ratings"]
        if not isinstance(counted, int) or isinstance(counted, bool) or not 0 <= counted <= place:
            raise FormatError(f"entry {place}: a status counts the ratings of entries before it, not {counted!r:.40}")
        facts.statuses.setdefault(counted, []).append((place, entry))


def _recompute(facts: _Facts, counted: int) -> int:
    """Score the ratings among the first entries again, and compare every status that rests on them."""
    latest = {(note, rater): what for place, note, rater, what in facts.ratings if place < counted}
    rows = [(note, rater, _LEVELS[what]) for (note, rater), what in sorted(latest.items()) if what != "withdrawn"]
    done: dict[_Settings, dict[str, str]] = {}
    for place, entry in facts.statuses[counted]:
        settings = _settings(place, entry)
        if settings not in done:
            done[settings] = _statuses(rows, settings)
        note, claimed = str(entry.body["note"]), str(entry.body["status"])
        follows = done[settings].get(note, "needs-more-ratings")
        if claimed != follows:
            raise VerificationError(
                f"entry {place}: the status of note {note[:80]} is given as {claimed[:40]}, but the ratings among the "
                f"first {counted} entries make it {follows}"
            )
    return len(facts.statuses[counted])


def _statuses(rows: list[tuple[str, str, float]], settings: _Settings) -> dict[str, str]:
    from whence.consensus import fit

    if not rows:
        return {}
    columns = dict(zip(("note", "rater", "rating"), map(list, zip(*rows, strict=True)), strict=True))
    notes = fit(columns, seed=settings.seed, resamples=settings.resamples, level=settings.level).notes
    return dict(zip(map(str, notes["note"]), map(str, notes["status"]), strict=True))


def _settings(place: int, entry: Entry) -> _Settings:
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
    return _Settings(int(given["seed"]), int(given["resamples"]), float(given["level"]))
