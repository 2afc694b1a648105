"""Reading: fast kernels equal their readable twins; what is malformed is named, or mended and counted."""

from __future__ import annotations

import gzip
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.consensus import sources
from whence.consensus.ahead import ahead
from whence.consensus.community_notes import RATINGS, TAGS
from whence.consensus.interner import Interner, plain_intern
from whence.consensus.order import Block, canonical, plain_canonical
from whence.consensus.parse import plain_whole_numbers, whole_numbers
from whence.consensus.preprocess import early_ratings, plain_early_ratings
from whence.consensus.reading import Inputs, read
from whence.consensus.report import Report
from whence.consensus.split import FLAG, SKIP, SPAN, plain_split_rows, split_rows
from whence.consensus.tables import pieces
from whence.errors import FormatError, InputError

Write = Callable[..., Path]
SIMPLE = "note\trater\trating\n"


def enough(extra: str = "") -> str:
    """A table of 12 raters on 12 notes, and more rows."""
    rows = "".join(f"{n}\tr{r}\t{'HELPFUL' if (n + r) % 3 else 'NOT_HELPFUL'}\n" for n in range(12) for r in range(12))
    return SIMPLE + rows + extra


def read_table(path: Path) -> tuple[int, Report]:
    report = Report()
    data = read(Inputs(path), report)
    return len(data.ratings), report


field = st.text(
    st.characters(codec="ascii", exclude_characters="\r\0", exclude_categories=["Cc"]) | st.sampled_from('"\t\n'),
    max_size=6,
)


@given(st.lists(st.tuples(field, field, st.sampled_from(["0", "1", ""]), field), max_size=8))
@settings(deadline=None, max_examples=60)
def test_split_rows_equals_the_csv_module(rows: list[tuple[str, ...]]) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    text = out.getvalue().encode()
    kind = np.array([SPAN, SKIP, FLAG, SPAN], np.int8)
    slot = np.array([0, 0, 5, 1], np.int8)
    spans = np.zeros((20, 2, 2), np.int32)
    bits = np.zeros(20, np.uint32)
    counts = np.zeros(2, np.int64)
    found, used = split_rows(np.frombuffer(text, np.uint8), len(text), 9, kind, slot, spans, bits, counts)
    assert used == len(text)
    mine = [([text[a:b].decode().replace('""', '"') for a, b in spans[k]], int(bits[k])) for k in range(found)]
    assert mine == plain_split_rows(text, "\t", kind, slot)


@given(
    st.lists(
        st.one_of(
            st.integers(-(2**70), 2**70).map(str),
            st.sampled_from(["", "1.0", "-", "1e5", "٣", "9223372036854775808", "7."]),
        )
    )
)
@settings(deadline=None, max_examples=60)
def test_whole_numbers_equal_python_ints(fields: list[str]) -> None:
    raw = [f.encode() for f in fields]
    ends = np.cumsum([0, *map(len, raw)])
    spans = np.stack([ends[:-1], ends[1:]], axis=1).astype(np.int32)
    out = np.empty(len(fields), np.int64)
    whole_numbers(np.frombuffer(b"".join(raw) + b" ", np.uint8), spans, out)
    assert out.tolist() == plain_whole_numbers(fields)


@given(st.lists(st.binary(max_size=70).filter(lambda b: b"\0" not in b), max_size=60))
@settings(deadline=None, max_examples=40)
def test_interner_equals_a_dictionary(strings: list[bytes]) -> None:
    ends = np.cumsum([0, *map(len, strings)])
    spans = np.stack([ends[:-1], ends[1:]], axis=1).astype(np.int32)
    interner = Interner(capacity=2)
    known: dict[bytes, int] = {}
    found = interner.number(np.frombuffer(b"".join(strings) + b" ", np.uint8), spans)
    assert found.tolist() == plain_intern(strings, known)
    assert interner.strings().tolist() == list(known)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40
    )
)
@settings(deadline=None, max_examples=60)
def test_canonical_order_equals_a_sorted_dictionary(rows: list[tuple[int, int, int, int]]) -> None:
    columns = np.array(rows).T
    half = len(rows) // 2
    blocks: list[Block] = [
        (c[0].astype(np.int32), c[1].astype(np.int32), c[2].astype(np.int64), c[3].astype(np.uint32), None)
        for c in (columns[:, :half], columns[:, half:])
    ]
    same = np.arange(4, dtype=np.int32)
    start, rater, time, bits, _, (dropped, _) = canonical(blocks, same, same)
    note = np.repeat(np.arange(4), np.diff(start))
    mine = list(zip(note.tolist(), rater.tolist(), time.tolist(), bits.tolist(), strict=True))
    assert mine == plain_canonical(rows)
    assert dropped == len(rows) - len(mine)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_early_ratings_equal_their_twin(data: st.DataObject) -> None:
    history = 1_652_918_400_000
    created = data.draw(st.lists(st.sampled_from([-1, history - 5, history + 5]), min_size=2, max_size=2))
    decided = data.draw(st.lists(st.sampled_from([-1, history + 50]), min_size=2, max_size=2))
    counts = data.draw(st.tuples(st.integers(0, 9), st.integers(0, 9)))
    times = [
        history + t
        for t in data.draw(
            st.lists(st.sampled_from([0, 1, 60, 172_800_010]), min_size=sum(counts), max_size=sum(counts))
        )
    ]
    note = [0] * counts[0] + [1] * counts[1]
    bits = np.zeros(len(note), np.uint32)
    start = np.array([0, counts[0], len(note)], np.int64)
    early_ratings(start, np.array(times, np.int64), bits, np.array(created, np.int64), np.array(decided, np.int64))
    assert (bits != 0).tolist() == plain_early_ratings(note, times, created, decided)


