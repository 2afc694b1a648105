"""`whence explain`: why a note has its status."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from whence.consensus.explaining import Explanation

__all__ = ["command", "text"]


@click.command(name="explain")
@click.argument("note_id")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), required=True, help="The folder that `whence score` wrote."
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--all", "every", is_flag=True, help="Also the rules whose condition does not hold.")
def command(note_id: str, out: Path, format_: str, every: bool) -> None:
    """Explain NOTE_ID's status: each rule with its numbers, the ratings on each side, and what would change it."""
    from whence.consensus.explaining import explain

    found = explain(note_id, out)
    if format_ == "json":
        click.echo(json.dumps(_plain(asdict(found)), indent=1, ensure_ascii=False))
    else:
        click.echo(text(found, every=every))


def _plain(value: Any) -> Any:
    """NaN has no place in JSON: null stands for it."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def text(e: Explanation, *, every: bool = False) -> str:
    """An explanation for the eye.

    Args:
        e: the explanation.
        every: whether rules that do not hold are listed too.
    """
    lock = ", locked" if e.locked else ""
    lines = [f"note {e.note}: {e.status} (shown: {e.shown}{lock})"]
    if not math.isnan(e.intercept):
        lines.append(
            f"  intercept {e.intercept:+.3f} (at most {e.high:+.3f} with one rating more), factor {e.factor:+.3f}"
        )
    (a, mean_a), (b, mean_b) = e.sides
    lines.append(
        f"  {e.ratings} ratings count: {_side(a, mean_a)} from the negative side, {_side(b, mean_b)} from the positive"
    )
    lines.append("rules, in order:")
    for rule in e.rules:
        if not (rule.holds or every):
            continue
        mark = "->" if rule.acts else " ·" if rule.holds else "  "
        tail = (
            f" {rule.status}" if rule.acts else " (holds, but may not overrule)" if rule.holds else " (does not hold)"
        )
        lines.append(f"  {mark} {rule.name}:{tail}")
        lines.append(f"       {rule.says}" + (f": {rule.numbers}" if rule.numbers else ""))
    lines.append("what would change it:")
    lines += [f"  {change}" for change in e.changes]
    return "\n".join(lines)


def _side(count: int, mean: float) -> str:
    return f"{count}" if math.isnan(mean) else f"{count} (mean {mean:.2f})"
