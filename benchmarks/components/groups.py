"""The groups of cases that each component has, and how it does on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks.components.cases import CASES, load
from benchmarks.components.chains import MEASURES
from benchmarks.components.scoring import COMPONENTS, Score, found, tally, wanted
from benchmarks.components.whole import WHOLE

__all__ = ["GROUPS", "NAMES", "first_runs", "scores"]

GROUPS = {"first": "", "second": "-second", "third": "-third", "fourth": "-fourth"}
"""The groups in the order in which they were written, and the ends of their files' names."""

NAMES = (*COMPONENTS, *MEASURES, *WHOLE)
"""Every component that has cases."""


def _facts(name: str, case: dict[str, Any]) -> tuple[set[Any], set[Any]]:
    """What a component finds in a case, and what the case says is there."""
    if name in MEASURES:
        return MEASURES[name][1](case)
    if name in WHOLE:
        return WHOLE[name](case)
    return set(found(name, case)), set(wanted(name, case))


def _file(name: str, group: str) -> str:
    """The name of the file that holds a group of a component's cases.

    Relays and chains share theirs; what the whole program reads had no cases before those of the second group.
    """
    stem = MEASURES[name][0] if name in MEASURES else name
    return stem if name in WHOLE and group == "second" else stem + GROUPS[group]


def scores(name: str) -> Iterator[tuple[str, Score]]:
    """The groups of a component's cases, each with how the component does on them today.

    Args:
        name: one of `NAMES`.
    """
    facts: Callable[[dict[str, Any]], tuple[set[Any], set[Any]]] = partial(_facts, name)
    for group in GROUPS:
        file = _file(name, group)
        if (CASES / f"{file}.jsonl").exists() and not (name in WHOLE and group == "first"):
            yield group, tally(load(file), facts)


def first_runs() -> dict[tuple[str, str], Score]:
    """How each component did on a group of cases when it read them for the first time, by component and group."""
    recorded = json.loads((CASES / "first-runs.json").read_text(encoding="utf-8"))
    return {(name, group): Score(**counts) for group, rows in recorded.items() for name, counts in rows.items()}
