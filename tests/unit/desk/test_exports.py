"""The bulk data is what others can score again, and holds nothing that is hidden."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whence.cli.score import run
from whence.desk.models import Note, NoteScore, User
from whence.desk.services import exports, facts, moderation, ratings, scoring
from whence.ledger import Verifier
from whence.verification import log_files, verify_log

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk

pl = pytest.importorskip("polars")


def _divided(desk: Desk) -> list[Note]:
    """A community of two sides, with notes that please one, the other, both and neither."""
    pick = random.Random(7)
    story, author = desk.story(), desk.user("author")
    raters = desk.users(16)
    notes = [desk.note(author, story, text=f"The minutes of {day} May speak of it otherwise.") for day in range(1, 17)]
    for number, note in enumerate(notes):
        for place, rater in enumerate(raters):
            if pick.random() < 0.1:
                continue
            pleased = (place % 2 == 0, place % 2 == 1, True, False)[number % 4] != (pick.random() < 0.05)
            ratings.rate(rater, note, "helpful" if pleased else "not", ("helpfulClear",) if pleased else ())
    return notes


def test_scoring_the_export_gives_the_desks_statuses(desk: Desk, tmp_path: Path) -> None:
    notes = _divided(desk)
    scoring.score()
    statuses = {score.note_id: score.status for score in NoteScore.objects.all()}
    assert set(statuses.values()) == {"helpful", "not-helpful", "needs-more-ratings"}
    exports.write(tmp_path / "data")
    run(
        tmp_path / "data" / "ratings-00000.zip",
        tmp_path / "scored",
        notes=tmp_path / "data" / "notes-00000.zip",
        status=tmp_path / "data" / "noteStatusHistory-00000.zip",
        enrollment=tmp_path / "data" / "userEnrollment-00000.zip",
        small=True,
        quiet=True,
    )
    scored = pl.read_parquet(tmp_path / "scored" / "scored_notes.parquet")
    words = {
        "CURRENTLY_RATED_HELPFUL": "helpful",
        "CURRENTLY_RATED_NOT_HELPFUL": "not-helpful",
        "NEEDS_MORE_RATINGS": "needs-more-ratings",
    }
    column = next(name for name in scored.columns if "tatus" in name)
    again = {
        int(note): words.get(status, status) for note, status in zip(scored["noteId"], scored[column], strict=True)
    }
    assert again == statuses
    assert len(again) == len(notes)


def test_the_log_of_the_export_verifies(desk: Desk, tmp_path: Path) -> None:
    desk.rate(desk.user("bo"), desk.note(desk.user()))
    exports.write(tmp_path / "data")
    exports.write(tmp_path / "data")
    found = verify_log(log_files(str(tmp_path / "data" / "log")), Verifier.parse(facts.first_key()))
    assert found.kinds["rating"] == 1


def test_what_is_hidden_is_not_in_the_bulk_data(desk: Desk, tmp_path: Path) -> None:
    note = desk.note(desk.user(), text="This one will be hidden by a moderator.")
    kept = desk.note(User.objects.get(username="ada"), note.story, text="This one\tis kept,\nlike its line end.")
    moderation.hide_note(desk.user("mod", is_staff=True), note, "It insults somebody.")
    exports.write(tmp_path / "data")
    with zipfile.ZipFile(tmp_path / "data" / "notes-00000.zip") as archive:
        lines = archive.read("notes-00000.tsv").decode().splitlines()
    assert len(lines) == 3
    assert "will be hidden" not in lines[1]
    assert lines[2].startswith(f"{kept.pk}\tada\t")
    assert "This one is kept, like its line end. https://minutes.example/3-may" in lines[2]
    table = pl.read_parquet(tmp_path / "data" / "notes.parquet")
    assert table["text"].to_list()[0] == ""
    assert table["hidden"].to_list()[0] == "It insults somebody."


def test_equal_data_gives_equal_bytes(desk: Desk, tmp_path: Path) -> None:
    desk.rate(desk.user("bo"), desk.note(desk.user()))
    for name in ("one", "two"):
        exports.write(tmp_path / name)
    for file in exports.FILES:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
