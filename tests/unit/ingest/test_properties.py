"""Whatever comes in: a story with spans that hold, or a clear error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whence.errors import InputError
from whence.ingest import from_text, load
from whence.ingest.blocks import paragraphs
from whence.ingest.html import from_html
from whence.ingest.record import from_record
from whence.records import Story

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUICK = settings(max_examples=150, deadline=None)

LINES = st.sampled_from(
    [
        "Bridge closed",
        "By Mona Castellan, Port Correspondent",
        "Mona Castellan",
        "About Mona Castellan 312 Articles",
        "I am a potter.",
        "Mona Castellan is a reporter.",
        "Fact checked by The Lantern Desk",
        "Published 12 March 2021, 10:04 GMT | 3 min read",
        "Read more: nothing",
        "14 comments",
        "The bridge was closed on Thursday after engineers found cracks, the city said.",
        "“We will not,” she said.",
        "(Reporting by A. Roe; editing by B. Doe)",
        "EXCLUSIVE",
        "* * *",
        "",
        "   ",
    ]
)
ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\f", "\x85", "\u2029", "\n \n", " "])
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.tuples(st.one_of(LINES, st.text(max_size=40)), ENDS), max_size=25).map(
        lambda ls: "".join(a + b for a, b in ls)
    ),
)
TAGS = st.sampled_from(
    "p div article h1 h2 blockquote li br span a b time figure figcaption script style aside table td main body".split()
)


@st.composite
def pages(draw: Callable[..., object]) -> str:
    """HTML of random tags, closed or not, with random attributes and texts."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 30))):  # type: ignore[call-overload]
        tag = draw(TAGS)
        name = draw(st.sampled_from(["", "byline", "share", "badge fact-check", "caption", "standfirst"]))
        href = draw(st.sampled_from(["", "/x", "https://c.example/y", "javascript:z", "http://[", "//"]))
        parts.append(
            draw(st.sampled_from([f'<{tag} class="{name}" href="{href}">', f"</{tag}>", f"<{tag}>", f"<{tag}"]))
        )  # type: ignore[arg-type]
        parts.append(str(draw(TEXTS)))
    return "".join(parts)


def holds(story: Story) -> None:
    """Every span lies inside the text, in order, and stands over the words that it names."""
    text, at = story.text, 0
    for p in story.paragraphs:
        start, end = p.span
        assert at <= start < end <= len(text)
        words = text[start:end]
        assert words == words.strip()
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
    if story.headline is not None:
        assert [p.span for p in story.paragraphs if p.role == "headline"] == [story.headline]
    else:
        assert all(p.role != "headline" for p in story.paragraphs)
    badges = [p.span for p in story.paragraphs if p.role == "badge"]
    assert [b.span for b in story.badges] == badges
    for badge in story.badges:
        assert badge.checker is None or badge.checker in text[slice(*badge.span)]
    if story.byline is not None:
        for span in (story.byline.span, story.byline.about):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        if story.byline.span is not None:
            assert text[slice(*story.byline.span)] == story.byline.name
    for link in story.links:
        assert 0 <= link.span[0] < link.span[1] <= len(text)
        assert link.url.startswith(("http://", "https://"))


def story_or_error(make: Callable[[], Story]) -> Story | None:
    """The story, or None where the input is refused with a message of one line; any other exception is a failure."""
    story, message = None, ""
    try:
        story = make()
    except InputError as e:
        message = str(e)
    assert (story is None) == bool(message)
    assert "\n" not in message
    return story


@QUICK
@given(TEXTS)
def test_any_text_gives_a_story_of_just_that_text_or_an_error(text: str) -> None:
    if not any(c.isalnum() for c in text):
        with pytest.raises(InputError, match="has no text"):
            from_text(text, id="x")
        return
    story = from_text(text, id="x")
    assert story.text == text
    holds(story)
    assert story == from_text(text, id="x")


@QUICK
@given(TEXTS)
def test_paragraphs_hold_every_word_once(text: str) -> None:
    found = paragraphs(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


@SLOW
@given(
    st.one_of(st.binary(max_size=400), TEXTS.map(lambda t: t.encode("utf-8", "surrogatepass")), pages().map(str.encode))
)
def test_any_bytes_give_a_story_or_an_error_of_one_line(data: bytes) -> None:
    story = story_or_error(lambda: load(data))
    if story is not None:
        assert any(c.isalnum() for c in story.text)
        holds(story)


@SLOW
@given(pages(), st.booleans())
def test_any_page_gives_a_story_or_an_error(page: str, fragment: bool) -> None:
    story = story_or_error(
        lambda: from_html(page, id="x", fragment=fragment, headline="A title", url="https://paper.example/a")
    )
    if story is None:
        return
    holds(story)
    assert "\n\n".join(story.text[slice(*p.span)] for p in story.paragraphs) == story.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "title", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    "id text body content html title headline outlet publisher date published url author authors language".split()
)


@SLOW
@given(st.dictionaries(KEYS, JSON, max_size=8))
def test_any_record_gives_a_story_or_an_error(record: dict[str, object]) -> None:
    story = story_or_error(lambda: from_record(record, id="x"))
    if story is None:
        return
    holds(story)
    story.text.encode("utf-8")
