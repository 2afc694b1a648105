"""An audit finds every kind of tampering and says what broke."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whence.errors import FormatError
from whence.ledger import Audit, Checkpoint, Entry, Log, Signer
from whence.ledger.bundles import pack, unpack
from whence.ledger.notes import parse, sign
from whence.ledger.paths import CHECKPOINT

NOW = "2026-03-04T05:06:07Z"
ORIGIN = "example.org/log"
SIGNER = Signer(ORIGIN, bytes(range(32)))
Files = dict[str, bytes]


class Memory:
    """A storage in a dictionary, open to forgers."""

    def __init__(self) -> None:
        self.files: Files = {}

    def get(self, path: str) -> bytes | None:
        return self.files.get(path)

    def commit(self, files: Files, checkpoint: bytes, obsolete: object = ()) -> None:
        self.files |= files | {CHECKPOINT: checkpoint}

    def writing(self) -> Memory:
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def fact(index: int, helpful: str = "helpful") -> Entry:
    return Entry("rating", NOW, {"note": f"n{index % 7}", "rater": f"r{index}", "helpful": helpful})


def log_of(facts: list[Entry], signer: Signer = SIGNER) -> Files:
    storage = Memory()
    Log(storage, signer).append(facts)
    return storage.files


FACTS = [fact(index) for index in range(600)]
KEPT = Checkpoint.of(parse(log_of(FACTS[:300])[CHECKPOINT]))


def rewrite_bundle(files: Files, change: Callable[[list[bytes]], list[bytes]]) -> None:
    files["tile/entries/001"] = pack(change(unpack(files["tile/entries/001"], 256)))


def flip_rating(files: Files) -> None:
    rewrite_bundle(files, lambda rows: [*rows[:10], fact(266, "not").encode(), *rows[11:]])


def drop_entry(files: Files) -> None:
    rewrite_bundle(files, lambda rows: rows[:10] + rows[11:])


def swap_two(files: Files) -> None:
    rewrite_bundle(files, lambda rows: [rows[1], rows[0], *rows[2:]])


def double_entry(files: Files) -> None:
    rewrite_bundle(files, lambda rows: [rows[0], rows[0], *rows[2:]])


def cut_bundle(files: Files) -> None:
    files["tile/entries/001"] = files["tile/entries/001"][:-5]


def remove_bundle(files: Files) -> None:
    del files["tile/entries/001"]


def change_leaf_tile(files: Files) -> None:
    files["tile/0/001"] = files["tile/0/001"][:32] + bytes(32) + files["tile/0/001"][64:]


def change_upper_tile(files: Files) -> None:
    files["tile/1/000.p/2"] = files["tile/1/000.p/2"][:32] + bytes(32)


def remove_tile(files: Files) -> None:
    del files["tile/0/002.p/88"]


def forge_checkpoint(files: Files) -> None:
    files[CHECKPOINT] = str(sign(Checkpoint(ORIGIN, 600, bytes(32)).text, [Signer(ORIGIN, bytes(32))])).encode()


def edit_checkpoint(files: Files) -> None:
    files[CHECKPOINT] = files[CHECKPOINT].replace(b"\n600\n", b"\n599\n")


def resign_other_root(files: Files) -> None:
    files[CHECKPOINT] = str(sign(Checkpoint(ORIGIN, 600, bytes(32)).text, [SIGNER])).encode()


def strip_signature(files: Files) -> None:
    files[CHECKPOINT] = str(sign(parse(files[CHECKPOINT]).text, [Signer("example.org/other", bytes(32))])).encode()


def roll_back(files: Files) -> None:
    files.clear()
    files.update(log_of(FACTS[:200]))


def rewrite_history(files: Files) -> None:
    files.clear()
    files.update(log_of([fact(0, "not"), *FACTS[1:]]))


def forge_whole_log(files: Files) -> None:
    forge = Signer(ORIGIN, bytes(32))
    files.clear()
    files.update(log_of(FACTS, forge))


def another_log(files: Files) -> None:
    files.clear()
    files.update(log_of(FACTS, Signer("example.org/other", bytes(32))))


def sneak_in_a_form(files: Files) -> None:
    files.clear()
    storage = Memory()
    log = Log(storage, SIGNER)

    class Loose(Entry):
        def encode(self) -> bytes:
            return super().encode().replace(b'"kind":', b'"kind": ')

    log.append([*FACTS[:300], Loose("rating", NOW, dict(FACTS[300].body))])
    files.update(storage.files)


def remove_checkpoint(files: Files) -> None:
    del files[CHECKPOINT]


def claim_too_much(files: Files) -> None:
    files[CHECKPOINT] = str(sign(Checkpoint(ORIGIN, 10**12, bytes(32)).text, [SIGNER])).encode()


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (flip_rating, "entry 266 is not the one that tile/0/001 has the hash of"),
        (drop_entry, "tile/entries/001: a bundle of the log must hold 256 entries but holds 255"),
        (swap_two, "entry 256 is not the one"),
        (double_entry, "entry 257 is not the one"),
        (cut_bundle, "tile/entries/001: a bundle of the log is cut off"),
        (remove_bundle, "lacks tile/entries/001"),
        (change_leaf_tile, "entry 257 is not the one"),
        (change_upper_tile, "hash 1 of tile/1/000.p/2 does not follow"),
        (remove_tile, "lacks tile/0/002.p/88"),
        (forge_checkpoint, "root is not the root"),
        (edit_checkpoint, "lacks|root is not the root|not the one"),
        (resign_other_root, "root is not the root"),
        (strip_signature, "not signed by the log's present key"),
        (roll_back, "rolled back: the checkpoint kept earlier has 300 entries, this one 200"),
        (rewrite_history, "rewritten: its first 300 entries"),
        (forge_whole_log, "not signed by the log's present key"),
        (another_log, "of the log 'example.org/other'"),
        (sneak_in_a_form, "entry 300: an entry of the log is not in canonical form"),
        (remove_checkpoint, "no checkpoint"),
        (claim_too_much, "claims 1000000000000 entries"),
    ],
)
def test_tampering_is_caught_and_named(tamper: Callable[[Files], None], says: str) -> None:
    files = log_of(FACTS)
    tamper(files)
    with pytest.raises(FormatError, match=says):
        list(Audit(files.get, SIGNER.verifier, KEPT).entries())


def test_an_untouched_log_passes() -> None:
    found = list(Audit(log_of(FACTS).get, SIGNER.verifier, KEPT).entries())
    assert [index for index, _ in found] == list(range(600))
    assert [entry for _, entry in found] == FACTS


def test_a_checkpoint_kept_at_the_same_size_or_at_none_is_compared() -> None:
    files = log_of(FACTS)
    same = Checkpoint.of(parse(files[CHECKPOINT]))
    assert len(list(Audit(files.get, SIGNER.verifier, same).entries())) == 600
    other = Checkpoint(ORIGIN, 600, bytes(32))
    with pytest.raises(FormatError, match="rewritten"):
        list(Audit(files.get, SIGNER.verifier, other).entries())


def test_full_files_stand_in_for_partial_ones_that_are_gone() -> None:
    files = log_of(FACTS[:100])
    more = log_of(FACTS)
    head = files[CHECKPOINT]
    assert len(list(Audit((more | {CHECKPOINT: head}).get, SIGNER.verifier).entries())) == 100
