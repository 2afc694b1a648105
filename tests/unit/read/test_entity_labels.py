"""Labels of names that the tagger takes for persons, and that are no person's."""

from __future__ import annotations

import pytest

import whence


@pytest.mark.parametrize("name", ["Ostrel", "Vane", "Maren", "Quillon"])
@pytest.mark.parametrize("kind", ["Radio", "Agence", "Télé"])
def test_a_station_is_an_outlet_whatever_its_name_is_taken_for(kind: str, name: str) -> None:
    reading = whence.read_text(
        f"Ferry Held In Port\n\n{kind} {name} reports: A port official said that the ferry had lost an anchor. "
        "The line denied that any anchor had been lost.\n"
    )
    relayed = [[source.label for source in s.chain] for s in reading.statements if s.voice == "attributed"]
    assert relayed
    assert all(chain[-1] == f"{kind} {name}" for chain in relayed)


def test_the_sample_story_keeps_its_chain() -> None:
    reading = whence.read("samples/harbour-blockade.txt", published="2024-03-14")
    (said,) = [s for s in reading.statements if "hospital vessel" in reading.text(*s.content)]
    assert [source.label for source in said.chain] == ["a Valderan official", "Radio Tessal"]
