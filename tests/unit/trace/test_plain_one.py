"""What a single question is answered by without kernels, and the kernels: the same words, boilerplate and passages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.trace.archives import FOOTER, archive, batch, prose
from whence.trace.boilerplate import load
from whence.trace.find import find_reuse
from whence.trace.index import Index
from whence.trace.plain import plain_chosen, plain_fingerprints
from whence.trace.plain_one import align_with, holes_in, words_in
from whence.trace.settings import Settings
from whence.trace.spans import Spans, covered, plain_covered

WORDS = st.lists(st.integers(0, 5), max_size=60)


@given(WORDS, st.integers(1, 6), st.integers(1, 6))
def test_chosen_fingerprints_stand_where_they_say(words: list[int], shingle: int, window: int) -> None:
    chosen = plain_chosen(words, shingle, window)
    assert {hash for hash, _ in chosen} == plain_fingerprints(words, shingle, window)
    for hash, place in chosen:
        assert plain_fingerprints(words[place : place + shingle], shingle, window) == {hash}


@given(st.text(max_size=200))
def test_words_are_the_kernels(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    one, other = (words_in(text, plain=plain) for plain in (True, False))
    for name in ("number", "start", "length", "bounds", "chars"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name


def test_boilerplate_is_the_kernels(tmp_path: Path) -> None:
    find_reuse([batch([f"{prose(60, k)}\n\n{FOOTER}" for k in range(8)], ["ledger.example"] * 8)], tmp_path)
    templates = load(tmp_path / "index" / "boilerplate.npz").templates
    changed = FOOTER.split()
    changed[4] = "Otherwise"
    texts = [
        FOOTER,
        f"{prose(30, 90)} {FOOTER} {prose(30, 91)}",
        " ".join(changed),
        f"{FOOTER} {FOOTER}",
        prose(40, 92),
    ]
    found = []
    for text in texts:
        words = words_in(text, plain=True)
        one, other = (holes_in(words, templates, Settings(), plain=plain) for plain in (True, False))
        assert one[0].tolist() == other[0].tolist()
        assert one[1].spans.tolist() == other[1].spans.tolist()
        found.append(one[1].spans.tolist())
    assert found[0] == [[0, len(FOOTER.split())]]
    assert found[4] == []


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(1, 6), max_size=60), min_size=1, max_size=4), st.integers(0, 20))
def test_passages_are_the_kernels(stories: list[list[int]], hole: int) -> None:
    bounds = np.concatenate([[0], np.cumsum([len(s) for s in stories])]).astype(np.int64)
    number = np.array([w for s in stories for w in s], np.uint32)
    size = min(len(stories[0]), hole)
    holes = Spans(np.array([0] + [1] * len(stories), np.int64), np.array([[0, size]], np.int32))
    how = Settings(shingle=3, least_words=8)
    one, other = (align_with(number, bounds, holes, how, plain=plain) for plain in (True, False))
    for name in ("pair", "a_begin", "a_end", "b_begin", "b_end", "words"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name


def test_words_inside_spans_are_the_kernels() -> None:
    random = np.random.default_rng(1)
    spans = Spans(np.array([0, 2, 2, 3], np.int64), np.array([[2, 5], [9, 12], [0, 40]], np.int32))
    story = random.integers(0, 3, 700).astype(np.int32)
    begin = random.integers(0, 20, 700).astype(np.int32)
    end = begin + random.integers(0, 20, 700).astype(np.int32)
    assert covered(spans, story, begin, end).tolist() == plain_covered(spans, story, begin, end).tolist()


def test_the_first_question_and_the_next_have_one_answer(tmp_path: Path) -> None:
    find_reuse([archive(80, 31)], tmp_path)
    index = Index(tmp_path)
    text = index.reuse.text(17) + " " + index.reuse.text(40)
    first, second = index.query(text), index.query(text)
    assert first.passages.num_rows > 1
    assert first.passages.equals(second.passages)


def test_one_question_starts_neither_numba_nor_pandas(tmp_path: Path) -> None:
    import json

    import whence

    rows = [{"id": f"s{k}", "text": prose(80, k), "outlet": "Vale Herald"} for k in range(3)]
    given = tmp_path / "a.jsonl"
    given.write_text("\n".join(json.dumps(r) for r in rows))
    whence.trace(str(given), out=tmp_path / "t")
    asked = f"{prose(80, 1)} It was told to the Vale Herald, the Vale Herald reported."
    code = (
        "import sys, pathlib, whence; from whence.tracing_report import where_from;"
        "view = where_from(whence.Story(sys.argv[2], id='q'), pathlib.Path(sys.argv[1]));"
        "assert view.edges, view; sys.exit(bool({'numba', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "t"), asked], check=False, timeout=60)
    assert done.returncode == 0
