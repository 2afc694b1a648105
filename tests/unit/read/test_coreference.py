"""Who is meant by descriptions and pronouns."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.read.source_stories import labels, said, story


def test_sources_in_the_plural_are_not_the_one_in_the_singular() -> None:
    doc = story(
        "<Diplomatic sources> said talks had begun. <A diplomatic source> said they were short. "
        "<The sources> said more would follow. <The source> said it was over."
    )
    assert said(doc) == ["diplomatic sources", "a diplomatic source", "diplomatic sources", "a diplomatic source"]


def test_modifiers_beat_number() -> None:
    doc = story(
        "<Diplomatic sources> said talks had begun. <A diplomatic source close to the Ruritanian opposition> said no. "
        "<The sources close to the opposition> said it again."
    )
    assert said(doc)[2] == "a diplomatic source close to the Ruritanian opposition"


def test_another_starts_a_new_source() -> None:
    doc = story("<An official> said yes. <Another official> said no. <A second official> said perhaps.")
    assert len(doc.sources) == 3


def test_a_neighbour_named_later_is_one_named_source() -> None:
    doc = story(
        "<A neighbour> said the dog barked. <Jane Doe, the neighbour,> said it barked all night.", PERSON="Jane Doe"
    )
    (one,) = doc.sources
    assert (one.label, one.naming) == ("Jane Doe", "named")
    assert len(one.mentions) == 2


@pytest.mark.parametrize("surname", ["Vane", "Osei", "Horvat", "Nguyen"])
def test_full_name_surname_and_pronoun(surname: str) -> None:
    doc = story(
        f"<Ann {surname}, a surgeon,> said the ward was full. <She> said it was cold. <{surname}> said no more.",
        PERSON=f"Ann {surname}; {surname}",
    )
    assert said(doc) == [f"Ann {surname}"] * 3


def test_two_of_one_surname_are_told_apart_by_title() -> None:
    doc = story(
        "<Rita Cole and her brother Peter Cole> said they were glad. <Mr Cole> said it twice. <Ms Cole> said it once.",
        PERSON="Rita Cole; Peter Cole; Cole",
    )
    assert said(doc) == ["Rita Cole + Peter Cole", "Peter Cole", "Rita Cole"]


def test_they_after_two_speakers_are_both() -> None:
    doc = story("<Ann Bell and Jo Orr> said they would stay. <They> said it was home.", PERSON="Ann Bell; Jo Orr")
    assert said(doc)[1] == "Ann Bell + Jo Orr"


def test_first_person_in_a_quotation_is_the_speaker() -> None:
    doc = story("<Ann Bell> said: “<I> believe the tower leans.”", PERSON="Ann Bell")
    assert said(doc) == ["Ann Bell", "Ann Bell"]
    assert len(doc.sources) == 1


def test_relative_pronouns_mean_the_words_before_them() -> None:
    doc = story(
        "The police met a woman <who> said her cat was gone. They met Ann Bell, <who> said hers was too.",
        PERSON="Ann Bell",
    )
    assert said(doc) == ["a woman", "Ann Bell"]


def test_the_company_is_the_body_spoken_of() -> None:
    doc = story(
        "<Fjord Oil> raised its forecast. <The company> said demand was strong. <It> said so twice.", ORG="Fjord Oil"
    )
    assert said(doc) == ["Fjord Oil"] * 3


def test_the_age_and_the_trade_are_the_person_named() -> None:
    doc = story(
        "<Kim Tate, 34,> said she was tired. <The 34-year-old> said she would rest. <The singer> said no more.",
        PERSON="Kim Tate",
    )
    assert labels(doc) == ["Kim Tate"]


def test_whom_the_words_are_about_is_not_who_says_them() -> None:
    doc = story(
        "<Ann Bell> said the plan was sound. “Jo Orr lied about the plan,” <she> said.", PERSON="Ann Bell; Jo Orr"
    )
    assert said(doc)[1] == "Ann Bell"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<He> said no. ",
                "<The official> said yes. ",
                "<A source> said so. ",
                "<They> said it. ",
                "<Ann Bell> said. ",
                "<Who> said “<I> did”. ",
                "<its> view. ",
                "<The sources> told. ",
                "<Syria and Russia> said. ",
                "The mayor left. ",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_mentions_gives_sound_sources(parts: list[str]) -> None:
    text = "".join(parts)
    doc, again = story(text, PERSON="Ann Bell"), story(text, PERSON="Ann Bell")
    assert [s.to_dict() for s in doc.sources] == [s.to_dict() for s in again.sources]
    for source in doc.sources:
        assert all(a < b for a, b in source.mentions)
        assert all(x[1] <= y[0] for x, y in pairwise(source.mentions))
    known = set(map(id, doc.sources))
    assert all(id(s) in known for d in doc.drafts for s in d.sources)
