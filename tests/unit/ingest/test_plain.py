"""Plain text: paragraphs, roles, byline, badges, date; and the text as it was."""

from __future__ import annotations

import pytest

from whence.errors import FormatError, InputError, RangeError
from whence.ingest import from_text
from whence.ingest.plain import MAX_CHARACTERS
from whence.records import Story

LEAD = "The harbour bridge was closed on Thursday after engineers found cracks in two of its beams, the city said."
QUOTE = "“We will not take any risk,” the mayor, Ines Oduya, told reporters at the site."
LAST = "Ferries will run every ten minutes from Friday, according to the port authority."


def made(text: str) -> Story:
    story = from_text(text, id="t")
    assert story.text == text
    return story


def roles(text: str) -> list[tuple[str, str]]:
    return [(p.role, text[slice(*p.span)]) for p in made(text).paragraphs]


@pytest.mark.parametrize(
    "gap", ["\n\n", "\n", "\r\n", "\r\n\r\n", "\r", "\x85", "\u2028", "\u2029", "\f", "\n \t\n", "\n\n\n\n"]
)
def test_paragraphs_however_they_are_parted(gap: str) -> None:
    assert roles(gap.join(["Bridge closed", LEAD, QUOTE, LAST])) == [
        ("headline", "Bridge closed"),
        ("body", LEAD),
        ("body", QUOTE),
        ("body", LAST),
    ]


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "Harbour bridge closed after cracks are found\n\nThe harbour bridge was closed on Thursday after engineers\n"
        "found cracks in two of its beams, the city said. Nobody knew\nhow old they were.\n\n"
        "Ferries will run every ten minutes from Friday, according to\n"
        "the port authority, and repairs are expected to take\nuntil summer.\n"
    )
    found = roles(text)
    assert [r for r, _ in found] == ["headline", "body", "body"]
    assert found[1][1].startswith("The harbour")
    assert found[1][1].endswith("how old they were.")


def test_a_signature_inside_a_hard_wrapped_block_stands_alone() -> None:
    text = (
        "Harbour bridge closed after cracks are found in two beams\nBy Mona Castellan\n"
        "The harbour bridge was closed on Thursday after engineers\n"
        "found cracks in two of its beams, the city said. Nobody\n"
        "knew how old they were, and nobody had looked at them in\n"
        "many years, a spokesman for the city told this paper.\n"
    )
    assert [r for r, _ in roles(text)] == ["headline", "byline", "body"]


def test_everything_around_the_body() -> None:
    text = "\n\n".join(
        [
            "EXCLUSIVE",
            "Bridge closed",
            "Fact checked by The Lantern Desk",
            "By Mona Castellan, Port Correspondent",
            "Published 12 March 2021, 10:04 GMT",
            "Share this article",
            "PORT KASS (Lantern) - " + LEAD,
            "Advertisement",
            QUOTE,
            "Read more: Ferry fares to rise",
            LAST,
            "Mona Castellan",
            "About Mona Castellan 312 Articles",
            "I am an amateur astronomer. I like comets.",
            "14 comments",
        ]
    )
    story = made(text)
    assert [p.role for p in story.paragraphs] == [
        "furniture",
        "headline",
        "badge",
        "byline",
        "furniture",
        "furniture",
        "body",
        "furniture",
        "body",
        "furniture",
        "body",
        "byline",
        "byline",
        "byline",
        "furniture",
    ]
    assert story.published == "2021-03-12T10:04:00+00:00"
    assert [b.checker for b in story.badges] == ["The Lantern Desk"]
    byline = story.byline
    assert byline is not None
    assert (byline.name, byline.role, byline.articles) == ("Mona Castellan", "Port Correspondent", 312)
    assert byline.span is not None
    assert text[slice(*byline.span)] == "Mona Castellan"
    assert byline.span[0] == text.index("Mona Castellan")
    assert byline.about is not None
    assert text[slice(*byline.about)] == "I am an amateur astronomer. I like comets."


