"""Check-worthiness: parts that have names, weights that a desk can change, and no name that counts for more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import whence
from whence.errors import RangeError
from whence.match.worth import BASE, WEIGHTS, rank
from whence.records import Dispute, Figure, Paragraph, Reading, Source, Statement, Story

NAMED = Source("s1", "Ilena Voss", "named", "person")
HIDDEN = Source("s2", "a diplomat", "unnamed", "person")


def reading(*statements: tuple[str, dict[str, object]], disputes: tuple[Dispute, ...] = ()) -> Reading:
    text = "\n".join(words for words, _ in statements)
    made, at = [], 0
    for number, (words, values) in enumerate(statements, 1):
        made.append(Statement(f"st{number}", ((at, at + len(words)),), **values))  # type: ignore[arg-type]
        at += len(words) + 1
    return Reading(Story(text, paragraphs=(Paragraph((0, len(text)), "body"),)), (), tuple(made), disputes)


def parts(words: str, **values: object) -> set[str]:
    (worth,) = rank(reading((words, values)))
    return {p.name for p in worth.parts}


@pytest.mark.parametrize(
    ("words", "values", "expected"),
    [
        ("The port lost a third of its ships", {}, {"event", "own-voice"}),
        ("Turnout was the highest on record", {}, {"event", "comparison", "own-voice"}),
        ("He said that Valdera closed the port", {"voice": "attributed", "sources": (NAMED,)}, {"event", "named"}),
        ("the patrols stopped every freighter", {"voice": "attributed", "sources": (HIDDEN,)},
         {"event", "sweeping", "unnamed-source"}),
        ("the ferry sank because of a mine", {}, {"event", "causal", "own-voice"}),
        ("that is a disgraceful idea", {}, {"opinion", "own-voice"}),
        ("the strait will open by the end", {}, {"prediction", "own-voice"}),
        ("to send escorts to the strait", {"act": "promise"}, {"promise", "own-voice"}),
        ("who mined the whole harbour?", {"act": "ask"}, {"no-claim", "event", "sweeping", "own-voice"}),
        ("a fairy tale", {}, {"slight", "own-voice"}),
    ],
)  # fmt: skip
def test_parts(words: str, values: dict[str, object], expected: set[str]) -> None:
    assert parts(words, **values) == expected


def test_the_score_is_the_parts_and_nothing_else() -> None:
    import math

    for worth in rank(reading(("14 ships sank on the worst day ever", {}), ("who knows?", {"act": "ask"}))):
        assert worth.score == pytest.approx(1 / (1 + math.exp(-(BASE + sum(p.weight for p in worth.parts)))))


def test_a_figure_s_own_words_are_no_comparison() -> None:
    text = "more than 40 ships wait off the port"
    figure = Figure((0, 12), 40, "more", "ships")
    assert parts(text, figures=(figure,)) == {"figure", "own-voice"}


def test_what_is_disputed_is_worth_more() -> None:
    pair = (("the mines were laid in May", {}), ("the mines were laid in May", {}))
    ranked = rank(reading(*pair, disputes=(Dispute("st2", "st1"),)))
    assert [w.statement for w in ranked] == ["st2", "st1"]


def test_weights_change_the_order_and_weight_0_hides_a_part() -> None:
    two = reading(("the ferry sank at once in May", {}), ("that is a disgraceful idea of theirs", {}))
    assert [w.statement for w in rank(two)] == ["st1", "st2"]
    changed = rank(two, {"opinion": 3, "event": 0})
    assert [w.statement for w in changed] == ["st2", "st1"]
    assert {p.name for p in changed[1].parts} == {"own-voice"}


@pytest.mark.parametrize("weights", [{"colour": 1.0}, {"figure": 11.0}, {"figure": float("nan")}])
def test_wrong_weights_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(RangeError):
        rank(reading(("x", {})), weights)


@given(
    st.lists(
        st.sampled_from(["Costrava", "Valdera", "Ilena Voss", "Tomas Erling", "Radio Tessal"]), min_size=2, max_size=2
    )
)
def test_exchanging_names_changes_nothing(names: list[str]) -> None:
    template = "{} had stopped 14 ships, more than {} ever did, because of the mines."
    one, other = (rank(reading((template.format(*pair), {}))) for pair in (("Costrava", "Valdera"), tuple(names)))
    assert [w.score for w in one] == [w.score for w in other]
    assert [[p.name for p in w.parts] for w in one] == [[p.name for p in w.parts] for w in other]


def test_a_story_read_for_real() -> None:
    got = whence.read_text(
        "Ships turned back\n\nFourteen ships were turned back last week, said Ilena Voss. “That is a wonderful idea,” "
        "she said. She promised to open the strait."
    )
    ranked = rank(got)
    assert len(ranked) == len(got.statements)
    assert "ships were turned back" in got.text(*got.statement(ranked[0].statement).content)
    for worth in ranked:
        for part in worth.parts:
            assert part.name in WEIGHTS
            assert all(got.text(span).strip() for span in part.evidence)
