"""The scan of an archive is kept in parts, made once, anywhere, and says what a scan of each text says."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.unit.trace.archives import batch
from tests.unit.trace.histories import DAM, QUOTE
from whence.trace import scan_store
from whence.trace.find import find_reuse
from whence.trace.progress import silent
from whence.trace.scan import scan
from whence.trace.scanned import Quotes, Scanned
from whence.trace.speakers import Quote
from whence.trace.store import Store

TEXTS = [
    f"Dam number {k} cracked\n\n{DAM[k % 6]} {QUOTE} said Lena Orr, who told the Vale Herald of {k}137 litres."
    for k in range(23)
]


def store_of(folder: Path, texts: list[str]) -> Store:
    return find_reuse([batch(texts, ids=[f"s{k}" for k in range(len(texts))])], folder).store()


def same(found: Scanned, texts: list[str]) -> None:
    expected = Scanned.of([scan(text) for text in texts])
    assert list(found.heads) == list(expected.heads)
    assert dict(found.credits) == dict(expected.credits)
    assert len(expected.credits) == len(texts)
    assert found.salient.values.tolist() == expected.salient.values.tolist()
    assert found.salient.bounds.tolist() == expected.salient.bounds.tolist()
    for name in ("bounds", "start", "end", "words"):
        assert getattr(found.quotes, name).tolist() == getattr(expected.quotes, name).tolist()
    assert list(found.quotes.source) == list(expected.quotes.source)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_store, "PART", 4)


@pytest.mark.usefixtures("small")
def test_parts_together_say_what_scans_say(tmp_path: Path) -> None:
    same(scan_store.scanned(store_of(tmp_path, TEXTS), 1, silent), TEXTS)
    assert len(list((tmp_path / "index").glob("scan-*.parquet"))) == 6


@pytest.mark.usefixtures("small")
def test_only_what_is_missing_is_scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store_of(tmp_path, TEXTS[:10])
    scan_store.scanned(Store(tmp_path / "index", 8, 8), 1, silent)
    find_reuse([batch(TEXTS[10:], ids=[f"t{k}" for k in range(13)])], tmp_path, add=True)
    seen: list[str] = []
    monkeypatch.setattr(scan_store, "scan", lambda text: seen.append(text) or scan(text))
    same(scan_store.scanned(Store(tmp_path / "index", 8, 8), 1, silent), TEXTS)
    assert seen == TEXTS[8:]  # two parts were full; the third has two stories more


@pytest.mark.usefixtures("small")
def test_a_torn_part_and_one_of_another_method_are_made_again(tmp_path: Path) -> None:
    store = store_of(tmp_path, TEXTS)
    scan_store.scanned(store, 1, silent)
    (store.folder / "scan-1.parquet").write_bytes(b"torn")
    pq.write_table(
        pq.read_table(store.folder / "scan-2.parquet").replace_schema_metadata({}), store.folder / "scan-2.parquet"
    )
    same(scan_store.scanned(store, 1, silent), TEXTS)


def test_other_processes_make_the_same_parts(tmp_path: Path) -> None:
    texts = [f"{k} {TEXTS[k % 23]}" for k in range(3)]
    store = store_of(tmp_path, texts)
    made = scan_store._elsewhere(store, [0], 1, 0, silent)
    assert made == []
    same(scan_store.scanned(store, 1, silent), texts)


def test_readings_take_the_place_of_the_scan() -> None:
    found = Scanned.of([scan(text) for text in TEXTS[:4]])
    other = scan("No credit", credits=[], quotes=[Quote((3, 9), 7, "Ida Vik"), Quote((12, 20), 8, None)])
    put = found.put({2: other})
    assert [put.quotes.quote(2, k) for k in range(2)] == list(other.quotes)
    assert put.quotes.quote(3, 0) == found.quotes.quote(3, 0)
    assert put.quotes.quote(0, 0) == found.quotes.quote(0, 0)
    assert put.credits[2] == ()
    assert put.credits[1] == found.credits[1]
    assert Quotes.of([]).bounds.tolist() == [0]
