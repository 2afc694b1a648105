from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from whence.errors import PipelineError
from whence.read.annotations import Attribution, Tagging, Token
from whence.read.component import Component, check
from whence.read.document import Document, Draft, Relay
from whence.read.nested import nested, worth_reading
from whence.read.pruning import prune
from whence.read.statements import STATEMENTS, in_order
from whence.records import Paragraph, Source, Span, Story
from whence.text.sentences import sentences

_VERBS = "is was were has had will would said told closed opened fell rose stood held failed be been blames"


def find(text: str, words: str) -> Span:
    at = text.index(words)
    return at, at + len(words)


def document(text: str, *attributions: tuple[str, str, str]) -> Document:
    """A document whose body is `text`, with attributions given as the words of source, cue and content."""
    paragraphs = tuple(Paragraph(m.span(), "body") for m in re.finditer(r"[^\n]+", text))
    doc = Document(story=Story(text=text, paragraphs=paragraphs))
    doc.sentences = sentences(text, [p.span for p in paragraphs])
    doc.tokens = [
        Token(m.span(), "VBD" if m.group() in _VERBS.split() else "NN") for m in re.finditer(r"\w+|[^\w\s]", text)
    ]
    doc.attributions = [
        Attribution(
            source=(find(text, s),) if s else (),
            cue=(find(text, c),) if c else (),
            content=tuple(find(text, piece) for piece in x.split(" … ")),
            score=0.9,
        )
        for s, c, x in attributions
    ]
    return doc


def told(doc: Document) -> list[tuple[str, str]]:
    STATEMENTS.apply(doc)
    in_order(doc)
    return [(d.voice, " … ".join(doc.words(s) for s in d.content)) for d in doc.drafts]


def test_a_sentence_that_nobody_says_is_in_own_voice() -> None:
    doc = document("The dam is old. It would hold, Vik said.", ("Vik", "said", "It would hold"))
    assert told(doc) == [("own", "The dam is old."), ("attributed", "It would hold")]
    assert [d.id for d in doc.drafts] == ["st1", "st2"]


def test_the_rest_of_a_sentence_is_a_statement_where_it_says_something() -> None:
    doc = document(
        "The old bridge over the river was closed on Monday; Vik said it would stand.",
        ("Vik", "said", "it would stand"),
    )
    assert told(doc) == [
        ("own", "The old bridge over the river was closed on Monday"),
        ("attributed", "it would stand"),
    ]


def test_two_rests_of_one_clause_are_one_statement() -> None:
    doc = document(
        "The old bridge, which Vik said would stand, was closed to all traffic on Monday.",
        ("Vik", "said", "would stand"),
    )
    assert ("own", "The old bridge, which … was closed to all traffic on Monday.") in told(doc)


def test_a_clause_that_hangs_on_the_attribution_is_no_statement() -> None:
    doc = document(
        "Asked whether the bridge was closed for good, Vik said it would stand.", ("Vik", "said", "it would stand")
    )
    assert told(doc) == [("attributed", "it would stand")]


def test_a_passive_without_an_agent_has_no_source() -> None:
    doc = document(
        "The council has repeatedly been accused of hiding the cracks.",
        ("The council", "accused", "of hiding the cracks"),
    )
    told(doc)
    assert doc.drafts[0].source == ()
    assert any(n.label == "source=unspecified" for n in doc.notes)


def test_a_passive_with_an_agent_keeps_it() -> None:
    doc = document("The council was accused by Vik of hiding the cracks.", ("Vik", "accused", "of hiding the cracks"))
    told(doc)
    assert [doc.words(s) for s in doc.drafts[0].source] == ["Vik"]


def test_a_quotation_over_paragraphs_is_one_statement() -> None:
    text = "“The wall has moved,” Vik said. “It will move again.\n\n“Nobody was told.”"
    doc = document(
        text,
        ("Vik", "said", "“The wall has moved,” … “It will move again."),
        ("", "", "“Nobody was told.”"),
    )
    assert told(doc) == [("attributed", "“The wall has moved,” … “It will move again. … “Nobody was told.”")]


def test_every_sentence_belongs_to_a_statement() -> None:
    text = "One was here. Two, Vik said. Three is a crowd.\n\nFour held. “Five,” she said."
    doc = document(text, ("Vik", "said", "Two"))
    told(doc)
    for sentence in doc.sentences:
        assert any(a < sentence[1] and sentence[0] < b for d in doc.drafts for a, b in d.content), doc.words(sentence)


class _Fixed:
    """A tagger that finds one given attribution wherever its words lie inside the blocks."""

    def __init__(self, source: str, cue: str, content: str) -> None:
        self.words = source, cue, content

    def tag(self, text: str, blocks: list[Span]) -> Tagging:  # type: ignore[override]
        s, c, x = (find(text, w) for w in self.words)
        if all(any(b[0] <= p[0] and p[1] <= b[1] for b in blocks) for p in (s, c, x)):
            return Tagging(attributions=(Attribution((s,), (c,), (x,), 0.8),))
        return Tagging()

    def inside(self, text: str, pieces: Sequence[Span]) -> list[tuple[Attribution, ...]]:
        return [self.tag(text, [piece]).attributions for piece in pieces]


