"""`whence score`: from ratings to scored notes, rater scores and statuses."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.errors import InputError

if TYPE_CHECKING:
    from whence.records.rating import RunSummary

__all__ = ["command", "run"]

_PATH = click.Path(path_type=Path)


@click.command(name="score")
@click.option(
    "--ratings", "-r", type=_PATH, required=True, help="Ratings: a TSV, CSV or Parquet file, or a folder of them."
)
@click.option("--notes", "-n", type=_PATH, help="Notes; without them every note counts as one that says misleading.")
@click.option("--status", "-s", type=_PATH, help="The note status history so far.")
@click.option("--enrollment", "-e", type=_PATH, help="User enrollment; without it every rater is heard.")
@click.option("--correlated", type=_PATH, help="A file of ids, one a line, of raters who rate in step.")
@click.option("--out", "-o", type=_PATH, required=True, help="The folder for the results.")
@click.option(
    "--small", is_flag=True, help="For tens of raters: intervals, and statuses only where both sides have spoken."
)
@click.option("--replay", is_flag=True, help="Follow the public scorer's optimiser, to reproduce a published run.")
@click.option(
    "--seed", type=click.IntRange(0, 2**32 - 1), default=1, show_default=True, help="Of a replay or a bootstrap."
)
@click.option("--now", type=int, help="The run's time in ms since 1970, for locks [default: the latest rating's].")
@click.option("--title", default="", help="What is scored, for the page's heading [default: the ratings' name].")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def command(
    ratings: Path,
    notes: Path | None,
    status: Path | None,
    enrollment: Path | None,
    correlated: Path | None,
    out: Path,
    small: bool,
    replay: bool,
    seed: int,
    now: int | None,
    title: str,
    quiet: bool,
) -> None:
    """Score notes: what people who usually disagree agree on.

    Reads Community Notes' public files, or any table with the columns note, rater and rating, and writes
    scored_notes, helpfulness_scores and note_status_history (.tsv and .parquet) and report.html.
    """
    if small and replay:
        raise InputError("--small and --replay exclude each other: leave one out")
    run(
        ratings, out, notes=notes, status=status, enrollment=enrollment, correlated=correlated, small=small,
        replay=replay, seed=seed, now=now, title=title, quiet=quiet,
    )  # fmt: skip


def run(
    ratings: Path,
    out: Path,
    *,
    notes: Path | None = None,
    status: Path | None = None,
    enrollment: Path | None = None,
    correlated: Path | None = None,
    small: bool = False,
    replay: bool = False,
    seed: int = 1,
    now: int | None = None,
    title: str = "",
    quiet: bool = False,
) -> list[Path]:
    """Score files and write the results.

    Args:
        ratings, notes, status, enrollment, correlated: where the tables lie.
        out: the folder for the results.
        small: score a small community.
        replay: follow the public scorer's optimiser.
        seed: of a replay or a bootstrap.
        now: ms since 1970.
        title: what is scored.
        quiet: say nothing.

    Returns:
        The files written.

    Raises:
        WhenceError: if something given cannot be used.
    """
    from whence.consensus.reading import Inputs

    inputs = Inputs(ratings, notes, status, enrollment, correlated)
    title = title or ratings.name
    with _Progress(inputs, quiet) as progress:
        if small:
            return _small(inputs, out, seed, now, title, quiet, progress)
        from whence.consensus.output import write
        from whence.consensus.prescoring import Settings
        from whence.consensus.scoring import score_files
        from whence.consensus.summary import summarise
        from whence.publish.consensus_page import page

        settings = Settings(mode="replay" if replay else "optimum", seed=seed)
        scores = score_files(inputs, settings, now=now, progress=progress.read, stage=progress.stage)
        progress.stage("writing")
        summary = summarise(scores, title)
        written = write(scores, out, status, page(summary))
    if not quiet:
        _print(summary)
        _print_timing(scores.timing.stages, scores.timing.peak, len(scores.data.ratings))
        click.echo(f"written: {out}/ " + ", ".join(sorted(p.name for p in written)))
    return written


def _small(
    inputs: object, out: Path, seed: int, now: int | None, title: str, quiet: bool, progress: _Progress
) -> list[Path]:
    from whence.consensus.reading import Inputs, read
    from whence.consensus.report import Report
    from whence.consensus.small import score_small
    from whence.consensus.small_output import small_summary, write_small
    from whence.publish.consensus_page import page

    assert isinstance(inputs, Inputs)
    report = Report()
    progress.stage("reading")
    data = read(inputs, report, now=now, progress=progress.read)
    progress.stage("bootstrap")
    scores = score_small(data, seed=seed)
    summary = small_summary(scores, report, title)
    written = write_small(scores, report, out, page(summary))
    if not quiet:
        _print(summary)
        click.echo(f"written: {out}/ " + ", ".join(sorted(p.name for p in written)))
    return written


class _Progress:
    """A line on the terminal's stderr that says what is being done; nothing where stderr is no terminal."""

    def __init__(self, inputs: object, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        from whence.consensus.reading import Inputs

        assert isinstance(inputs, Inputs)
        self._sizes = {
            name: _decompressed(path)
            for name, path in (
                ("ratings", inputs.ratings),
                ("notes", inputs.notes),
                ("noteStatusHistory", inputs.status),
                ("userEnrollment", inputs.enrollment),
            )
            if path is not None
        }
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
            console=console, transient=True, disable=quiet or not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)
        self._done = dict.fromkeys(self._sizes, 0)

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def read(self, table: str, size: int) -> None:
        self._done[table] += size
        total = max(self._sizes[table], self._done[table])
        self._bar.update(self._task, description=f"reading {table}", total=total, completed=self._done[table])

    def stage(self, name: str) -> None:
        self._bar.update(self._task, description=name, total=None)


