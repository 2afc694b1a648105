"""The public Community Notes tables: their columns, one line a row, and the same in Parquet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.verification.community import note
from whence.consensus import community_notes as public
from whence.publish.bulk import COLUMNS, Cell, enrollment_rows, history_rows, note_rows, rating_rows
from whence.publish.bulk_parquet import write_parquet
from whence.publish.bulk_tsv import FILES, tsv_lines
from whence.records.note_history import Contributor, NoteHistory, history_of
from whence.records.note_status import NoteStatus
from whence.records.rating import Rating


def table(name: str, rows: list[tuple[Cell, ...]]) -> list[dict[str, str]]:
    lines = list(tsv_lines(name, rows))
    assert all(line.count("\n") == 1 and len(line.splitlines()) == 1 for line in lines)
    return list(csv.DictReader(io.StringIO("".join(lines)), delimiter="\t"))


def test_columns_are_those_of_the_public_files() -> None:
    for name, columns in (
        ("notes", public.NOTES),
        ("ratings", public.RATINGS),
        ("noteStatusHistory", public.STATUS_HISTORY),
        ("userEnrollment", public.ENROLLMENT),
    ):
        ours = set(COLUMNS[name])
        known = {*columns.required, *columns.optional, *columns.flags, *columns.known}
        assert set(columns.required) <= ours <= known | {"noteAuthorParticipantId"}, ours - known
        assert len(COLUMNS[name]) == len(ours)
    assert [tag for tag in COLUMNS["ratings"] if "elpful" in tag][3:] == list(public.TAGS)
    assert [column for column in public.HISTORY_COLUMNS if column in COLUMNS["noteStatusHistory"]] == list(
        COLUMNS["noteStatusHistory"]
    )
    assert set(FILES) == set(COLUMNS)


def test_a_note_s_row() -> None:
    needs = note(2, classification="needs-context", reasons=("misleadingOther",), text='A "quote"\n\tand\u2028more')
    fine = note(1, classification="not-misleading", reasons=("notMisleadingFactuallyCorrect",))
    first, second = table("notes", list(note_rows([needs, fine])))
    assert first["noteId"] == "n2"
    assert first["createdAtMillis"] == "1772600520000"
    assert first["classification"] == "MISINFORMED_OR_POTENTIALLY_MISLEADING"
    assert (first["misleadingMissingImportantContext"], first["misleadingOther"], first["misleadingSatire"]) == tuple(
        "110"
    )
    assert first["summary"] == 'A "quote" and more https://register.example/2?a=1&b=2'
    assert (second["classification"], second["notMisleadingFactuallyCorrect"]) == ("NOT_MISLEADING", "1")


def test_a_rating_s_row() -> None:
    rating = Rating("n1", "heron", "somewhat-helpful", 5, frozenset({"helpfulClear", "notHelpfulOffTopic"}))
    (row,) = table("ratings", list(rating_rows([rating], {"n1": "crane"})))
    ones = {name for name, cell in row.items() if cell == "1"}
    assert ones == {"helpfulClear", "notHelpfulOffTopic"}
    assert (row["helpfulnessLevel"], row["createdAtMillis"], row["ratedOnTweetId"]) == (
        "SOMEWHAT_HELPFUL",
        "5",
        "crane",
    )


def test_a_history_s_row() -> None:
    statuses = [
        NoteStatus("n1", "helpful", computed="2026-03-04T06:00:00Z", scorer="whence-small/1"),
        NoteStatus("n1", "needs-more-ratings", computed="2026-03-04T07:00:00Z", scorer="whence-small/1"),
    ]
    first, second = table(
        "noteStatusHistory", list(history_rows([history_of(note(1), statuses), NoteHistory(note(2))]))
    )
    assert first["firstNonNMRStatus"] == first["mostRecentNonNMRStatus"] == "CURRENTLY_RATED_HELPFUL"
    assert first["timestampMillisOfLatestNonNMRStatus"] == "1772604000000"
    assert (first["currentStatus"], first["timestampMillisOfCurrentStatus"]) == ("NEEDS_MORE_RATINGS", "1772607600000")
    assert second["currentStatus"] == "NEEDS_MORE_RATINGS"
    assert second["firstNonNMRStatus"] == second["timestampMillisOfFirstNonNMRStatus"] == ""


def test_a_contributor_s_row() -> None:
    at = "2026-03-04T06:00:00Z"
    rows = enrollment_rows([Contributor("heron", True, at), Contributor("wren", False, at, 5, 1), Contributor("kite")])
    states = [row["enrollmentState"] for row in table("userEnrollment", list(rows))]
    assert states == ["earnedIn", "earnedOutAcknowledged", "newUser"]


@given(text=st.text(min_size=1).filter(str.strip))
def test_any_text_is_one_cell(text: str) -> None:
    (row,) = table("notes", list(note_rows([note(1, text=text)])))
    assert row["summary"].split()[:-1] == text.split()
    assert row["isMediaNote"] == "0"


def test_parquet_holds_the_same(tmp_path: object) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = list(note_rows([note(number) for number in range(3)]))
    out = io.BytesIO()
    assert write_parquet("notes", rows, out) == 3
    found = parquet.read_table(io.BytesIO(out.getvalue()))
    assert tuple(found.column_names) == COLUMNS["notes"]
    assert list(zip(*(column.to_pylist() for column in found.columns), strict=True)) == rows
    assert str(found.schema.field("createdAtMillis").type) == "int64"
    empty = io.BytesIO()
    assert write_parquet("ratings", [], empty) == 0
    assert parquet.read_table(io.BytesIO(empty.getvalue())).num_rows == 0


def test_another_table_is_refused() -> None:
    with pytest.raises(ValueError, match="got 'tweets'"):
        list(tsv_lines("tweets", []))
    with pytest.raises(ValueError, match="got 'tweets'"):
        write_parquet("tweets", [], io.BytesIO())
