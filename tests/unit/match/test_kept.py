"""The index beside the store: brought up to date in place, made anew where it cannot be trusted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from whence.errors import FormatError
from whence.match.claimreview import Entry
from whence.match.filters import Filters
from whence.match.kept import index_folder, open_index
from whence.match.store import Store
from whence.records.claim import FactCheck


class Ids:
    """An index that holds ids and counts what it is given; what the real one does with texts is tested there."""

    added = 0

    def __init__(self) -> None:
        self.held: dict[str, FactCheck] = {}
        self.stamp = ""

    def add(self, checks: Iterable[FactCheck]) -> int:
        new = {c.id: c for c in checks}
        self.held |= new
        Ids.added += len(new)
        return len(new)

    def remove(self, ids: Iterable[str]) -> int:
        return sum(self.held.pop(i, None) is not None for i in ids)

    def __len__(self) -> int:
        return len(self.held)

    def save(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "ids.json").write_text(json.dumps([self.stamp, [c.to_dict() for c in self.held.values()]]))

    @classmethod
    def load(cls, folder: Path) -> Ids:
        try:
            stamp, checks = json.loads((folder / "ids.json").read_text())
        except ValueError:
            raise FormatError("damaged") from None
        made = cls()
        made.stamp, made.held = stamp, {c["id"]: FactCheck.from_dict(c) for c in checks}
        return made


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("whence.match.index")
    module.Index = Ids  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "whence.match.index", module)
    Ids.added = 0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.sqlite", create=True) as made:
        made.add([entry(n) for n in range(10)])
        yield made


def entry(n: int, rating: str = "False") -> Entry:
    return Entry(FactCheck(f"{n:04x}", f"Claim {n}.", publisher="P", rating=rating))


def test_it_is_made_once_and_then_only_what_changed_is_encoded(store: Store) -> None:
    assert len(open_index(store)) == 10
    assert Ids.added == 10
    assert len(open_index(store)) == 10
    assert Ids.added == 10
    store.add([entry(10), entry(0, "True"), entry(1)])
    store.remove(Filters(ids=("0002",)))
    index = open_index(store)
    assert Ids.added == 12
    assert set(index.held) == {c.id for c in store.select()}  # type: ignore[attr-defined]
    assert index.held["0000"].rating == "True"  # type: ignore[attr-defined]
    assert open_index(store).stamp == store.stamp()


def test_it_is_made_anew_where_it_is_damaged_or_another_store_s(store: Store, tmp_path: Path) -> None:
    open_index(store)
    (index_folder(store.path) / "ids.json").write_text("{")
    assert len(open_index(store)) == 10
    assert Ids.added == 20
    with Store(tmp_path / "other.sqlite", create=True) as other:
        other.add([entry(77)])
        index_folder(store.path).rename(index_folder(other.path))
        assert list(open_index(other).held) == ["004d"]  # type: ignore[attr-defined]


def test_a_folder_that_cannot_be_written_does_not_keep_it_from_working(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Ids, folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Ids, "save", refuse)
    assert len(open_index(store)) == 10


def test_progress_is_told_to_the_end(store: Store) -> None:
    told: list[tuple[int, int]] = []
    open_index(store, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (10, 10)
