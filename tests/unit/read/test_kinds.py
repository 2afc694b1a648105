"""What a source is."""

import pytest

from tests.unit.read.source_stories import story


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Ann Bell", "person"),
        ("A spokesman for Fjord Oil", "person"),
        ("A neighbour", "person"),
        ("A Democrat", "person"),
        ("The mayor", "person"),
        ("Witnesses", "group"),
        ("Two women", "group"),
        ("A crowd of fans", "group"),
        ("Fjord Oil", "organisation"),
        ("The company", "organisation"),
        ("Police", "organisation"),
        ("Ruritania's Supreme Court", "organisation"),
        ("Syria", "state"),
        ("Brussels", "state"),
        ("The Kremlin", "state"),
        ("The ministry", "state"),
        ("The Peruvian Defence Ministry", "state"),
        ("The Harbour Post", "outlet"),
        ("Reuters", "outlet"),
        ("Valley News", "outlet"),
        ("The lawsuit", "document"),
        ("Court documents", "document"),
        ("A poll", "document"),
        ("Others", "group"),
        ("They", "group"),
        ("We", "group"),
        ("I", "person"),
        ("Sixty percent", "group"),
        ("It", "unknown"),
    ],
)
def test_kind(words: str, kind: str) -> None:
    doc = story(f"<{words}> said it rained.", ORG="Fjord Oil; Harbour Post; Reuters; Valley News", PERSON="Ann Bell")
    assert [s.kind for s in doc.sources] == [kind]


def test_what_a_story_came_through_is_an_outlet() -> None:
    doc = story("<A guard> told {the Blue Door} that it rained. <He> told {reporters} so.", ORG="Blue Door")
    assert {s.label: s.kind for s in doc.sources}["the Blue Door"] == "outlet"
    assert doc.relays[0].source is not None
    assert doc.relays[0].source.label == "the Blue Door"
