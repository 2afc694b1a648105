"""The log: facts are appended, a checkpoint is signed, nothing is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whence.errors import FormatError, InputError
from whence.ledger.bundles import pack, unpack
from whence.ledger.checkpoints import Checkpoint, read_checkpoint
from whence.ledger.entries import Entry
from whence.ledger.hashing import EMPTY_ROOT, HASH_BYTES, leaf_hash, perfect_root
from whence.ledger.keys import rotation_note
from whence.ledger.notes import Signer, sign
from whence.ledger.paths import CHECKPOINT, WIDTH, bundle_path, tile_path, tiles_of
from whence.ledger.storage import Storage
from whence.ledger.tree import Tree

__all__ = ["Appended", "Log"]


@dataclass(frozen=True)
class Appended:
    """What an append did: the place of its first entry, and the checkpoint that now holds them all."""

    first: int
    checkpoint: Checkpoint


class Log:
    """An append-only log of facts in a storage.

    Args:
        storage: where its files are.
        signer: the key that signs its checkpoints; the key's name is the log's origin.
    """

    def __init__(self, storage: Storage, signer: Signer) -> None:
        self._storage = storage
        self._signer = signer

    @property
    def origin(self) -> str:
        """The log's name."""
        return self._signer.verifier.name

    def checkpoint(self) -> Checkpoint:
        """Return the present head, of size 0 where nothing was ever appended.

        Raises:
            FormatError: when the stored checkpoint is not one that this log's key signed.
        """
        return self.head()[0]

    def head(self) -> tuple[Checkpoint, str]:
        """Return the present head with the signed note that it was read from; "" where nothing was ever appended.

        Raises:
            FormatError: when the stored checkpoint is not one that this log's key signed.
        """
        data = self._storage.get(CHECKPOINT)
        if data is None:
            return Checkpoint(self.origin, 0, EMPTY_ROOT), ""
        return read_checkpoint(data, [self._signer.verifier], self.origin), data.decode()

    def append(self, entries: Iterable[Entry], also: Sequence[Signer] = ()) -> Appended:
        """Append facts, all of them or none.

        Args:
            entries: at least one; a batch costs little more than an entry by itself.
            also: further keys that sign this checkpoint: the next one, at a rotation.

        Returns:
            Their first place, and the new checkpoint, which is on the disk when this returns.

        Raises:
            InputError: when there is no entry, or the storage cannot be written to.
            FormatError: when an entry has no canonical form, or the stored log is damaged.
        """
        encoded = [entry.encode() for entry in entries]
        if not encoded:
            raise InputError("a log is appended to with at least one entry: there is none")
        with self._storage.writing():
            head = self.checkpoint()
            size = head.size + len(encoded)
            files = self._bundles(head.size, encoded) | self._tiles(head.size, size, encoded)
            root = Tree(size, lambda path: files.get(path) or self._storage.get(path)).root()
            checkpoint = Checkpoint(self.origin, size, root)
            note = sign(checkpoint.text, [self._signer, *also])
            self._storage.commit(files, str(note).encode(), _obsolete(head.size, size))
        return Appended(head.size, checkpoint)

    def rotate(self, new: Signer, at: str) -> Appended:
        """Name the key that signs from now on; the present one has nothing to say afterwards.

        Args:
            new: the next key, under the same name.
            at: when, ISO 8601 in UTC, ending in Z.

        Returns:
            As for append; the checkpoint is signed by both keys.

        Raises:
            InputError: when the new key has another name, or is the present one.
        """
        if new.verifier.name != self.origin or new.verifier == self._signer.verifier:
            raise InputError(f"the next key of {self.origin} has its name and is another key: {new.verifier} is not")
        named = rotation_note(self.origin, self._signer, new.verifier)
        done = self.append([Entry("key", at, {"new": named})], also=[new])
        self._signer = new
        return done

    def entry(self, index: int) -> Entry:
        """Return an entry.

        Args:
            index: its place, 0 or more.

        Raises:
            InputError: when the log has no such place.
            FormatError: when the stored log is damaged.
        """
        size = self.checkpoint().size
        if not 0 <= index < size:
            raise InputError(f"the log has the entries 0 to {size - 1}, not {index}")
        bundle = index // WIDTH
        return Entry.decode(self._bundle(bundle, min(WIDTH, size - bundle * WIDTH))[index % WIDTH])

    def tree(self, size: int | None = None) -> Tree:
        """Return the tree, for proofs.

        Args:
            size: of an earlier head; None for the present one.

        Raises:
            FormatError: when the stored checkpoint is not one that this log's key signed.
        """
        return Tree(self.checkpoint().size if size is None else size, self._storage.get)

    def _bundle(self, index: int, width: int) -> list[bytes]:
        path = bundle_path(index, width)
        data = self._storage.get(path)
        if data is None:
            raise FormatError(f"the log lacks {path}: restore it from a backup before anything is appended")
        return unpack(data, width)

    def _bundles(self, size: int, encoded: Sequence[bytes]) -> dict[str, bytes]:
        first, begun = divmod(size, WIDTH)
        rows = [*(self._bundle(first, begun) if begun else ()), *encoded]
        return {
            bundle_path(first + at // WIDTH, len(rows[at : at + WIDTH])): pack(rows[at : at + WIDTH])
            for at in range(0, len(rows), WIDTH)
        }

    def _tiles(self, old: int, size: int, encoded: Sequence[bytes]) -> dict[str, bytes]:
        """Return every tile that the new entries begin, widen or fill, level by level."""
        files: dict[str, bytes] = {}
        fresh = [leaf_hash(entry) for entry in encoded]
        level = 0
        while fresh:
            had = old >> (8 * level)
            first, begun = divmod(had, WIDTH)
            hashes = [*(self._begun(level, first, begun) if begun else ()), *fresh]
            filled: list[bytes] = []
            for at in range(0, len(hashes), WIDTH):
                row = hashes[at : at + WIDTH]
                files[tile_path(level, first + at // WIDTH, len(row))] = b"".join(row)
                if len(row) == WIDTH:
                    filled.append(perfect_root(row))
            fresh = filled
            level += 1
        return files

    def _begun(self, level: int, index: int, width: int) -> list[bytes]:
        path = tile_path(level, index, width)
        data = self._storage.get(path)
        if data is None or len(data) != width * HASH_BYTES:
            raise FormatError(f"the log lacks {path}, whole: restore it from a backup before anything is appended")
        return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def _obsolete(old: int, size: int) -> list[str]:
    """Name every partial form of the old tree's last tiles and bundle that the new tree has in full."""
    gone: list[str] = []
    for level, index, width in tiles_of(old):
        if width < WIDTH and size >> (8 * level) >= (index + 1) * WIDTH:
            gone += (tile_path(level, index, narrower) for narrower in range(1, WIDTH))
    bundle, width = divmod(old, WIDTH)
    if width and size >= (bundle + 1) * WIDTH:
        gone += (bundle_path(bundle, narrower) for narrower in range(1, WIDTH))
    return gone
