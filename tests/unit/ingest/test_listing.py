"""Names of files in order, sorted in runs on disk where they are many."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.ingest import listing
from whence.ingest.listing import in_order

_NAMES = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1, max_size=8)


@given(st.lists(_NAMES, max_size=40))
def test_the_order_of_sorted(names: list[str]) -> None:
    assert list(in_order(names)) == sorted(names)


@given(st.lists(_NAMES, max_size=40))
def test_the_same_in_runs(names: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "_RUN", 4)
        assert list(in_order(names)) == sorted(names)


def test_names_that_are_no_utf8_and_names_with_line_feeds_pass_through_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "_RUN", 2)
    names = ["b\nc", os.fsdecode(b"\xff\xfe"), "a", "ä", "b"]
    assert list(in_order(iter(names))) == sorted(names)


def test_runs_lie_on_disk_and_go_when_the_reader_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(listing, "_RUN", 2)
    opened: list[object] = []
    made = tempfile.TemporaryFile

    def watched() -> object:
        opened.append(file := made())
        return file

    monkeypatch.setattr(tempfile, "TemporaryFile", watched)
    names = in_order(str(n) for n in range(9))
    assert next(names) == "0"
    assert len(opened) == 4
    names.close()  # type: ignore[attr-defined]
    assert all(file.closed for file in opened)  # type: ignore[attr-defined]
