"""Linking: the learned way and its readable twin agree where the answer is plain to see."""

from __future__ import annotations

import numpy as np
import pytest

from whence.models.crf import Found
from whence.read.linker import Choice, Linked, Linker, gather, nearest

# Ann said it rained . Bob denied this and added that it snowed .
#  0   1    2    3   4  5     6    7    8   9    10  11   12   13
ANN, SAID, RAINED = Found(0, 1, "source", 0.9), Found(1, 2, "cue", 0.9), Found(2, 4, "content", 0.9)
BOB, DENIED, THIS = Found(5, 6, "source", 0.9), Found(6, 7, "cue", 0.9), Found(7, 8, "content", 0.9)
ADDED, SNOWED = Found(9, 10, "cue", 0.9), Found(10, 13, "content", 0.9)
SPANS = [ANN, SAID, RAINED, BOB, DENIED, THIS, ADDED, SNOWED]
WANTED = [(SAID, (ANN,), (RAINED,)), (DENIED, (BOB,), (THIS,)), (ADDED, (), (SNOWED,))]
CONFIG = {"distances": [4, 8], "bias": [[0.0] * 5, [0.0] * 5], "none": [0.0, 0.0]}


def vectors() -> tuple[np.ndarray, np.ndarray]:
    """Give each attribution an axis of its own, on which its members and its cue meet."""
    members, cues = np.zeros((14, 4), dtype=np.float32), np.zeros((14, 4), dtype=np.float32)
    for axis, (cue, sources, contents) in enumerate(WANTED):
        cues[cue.first, axis] = 5
        for member in (*sources, *contents):
            members[member.first, axis] = 5
    return members, cues


def shown(linked: list[Linked]) -> list[tuple[Found, tuple[Found, ...], tuple[Found, ...]]]:
    return [(one.cue, one.sources, one.contents) for one in linked]


def test_vectors_link_members_to_their_cue() -> None:
    linked = Linker(CONFIG).link(SPANS, *vectors())
    assert shown(linked) == WANTED
    assert all(one.score > 0.99 for one in linked)


def test_the_rule_links_them_too() -> None:
    sentence = [0] * 5 + [1] * 9
    assert shown(nearest(SPANS, sentence, [0] * 14, [False] * 14)) == WANTED


def test_a_member_may_choose_no_cue() -> None:
    linked = Linker(CONFIG | {"none": [9.0, 0.0]}).link(SPANS, *(0 * part for part in vectors()))
    assert all(not one.sources for one in linked)


def test_bias_prefers_the_near_cue_when_vectors_are_silent() -> None:
    bias = {"bias": [[9.0, 0, 9.0, 0, 0], [9.0, 0, 9.0, 0, 0]]}
    linked = Linker(CONFIG | bias).link(
        [ANN, SAID, RAINED, Found(12, 13, "cue", 0.9)], *(0 * part for part in vectors())
    )
    assert shown(linked) == [(SAID, (ANN,), (RAINED,))]


def test_a_cue_out_of_reach_is_not_linked() -> None:
    far = [Found(0, 1, "content", 0.9), Found(500, 501, "cue", 0.9)]
    assert Linker(CONFIG).link(far, np.ones((501, 4), np.float32), np.ones((501, 4), np.float32)) == []


def test_of_two_sources_the_surer_stays_and_a_split_content_is_one() -> None:
    choices = [
        Choice(RAINED, SAID, 0.9),
        Choice(ANN, SAID, 0.6),
        Choice(BOB, SAID, 0.8),
        Choice(THIS, SAID, 0.7),
        Choice(SNOWED, None, 0.9),
    ]
    assert gather(choices, [SAID, ADDED]) == [Linked(SAID, (BOB,), (RAINED, THIS), 0.7)]


def test_rule_gives_a_cue_without_source_the_nearest_free_one_before_it() -> None:
    # Ann , Bob said , announced it
    spans = [
        Found(0, 1, "source", 1.0),
        Found(2, 3, "source", 1.0),
        Found(3, 4, "cue", 1.0),
        Found(5, 6, "cue", 1.0),
        Found(6, 7, "content", 1.0),
        Found(4, 5, "content", 1.0),
    ]
    spans.sort(key=lambda span: span.first)
    linked = nearest(spans, [0] * 7, [0] * 7, [False] * 7)
    assert [(one.cue.first, [source.first for source in one.sources]) for one in linked] == [(3, [2]), (5, [0])]


def test_rule_lets_only_a_quotation_reach_into_another_sentence() -> None:
    cue, content = Found(0, 1, "cue", 1.0), Found(12, 15, "content", 1.0)
    sentence, block, plain = [0] * 10 + [1] * 5, [0] * 15, [False] * 15
    assert nearest([cue, content], sentence, block, plain) == []
    quoted = [index == 12 for index in range(15)]
    assert shown(nearest([cue, content], sentence, block, quoted)) == [(cue, (), (content,))]


def test_rule_goes_on_with_the_cue_before_where_a_content_opens_a_block() -> None:
    cue, first = Found(0, 1, "cue", 1.0), Found(1, 3, "content", 1.0)
    second, third, late = Found(3, 5, "content", 1.0), Found(5, 7, "content", 1.0), Found(9, 10, "content", 1.0)
    block = [0, 0, 0, 1, 1, 2, 2, 2, 4, 4]
    linked = nearest([cue, first, second, third, late], list(block), block, [False] * 10)
    assert shown(linked) == [(cue, (), (first, second, third))]


def test_a_source_passes_over_a_cue_without_content() -> None:
    # Ann denied and added this
    spans = [ANN, Found(1, 2, "cue", 1.0), Found(3, 4, "cue", 1.0), Found(4, 5, "content", 1.0)]
    linked = nearest(spans, [0] * 5, [0] * 5, [False] * 5)
    assert [(one.cue.first, one.sources) for one in linked] == [(3, (ANN,))]


@pytest.mark.parametrize("spans", [[], [ANN], [SAID], [RAINED]])
def test_nothing_to_link(spans: list[Found]) -> None:
    assert Linker(CONFIG).link(spans, *vectors()) == []
    assert nearest(spans, [0] * 14, [0] * 14, [False] * 14) == []