def _decompressed(path: Path) -> int:
    """About how many bytes a file or folder holds once it is read; compressed ones are taken as fivefold."""
    files = list(path.iterdir()) if path.is_dir() else [path] if path.exists() else []
    return sum(f.stat().st_size * (5 if f.suffix in (".gz", ".zip") else 1) for f in files if f.is_file())


def _print(summary: RunSummary) -> None:
    """The run on the terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=sys.stdout, highlight=False)
    console.print(
        f"[bold]{escape(summary.title)}[/]: {summary.ratings:,} ratings by {summary.raters:,} raters on "
        f"{summary.notes:,} notes ({summary.mode})"
    )
    for heading, counts in (
        ("status (scorer's own)", summary.statuses),
        ("status (as shown)", summary.shown),
        ("reason" if summary.mode == "small" else "rule that acted", summary.rules),
    ):
        if not counts:
            continue
        table = Table(box=None, padding=(0, 2, 0, 0))
        table.add_column(heading)
        table.add_column("notes", justify="right")
        for name, count in counts.items():
            table.add_row(name, f"{count:,}")
        console.print(table)
    console.print("viewpoints  " + _bars(summary) + f"  factor {summary.edges[0]:+.2f} to {summary.edges[-1]:+.2f}")
    for fit in summary.fits:
        norm = "" if fit.gradient_norm is None else f", gradient norm {fit.gradient_norm:.1e}"
        console.print(f"{fit.name}: objective {fit.loss:.6f}{norm}, {fit.steps} steps, {fit.ratings:,} ratings")
    for what, times in summary.repairs.items():
        console.print(f"{times:,} {escape(what)}")
    for remark in summary.remarks:
        console.print(escape(remark))


def _bars(summary: RunSummary) -> str:
    """Raters by factor as a row of blocks."""
    total = [a + b for a, b in zip(summary.heard, summary.unheard, strict=True)]
    pooled = [sum(total[k : k + 2]) for k in range(0, len(total), 2)]
    most = max(pooled, default=0) or 1
    return "".join(" ▁▂▃▄▅▆▇█"[round(8 * x / most)] for x in pooled)


def _print_timing(stages: list[tuple[str, float, float]], peak: int, ratings: int) -> None:
    wall = sum(s[1] for s in stages)
    cpu = sum(s[2] for s in stages)
    click.echo("time: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds, _ in stages if seconds >= 0.05))
    click.echo(
        f"in all {wall:.1f} s ({cpu:.1f} s of CPU), at most {peak / 1e6:,.0f} MB: "
        f"{peak / max(ratings, 1):,.0f} bytes a rating"
    )
