"""A log's statuses are computed again from its ratings, and every edit shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whence.consensus import fit
from whence.errors import InputError, VerificationError
from whence.ingest import local_policy
from whence.ledger import Checkpoint, Entry, FolderStorage, Log, Signer
from whence.ledger.notes import parse
from whence.verification import SCORER, VerifiedLog, log_files, verify_log

NOW = "2026-03-04T05:06:07Z"
SIGNER = Signer("desk.example/log", bytes(range(32)))
PARAMETERS: dict[str, Any] = {"seed": 1, "resamples": 30, "level": 0.9}
WORDS = {1.0: "helpful", 0.5: "somewhat", 0.0: "not"}


def votes(notes: int = 6, raters: int = 16) -> list[tuple[str, str, float]]:
    """Two camps: every third note pleases both, every third one, every third none."""
    return [
        (f"n{note}", f"r{rater}", float(note % 3 == 0 or (note % 3 == 1 and rater % 2 == 0)))
        for note in range(notes)
        for rater in range(raters)
    ]


def rating(note: str, rater: str, word: str) -> Entry:
    return Entry("rating", NOW, {"note": note, "rater": rater, "helpful": word})


def status(note: str, found: str, counted: int, **other: object) -> Entry:
    body = {"note": note, "status": found, "scorer": SCORER, "parameters": PARAMETERS, "ratings": counted}
    return Entry("status", NOW, body | other)


def scored(rows: list[tuple[str, str, float]]) -> dict[str, str]:
    columns = dict(zip(("note", "rater", "rating"), map(list, zip(*rows, strict=True)), strict=True))
    notes = fit(columns, **PARAMETERS).notes
    return dict(zip(map(str, notes["note"]), map(str, notes["status"]), strict=True))


def verified(folder: Path, entries: list[Entry], **options: Any) -> VerifiedLog:
    Log(FolderStorage(folder), SIGNER).append(entries)
    return verify_log(log_files(str(folder)), SIGNER.verifier, **options)


RATINGS = [rating(note, rater, WORDS[value]) for note, rater, value in votes()]
STATUSES = scored(votes())


def test_the_example_has_every_kind_of_status() -> None:
    assert STATUSES["n0"] == "helpful"
    assert {"helpful", "needs-more-ratings"} < set(STATUSES.values()) | {"not-helpful"}


def test_statuses_that_follow_are_counted(tmp_path: Path) -> None:
    entries = RATINGS + [status(note, found, len(RATINGS)) for note, found in STATUSES.items()]
    found = verified(tmp_path, entries)
    assert (found.recomputed, found.runs) == (6, 1)
    assert found.kinds == {"rating": 96, "status": 6}
    assert found.checkpoint.size == 102


def test_a_note_without_ratings_needs_more(tmp_path: Path) -> None:
    assert verified(tmp_path, [status("n9", "needs-more-ratings", 0)]).recomputed == 1


def test_the_last_rating_of_a_rater_counts_and_a_withdrawn_one_does_not(tmp_path: Path) -> None:
    changed = [rating("n0", f"r{one}", "not") for one in range(16)]
    withdrawn = [rating("n3", f"r{one}", "withdrawn") for one in range(16)]
    left = [(n, r, 0.0 if n == "n0" else v) for n, r, v in votes() if n != "n3"]
    entries = RATINGS + changed + withdrawn
    now = scored(left)
    assert now["n0"] != STATUSES["n0"]
    entries += [status("n0", now["n0"], 128), status("n3", "needs-more-ratings", 128)]
    assert verified(tmp_path, entries).recomputed == 2


def test_runs_are_chosen(tmp_path: Path) -> None:
    wrong = status("n0", "not-helpful", len(RATINGS))
    right = status("n0", STATUSES["n0"], len(RATINGS) + 1)
    entries = [*RATINGS, wrong, right]
    assert verified(tmp_path, entries).recomputed == 1
    files = log_files(str(tmp_path))
    assert verify_log(files, SIGNER.verifier, runs="none").recomputed == 0
    with pytest.raises(VerificationError, match=r"n0 is given as not-helpful, but .* first 96 entries make it helpful"):
        verify_log(files, SIGNER.verifier, runs="all")


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (lambda: status("n0", "not-helpful", 96), "make it helpful"),
        (lambda: status("n1", "helpful", 96), "make it needs-more-ratings"),
        (lambda: status("n0", "helpful", 96, scorer="other/9"), "computed by other/9"),
        (lambda: status("n0", "helpful", 96, parameters={"seed": 1}), "parameters are seed, resamples, level"),
        (lambda: status("n0", "helpful", 96, parameters=PARAMETERS | {"resamples": 10**9}), "resamples is a number"),
        (lambda: status("n0", "helpful", 96, parameters=PARAMETERS | {"seed": "1"}), "seed is a number"),
        (lambda: status("n0", "helpful", 96, parameters=PARAMETERS | {"level": True}), "level is a number"),
        (lambda: status("n0", "helpful", 97), "counts the ratings of entries before it"),
        (lambda: status("n0", "helpful", -1), "counts the ratings of entries before it"),
        (lambda: rating("n0", "r99", "splendid"), "helpful, somewhat, not or withdrawn"),
    ],
)
def test_an_edited_status_is_named(tmp_path: Path, entry: Callable[[], Entry], says: str) -> None:
    with pytest.raises(VerificationError, match=f"entry 96: .*{says}"):
        verified(tmp_path, [*RATINGS, entry()])


def test_a_damaged_log_does_not_verify(tmp_path: Path) -> None:
    verified(tmp_path, RATINGS)
    bundle = tmp_path / "tile/entries/000.p/96"
    bundle.write_bytes(bundle.read_bytes().replace(b'"rater":"r7"', b'"rater":"r8"', 1))
    with pytest.raises(VerificationError, match=r"is not the one that tile/0/000\.p/96 has the hash of"):
        verify_log(log_files(str(tmp_path)), SIGNER.verifier, runs="none")


def test_a_kept_checkpoint_is_compared(tmp_path: Path) -> None:
    kept = verified(tmp_path / "a", RATINGS[:50]).checkpoint
    assert Checkpoint.of(parse((tmp_path / "a/checkpoint").read_bytes())) == kept
    verified(tmp_path / "a", RATINGS[50:], kept=kept)
    with pytest.raises(VerificationError, match="rewritten"):
        verified(tmp_path / "b", RATINGS[1:], kept=kept)


def test_what_is_no_log_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither"):
        log_files(str(tmp_path / "absent"))
    with pytest.raises(VerificationError, match="no checkpoint"):
        verify_log(log_files(str(tmp_path)), SIGNER.verifier)
    with pytest.raises(InputError, match="port"):
        local_policy("http://localhost:99999/")
