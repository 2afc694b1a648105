"""The trace from stories to tables, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whence.errors import InputError
from whence.trace.boilerplate import save
from whence.trace.engine import EngineName, engine_named
from whence.trace.finish import finish
from whence.trace.intake import take_in
from whence.trace.progress import Progress, silent
from whence.trace.reuse import Reuse, open_reuse
from whence.trace.schema import pa
from whence.trace.settings import Settings
from whence.trace.stages import boilerplate_stage, candidate_stage, passage_stage
from whence.trace.store import Store
from whence.trace.work import Work, replace_json

__all__ = ["find_reuse"]


def find_reuse(
    stories: Iterable[pa.RecordBatch],
    folder: Path,
    *,
    settings: Settings | None = None,
    engine: EngineName = "duckdb",
    add: bool = False,
    progress: Progress = silent,
) -> Reuse:
    """Find the passages that stories share.

    A run that was killed goes on where it was when it is started again with the same stories and folder. A run that
    has ended is not repeated: its result is read.

    Args:
        stories: batches as `take_in` describes them: `id` and `text`; `outlet`, `url`, `published`, quoted spans where
            known.
        folder: where tables and index go; made if need be.
        settings: how; the defaults unless given.
        engine: duckdb, spark or reference; all find the same.
        add: the stories come after those that the folder's trace has.
        progress: told how far it is.

    Raises:
        InputError: a batch lacks a column, or the folder holds the trace of other stories.
        FormatError: the folder's index was made with other fingerprints or is broken.
        RangeError: there is no engine of that name.
        MissingExtra: a library of the extra `trace` or `spark` is not installed.
        OSError: the folder cannot be written to, or the disk is full.
    """
    settings = Settings() if settings is None else settings
    clock = _Clock()
    store = Store(folder / "index", settings.shingle, settings.window)
    with clock("stories"):
        take_in(stories, store, progress, add=add)
    manifest = store.manifest
    first = manifest.traced[1] if _same_method(folder, settings) else 0
    if manifest.traced == (manifest.given, manifest.stories) and _same_method(folder, settings):
        return open_reuse(folder)
    work = Work(
        folder / "work",
        {"method": settings.method(), "digest": manifest.digest, "given": manifest.given, "first": first},
    )
    with engine_named(engine, store, settings, folder / "room", first) as machine:
        with clock("boilerplate"):
            house = boilerplate_stage(machine, store, settings, first, work, progress)
        with clock("candidates"):
            stages = candidate_stage(machine, store, house, first, work, folder, progress)
        with clock("passages"):
            passage_stage(machine, store, settings, house, stages, work, progress)
    with clock("tables"):
        counts = finish(store, house, stages, work, folder, progress)
        save(house, store.folder / "boilerplate.npz")
    run: dict[str, Any] = {"settings": settings.to_dict(), "engine": engine, "counts": counts, "seconds": clock.seconds}
    replace_json(run, folder / "run.json")
    manifest.traced = (manifest.given, manifest.stories)
    store.commit()
    work.end()
    return Reuse(folder, settings, counts, clock.seconds)


def _same_method(folder: Path, settings: Settings) -> bool:
    """Whether the folder's tables were made with these settings."""
    try:
        return open_reuse(folder).settings.method() == settings.method()
    except InputError:
        return False


class _Clock:
    """Seconds of wall time by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.seconds[stage] = round(time.perf_counter() - begin, 3)
