"""Appending: in both storages, in batches of any size, with crashes, two writers and rotated keys."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ledger import plain_tree
from whence.errors import FormatError, InputError
from whence.ledger import Audit, DatabaseStorage, Entry, FolderStorage, Log, Signer, Storage, load_or_make_key, next_key
from whence.ledger.bundles import unpack
from whence.ledger.keys import rotation_note
from whence.ledger.paths import CHECKPOINT

NOW = "2026-03-04T05:06:07Z"
ORIGIN = "example.org/log"
SIGNER = Signer(ORIGIN, bytes(range(32)))


def fact(index: int) -> Entry:
    return Entry("rating", NOW, {"note": f"n{index % 7}", "rater": f"r{index}", "helpful": "somewhat"})


def folder_storage(place: Path) -> Storage:
    return FolderStorage(place / "log")


def database_storage(place: Path) -> Storage:
    place.mkdir(parents=True, exist_ok=True)
    return DatabaseStorage(sqlite3.connect(place / "log.sqlite", isolation_level=None))


@pytest.fixture(params=[folder_storage, database_storage], ids=["folder", "database"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    make: Callable[[Path], Storage] = request.param
    return make(tmp_path)


def audited(storage: Storage, key: Signer = SIGNER) -> list[Entry]:
    return [entry for _, entry in Audit(storage.get, key.verifier).entries()]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_any_batches_make_the_plain_tree(tmp_path_factory: pytest.TempPathFactory, batches: list[int]) -> None:
    place = tmp_path_factory.mktemp("log")
    for storage in (folder_storage(place), database_storage(place)):
        log = Log(storage, SIGNER)
        facts = [fact(index) for index in range(sum(batches))]
        at = 0
        for batch in batches:
            done = log.append(facts[at : at + batch])
            assert done.first == at
            at += batch
            assert done.checkpoint.root == plain_tree.root([one.encode() for one in facts[:at]])
        assert audited(storage) == facts
        assert log.entry(at - 1) == facts[-1]


def test_a_full_tile_leaves_no_partial_ones(tmp_path: Path) -> None:
    log = Log(FolderStorage(tmp_path), SIGNER)
    for index in range(300):
        log.append([fact(index)])
    kept = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.p/*"))
    assert all(path.startswith(("tile/0/001.p/", "tile/1/000.p/", "tile/entries/001.p/")) for path in kept)
    assert len(kept) == 44 + 44 + 1
    assert log.checkpoint().size == 300


def test_nothing_is_appended_without_entries_or_with_a_bad_one(storage: Storage) -> None:
    log = Log(storage, SIGNER)
    log.append([fact(0)])
    with pytest.raises(InputError, match="at least one entry"):
        log.append([])
    with pytest.raises(FormatError, match="at most"):
        log.append([fact(1), Entry("key", NOW, {"new": "x" * 70_000})])
    assert audited(storage) == [fact(0)]
    with pytest.raises(InputError, match="entries 0 to 0, not 1"):
        log.entry(1)


def test_another_keys_log_is_not_appended_to(storage: Storage) -> None:
    Log(storage, SIGNER).append([fact(0)])
    with pytest.raises(FormatError, match="known keys"):
        Log(storage, Signer(ORIGIN, bytes(32))).append([fact(1)])


def test_keys_are_rotated_and_the_chain_is_followed(storage: Storage) -> None:
    log = Log(storage, SIGNER)
    log.append([fact(0)])
    second, third = Signer(ORIGIN, b"2" * 32), Signer(ORIGIN, b"3" * 32)
    log.rotate(second, NOW)
    Log(storage, second).append([fact(1)])
    Log(storage, second).rotate(third, NOW)
    Log(storage, third).append([fact(2)])
    assert [one.kind for one in audited(storage)] == ["rating", "key", "rating", "key", "rating"]
    with pytest.raises(FormatError, match="known keys"):
        Log(storage, SIGNER).append([fact(3)])
    with pytest.raises(InputError, match="its name and is another key"):
        log.rotate(Signer("example.org/other", b"4" * 32), NOW)


def test_a_stolen_chain_is_refused(storage: Storage) -> None:
    log = Log(storage, SIGNER)
    thief, second = Signer(ORIGIN, b"t" * 32), Signer(ORIGIN, b"2" * 32)
    log.rotate(second, NOW)
    # The first key, which has nothing to say any more, names another heir.
    stale = Log(storage, second)
    stale.append([Entry("key", NOW, {"new": rotation_note(ORIGIN, SIGNER, thief.verifier)})], also=[thief])
    with pytest.raises(FormatError, match="not named by the key before it"):
        audited(storage)


def test_a_transaction_of_the_callers_holds_fact_and_entry(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "desk.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE rating (rater TEXT)")
    log = Log(DatabaseStorage(connection), SIGNER)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO rating VALUES ('r0')")
    log.append([fact(0)])
    connection.execute("ROLLBACK")
    assert log.checkpoint().size == 0
    assert connection.execute("SELECT count(*) FROM rating").fetchone() == (0,)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO rating VALUES ('r0')")
    log.append([fact(0)])
    connection.execute("COMMIT")
    assert log.checkpoint().size == 1


def test_the_database_twin_insists_on_its_ways(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="autocommit"):
        DatabaseStorage(sqlite3.connect(tmp_path / "a"))
    with pytest.raises(ValueError, match="letters, digits"):
        DatabaseStorage(sqlite3.connect(tmp_path / "a", isolation_level=None), "a; drop")


def appending(folder: str, start: int) -> None:
    log = Log(FolderStorage(Path(folder)), SIGNER)
    for index in range(1000):
        log.append(fact(start + index * 3 + extra) for extra in range(3))


def test_kills_leave_whole_batches(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for round_ in range(2):
        workers = [
            context.Process(target=appending, args=(str(tmp_path), round_ * 10_000 + 5_000 * two)) for two in (0, 1)
        ]
        for worker in workers:
            worker.start()
        before = FolderStorage(tmp_path).get(CHECKPOINT)
        while FolderStorage(tmp_path).get(CHECKPOINT) == before:
            pass
        for worker in workers:
            worker.join(0.15 * (round_ + 1))
            os.kill(worker.pid or 0, signal.SIGKILL)
            worker.join()
    found = audited(FolderStorage(tmp_path))
    assert found
    assert len(found) % 3 == 0
    raters = [one.body["rater"] for one in found]
    assert len(set(raters)) == len(raters)
    appended = Log(FolderStorage(tmp_path), SIGNER).append([fact(99_999)])
    assert appended.first == len(found)


def test_a_damaged_log_is_not_appended_to(tmp_path: Path) -> None:
    log = Log(FolderStorage(tmp_path), SIGNER)
    log.append([fact(0), fact(1)])
    (tmp_path / "tile/entries/000.p/2").unlink()
    with pytest.raises(FormatError, match=r"lacks tile/entries/000.p/2"):
        log.append([fact(2)])
    assert log.checkpoint().size == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be written"):
        Log(FolderStorage(tmp_path / "log"), SIGNER).append([fact(0)])


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        Log(FolderStorage(tmp_path / "log"), SIGNER).append([fact(0)])


def test_published_files_are_readable_by_all(tmp_path: Path) -> None:
    Log(FolderStorage(tmp_path), SIGNER).append([fact(0)])
    assert stat.S_IMODE((tmp_path / "checkpoint").stat().st_mode) == 0o644
    assert unpack((tmp_path / "tile/entries/000.p/1").read_bytes(), 1) == [fact(0).encode()]


def test_a_key_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "log.key"
    key = load_or_make_key(path, ORIGIN)
    assert load_or_make_key(path, ORIGIN).verifier == key.verifier
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert next_key(path, ORIGIN).verifier not in (key.verifier,)
    assert next_key(path, ORIGIN).verifier == next_key(path, ORIGIN).verifier


def test_a_key_that_others_may_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.key"
    load_or_make_key(path, ORIGIN)
    path.chmod(0o640)
    with pytest.raises(InputError, match="chmod 600"):
        load_or_make_key(path, ORIGIN)
    path.chmod(0o600)
    for text in ("", "zz", "00" * 31):
        path.write_text(text)
        with pytest.raises(FormatError):
            load_or_make_key(path, ORIGIN)
    with pytest.raises(InputError, match="cannot be written"):
        load_or_make_key(path / "below", ORIGIN)