def test_a_signature_block_at_the_end_names_its_first_line() -> None:
    text = "\n\n".join(
        ["Bridge closed", LEAD, QUOTE, "Mona Castellan\nAbout Mona Castellan 9 Articles\nI am a potter."]
    )
    byline = made(text).byline
    assert byline is not None
    assert byline.articles == 9
    assert byline.span == (text.index("Mona"), text.index("Mona") + 14)
    assert byline.role == "potter"


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("— Mona Castellan", "Mona Castellan"),
        ("By Mona Castellan", "Mona Castellan"),
        ("Mona Castellan is a reporter at the Lantern.", "Mona Castellan"),
        ("Mona Castellan", "Mona Castellan"),
    ],
)
def test_signatures_at_the_end(closing: str, name: str) -> None:
    text = "\n\n".join(["Bridge closed", LEAD, QUOTE, closing])
    story = made(text)
    assert story.byline is not None
    assert story.byline.name == name
    assert story.byline.span is not None
    assert text[slice(*story.byline.span)] == name
    assert story.paragraphs[-1].role == "byline"


def test_a_name_and_a_role_under_the_headline() -> None:
    story = made("\n".join(["Bridge closed", "Mona Castellan", "Port Correspondent", LEAD, QUOTE]))
    assert story.byline is not None
    assert (story.byline.name, story.byline.role) == ("Mona Castellan", "Port Correspondent")
    assert [p.role for p in story.paragraphs] == ["headline", "byline", "byline", "body", "body"]


@pytest.mark.parametrize(
    "first",
    [
        LEAD + " Nobody was hurt. Trains were stopped as well.",
        "LONDON (Lantern) - Ministers met on Monday",
        "The council voted on Tuesday to close the old bridge for six months or so while its beams are all replaced.",
    ],
)
def test_a_first_paragraph_of_body_is_no_headline(first: str) -> None:
    story = made(first + "\n\n" + QUOTE)
    assert story.headline is None
    assert [p.role for p in story.paragraphs] == ["body", "body"]


def test_one_line_is_the_story() -> None:
    story = made("Bridge closed")
    assert story.headline is None
    assert [p.role for p in story.paragraphs] == ["body"]


def test_relay_lines_and_headings_in_the_body_are_body() -> None:
    found = roles("\n\n".join(["Bridge closed", LEAD, "Radio Kass reports:", QUOTE, "What comes next", LAST]))
    assert [r for r, _ in found] == ["headline", *["body"] * 5]


def test_a_date_in_the_body_is_not_the_publication() -> None:
    assert made("\n\n".join(["Bridge closed", LEAD, QUOTE, LAST, "Friday 4 December 2015"])).published is None


def test_a_date_with_two_meanings_is_not_guessed() -> None:
    story = made("\n\n".join(["Bridge closed", "Published 03/04/2021", LEAD]))
    assert story.published is None
    assert any("--published" in w for w in story.warnings)
    assert from_text(story.text, id="t", published="2021-04-03").warnings == ()


def test_what_cannot_be_used_is_refused() -> None:
    for empty in ("", "  \n\t", "* * *\n\n---", "\ufeff"):
        with pytest.raises(InputError, match="has no text"):
            from_text(empty, id="t")
    with pytest.raises(FormatError, match="more than the 5000000"):
        from_text("x" * (MAX_CHARACTERS + 1), id="t")
    with pytest.raises(RangeError, match="ISO 8601"):
        from_text(LEAD, id="t", published="last week")


def test_names_may_be_swapped() -> None:
    text = "\n\n".join(["Bridge closed", "Fact checked by Kass Desk", "By Mona Castellan", LEAD, QUOTE])
    other = text.replace("Mona Castellan", "Wang Xiuying").replace("Kass Desk", "Lima Club")
    assert [p.role for p in made(text).paragraphs] == [p.role for p in made(other).paragraphs]
