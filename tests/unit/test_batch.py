"""Many stories: in order, whatever one of them does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from whence.batch import read_stories
from whence.errors import RangeError
from whence.ingest import Failure
from whence.records import Paragraph, Reading, Story


def story(name: str, text: str = "The dam is safe, Vik said.") -> Story:
    return Story(text=text, paragraphs=(Paragraph((0, len(text)), "body"),), id=name)


def make(**parts: Any) -> Reading:
    """A reading, unless the story is one that kills its process."""
    if "KILL" in parts["story"].text:
        os._exit(9)
    return Reading(**parts)


def stories() -> Iterator[Story | Failure]:
    for n in range(24):
        if n == 5:
            yield Failure("n5", "was bad before")
        elif n == 9:
            yield story("n9", "KILL the process that reads this.")
        elif n == 12:
            yield Story(text="nothing to read", id="n12")
        else:
            yield story(f"n{n}")


@pytest.mark.parametrize("workers", [2, 3])
def test_a_story_that_kills_its_process_is_named_and_the_rest_are_read(workers: int) -> None:
    results = list(read_stories(stories(), workers=workers, make=make))
    names = [r.id if isinstance(r, Failure) else r.story.id for r in results]
    assert names == [f"n{n}" for n in range(24)]
    failed = {r.id: r.reason for r in results if isinstance(r, Failure)}
    assert set(failed) == {"n5", "n9", "n12"}
    assert "killed" in failed["n9"]
    assert "neither" in failed["n12"]


def test_one_worker_reads_here() -> None:
    results = list(read_stories([story("a"), Failure("b", "bad")], workers=1))
    assert isinstance(results[0], Reading)
    assert results[1] == Failure("b", "bad")


def test_no_workers_is_refused() -> None:
    with pytest.raises(RangeError, match="1 or more; got 0"):
        list(read_stories([], workers=0))
