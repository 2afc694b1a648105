"""Linking: which source and content belong to which cue."""

from __future__ import annotations

import pytest

from whence.models.crf import Found
from whence.read.linker import Linked, nearest

# Ann said it rained . Bob denied this and added that it snowed .
#  0   1    2    3   4  5     6    7    8   9    10  11   12   13
ANN, SAID, RAINED = Found(0, 1, "source", 0.9), Found(1, 2, "cue", 0.9), Found(2, 4, "content", 0.9)
BOB, DENIED, THIS = Found(5, 6, "source", 0.9), Found(6, 7, "cue", 0.9), Found(7, 8, "content", 0.9)
ADDED, SNOWED = Found(9, 10, "cue", 0.9), Found(10, 13, "content", 0.9)
SPANS = [ANN, SAID, RAINED, BOB, DENIED, THIS, ADDED, SNOWED]
WANTED = [(SAID, (ANN,), (RAINED,)), (DENIED, (BOB,), (THIS,)), (ADDED, (BOB,), (SNOWED,))]


def shown(linked: list[Linked]) -> list[tuple[Found, tuple[Found, ...], tuple[Found, ...]]]:
    return [(one.cue, one.sources, one.contents) for one in linked]


def test_who_said_what() -> None:
    sentence = [0] * 5 + [1] * 9
    assert shown(nearest(SPANS, sentence, [0] * 14, [False] * 14)) == WANTED


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


def test_a_quotation_that_opens_a_block_goes_on_with_the_cue_before() -> None:
    cue, first = Found(0, 1, "cue", 1.0), Found(1, 3, "content", 1.0)
    second, third, late = Found(3, 5, "content", 1.0), Found(5, 7, "content", 1.0), Found(9, 10, "content", 1.0)
    block = [0, 0, 0, 1, 1, 2, 2, 2, 4, 4]
    marks = [word in (1, 3, 5) for word in range(10)]
    linked = nearest([cue, first, second, third, late], list(block), block, marks)
    assert shown(linked) == [(cue, (), (first, second, third))]


def test_a_source_passes_over_a_cue_without_content() -> None:
    # Ann denied and added this
    spans = [ANN, Found(1, 2, "cue", 1.0), Found(3, 4, "cue", 1.0), Found(4, 5, "content", 1.0)]
    linked = nearest(spans, [0] * 5, [0] * 5, [False] * 5)
    assert [(one.cue.first, one.sources) for one in linked] == [(3, (ANN,))]


@pytest.mark.parametrize("spans", [[], [ANN], [SAID], [RAINED]])
def test_nothing_to_link(spans: list[Found]) -> None:
    assert nearest(spans, [0] * 14, [0] * 14, [False] * 14) == []


def test_contents_on_one_side_of_a_cue_are_not_one() -> None:
    # He said this , and that .   And: this , he said , and that .
    cue, this, that = Found(1, 2, "cue", 1.0), Found(2, 3, "content", 1.0), Found(5, 6, "content", 1.0)
    assert shown(nearest([cue, this, that], [0] * 7, [0] * 7, [False] * 7)) == [(cue, (), (this,))]
    cue, this = Found(3, 4, "cue", 1.0), Found(0, 1, "content", 1.0)
    assert shown(nearest([this, cue, that], [0] * 7, [0] * 7, [False] * 7)) == [(cue, (), (this, that))]


def test_a_quotation_does_not_go_on_in_plain_words() -> None:
    # “ Yes , ” he said , and that
    quotation, cue, plain = Found(0, 4, "content", 1.0), Found(5, 6, "cue", 1.0), Found(8, 9, "content", 1.0)
    marks = [index in (0, 3) for index in range(9)]
    assert shown(nearest([quotation, cue, plain], [0] * 9, [0] * 9, marks)) == [(cue, (), (quotation,))]


def test_a_source_of_the_sentence_is_shared_before_a_free_one_of_another() -> None:
    # A source , .  He said this , adding that .
    far, own = Found(0, 1, "source", 1.0), Found(3, 4, "source", 1.0)
    said, this = Found(4, 5, "cue", 1.0), Found(5, 6, "content", 1.0)
    adding, that = Found(7, 8, "cue", 1.0), Found(8, 9, "content", 1.0)
    linked = nearest([far, own, said, this, adding, that], [0] * 3 + [1] * 7, [0] * 10, [False] * 10)
    assert [(one.cue, one.sources) for one in linked] == [(said, (own,)), (adding, (own,))]
