"""Whether a reader can tell who a source is."""

import pytest

from tests.unit.read.source_stories import story
from whence.records import Byline


@pytest.mark.parametrize(
    ("words", "naming"),
    [
        ("Ann Bell", "named"),
        ("Mr Bell", "named"),
        ("Ruritania's Supreme Court", "named"),
        ("The Syrian government", "named"),
        ("Damascus", "named"),
        ("The White House", "named"),
        ("The US Central Command", "named"),
        ("Police", "named"),
        ("The government", "named"),
        ("The mayor", "named"),
        ("The French president", "named"),
        ("A study in Marine Letters", "named"),
        ("A US official", "unnamed"),
        ("Senior US officials", "unnamed"),
        ("A spokesman for Fjord Oil", "unnamed"),
        ("A Fjord Oil spokeswoman", "unnamed"),
        ("Witnesses", "unnamed"),
        ("The militants operating in the area", "unnamed"),
        ("Analysts", "unnamed"),
        ("The company", "unnamed"),
        ("A senior minister", "unnamed"),
        ("People familiar with the talks", "unnamed"),
        ("The report", "unnamed"),
        ("Some", "unnamed"),
        ("He", "unnamed"),
    ],
)
def test_naming(words: str, naming: str) -> None:
    doc = story(f"<{words}> said it rained.", ORG="Fjord Oil; Marine Letters", PERSON="Ann Bell; Bell")
    assert [s.naming for s in doc.sources] == [naming]


def test_the_rule_is_on_record() -> None:
    doc = story("<Ann Bell> said it rained.", PERSON="Ann Bell")
    notes = [n for n in doc.notes if n.target is doc.sources[0] and n.component == "naming"]
    assert [(n.label, n.rule, n.evidence) for n in notes] == [("naming=named", "a proper name", ((0, 8),))]


def test_the_writer_of_a_signed_story_is_named() -> None:
    from dataclasses import replace

    from tests.unit.read.source_stories import unresolved
    from whence.read.sources import resolve

    doc = unresolved("<I> think the tower leans.")
    doc.story = replace(doc.story, byline=Byline("Jo Lind"))
    resolve(doc)
    (one,) = doc.sources
    assert (one.label, one.naming, one.kind) == ("Jo Lind", "named", "person")
