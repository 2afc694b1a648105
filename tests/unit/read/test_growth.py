"""What reading costs grows no faster than the story: counted in calls of Python functions, not in seconds."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from whence.ingest import from_text
from whence.read import Reader
from whence.read.document import Document

NAMES = ("Colm", "Oster", "Vell", "Teel", "Farr", "Hale", "Finn")
PARAGRAPHS = (
    "Harbour master Ida {name} said the pier was unsafe. “We wait,” she told the Vale Herald. The council denied it.",
    "Bram {name}, a fisherman, accused the Orrin Group of hiding reports. The group said it supported the plan.",
    "According to a report, the pilings were rotten. Officials who asked not to be named said they opposed it.",
    "The pier was built in 1887. I walk there daily.",
    "Asked why, the mayor said: “It is safe. I said so.” Vale Radio reports: Divers will return in May.",
)


def calls(reader: Reader, paragraphs: int) -> dict[str, int]:
    """How many functions each component calls on a story of so many paragraphs."""
    said = (PARAGRAPHS[n % 5].format(name=NAMES[n % 7]) for n in range(paragraphs))
    text = "\n\n".join(said)
    doc = Document(story=from_text(f"Pier stays shut\n\n{text}", id="long"), published=None)
    counts: dict[str, int] = {}

    for component in reader.components:
        count = 0

        def counted(_frame: FrameType, _event: str, _argument: Any) -> None:
            nonlocal count
            count += 1

        before = sys.getprofile()
        sys.setprofile(counted)
        try:
            component.apply(doc)
        finally:
            sys.setprofile(before)
        counts[component.name] = count
    return counts


@pytest.fixture(scope="module")
def growth() -> dict[str, float]:
    reader = Reader()
    calls(reader, 20)  # What is remembered of words is known from now on.
    short, long = calls(reader, 100), calls(reader, 400)
    return {name: long[name] / (4 * max(short[name], 100)) for name in short}


def test_no_component_s_cost_grows_faster_than_the_story(growth: dict[str, float]) -> None:
    assert {name: round(times, 2) for name, times in growth.items() if times > 1.5} == {}
