"""A progress bar for traces: stage by stage, with an estimate where the stage knows how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whence.trace.progress import Progress as Told

__all__ = ["shown_progress"]


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Told]:
    """A bar on standard error, where that is a terminal and nobody asked for quiet."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as bar:
        tasks: dict[str, int] = {}

        def told(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total, count="")
            count = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
            bar.update(tasks[stage], completed=done, total=total, count=count)  # type: ignore[arg-type]

        yield told
