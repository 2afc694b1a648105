"""The store: every check once, the newer review counts, and what has changed since when."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import FormatError, InputError, RangeError
from whence.match.claimreview import Entry
from whence.match.filters import Filters
from whence.match.place import default_store
from whence.match.store import Store
from whence.records.claim import FactCheck


def check(n: int, **values: object) -> FactCheck:
    base = FactCheck(
        id=f"{n:016x}",
        claim=f"Claim number {n}.",
        url=f"https://plumb.example/{n}",
        publisher="The Plumb Line",
        rating="False",
        verdict="false",
        language="en",
        published="2024-01-10",
    )
    return replace(base, **values)  # type: ignore[arg-type]


def entries(*checks: FactCheck) -> list[Entry]:
    return [Entry(c) for c in checks]


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Store(tmp_path / "deep/er/store.sqlite", create=True) as made:
        yield made


def test_a_check_is_new_once_then_unchanged_then_updated_by_a_newer_review(store: Store) -> None:
    assert store.add(entries(check(1), check(2))).new == 2
    assert store.add(entries(check(1))).unchanged == 1
    assert store.add(entries(check(1, rating="True", verdict="true", published="2024-02-01"))).updated == 1
    older = store.add(entries(check(1, rating="Half true", published="2023-01-01")))
    assert (older.older, older.updated) == (1, 0)
    assert next(store.get([check(1).id])).rating == "True"
    assert len(store) == 2


def test_what_a_page_no_longer_holds_is_withdrawn(store: Store) -> None:
    store.add(entries(check(1), check(2)), origin="page", whole=True)
    store.add(entries(check(3)), origin="other", whole=True)
    got = store.add(entries(check(1), check(4)), origin="page", whole=True)
    assert (got.withdrawn, got.new) == (1, 1)
    assert sorted(c.id for c in store.select()) == [check(n).id for n in (1, 3, 4)]


def test_a_page_that_has_lost_everything_withdraws_nothing(store: Store) -> None:
    store.add(entries(check(1)), origin="page", whole=True)
    assert store.add([], origin="page", whole=True).withdrawn == 0
    assert len(store) == 1


def test_changes_since_a_stamp(store: Store) -> None:
    start = store.stamp()
    store.add(entries(check(1), check(2)))
    middle = store.stamp()
    store.add(entries(check(3)))
    store.remove(Filters(ids=(check(1).id,)))
    now = store.since(middle)
    assert now is not None
    assert (now.put, now.gone, now.stamp) == ((check(3).id,), (check(1).id,), store.stamp())
    whole = store.since(start)
    assert whole is not None
    assert (set(whole.put), set(whole.gone)) == ({check(2).id, check(3).id}, {check(1).id})
    nothing = store.since(store.stamp())
    assert nothing is not None
    assert not nothing.put
    assert not nothing.gone


def test_a_stamp_of_another_store_or_of_the_future_is_not_believed(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "other.sqlite", create=True) as other:
        assert store.since(other.stamp()) is None
    history = store.stamp().partition(":")[0]
    assert store.since(f"{history}:99") is None
    assert store.since("") is None
    assert store.since(f"{history}:x") is None


def test_it_stays_when_closed(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path, create=True) as one:
        one.add(entries(check(1, appearances=("https://a.example/",), body="The text.")))
    with Store(path) as two:
        assert list(two.select()) == [check(1, appearances=("https://a.example/",), body="The text.")]


def test_all_of_a_write_or_nothing(store: Store) -> None:
    def failing():  # type: ignore[no-untyped-def]
        yield Entry(check(1))
        raise RuntimeError("the network is gone")

    with pytest.raises(RuntimeError):
        store.add(failing())
    assert len(store) == 0


def test_two_processes_may_write(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path, create=True) as one, Store(path, create=True) as two:
        one.add(entries(check(1)))
        two.add(entries(check(2)))
        assert len(one) == len(two) == 2


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to have a header of one hundred bytes" * 3, b"x"]
)
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises((FormatError, InputError)):
        Store(path, create=True)
    assert path.read_bytes() == content


def test_another_program_s_database_and_a_later_version_are_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(FormatError, match="another program"):
        Store(tmp_path / "other.db", create=True)
    with Store(tmp_path / "s.sqlite", create=True):
        pass
    later = sqlite3.connect(tmp_path / "s.sqlite")
    later.execute("PRAGMA user_version = 9")
    later.close()
    with pytest.raises(FormatError, match="later whence"):
        Store(tmp_path / "s.sqlite")


def test_a_store_that_is_not_there_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="whence factchecks add"):
        Store(tmp_path / "none.sqlite")
    with pytest.raises(InputError, match="folder"):
        Store(tmp_path, create=True)


def test_removing_needs_something_to_go_by(store: Store) -> None:
    store.add(entries(check(1)))
    with pytest.raises(InputError, match="filter"):
        store.remove(Filters())
    with pytest.raises(RangeError, match="4 characters"):
        Filters(ids=("0",))
    assert store.remove(Filters(ids=("0000",))) == 1


def test_pages_are_remembered_with_their_date_of_change(store: Store) -> None:
    assert not store.seen("https://p.example/1", None)
    store.mark([("https://p.example/1/", "2024-01-02")])
    assert store.seen("https://www.p.example/1", None)
    assert store.seen("https://p.example/1", "2024-01-02")
    assert not store.seen("https://p.example/1", "2024-01-03")


names = st.sampled_from(["The Plumb Line", "ÉCHO Désk", "échos", "100%_x", ""])


@given(
    checks=st.lists(
        st.builds(
            check,
            st.integers(0, 50),
            publisher=names,
            language=st.sampled_from(["en", "en-GB", "pt-BR", "EN", ""]),
            verdict=st.sampled_from(["true", "false", "other"]),
            published=st.sampled_from([None, "2023-12-31", "2024-01-01", "2024"]),
        ),
        max_size=8,
        unique_by=lambda c: c.id,
    ),
    filters=st.builds(
        Filters,
        publisher=st.sampled_from(["", "plumb", "écho", "ÉCHO", "%", "_"]),
        language=st.sampled_from(["", "en", "pt", "pt-br"]),
        verdict=st.sampled_from(["", "false"]),
        since=st.sampled_from(["", "2024-01-01"]),
        until=st.sampled_from(["", "2023-12-31"]),
        words=st.sampled_from([(), ("claim",), ("NUMBER", "1")]),
    ),
)
def test_the_store_and_the_filter_agree(
    checks: list[FactCheck], filters: Filters, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store(tmp_path_factory.mktemp("f") / "s.sqlite", create=True) as made:
        made.add(entries(*checks))
        assert {c.id for c in made.select(filters)} == {c.id for c in checks if filters.lets_through(c)}


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/home/u"}, "/home/u/.local/share/whence/factchecks.sqlite"),
        ("linux", {"HOME": "/home/u", "XDG_DATA_HOME": "/data"}, "/data/whence/factchecks.sqlite"),
        ("linux", {"HOME": "/home/u", "XDG_DATA_HOME": "rel"}, "/home/u/.local/share/whence/factchecks.sqlite"),
        ("darwin", {"HOME": "/Users/u"}, "/Users/u/Library/Application Support/whence/factchecks.sqlite"),
        ("win32", {"LOCALAPPDATA": "/L", "HOME": "/h"}, "/L/whence/factchecks.sqlite"),
    ],
)
def test_the_default_place(platform: str, environ: dict[str, str], expected: str) -> None:
    assert default_store(environ, platform).as_posix() == expected
