"""Countries that only the story shows, whatever the tagger takes their names for."""

from __future__ import annotations

import pytest

from tests.unit.read.source_stories import story

SHOWN = [
    "<Vostria> accused its neighbour of shelling a village.",
    "<Vostria> has closed its embassy. <Vostria> said so.",
    "<Vostria> said on Monday that its troops had withdrawn.",
    "Trade with Vostria has halved. <Vostria> blamed a drought.",
    "The storm hit northern Vostria. <Vostria> said it was the worst in years.",
    "The troops in Vostria stayed. <Vostria> thanked them.",
]


@pytest.mark.parametrize("marked", SHOWN)
@pytest.mark.parametrize("label", ["PERSON", "PLACE", "ORG"])
def test_what_a_country_has_shows_a_country(marked: str, label: str) -> None:
    assert {s.kind for s in story(marked, **{label: "Vostria"}).sources} == {"state"}


def test_a_country_s_neighbour_is_a_country() -> None:
    doc = story("Vostria accused its neighbour Leskovia of shelling. <Leskovia> denied it.", PERSON="Vostria; Leskovia")
    assert [s.kind for s in doc.sources] == ["state"]


@pytest.mark.parametrize(
    "marked",
    [
        "<Korvic> said its troops had withdrawn. Ana Korvic, a general, said more.",
        "<Korvic> accused his neighbour of shelling a village.",
        "Trade has halved. <Korvic> blamed a drought.",
        "<Korvic> said she would play across the north.",
    ],
)
def test_a_person_stays_one(marked: str) -> None:
    assert "person" in {s.kind for s in story(marked, PERSON="Ana Korvic; Korvic").sources}
