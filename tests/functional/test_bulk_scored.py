"""What a desk exports, `whence score` scores to the same statuses."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from tests.functional.conftest import Run
from tests.unit.verification.community import note
from whence.publish.bulk import enrollment_rows, history_rows, note_rows, rating_rows
from whence.publish.bulk_tsv import FILES, tsv_lines
from whence.records.note_history import Contributor, NoteHistory
from whence.records.rating import Level, Rating
from whence.verification.scoring import rescored

WORDS: dict[float, Level] = {1.0: "helpful", 0.5: "somewhat-helpful", 0.0: "not-helpful"}
PUBLIC = {
    "helpful": "CURRENTLY_RATED_HELPFUL",
    "not-helpful": "CURRENTLY_RATED_NOT_HELPFUL",
    "needs-more-ratings": "NEEDS_MORE_RATINGS",
}


def votes(seed: int) -> list[tuple[str, str, float]]:
    """Forty notes and thirty people of two camps, who err now and then."""
    draw = random.Random(seed)
    found = []
    for n in range(40):
        for r in range(30):
            if draw.random() < 0.6:
                pleased = n % 4 == 0 or (n % 4 == 1 and r % 2 == 0) or (n % 4 == 2 and r % 2 == 1)
                found.append(
                    (f"n{n}", f"alias {r}", draw.choice([0.0, 0.5, 1.0]) if draw.random() < 0.15 else float(pleased))
                )
    return sorted(found)


def test_the_export_scores_to_the_desk_s_statuses(whence: Run, tmp_path: Path) -> None:
    rows = votes(4)
    notes = [note(n) for n in range(40)]
    tables = {
        "notes": note_rows(notes),
        "ratings": rating_rows(Rating(n, r, WORDS[value], 1_772_700_000_000) for n, r, value in rows),
        "noteStatusHistory": history_rows(NoteHistory(one) for one in notes),
        "userEnrollment": enrollment_rows(Contributor(f"alias {r}", True, "2026-03-04T05:00:00Z") for r in range(30)),
    }
    for name, table in tables.items():
        (tmp_path / FILES[name]).write_text("".join(tsv_lines(name, table)), encoding="utf-8")
    options = {"--notes": "notes", "--ratings": "ratings", "--status": "noteStatusHistory"}
    options["--enrollment"] = "userEnrollment"
    files = [part for option, name in options.items() for part in (option, tmp_path / FILES[name])]
    done = whence("score", *files, "--small", "--out", tmp_path / "scored")
    assert done.returncode == 0, done.stderr
    with open(tmp_path / "scored/scored_notes.tsv", encoding="utf-8") as file:
        scored = {row["noteId"]: row["status"] for row in csv.DictReader(file, delimiter="\t")}
    words = {public: word for word, public in PUBLIC.items()}
    plain = {one: words.get(status, status) for one, status in scored.items()}
    assert plain == dict(rescored(rows, (1, 200, 0.9)).statuses)
    assert len(set(plain.values())) == 3
    whole = whence("score", *files, "--out", tmp_path / "large")
    assert whole.returncode == 0, whole.stderr
