"""Batches for `whence read`: many stories into a file, a folder or standard output; one that was killed goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence.api import Reading
from whence.batch import pairs
from whence.cli.formats import Packer, Page
from whence.cli.journal import Journal, digest_of
from whence.cli.places import Place, place_for, write_rows
from whence.errors import InputError, RangeError
from whence.ingest import Failure, load_many

if TYPE_CHECKING:
    from rich.progress import Progress

    from whence.records import Story

__all__ = ["read_batch", "write_parquet"]

_NOTES = 50
"""Notes that are shown: an archive may give one for every page."""


def write_parquet(readings: Iterable[Reading], out: Path) -> None:
    """Write readings as one row a statement (docs/reference/formats.md).

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    pack = Packer("parquet")
    write_rows((pack(reading).data for reading in readings), out)


def read_batch(
    stories: Sequence[str],
    *,
    format: str,
    out: Path | None,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
    explain: bool = False,
    workers: int | None = None,
    quiet: bool = False,
    fresh: bool = False,
) -> int:
    """Read many stories into one place; a bad one is named on stderr and the rest go on.

    What is done is kept beside `out` (`whence.cli.journal`): the same call after a kill reads only what is left, and
    its results are the same bytes.

    Args:
        fresh: begin anew, whatever an unfinished run has left.

    Returns:
        How many could not be read.

    Raises:
        InputError: none could be read.
        RangeError: the format needs `out`, `workers` is below 1, or an unfinished run was begun with something else.
        MissingExtra: Parquet was asked for and pyarrow is not installed.
    """
    place = place_for(format, out)
    journal = None
    if out is not None and place.keeps:
        journal = Journal(out, _run(stories, format, explain, published, outlet), fresh=fresh)
        if journal.finished:
            if not quiet:
                print(f"whence: all was read before, and is now in {out}", file=sys.stderr)
            return journal.failed
    apart = [] if out is None else [out, Journal.folder_of(out)]
    found = load_many(stories, published=published, outlet=outlet, offline=offline, apart_from=apart)
    batch = _Batch(place, journal, quiet)
    with ExitStack() as stack:
        if journal is not None:
            stack.callback(journal.close)
        stack.enter_context(place)
        batch.show(stack)
        try:
            left = batch.skip(found)
            results = pairs(left, workers=workers, make=Reading, then=Packer(format, explain))
            with closing(results):  # type: ignore[type-var]
                for item, result in results:
                    batch.take(item, result)
        except BaseException:
            batch.leave()
            raise
        batch.finish()
    return batch.failed


def _run(
    stories: Sequence[str], format: str, explain: bool, published: str | None, outlet: str | None
) -> dict[str, Any]:
    """What the results of a batch depend on, besides the stories themselves."""
    from whence._version import __version__
    from whence.models.weights import packaged

    return {
        "whence": __version__,
        "weights": {weights.name: weights.sha256 for weights in packaged()},
        "format": format,
        "explain": explain,
        "published": published,
        "outlet": outlet,
        "sources": list(stories),
    }


@dataclass(slots=True)
class _Batch:
    """A batch under way: where its results go, what it has kept, and what it tells the user.

    Args:
        place: takes the results.
        journal: keeps them meanwhile; None where they go out at once.
        quiet: neither progress nor summary; stories that cannot be read are named all the same.
    """

    place: Place
    journal: Journal | None
    quiet: bool
    read: int = 0
    failed: int = 0
    before: int = 0
    notes: int = 0
    _console: Any = None
    _progress: Progress | None = None
    _task: Any = field(default=None)

    def show(self, stack: ExitStack) -> None:
        """Open the progress bar."""
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._console = Console(stderr=True)
        self._progress = stack.enter_context(
            Progress(
                SpinnerColumn(),
                TextColumn("reading"),
                MofNCompleteColumn(),
                TextColumn("stories, {task.fields[failed]} failed"),
                TextColumn("{task.fields[rate]}"),
                TimeElapsedColumn(),
                console=self._console,
                disable=self.quiet or not self._console.is_terminal,
                transient=True,
            )
        )
        self._task = self._progress.add_task("reading", total=None, failed=0, rate="")

    def _say(self, line: str) -> None:
        self._console.print(f"whence: {line}", markup=False, highlight=False, soft_wrap=True)

    def skip(self, found: Iterator[Story | Failure]) -> Iterator[Story | Failure]:
        """Pass over what an unfinished run has done, once it is known to be the same.

        Raises:
            RangeError: a story is not the one that was read then.
        """
        if self.journal is None or not self.journal.done:
            return found
        number = 0
        for number, entry in enumerate(self.journal.entries(), 1):
            item = next(found, None)
            if item is None or digest_of(item) != entry.digest:
                name = f"{_plain(item.id)} is" if item is not None else "nothing is left"
                raise RangeError(
                    f"{name} where an unfinished run read something else, as story {number} ({self.journal.folder}): "
                    "give the stories as they were to go on, or --fresh to begin anew"
                )
            self.place.skip(item, entry.read)
        self.failed = self.journal.failed
        self.read = number - self.failed
        self.before = number
        if not self.quiet:
            self._say(f"going on: {self.before} stories were done before ({self.journal.folder})")
        return found

    def take(self, item: Story | Failure, result: Page | Failure) -> None:
        """Keep what came of a story, and say so."""
        if isinstance(result, Failure):
            self.failed += 1
            self._say(f"{_plain(result.id)}: {_plain(result.reason)}")
            data = None
        else:
            self.read += 1
            assert not isinstance(item, Failure)
            self._note(item)
            data = self.place.take(item, result)
        if self.journal is not None:
            self.journal.add(digest_of(item), data)
        assert self._progress is not None
        speed = self._progress.tasks[0].speed
        rate = f"{speed:.1f} a second" if speed else ""
        self._progress.update(self._task, advance=1, failed=self.failed, rate=rate)

    def _note(self, story: Story) -> None:
        """Say what is doubtful about a story."""
        for warning in story.warnings:
            self.notes += 1
            if not self.quiet and self.notes <= _NOTES:
                self._say(f"note: {_plain(story.id)}: {_plain(warning)}")

    def leave(self) -> None:
        """Say what becomes of what was done, where the batch does not come to its end."""
        if self.journal is None:
            return
        if not self.journal.done:
            self.journal.remove()
        elif not self.quiet and self.journal.done > self.before:
            self._say(
                f"{self.journal.done} stories are kept in {self.journal.folder}: the same command goes on from there"
            )

    def finish(self) -> None:
        """Put the results in their place.

        Raises:
            InputError: there are none.
        """
        if not self.quiet:
            if self.notes > _NOTES:
                self._say(f"note: {self.notes - _NOTES} notes more, of such kinds as those above")
            self._say(f"{self.read} read, {self.failed} failed")
        if not self.read:
            if self.journal is not None:
                self.journal.remove()
            raise InputError(f"nothing could be read: {self.failed} failed, each named above, and nothing was written")
        if self.journal is not None:
            self.place.finish(self.journal)


def _plain(text: str) -> str:
    """One printable line of text that comes from outside."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
