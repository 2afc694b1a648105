"""`whence doctor`: what this installation is made of."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path

import click

from whence._version import __version__
from whence.cli.exits import Exit

__all__ = ["Report", "command", "examine"]

LIBRARIES = ("click", "lxml", "numpy", "onnxruntime", "rich", "tokenizers", "trafilatura", "urllib3", "warcio")
EXTRAS: dict[str, tuple[str, ...]] = {
    "parquet": ("pyarrow",),
    "consensus": ("numba", "polars"),
    "desk": ("django", "allauth", "gunicorn"),
    "train": ("torch", "onnx", "safetensors"),
}
"""What each extra brings, by import name."""


@dataclass(frozen=True)
class Report:
    """What `whence doctor` shows.

    Args:
        models: for each file of weights: its sha256, its size in bytes, and whether it is the one its config names.
        problems: what keeps whence from working, each with its remedy; empty where all is well.
    """

    whence: str
    python: str
    platform: str
    cores: int
    libraries: dict[str, str]
    models: dict[str, dict[str, object]]
    extras: dict[str, bool]
    problems: list[str]


def examine() -> Report:
    """Look at this installation."""
    from whence.models.weights import packaged

    problems: list[str] = []
    libraries: dict[str, str] = {}
    for name in LIBRARIES:
        try:
            libraries[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            libraries[name] = "missing"
            problems.append(f"{name} is not installed: install whence again")
    models: dict[str, dict[str, object]] = {}
    for weights in packaged():
        models[weights.name] = {"sha256": weights.sha256, "bytes": weights.size, "intact": weights.intact}
        if not weights.intact:
            problems.append(f"the weights {weights.name} are missing or not the ones their card names: install again")
    return Report(
        whence=__version__,
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count() or 1,
        libraries=libraries,
        models=models,
        extras={extra: all(util.find_spec(n) is not None for n in names) for extra, names in EXTRAS.items()},
        problems=problems,
    )


def _show(report: Report) -> None:
    click.echo(f"whence {report.whence}   Python {report.python}   {report.platform}   {report.cores} cores")
    click.echo(f"installed in {Path(__file__).parents[1]}\n")
    click.echo("libraries  " + "  ".join(f"{n} {v}" for n, v in report.libraries.items()))
    for name, facts in report.models.items():
        state = "intact" if facts["intact"] else "NOT INTACT"
        size = facts["bytes"]
        assert isinstance(size, int)
        click.echo(f"model      {name}  {size / 1e6:.1f} MB  sha256 {facts['sha256']}  {state}")
    for extra, there in report.extras.items():
        click.echo(f"extra      {extra:10} " + ("installed" if there else f"missing: pip install 'whence[{extra}]'"))
    for problem in report.problems:
        click.echo(f"problem    {problem}")
    if not report.problems:
        click.echo("all well")


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(as_json: bool) -> int:
    """Show versions, model hashes, cores, and which extras are missing.

    Exits with 5 where something keeps whence from working.
    """
    report = examine()
    if as_json:
        click.echo(json.dumps(asdict(report), indent=2))
    else:
        _show(report)
    return Exit.SETUP if report.problems else Exit.OK
