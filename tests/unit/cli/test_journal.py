"""The record of a batch: whatever is cut off of it, what is left is a beginning of what was written."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.cli.journal import Journal, digest_of
from whence.errors import RangeError

RUN = {"format": "jsonl", "sources": ["a"]}
results = st.lists(st.none() | st.binary(max_size=40), max_size=8)


def keep(out: Path, items: list[bytes | None]) -> Journal:
    journal = Journal(out, RUN)
    for n, data in enumerate(items):
        journal.add(digest_of(n), data)
    journal.close()
    return journal


@given(items=results, cut=st.integers(0, 400), of_results=st.booleans(), flip=st.booleans())
def test_what_is_whole_is_a_beginning(items: list[bytes | None], cut: int, of_results: bool, flip: bool) -> None:
    with TemporaryDirectory() as folder:
        out = Path(folder) / "o.jsonl"
        path = keep(out, items).folder / ("results" if of_results else "journal")
        data = path.read_bytes()
        head = 0 if of_results else data.index(b"\n") + 1
        at = min(head + cut, len(data))
        if flip and at < len(data):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        else:
            path.write_bytes(data[:at])
        journal = Journal(out, RUN)
        kept = journal.done
        assert [e.digest for e in journal.entries()] == [digest_of(n) for n in range(kept)]
        assert list(journal.results()) == [d for d in items[:kept] if d is not None]
        assert journal.failed == items[:kept].count(None)
        # Whatever was lost can be added again, and then nothing is missing.
        for n in range(kept, len(items)):
            journal.add(digest_of(n), items[n])
        journal.put_results()
        assert out.read_bytes() == b"".join(d or b"" for d in items)
        assert not journal.folder.exists()


def test_killed_while_the_results_get_their_name(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    journal = keep(out, [b"one\n", b"two\n"])
    (journal.folder / "finished").touch()
    again = Journal(out, RUN)
    assert out.read_bytes() == b"one\ntwo\n"
    assert again.finished
    assert not journal.folder.exists()
    # The same, but the name had been given already.
    journal = keep(out, [])
    (journal.folder / "finished").touch()
    journal.results_file.unlink()
    assert Journal(out, RUN).finished
    assert out.read_bytes() == b"one\ntwo\n"


def test_other_options_and_other_runs_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    keep(out, [b"x"])
    with pytest.raises(RangeError, match="begun with another --format and other stories"):
        Journal(out, {"format": "parquet", "sources": []})
    first = Journal(out, RUN)
    with pytest.raises(RangeError, match="another run is writing"):
        Journal(out, RUN)
    first.close()
    fresh = Journal(out, RUN, fresh=True)
    assert fresh.done == 0
    fresh.remove()


def test_equal_things_have_equal_digests() -> None:
    assert digest_of(("a", 1)) == digest_of(("a", 1)) != digest_of(("a", 2))
    assert len(digest_of("\ud800")) == 16
