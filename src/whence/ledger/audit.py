"""Auditing a whole log from its published files, trusting nothing but a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whence.errors import FormatError
from whence.ledger.bundles import unpack
from whence.ledger.checkpoints import Checkpoint
from whence.ledger.entries import Entry
from whence.ledger.frontier import Frontier
from whence.ledger.hashing import HASH_BYTES, leaf_hash, perfect_root
from whence.ledger.keys import trusted_after
from whence.ledger.notes import Verifier, parse
from whence.ledger.paths import CHECKPOINT, WIDTH, bundle_path, tile_path

__all__ = ["MOST_ENTRIES", "Audit"]

MOST_ENTRIES = 1_000_000_000  # a checkpoint that claims more is hostile: nobody can fetch that


class Audit:
    """One pass over a log: its entries come out in order, and what does not hold stops the pass.

    Args:
        fetch: gives the file at a path of the log; None where there is none.
        key: the verifier key that the auditor trusts: the log's first, before any rotation.
        kept: a checkpoint of this log that the auditor kept from earlier; None where there is none.

    Raises:
        FormatError: when there is no checkpoint, it is of another log, or has fewer entries than the one kept.
    """

    def __init__(self, fetch: Callable[[str], bytes | None], key: Verifier, kept: Checkpoint | None = None) -> None:
        self._fetch = fetch
        self._kept = kept
        data = fetch(CHECKPOINT)
        if data is None:
            raise FormatError("the log has no checkpoint: is this the folder or the address of a log?")
        self._note = parse(data)
        self.checkpoint = Checkpoint.of(self._note)
        self.keys = [key]
        if self.checkpoint.origin != key.name:
            raise FormatError(f"the checkpoint is of the log {self.checkpoint.origin[:80]!r}, the key of {key.name!r}")
        if self.checkpoint.size > MOST_ENTRIES:
            raise FormatError(f"the checkpoint claims {self.checkpoint.size} entries, more than {MOST_ENTRIES}")
        if kept is not None and kept.size > self.checkpoint.size:
            raise FormatError(
                f"the log was rolled back: the checkpoint kept earlier has {kept.size} entries, this one "
                f"{self.checkpoint.size}"
            )

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield every entry with its place, checking the log on the way.

        Bundles are compared with the tiles of hashes, tiles with those below them, the whole with the checkpoint's
        root, the checkpoint with its signature and with the one kept. Until the iteration has ended without an error,
        nothing that it yielded is verified.

        Raises:
            FormatError: names what does not hold, and where.
        """
        size = self.checkpoint.size
        frontier = Frontier()
        then = frontier.root()  # the root at the size of the checkpoint kept; compared last, as it tells least
        rows: list[list[bytes]] = [[]]  # by level: the hashes of the tile that is being filled
        done: list[int] = [0]  # by level: full tiles compared
        for bundle in range(-(-size // WIDTH)):
            for at, data in enumerate(self._bundle(bundle, min(WIDTH, size - bundle * WIDTH))):
                hashed = leaf_hash(data)
                frontier.add(hashed)
                if self._kept is not None and frontier.size == self._kept.size:
                    then = frontier.root()
                self._fill(rows, done, hashed)
                yield bundle * WIDTH + at, self._entry(bundle * WIDTH + at, data)
        for level, row in enumerate(rows):
            if row:
                self._compare_tile(level, done[level], row)
        if frontier.root() != self.checkpoint.root:
            raise FormatError(f"the checkpoint's root is not the root of the log's {size} entries")
        if self._kept is not None and then != self._kept.root:
            raise FormatError(
                f"the log was rewritten: its first {self._kept.size} entries are not those of the checkpoint kept"
            )
        if not self._note.signed_by(self.keys[-1:]):
            raise FormatError(f"the checkpoint is not signed by the log's present key {self.keys[-1]}")

    def _entry(self, index: int, data: bytes) -> Entry:
        try:
            entry = Entry.decode(data)
            if entry.kind == "key":
                self.keys = trusted_after(self.keys, str(entry.body["new"]), self.checkpoint.origin)
        except FormatError as failure:
            raise FormatError(f"entry {index}: {failure}") from None
        return entry

    def _bundle(self, index: int, width: int) -> list[bytes]:
        path = bundle_path(index, width)
        data = self._fetch(path)
        if data is None and width < WIDTH:
            # The partial bundle may be gone once the full one is there, whose beginning it is.
            full = self._fetch(bundle_path(index))
            if full is not None:
                return unpack(full, WIDTH)[:width]
        if data is None:
            raise FormatError(f"the log lacks {path}, which its {self.checkpoint.size} entries need")
        try:
            return unpack(data, width)
        except FormatError as failure:
            raise FormatError(f"{path}: {failure}") from None

    def _fill(self, rows: list[list[bytes]], done: list[int], hashed: bytes) -> None:
        level = 0
        rows[0].append(hashed)
        while len(rows[level]) == WIDTH:
            row, rows[level] = rows[level], []
            self._compare_tile(level, done[level], row)
            done[level] += 1
            level += 1
            if level == len(rows):
                rows.append([])
                done.append(0)
            rows[level].append(perfect_root(row))

    def _compare_tile(self, level: int, index: int, row: list[bytes]) -> None:
        path = tile_path(level, index, len(row))
        published = self._fetch(path)
        computed = b"".join(row)
        if published is None and len(row) < WIDTH:
            published = (self._fetch(tile_path(level, index)) or b"")[: len(computed)] or None
        if published is None:
            raise FormatError(f"the log lacks {path}, which its {self.checkpoint.size} entries need")
        if published == computed:
            return
        at = next(
            (at for at, one in enumerate(row) if published[at * HASH_BYTES : (at + 1) * HASH_BYTES] != one), len(row)
        )
        if level == 0:
            raise FormatError(f"entry {index * WIDTH + at} is not the one that {path} has the hash of: it was changed")
        raise FormatError(f"hash {at} of {path} does not follow from the tiles below it: it was changed")
