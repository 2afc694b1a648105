"""`whence simulate`: how much ill will the scorer bears."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from whence.errors import RangeError

if TYPE_CHECKING:
    from whence.consensus.simulation import Attack

__all__ = ["command"]


@click.command(name="simulate")
@click.option("--attack", type=click.Choice(["brigade", "sybils", "sleepers"]), default="brigade", show_default=True)
@click.option("--raters", type=int, default=500, show_default=True, help="How many raters, good and bad.")
@click.option("--notes", type=int, default=120, show_default=True)
@click.option("--ratings", type=int, default=40, show_default=True, help="Ratings by each rater.")
@click.option("--divide", type=float, default=1.0, show_default=True, help="How far apart the sides stand; 0 for none.")
@click.option("--targets", type=float, default=0.25, show_default=True, help="Share of notes that are attacked.")
@click.option("--shares", default="0,0.05,0.1,0.2,0.3,0.4", show_default=True, help="Shares of bad raters.")
@click.option("--runs", type=int, default=3, show_default=True, help="Communities drawn for each share.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--plot", type=click.Path(path_type=Path), help="Write the plot to this .svg file.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write the numbers to this file.")
def command(
    attack: str,
    raters: int,
    notes: int,
    ratings: int,
    divide: float,
    targets: float,
    shares: str,
    runs: int,
    seed: int,
    plot: Path | None,
    table: Path | None,
) -> None:
    """Simulate communities whose truth is known, with more and more bad raters.

    Prints how often an attacked wrong note is shown and an attacked right one suppressed.
    """
    from whence.cli.files import atomic
    from whence.consensus.simulation import Scenario, simulate
    from whence.publish.consensus_page import simulation_plot

    try:
        wanted = tuple(float(s) for s in shares.split(","))
    except ValueError:
        raise RangeError(f"shares are numbers between commas, such as 0,0.1,0.2, but {shares!r} was given") from None
    scenario = Scenario(
        raters=raters,
        notes=notes,
        ratings=ratings,
        divide=divide,
        attack=cast("Attack", attack),
        targets=targets,
        runs=runs,
        seed=seed,
    )
    lines = simulate(scenario, wanted)
    click.echo(f"{attack}: {raters} raters, {notes} notes, {runs} runs, seed {seed}")
    click.echo("bad raters  wrong shown     right suppressed  bad raters heard")
    for line in lines:
        click.echo(
            f"{line.share:>9.0%}  {line.wrong_shown:>6.0%} ± {line.wrong_shown_spread:<5.0%}  "
            f"{line.right_suppressed:>8.0%} ± {line.right_suppressed_spread:<6.0%}  {line.bad_heard:>8.0%}"
        )
    if plot is not None:
        with atomic(plot) as handle:
            handle.write(simulation_plot(lines, attack).encode())
        print(f"written: {plot}", file=sys.stderr)
    if table is not None:
        names = (
            "share",
            "wrong_shown",
            "wrong_shown_spread",
            "right_suppressed",
            "right_suppressed_spread",
            "bad_heard",
        )
        with atomic(table) as handle:
            rows = [names, *([f"{getattr(line, n):.6f}" for n in names] for line in lines)]
            text = "".join(",".join(row) + "\n" for row in rows)
            handle.write(text.encode())