def test_gz_zip_folder_parquet_and_csv_give_the_same(table: Write, tmp_path: Path) -> None:
    import polars as pl

    plain = table(enough())
    packed = tmp_path / "packed.tsv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()[:100]) + gzip.compress(plain.read_bytes()[100:]))
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w") as z:
        z.write(plain, "ratings.tsv")
    parts = tmp_path / "parts"
    parts.mkdir()
    lines = enough().splitlines(keepends=True)
    (parts / "a.tsv").write_text(lines[0] + "".join(lines[1:50]))
    (parts / "b.tsv").write_text(lines[0] + "".join(lines[50:]))
    frame = pl.read_csv(plain, separator="\t")
    frame.write_parquet(tmp_path / "ratings.parquet")
    frame.write_csv(tmp_path / "ratings.csv")
    expected = read(Inputs(plain), Report())
    for other in (packed, archive, parts, tmp_path / "ratings.parquet", tmp_path / "ratings.csv"):
        found = read(Inputs(other), Report())
        assert (found.ratings.rater == expected.ratings.rater).all(), other
        assert (found.ratings.bits == expected.ratings.bits).all(), other
        assert (found.notes.id == expected.notes.id).all(), other


def test_windows_line_ends_and_a_byte_order_mark(table: Write, tmp_path: Path) -> None:
    odd = tmp_path / "odd.tsv"
    odd.write_bytes(b"\xef\xbb\xbf" + enough().rstrip("\n").replace("\n", "\r\n").encode())
    assert read_table(odd)[0] == 144


