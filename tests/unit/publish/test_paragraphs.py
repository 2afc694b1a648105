from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.publish.paragraphs import direction, paragraphs
from whence.records import Paragraph, Story


@given(st.text("ab \n", max_size=40))
def test_every_visible_character_stands_in_one_block(text: str) -> None:
    shown = list(paragraphs(Story(text)))
    covered = [i for p in shown for i in range(*p.span)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)


def test_what_the_paragraphs_leave_out_is_furniture() -> None:
    story = Story("menu\nStory here.\nfooter", paragraphs=(Paragraph((5, 16), "body"),))
    assert [(story.text[a:b].strip(), p.role) for p in paragraphs(story) for a, b in [p.span]] == [
        ("menu", "furniture"),
        ("Story here.", "body"),
        ("footer", "furniture"),
    ]


def test_quoted_words_run_as_their_paragraph_does() -> None:
    text = "“نعم” he said.\n\nHe said: “نعم”.\n\n123"
    story = Story(
        text, paragraphs=(Paragraph((0, 14), "body"), Paragraph((16, 31), "body"), Paragraph((33, 36), "body"))
    )
    assert [direction(story, at) for at in (0, 8, 25, 34)] == ["rtl", "rtl", "ltr", "ltr"]


def test_a_paragraph_without_letters_is_not_walked_to_its_end_for_every_quotation() -> None:
    text = "1 " * 1000 + "נעם"
    story = Story(text, paragraphs=(Paragraph((0, len(text)), "body"),))
    assert direction(story, 0) == "ltr"
    assert direction(Story(text[-1200:], paragraphs=(Paragraph((0, 1200), "body"),)), 0) == "ltr"
    assert direction(Story(text[-900:], paragraphs=(Paragraph((0, 900), "body"),)), 0) == "rtl"
