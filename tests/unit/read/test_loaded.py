"""The component "loaded" on its invented cases (data/loaded.jsonl)."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.components.cases import load
from benchmarks.components.scoring import found, score, wanted
from whence.read.annotations import TaggedSpan
from whence.read.document import Document, Draft
from whence.read.loaded import LOADED
from whence.read.loaded_lexicon import ENTRIES, FORMS
from whence.records import Paragraph, Story


@pytest.mark.parametrize("case", load("loaded"), ids=lambda case: case["text"][:60])
def test_cases(case: dict[str, Any]) -> None:
    assert found("loaded", case) == wanted("loaded", case)


def test_enough_cases() -> None:
    assert score("loaded").cases >= 60


def test_every_entry_has_a_reason_and_a_kind() -> None:
    assert len(ENTRIES) >= 250
    assert {e.kind for e in ENTRIES} == {"label", "adjective", "adverb", "verb", "frame"}
    for entry in ENTRIES:
        assert len(entry.reason) > 20
        assert entry.word == entry.word.lower().strip()


def test_no_entry_is_listed_twice() -> None:
    words = [e.word for e in ENTRIES]
    assert len(words) == len(set(words))


NAMES = frozenset("muslim muslims christian jewish democrat democrats republican russian immigrants".split())


def test_no_entry_names_a_group() -> None:
    assert not [form for form in FORMS if NAMES & set(form.split())]


def test_the_reason_is_explained() -> None:
    text = "The regime fell."
    draft = Draft(((0, len(text)),))
    document = Document(Story(text, paragraphs=(Paragraph((0, len(text)), "body"),)), drafts=[draft])
    LOADED.apply(document)
    assert [n.rule for n in document.notes if "regime" in n.rule and "no right to govern" in n.rule]


def test_a_name_known_as_such_does_not_count() -> None:
    text = "Regime won the cup."
    draft = Draft(((0, len(text)),))
    document = Document(Story(text, paragraphs=(Paragraph((0, len(text)), "body"),)), drafts=[draft])
    document.entities = [TaggedSpan((0, 6), "ORG", 0.9)]
    LOADED.apply(document)
    assert draft.loaded == ()
