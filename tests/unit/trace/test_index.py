"""Asking an index gives what a trace of the archive with the story in it gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.trace.archives import FOOTER, archive, batch, prose
from whence.errors import FormatError, InputError
from whence.trace import merge
from whence.trace.find import find_reuse
from whence.trace.index import Index
from whence.trace.settings import Settings


def test_a_question_gives_what_a_trace_gives(tmp_path: Path) -> None:
    stories = archive(150, 21)
    texts = stories.column("text").to_pylist()
    last = " ".join([texts[17], prose(30, 1), "“" + texts[60] + "”", texts[99].upper(), FOOTER])
    whole = find_reuse([stories, batch([last], ["outlet-0.example"], ["last"])], tmp_path / "whole")
    find_reuse([stories], tmp_path / "index")
    found = Index(tmp_path / "index").query(last)
    assert found.story == 150
    passages = whole.table("passages").to_pandas()
    expected = passages[passages.b == 150].drop(columns="passage").reset_index(drop=True)
    assert len(expected) > 0
    assert found.passages.to_pandas().drop(columns="passage").equals(expected)
    pairs = whole.table("pairs").to_pandas()
    assert found.pairs.to_pandas().equals(pairs[pairs.b == 150].reset_index(drop=True))


def test_boilerplate_of_the_archive_is_boilerplate_of_the_story(tmp_path: Path) -> None:
    texts = [f"{prose(60, k)}\n\n{FOOTER}" for k in range(8)]
    find_reuse([batch([*texts], ["ledger.example"] * 8)], tmp_path)
    text = f"{prose(60, 3)}\n\n{FOOTER}"
    found = Index(tmp_path).query(text)
    assert found.pairs["a"].to_pylist() == [3]
    assert [text[start:end] for start, end in found.furniture] == [FOOTER]
    assert found.pairs["b_share"].to_pylist() == [1.0]


def test_of_a_crowd_the_first_are_named(tmp_path: Path) -> None:
    text = prose(60, 22)
    find_reuse([batch([f"{prose(20, 100 + k)} {text}" for k in range(30)])], tmp_path, settings=Settings(crowd=10))
    found = Index(tmp_path).query(text)
    assert found.pairs["a"].to_pylist() == list(range(10))
    assert found.pairs["crowd"].to_pylist() == [True] * 10


def test_quoted_spans_may_be_given(tmp_path: Path) -> None:
    text = prose(60, 23)
    find_reuse([batch([text])], tmp_path)
    index = Index(tmp_path)
    assert index.query(text).passages["kind"].to_pylist() == ["prose"]
    assert index.query(text, [(0, len(text))]).passages["kind"].to_pylist() == ["quotation"]
    assert index.query(f"He said: “{text}”").passages["quotation"].to_pylist() == [60]


@pytest.mark.parametrize("text", ["", "?!", prose(60, 24), "three words only"])
def test_a_story_that_shares_nothing(text: str, tmp_path: Path) -> None:
    find_reuse([batch([prose(60, 25)])], tmp_path)
    assert Index(tmp_path).query(text).pairs.num_rows == 0


def test_an_empty_archive_can_be_asked(tmp_path: Path) -> None:
    find_reuse([batch([])], tmp_path)
    assert Index(tmp_path).query(prose(60, 26)).pairs.num_rows == 0


def test_many_small_additions_become_one_segment(tmp_path: Path) -> None:
    stories = archive(60, 27)
    whole = find_reuse([stories], tmp_path / "whole")
    for k in range(0, 60, 4):
        grown = find_reuse([stories.slice(k, 4)], tmp_path / "grown", add=k > 0)
    segments = json.loads((tmp_path / "grown" / "index" / "manifest.json").read_text())["segments"]
    assert len(segments) <= merge.FEW + 1
    assert len(list((tmp_path / "grown" / "index").glob("segment-*.hash"))) == len(segments)
    for name in ("stories", "passages", "pairs", "families", "boilerplate"):
        assert grown.table(name).equals(whole.table(name)), name
    assert (
        Index(tmp_path / "grown")
        .query(whole.text(30))
        .pairs.equals(Index(tmp_path / "whole").query(whole.text(30)).pairs)
    )


def test_what_is_no_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished trace"):
        Index(tmp_path)
    find_reuse([batch([prose(60, 28)])], tmp_path)
    (tmp_path / "index" / "boilerplate.npz").write_bytes(b"torn")
    with pytest.raises(FormatError, match="trace the archive anew"):
        Index(tmp_path)
    (tmp_path / "index" / "manifest.json").write_text("{}")
    with pytest.raises(FormatError, match="no manifest"):
        Index(tmp_path)
