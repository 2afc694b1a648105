from __future__ import annotations

import pytest

from whence.publish.facts import (
    count,
    figure_words,
    finding_title,
    heading,
    number_words,
    relays,
    shade,
    speakers,
    steps,
)
from whence.records import Figure, Reading, Source, Statement, Story

A, B = Source("a", "Ada", "named"), Source("b", "a clerk", "unnamed")
OUTLET = Source("o", "The Pine Post", "named", "outlet")


def statement(*sources: Source, chain: tuple[Source, ...] = (), voice: str = "attributed") -> Statement:
    return Statement("st1", ((0, 1),), voice, sources, chain=chain)  # type: ignore[arg-type]


def test_shades() -> None:
    nobody = Source("n", "nobody", "unspecified")
    assert shade(statement(voice="own")) == "own"
    assert shade(statement(B, A)) == "named"
    assert shade(statement(B, nobody)) == "unnamed"
    assert shade(statement(nobody)) == "nobody"
    assert shade(statement()) == "nobody"


def test_relays_stand_after_the_last_own_source() -> None:
    assert relays(statement(A, chain=(A, OUTLET))) == (OUTLET,)
    assert relays(statement(A, B, chain=(A, B, OUTLET))) == (OUTLET,)
    assert relays(statement(A, chain=(B, A))) == ()
    assert relays(statement(OUTLET, chain=(OUTLET,))) == ()
    assert relays(statement(voice="own", chain=(OUTLET,))) == (OUTLET,)
    assert relays(statement(A)) == ()


def test_steps_lead_from_the_origin_to_the_page() -> None:
    reading = Reading(Story("x", outlet="The Elm Echo"))

    def parts(s: Statement) -> list[tuple[str, str]]:
        return [(step.label, step.part) for step in steps(reading, s)]

    page = ("The Elm Echo", "page")
    assert parts(statement(A, chain=(A, OUTLET))) == [("Ada", "origin"), ("The Pine Post", "relay"), page]
    assert parts(statement(A, B, chain=(A, B))) == [("Ada", "origin"), ("a clerk", "with"), page]
    assert parts(statement(A)) == [("Ada", "origin"), page]
    assert parts(statement(A, chain=(B, A))) == [("a clerk", "origin"), ("Ada", "relay"), page]
    assert parts(statement(voice="own")) == [page]
    assert parts(statement(voice="own", chain=(OUTLET,))) == [("The Pine Post", "relay"), page]
    assert parts(statement(chain=(OUTLET,)))[0] == ("nobody in particular", "origin")


def test_counts_add_up_and_are_said_neutrally(reading: Reading) -> None:
    counts = count(reading)
    assert counts.shades == {"named": 3, "unnamed": 3, "nobody": 2, "own": 2}
    assert sum(counts.shades.values()) == counts.statements == 10
    assert counts.sentence() == (
        "10 statements: 3 attributed to named sources, 3 to unnamed sources, 2 to nobody in particular, "
        "2 in the outlet’s own voice; 4 came through other outlets."
    )


def test_counts_of_one_and_of_none() -> None:
    one = Reading(Story("x"), (A,), (statement(A),))
    assert count(one).sentence() == "1 statement: 1 attributed to a named source."
    assert count(Reading(Story("x"))).sentence() == "0 statements."


def test_only_other_outlets_count_as_such() -> None:
    page = Source("p", "The Elm Echo", "named", "outlet")
    chains = ((A, B), (A, page), (OUTLET,), (A, OUTLET))
    said = tuple(Statement(f"st{i}", ((0, 1),), "attributed", (c[0],), chain=c) for i, c in enumerate(chains))
    assert count(Reading(Story("x", outlet="The Elm Echo"), (), said)).relayed == 2


def test_who_speaks(reading: Reading) -> None:
    assert speakers(reading.statement("st2")) == "the outlet’s own voice"
    assert speakers(reading.statement("st8")) == "nobody in particular"
    assert speakers(reading.statement("st3")) == "Mara Ilves"


@pytest.mark.parametrize(
    ("value", "words"), [(3, "3"), (1234567, "1,234,567"), (2e9, "2,000,000,000"), (0.5, "0.5"), (12.25, "12.25")]
)
def test_numbers(value: float, words: str) -> None:
    assert number_words(value) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure((0, 1), 40, "more", "people"), "more than 40 people"),
        (Figure((0, 1), 7.5, "exactly", "%"), "7.5%"),
        (Figure((0, 1), 2_000_000, "about", "$"), "about $2,000,000"),
        (Figure((0, 1), (12, 15), "between", "boats"), "between 12 and 15 boats"),
        (Figure((0, 1), (1, 2), "between", "€"), "between €1 and €2"),
        (Figure((0, 1), 3), "3"),
    ],
)
def test_figures(figure: Figure, words: str) -> None:
    assert figure_words(figure) == words


def test_headings(reading: Reading) -> None:
    assert heading(reading).startswith("Harbour crane")
    assert heading(Reading(Story("x", id="a.txt"))) == "a.txt"
    assert heading(Reading(Story("x"))) == "Untitled story"
    assert finding_title("relay") == "Told through another outlet"
    assert finding_title("something-new") == "Something new"
