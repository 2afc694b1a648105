"""The bar that shows an index being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["fetching", "indexing"]

_WORTH_SHOWING = 1000  # checks; fewer are encoded before a bar could be read


@contextmanager
def indexing(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Show on the terminal how far an index is made; the block is given what reports it.

    Args:
        quiet: show nothing.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("indexing fact-checks"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as bar:
        task = bar.add_task("indexing", visible=False, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, visible=total >= _WORTH_SHOWING)


@contextmanager
def fetching(quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """Show on the terminal which of the pages of a sitemap or feed is fetched; the block is given what reports it.

    Args:
        quiet: show nothing.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from whence.publish.safe import printable

    console = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("fetching {task.completed} (of {task.total} at most)"),
        TextColumn("{task.fields[url]}"),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    ) as bar:
        task = bar.add_task("fetching", visible=False, total=0, url="")
        yield lambda done, most, url: bar.update(
            task, completed=done + 1, total=most, visible=True, url=escape(printable(url)[:60])
        )