@pytest.mark.parametrize(
    "mangle", [lambda b: b[:-9], lambda b: b[: len(b) // 2], lambda b: b[:10] + b"\xff" * 40 + b[50:]]
)
def test_a_truncated_or_damaged_gzip_is_an_error(
    table: Write, tmp_path: Path, mangle: Callable[[bytes], bytes]
) -> None:
    broken = tmp_path / "broken.tsv.gz"
    broken.write_bytes(mangle(gzip.compress(table(enough()).read_bytes(), mtime=0)))
    with pytest.raises(FormatError, match=r"gzip data|damaged"):
        read_table(broken)


def test_every_table_of_a_zip_has_a_header_of_its_own(table: Write, tmp_path: Path) -> None:
    text = enough()
    head, *body = text.splitlines(keepends=True)
    plain = table(text)
    archive = tmp_path / "packed.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("b/ratings-2.tsv", head + "".join(body[10:]))
        z.writestr("b/ratings-1.tsv", head + "".join(body[:10]).rstrip("\n"))
        z.writestr("__MACOSX/b/._ratings-1.tsv", b"\x00\x05")
        z.writestr("b/.hidden", "x")
    report = Report()
    a, b = read(Inputs(plain), Report()), read(Inputs(archive), report)
    assert a.ratings.rater.tolist() == b.ratings.rater.tolist()
    assert a.ratings.bits.tolist() == b.ratings.bits.tolist()
    assert not report.repairs


def test_an_empty_zip_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as z:
        z.writestr("__MACOSX/x", "")
    with pytest.raises(FormatError, match="holds no file"):
        read(Inputs(empty), Report())


def test_items_taken_ahead_come_in_order_and_so_does_the_failure() -> None:
    def items() -> Iterator[int]:
        yield from range(10)
        raise FormatError("cut short")

    stream = ahead(items(), depth=2)
    assert [next(stream) for _ in range(10)] == list(range(10))
    with pytest.raises(FormatError, match="cut short"):
        next(stream)


def test_an_iterator_left_early_is_left_by_its_thread_too() -> None:
    before = threading.active_count()
    stream = ahead(iter(int, 1), depth=1)
    assert next(stream) == 0
    stream.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_a_damaged_zip_is_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04" + b"x" * 50)
    with pytest.raises(FormatError, match="zip"):
        read_table(broken)


@pytest.mark.parametrize("text", ["", "\n", SIMPLE, "note\trating\n1\tHELPFUL\n"])
def test_an_empty_table_or_a_missing_column_is_an_error(table: Write, text: str) -> None:
    with pytest.raises(InputError):
        read_table(table(text))


def test_a_missing_column_is_named(table: Write) -> None:
    with pytest.raises(InputError, match=r"needs the column helpfulnessLevel, but .* has note, rater"):
        read_table(table("note\trater\n1\ta\n"))


def test_a_missing_file_or_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_table(tmp_path / "nowhere.tsv")
    with pytest.raises(InputError, match="holds no"):
        read_table(tmp_path)


def test_a_file_that_changes_while_it_is_read_is_an_error(table: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(enough())
    monkeypatch.setattr(sources, "CHUNK", 64)
    stream = sources._guarded(path)
    next(stream)
    with path.open("a") as more:
        more.write("99\tr1\tHELPFUL\n")
    with pytest.raises(InputError, match="changed while it was read"):
        list(stream)


def test_an_unclosed_quotation_mark_is_an_error(table: Write) -> None:
    with pytest.raises(FormatError, match="never closed"):
        read_table(table(enough('1\t"r99\tHELPFUL\n')))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("1\tr20\tVERY_HELPFUL\n", "ratings of an unknown level, left out"),
        ("1\tr20\t\n", "ratings without a level, left out"),
        ("\tr20\tHELPFUL\n", "ratings without a note or a rater, left out"),
        ("1\tr20\n", "ratings rows with too few fields, left out"),
        ("1\tr20\tHELPFUL\tx\n", "ratings rows with too many fields, left out"),
    ],
)
def test_a_bad_row_is_left_out_and_counted(table: Write, row: str, what: str) -> None:
    count, report = read_table(table(enough(row)))
    assert (count, report.repairs) == (144, {what: 1})


def test_a_note_id_beyond_64_bits_is_left_out_and_counted(table: Write) -> None:
    notes = "".join(f"{n}\tr{r}\tHELPFUL\n" for n in range(120) for r in range(3))
    count, report = read_table(table(SIMPLE + notes + "99999999999999999999\tr1\tHELPFUL\n"))
    assert (count, list(report.repairs.values())) == (360, [1])
    assert "64 bits" in next(iter(report.repairs))


def test_an_overlong_id_is_left_out_and_counted(table: Write) -> None:
    count, report = read_table(table(enough(f"1\t{'x' * 300}\tHELPFUL\n")))
    assert count == 144
    assert report.repairs["raterParticipantId longer than 256 bytes, read as missing"] == 1


def test_correlated_raters_are_marked(table: Write, tmp_path: Path) -> None:
    (tmp_path / "correlated.txt").write_text("r3\nr7\nnobody\n")
    report = Report()
    data = read(Inputs(table(enough()), correlated=tmp_path / "correlated.txt"), report)
    assert data.raters.id[data.raters.correlated].tolist() == [b"r3", b"r7"]
    assert report.repairs == {"correlated raters who rated nothing": 1}


def test_text_ids_are_ids_too(table: Write) -> None:
    data = read(Inputs(table(enough().replace("\n1\t", "\nnote one\t"))), Report())
    assert data.notes.id.dtype.kind == "S"
    assert len(data.ratings) == 144


def test_of_duplicates_the_latest_stays(table: Write) -> None:
    text = "noteId\traterParticipantId\thelpfulnessLevel\tcreatedAtMillis\n"
    rows = "".join(f"{n}\tr{r}\tHELPFUL\t{1000 + r}\n" for n in range(6) for r in range(6))
    again = "2\tr3\tNOT_HELPFUL\t5000\n2\tr3\tHELPFUL\t1003\n"
    report = Report()
    data = read(Inputs(table(text + rows + again)), report)
    assert len(data.ratings) == 36
    assert report.repairs == {"duplicate ratings, of which the latest stays": 2, "duplicate ratings that differed": 2}
    place = data.ratings.start[2] + 3
    assert data.ratings.level[place] == 0


def test_votes_are_understood(table: Write) -> None:
    data = read(Inputs(table("comment-id,voter-id,vote\n1,1,1\n1,2,-1\n1,3,0\n", "v.csv")), Report())
    assert data.ratings.level.tolist() == [2, 0, 1]


def test_columns_added_dropped_and_renamed(table: Write) -> None:
    report = Report()
    path = table("noteId\tparticipantId\thelpfulnessLevel\tbrandNew\tnotHelpfulIncorrect\n1\ta\tNOT_HELPFUL\tx\t1\n")
    piece = next(iter(pieces(path, RATINGS, report)))
    assert piece.bits[0] == 1 << TAGS.index("notHelpfulIncorrect")
    assert "ratings: column brandNew is not known and is passed over" in report.remarks
    assert "ratings: column participantId is read as raterParticipantId" in report.remarks
    assert "ratings: column createdAtMillis is absent and counts as empty" in report.remarks


def test_a_rating_before_its_note_is_left_out_and_counted(table: Write, tmp_path: Path) -> None:
    head = "noteId\traterParticipantId\thelpfulnessLevel\tcreatedAtMillis\n"
    now = 1_790_000_000_000
    ratings = table(head + "".join(f"1\tr{r}\tHELPFUL\t{now + (r - 1) * 1000}\n" for r in range(6)))
    notes = tmp_path / "notes.tsv"
    notes.write_text(f"noteId\tcreatedAtMillis\tclassification\n1\t{now}\tMISINFORMED_OR_POTENTIALLY_MISLEADING\n")
    report = Report()
    assert len(read(Inputs(ratings, notes), report).ratings) == 5
    assert report.repairs["ratings made before their note was written, left out"] == 1
