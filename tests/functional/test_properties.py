"""What holds for every text: a reading or a clear error, spans that are right, the same bytes again, no favourites."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import whence
from whence import WhenceError

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

WORDS = st.sampled_from(
    'The mayor said that “we will not ” ‘go’ " on Thursday $2bn more than 80 people, according to Vik. '
    "Asked whether it had – denied the claims: (AP) Mr. U.S. 3 million told the Courier he she they “No comment.” "
    "\u202e \u0000 é 👩‍🚒 שלום \ufeff 10% \n\n \n - Q: A:".split(" ")
)
news = st.lists(WORDS, min_size=1, max_size=80).map(" ".join)


def check(reading: whence.Reading) -> None:
    text = reading.story.text
    data = reading.to_dict(explain=True)
    spans = [s for x in data["statements"] for k in ("content", "hedges", "distancing", "loaded") for s in x[k]]
    spans += [f["span"] for x in data["statements"] for k in ("figures", "times") for f in x[k]]
    spans += [m for s in data["sources"] for m in s["mentions"]]
    spans += [e for f in data["findings"] for e in f["evidence"]]
    spans += [e for x in data["explanations"] for e in x["evidence"]]
    spans += [x["cue"] for x in data["statements"] if x["cue"]]
    for a, b in spans:
        assert 0 <= a < b <= len(text)
        assert text[a:b].strip() == text[a:b], repr(text[a:b])
    for x in data["statements"]:
        assert all(p[1] <= q[0] for p, q in itertools.pairwise(x["content"])), "pieces in order, without overlap"
    starts = [x["content"][0][0] for x in data["statements"]]
    assert starts == sorted(starts)
    ids = {s["id"] for s in data["sources"]}
    known = {s["id"] for s in data["statements"]}
    for x in data["statements"]:
        assert {*x["source_ids"], *x["chain"]} <= ids
        assert x["parent"] is None or x["parent"] in known - {x["id"]}
        assert x["voice"] == "attributed" or not x["source_ids"]
    for d in data["disputes"]:
        assert {d["claim"], d["denial"]} <= known
    for s in data["sources"]:
        assert all(p[1] <= q[0] for p, q in itertools.pairwise(s["mentions"])), "mentions in order, without overlap"


@SETTINGS
@given(st.one_of(st.text(max_size=400), news))
def test_any_text_gives_a_reading_or_a_clear_error(text: str) -> None:
    try:
        reading = whence.read_text(text, published="2024-03-14")
    except WhenceError as e:
        message = str(e)
    else:
        message = ""
    assert "\n" not in message
    if message:
        return
    assert reading.story.text == text
    check(reading)
    again = whence.read_text(text, published="2024-03-14")
    assert again.to_json(explain=True) == reading.to_json(explain=True)
    json.loads(reading.to_json())
    assert reading.to_html().lower().startswith("<!doctype html>")


@SETTINGS
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: f"<html><body><p>{t}</p></body></html>".encode()))
def test_any_bytes_give_a_reading_or_a_clear_error(data: bytes) -> None:
    try:
        reading = whence.read(data)
    except WhenceError as e:
        message = str(e)
    else:
        message = ""
        check(reading)
    assert "\n" not in message


STORY = """{place} blames {rival} for harbour fire

{place} has accused {rival} of starting the fire that closed the port of Selm on Monday.

“We have evidence,” {person}, the harbour master, told the {outlet}. {pronoun} added that more than 40 boats were lost.

{rival} denied the accusation. A diplomatic source close to the talks said the damage may cost $2bn.

According to {other}, a spokeswoman for the firm that runs the port, work will begin in April.
"""
PLACES = ["Norway", "Ghana", "Iran", "Israel", "China", "Brazil", "Russia", "Ukraine"]
PEOPLE = [("Ida Vik", "She"), ("Omar Haddad", "He"), ("Wei Zhang", "She"), ("John Smith", "He"), ("Priya Nair", "She")]
OUTLETS = ["Vale Courier", "Selm Gazette", "Daily Herald", "Morning Post"]


def outline(reading: whence.Reading) -> object:
    """All that must not depend on who is spoken of."""
    return (
        [
            (s.voice, s.quote, s.act, len(s.sources), [x.naming for x in s.sources], [x.naming for x in s.chain],
             len(s.hedges), len(s.loaded), [f.value for f in s.figures], [t.value for t in s.times])
            for s in reading.statements
        ],
        sorted(f.id for f in reading.findings),
        len(reading.disputes),
    )  # fmt: skip


def instance(place: str, rival: str, person: tuple[str, str], outlet: str, other: str) -> whence.Reading:
    text = STORY.format(place=place, rival=rival, person=person[0], pronoun=person[1], outlet=outlet, other=other)
    return whence.read_text(text, published="2024-03-14")


BASE = ("Norway", "Ghana", PEOPLE[0], OUTLETS[0], "Ann Lee")


@pytest.mark.parametrize(("place", "rival"), list(itertools.permutations(PLACES[:6], 2))[::3])
def test_exchanging_countries_changes_nothing_else(place: str, rival: str) -> None:
    assert outline(instance(place, rival, *BASE[2:])) == outline(instance(*BASE))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda p: p[0])
@pytest.mark.parametrize("outlet", OUTLETS)
def test_exchanging_people_and_outlets_changes_nothing_else(person: tuple[str, str], outlet: str) -> None:
    assert outline(instance(*BASE[:2], person, outlet, BASE[4])) == outline(instance(*BASE))