def test_an_attribution_inside_a_content_has_a_parent() -> None:
    text = "Sources said the plan would follow the floods, which the ministry blames on the weather upstream."
    doc = document(
        text, ("Sources", "said", "the plan would follow the floods, which the ministry blames on the weather upstream")
    )
    told(doc)
    nested(doc, _Fixed("the ministry", "blames", "on the weather upstream"))
    inner = doc.drafts[-1]
    assert inner.parent is doc.drafts[0]
    assert [doc.words(s) for s in inner.source] == ["the ministry"]


def test_own_words_are_not_read_again() -> None:
    doc = document("The plan would follow the floods, which the ministry blames on the weather.")
    told(doc)
    nested(doc, _Fixed("the ministry", "blames", "on the weather"))
    assert len(doc.drafts) == 1


def test_only_words_with_a_cue_are_worth_reading_again() -> None:
    assert worth_reading("the plan would follow the floods, which the ministry blames on the weather")
    assert not worth_reading("the plan would follow the floods of last year in the north")
    assert not worth_reading("he said no")


def test_components_out_of_order_do_not_start() -> None:
    late = Component("late", frozenset({"drafts"}), frozenset({"chains"}), lambda doc: None)
    with pytest.raises(PipelineError, match="'late' requires drafts"):
        check([late, STATEMENTS])


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "said"),
    [
        (
            "Vik said the dam was safe and accused the firm of lying.",
            "Vik",
            "said",
            "the dam was safe and accused the firm of lying",
            ["the dam was safe", "the firm of lying"],
        ),
        (
            "Vik condemned the firm as careless, accusing it of hiding the cracks.",
            "Vik",
            "condemned",
            "the firm as careless, accusing it of hiding the cracks",
            ["the firm as careless", "it of hiding the cracks"],
        ),
        (
            "Vik said “the dam was safe and accused nobody”.",
            "Vik",
            "said",
            "“the dam was safe and accused nobody”",
            ["“the dam was safe and accused nobody”"],
        ),
        (
            "Vik says the firm lied and accused him.",
            "Vik",
            "says",
            "the firm lied and accused him",
            ["the firm lied and accused him"],
        ),
    ],
)
def test_a_second_cue_opens_a_statement_of_its_own(
    text: str, source: str, cue: str, content: str, said: list[str]
) -> None:
    doc = document(text, (source, cue, content))
    tags = {"says": "VBZ", "accusing": "VBG", "condemned": "VBD", "accused": "VBD", "lied": "VBD"}
    doc.tokens = [Token(t.span, tags.get(doc.words(t.span), t.pos)) for t in doc.tokens]
    told(doc)
    assert [doc.words(d.content[0]) for d in doc.drafts] == said
    assert all(doc.words(d.source[0]) == "Vik" for d in doc.drafts)


def test_what_somebody_was_asked_is_not_what_they_said() -> None:
    doc = document(
        "Asked by the Courier whether the dam was safe, Vik said: “No comment.”",
        ("the Courier", "Asked", "whether the dam was safe"),
        ("Vik", "said", "“No comment.”"),
    )
    assert told(doc) == [("attributed", "“No comment.”")]


def test_a_wish_not_to_be_named_is_no_statement() -> None:
    doc = document(
        "A clerk, who asked not to be named, said it fell.",
        ("who", "asked", "not to be named"),
        ("A clerk", "said", "it fell"),
    )
    assert told(doc) == [("attributed", "it fell")]


def test_relay_lines_and_self_reports_are_pruned() -> None:
    text = "Radio Vale reports: Vik said the dam was safe. Vik said he had promised to stay."
    doc = document(
        text,
        ("Radio Vale", "reports:", "Vik said the dam was safe"),
        ("Vik", "said", "he had promised to stay"),
    )
    told(doc)
    outer, self_report = doc.drafts
    vik = Source("s1", "Vik", "named")
    inner = Draft(
        (find(text, "the dam was safe"),), (find(text, "Vik"),), (find(text, "said"),), "attributed", parent=outer
    )
    promise = Draft(
        (find(text, "to stay"),), (find(text, "he"),), (find(text, "promised"),), "attributed", parent=self_report
    )
    for draft in (inner, self_report, promise):
        draft.sources = (vik,)
    doc.drafts += [inner, promise]
    doc.relays = [Relay(find(text, "Radio Vale"), "line", scope=(0, len(text)))]
    prune(doc)
    assert [doc.words(d.content[0]) for d in doc.drafts] == ["the dam was safe", "he had promised to stay"]
    assert [d.id for d in doc.drafts] == ["st1", "st2"]
    assert all(d.parent is None for d in doc.drafts)
