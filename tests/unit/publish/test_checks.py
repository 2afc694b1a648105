"""Matches on screen: the words that agree, and nothing of a fact-check that could act."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.publish.hostile import ATTACK, CONTROLS, hostile
from whence.publish import (
    Matched,
    echoes_text,
    echoes_to_html,
    echoes_to_json,
    factcheck_lines,
    matches_text,
    matches_to_html,
    matches_to_json,
    story_matches_text,
    story_matches_to_json,
    to_html,
    worth_text,
    worth_to_json,
)
from whence.publish.checks import marked
from whence.records.claim import Agreement, FactCheck, Match, Reason
from whence.records.said import Echo, Quantity, QuantityPair, Said
from whence.records.worth import Part, Worth

EVIL = ATTACK + CONTROLS
CHECK = FactCheck(
    EVIL, EVIL, "javascript:alert(1)", EVIL, EVIL, "mixed", EVIL, EVIL, EVIL, EVIL, (EVIL,), EVIL, EVIL
)  # fmt: skip
MATCH = Match(CHECK, 0.5, "denial", (Agreement((0, 5), (3, 9)),), (Reason(EVIL, 1.0, 1.0, EVIL),))
SAID = Said(EVIL, (EVIL,), False, "deny", EVIL, EVIL, "javascript:alert(1)", EVIL, EVIL)
FIGURE = Quantity(1, 1, EVIL, EVIL)
ECHO = Echo(SAID, 0.5, "denial", (Agreement((0, 5), (3, 9)),), (QuantityPair(FIGURE, FIGURE, False, False),))


def good() -> Match:
    check = FactCheck("c1", "Port Aurel is closed.", "https://p.example/1", "The Plumb Line", "False", "false",
                      published="2024-03-12", claimant="A post", claim_date="2024-03")  # fmt: skip
    agreements = (Agreement((4, 8), (0, 4), "name"), Agreement((9, 14), (5, 10), "name"))
    return Match(check, 0.875, "different-figure", agreements, (Reason("words", 2, 0.7, "rare words in common"),))


def test_words_that_agree_are_one_piece_where_only_space_lies_between_them() -> None:
    match = good()
    assert marked("The Port Aurel harbour", match.agreements, "query") == [
        ("The ", False), ("Port Aurel", True), (" harbour", False),
    ]  # fmt: skip
    assert marked(match.factcheck.claim, match.agreements, "claim") == [("Port Aurel", True), (" is closed.", False)]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=6),
)
def test_the_pieces_are_always_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = marked(text, [Agreement(s, s) for s in spans], "query")
    assert "".join(p for p, _ in pieces) == text
    assert all(p for p, _ in pieces)


def test_a_match_in_a_terminal() -> None:
    text = matches_text("The Port Aurel harbour", [good()], size=1200, threshold=0.4, explain=True, width=80)
    assert text.splitlines() == [
        "1 fact-check matches (scored 0.40 or more, of 1,200)",
        "",
        "  1  0.88  “False” – The Plumb Line, 12 March 2024",
        "           “[Port Aurel] is closed.”",
        "           ! another figure than in the claim that was checked",
        "           claimed by A post in March 2024",
        "           https://p.example/1",
        "           +0.70 rare words in common",
    ]


def test_nothing_found_names_the_threshold_and_the_nearest() -> None:
    text = matches_text("x", [], size=1200, threshold=0.4, nearest=0.312, width=80)
    assert text == "none found: of 1,200 fact-checks none scores 0.40 or more; the nearest has 0.31\n"
    assert "the store holds no fact-checks" in matches_text("x", [], size=0, threshold=0.4)
    html = matches_to_html("x", [], size=1200, threshold=0.4, nearest=0.312)
    assert "none scores 0.40 or more" in html
    assert json.loads(matches_to_json("x", [], size=1200, threshold=0.4, nearest=0.312))["nearest"] == 0.312


def test_no_word_of_a_fact_check_acts_on_a_terminal() -> None:
    reading = hostile()
    matched = Matched({s.id: [MATCH] for s in reading.statements}, 0.4, 1)
    worth = [Worth(s.id, 0.5, (Part("figure", 1, EVIL, (s.span,)),)) for s in reading.statements]
    for encoding in ("utf-8", "ascii"):
        for text in (
            matches_text(EVIL, [MATCH], size=1, threshold=0.4, explain=True, encoding=encoding),
            story_matches_text(reading, matched, explain=True, encoding=encoding),
            echoes_text([(EVIL, [ECHO])], threshold=0.4, encoding=encoding),
            worth_text(reading, worth, changed={}, encoding=encoding),
            factcheck_lines(CHECK),
        ):
            assert text
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\ud800-\udfff]", text)


def test_no_word_of_a_fact_check_acts_in_a_page() -> None:
    reading = hostile()
    matched = Matched({s.id: [MATCH] for s in reading.statements}, 0.4, 1)
    for html in (
        matches_to_html(EVIL, [MATCH], size=1, threshold=0.4),
        to_html(reading, matched=matched),
        echoes_to_html([(EVIL, [ECHO])], threshold=0.4),
    ):
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "</style></script>" not in html
        assert 'href="javascript' not in html
        assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", html)


def test_hostile_text_is_sound_json() -> None:
    reading = hostile()
    matched = Matched({s.id: [MATCH] for s in reading.statements}, 0.4, 1)
    for text in (
        matches_to_json(EVIL, [MATCH], size=1, threshold=0.4),
        story_matches_to_json(reading, matched),
        echoes_to_json([(EVIL, [ECHO])], threshold=0.4),
        worth_to_json(reading, [Worth(s.id, 0.5) for s in reading.statements], {}),
    ):
        text.encode()
        assert json.loads(text)["version"] == 1


def test_the_report_shows_each_statement_s_checks_and_all_of_them_in_one_place() -> None:
    reading = hostile()
    first = reading.statements[0].id
    html = to_html(reading, matched=Matched({first: [good(), good()]}, 0.4, 1200))
    assert html.count("<h4>Checked before</h4>") == 1
    assert "<mark>Port Aurel</mark> is closed." in html
    assert "and 1 more, with the statement’s facts" in html
    assert "Checked before" not in to_html(reading)
    assert "none scores 0.40 or more" in to_html(reading, matched=Matched({}, 0.4, 1200))
