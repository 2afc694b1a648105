"""Readings from their JSON form: an exact round trip, and clear errors."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.publish import to_json
from whence.records import (
    ACTS,
    COMPARATORS,
    KINDS,
    NAMINGS,
    QUOTES,
    ROLES,
    Badge,
    Byline,
    Dispute,
    Explanation,
    Figure,
    Finding,
    Link,
    Paragraph,
    Reading,
    Source,
    Statement,
    Story,
    Time,
)
from whence.records.parse import reading_from_dict

TEXT = "x" * 400
spans = st.tuples(st.integers(0, 399), st.integers(0, 399)).map(lambda s: (min(s), max(s)))
many = st.lists(spans, max_size=3).map(tuple)
words = st.text(max_size=12)
maybe_words = st.none() | words
rounded = st.integers(0, 1000).map(lambda n: n / 1000)
numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
sources_of = st.builds(
    Source,
    id=st.just("s1"),
    label=words,
    naming=st.sampled_from(NAMINGS),
    kind=st.sampled_from(KINDS),
    role=maybe_words,
    affiliation=maybe_words,
    mentions=many,
)
figures = st.builds(
    Figure,
    span=spans,
    value=numbers | st.tuples(numbers, numbers),
    comparator=st.sampled_from(COMPARATORS),
    unit=maybe_words,
)


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[Paragraph, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, 400), max_size=6)))
    return tuple(Paragraph((a, b), draw(st.sampled_from(ROLES))) for a, b in zip(cuts[::2], cuts[1::2], strict=False))


stories = st.builds(
    Story,
    text=st.just(TEXT),
    headline=st.none() | spans,
    paragraphs=paragraphs(),
    outlet=maybe_words,
    url=maybe_words,
    published=maybe_words,
    language=maybe_words,
    byline=st.none()
    | st.builds(
        Byline, name=words, role=maybe_words, articles=st.none() | st.integers(0, 9999), span=st.none() | spans
    ),
    badges=st.lists(
        st.builds(Badge, span=spans, checker=maybe_words, evidence=st.lists(words, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    links=st.lists(st.builds(Link, span=spans, url=words), max_size=2).map(tuple),
    id=words,
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    given_sources = [
        draw(
            sources_of.map(lambda s, n=n: Source(f"s{n}", s.label, s.naming, s.kind, s.role, s.affiliation, s.mentions))
        )
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]
    some = st.lists(st.sampled_from(given_sources), max_size=2).map(tuple) if given_sources else st.just(())
    statements = tuple(
        Statement(
            id=f"st{n}",
            content=draw(st.lists(spans, min_size=1, max_size=3).map(tuple)),
            voice=draw(st.sampled_from(["own", "attributed"])),
            sources=draw(some),
            cue=draw(st.none() | spans),
            quote=draw(st.none() | st.sampled_from(QUOTES)),
            act=draw(st.sampled_from(ACTS)),
            chain=draw(some),
            hedges=draw(many),
            distancing=draw(many),
            loaded=draw(many),
            figures=draw(st.lists(figures, max_size=2).map(tuple)),
            times=draw(st.lists(st.builds(Time, span=spans, value=maybe_words), max_size=2).map(tuple)),
            parent=draw(st.none() | st.just("st1")),
            confidence=draw(rounded),
        )
        for n in range(1, draw(st.integers(0, 3)) + 1)
    )
    return Reading(
        story=draw(stories),
        sources=tuple(given_sources),
        statements=statements,
        disputes=draw(st.lists(st.builds(Dispute, claim=words, denial=words), max_size=2).map(tuple)),
        findings=draw(
            st.lists(
                st.builds(Finding, id=words, says=words, evidence=many, statements=st.lists(words).map(tuple)),
                max_size=2,
            ).map(tuple)
        ),
        explanations=draw(
            st.lists(
                st.builds(
                    Explanation,
                    target=words,
                    label=words,
                    component=words,
                    rule=words,
                    score=st.none() | rounded,
                    evidence=many,
                ),
                max_size=2,
            ).map(tuple)
        ),
        reader=draw(words),
    )


@given(readings())
def test_what_was_written_is_read_again(reading: Reading) -> None:
    assert reading_from_dict(json.loads(to_json(reading, explain=True))) == reading


def test_without_explanations_the_rest_is_the_same(sample: dict[str, Any]) -> None:
    assert reading_from_dict(sample).to_dict() == sample


@pytest.fixture
def sample() -> dict[str, Any]:
    source = Source("s1", "Mira Okonjo", "named", "person", mentions=((0, 4),))
    statement = Statement("st1", ((5, 9),), "attributed", (source,), chain=(source,))
    return json.loads(to_json(Reading(Story(TEXT), (source,), (statement,), reader="whence")))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.update(version=2), "a reading has version 1; got 2"),
        (lambda r: r.pop("findings"), "fields of docs/reference/formats.md: KeyError('findings')"),
        (lambda r: r["statements"][0].update(colour="red"), "unexpected keyword argument 'colour'"),
        (lambda r: r["statements"][0].update(source_ids=["s9"]), "KeyError('s9')"),
        (lambda r: r["statements"][0].update(confidence=3.0), "confidence lies in 0..1; got 3.0"),
        (lambda r: r["sources"][0].update(naming="secret"), "naming is one of named, unnamed, unspecified"),
        (lambda r: r["statements"][0].update(cue=5), "fields of docs/reference/formats.md: TypeError"),
        (lambda r: r.update(story=None), "fields of docs/reference/formats.md: TypeError"),
    ],
)
def test_what_is_no_reading_is_refused(sample: dict[str, Any], change: Any, says: str) -> None:
    change(sample)
    with pytest.raises(ValueError, match=re.escape(says)):
        reading_from_dict(sample)
