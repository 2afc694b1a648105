"""Invented pages in the manner of five kinds of sites, and what is on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from whence.errors import InputError
from whence.ingest.html import from_html
from whence.ingest.metadata import without_outlet
from whence.records import Story

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Expected:
    """What a page must give."""

    headline: str
    outlet: str | None
    published: str | None
    byline: tuple[str, str | None, int | None]
    signed: str | None
    badges: tuple[tuple[str | None, tuple[str, ...]], ...]
    url: str | None
    language: str | None
    begins: tuple[str, ...]
    absent: tuple[str, ...]


EXPECTED = {
    "wordpress": Expected(
        "Harbour Bridge Closed After Cracks Found",
        "The Quay Lantern",
        "2021-03-12T10:04:00+00:00",
        ("Mona Castellan", "reporter", 312),
        "March 12, 2021 by Mona Castellan",
        (("The Quay Lantern Desk", ("https://quaylantern.example/checks/4411",)),),
        "https://quaylantern.example/2021/03/harbour-bridge-closed/",
        "en-US",
        (
            "The harbour bridge",
            "“We will not",
            "The cracks were",
            "That sentence",
            "Buses 4",
            "Cyclists",
            "Ferries will",
        ),
        ("tracking", "Twitter", "I told everyone", "Ferry fares", "Copyright", "not text", "Sport"),
    ),
    "jsonld": Expected(
        "Ministers reject call for inquiry into grain deal",
        "Northfield Courier",
        "2022-06-30T18:20:00+01:00",
        ("Tomas Lindqvist", "Political editor", None),
        "Tomas Lindqvist",
        (),
        "https://www.northfieldcourier.example/politics/grain-deal",
        "en-GB",
        (
            "Opposition says",
            "Ministers have",
            "A spokesperson",
            "But two",
            "What the annexes",
            "According to",
            "“Nobody",
            "The ministry denied",
        ),
        ("Sign up", "Advertisement", "Most read", "clock tower", "Topics"),
    ),
    "amp": Expected(
        "Clinic trial of malaria vaccine ends early",
        "Healthwire",
        "2020-11-09",
        ("Priya Nandakumar", None, None),
        "By Priya Nandakumar",
        (("Dr. Samuel Okoro, MD", ("https://healthwire.example/reviewers/okoro",)),),
        "https://healthwire.example/vaccine-trial.html",
        "en",
        ("A trial of", "The vaccine cut", "“It would", "Independent"),
        ("Buy this", "A syringe", "Topics", "©"),
    ),
    "bare": Expected(
        "Fire at paper mill leaves two hurt",
        None,
        "2004-08-14",
        ("Olav Brandt", "Staff Writer", None),
        "By Olav Brandt, Staff Writer",
        (),
        None,
        None,
        ("A fire broke", "The fire began", "The owners"),
        (),
    ),
    "live": Expected(
        "Storm Petra: thousands without power – live updates",
        "Coastal Ledger",
        "2023-01-17T06:00:00+00:00",
        ("Hana Weiss and Jorge Padilla", None, None),
        "By Hana Weiss and Jorge Padilla",
        (),
        None,
        "en",
        (
            "Railway lines",
            "All railway",
            "It asks",
            "Forty thousand",
            "Some 40,000",
            "Please stay",
            "— Coastguard",
            "Good morning",
            "Good morning. We",
        ),
        ("9:41",),
    ),
}


def page(name: str) -> Story:
    return from_html((PAGES / f"{name}.html").read_text(encoding="utf-8"), id=name)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page(name: str) -> None:
    want, story = EXPECTED[name], page(name)
    text = story.text
    assert story.headline is not None
    assert text[slice(*story.headline)] == want.headline
    assert (story.outlet, story.published, story.url, story.language) == (
        want.outlet,
        want.published,
        want.url,
        want.language,
    )
    assert story.byline is not None
    assert (story.byline.name, story.byline.role, story.byline.articles) == want.byline
    if want.signed is not None:
        assert story.byline.span is not None
        assert text[slice(*story.byline.span)] == want.byline[0]
        assert want.signed in [text[slice(*p.span)] for p in story.paragraphs if p.role == "byline"]
    assert tuple((b.checker, b.evidence) for b in story.badges) == want.badges
    body = [text[slice(*p.span)] for p in story.body()]
    assert len(body) == len(want.begins)
    for paragraph, beginning in zip(body, want.begins, strict=True):
        assert paragraph.startswith(beginning)
    for word in want.absent:
        assert word not in text


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_text_is_its_paragraphs(name: str) -> None:
    story = page(name)
    assert "\n\n".join(story.text[slice(*p.span)] for p in story.paragraphs) == story.text


def test_links_stand_over_their_words() -> None:
    story = page("wordpress")
    links = {story.text[slice(*link.span)]: link.url for link in story.links}
    assert links["Society of Bridge Engineers"] == "https://engineers.example/report.pdf"
    assert links["Ines Oduya"] == "https://quaylantern.example/tag/oduya"
    assert [p.quoted for p in story.body()] == [False, False, True, False, False, False, False]


def wrap(inside: str, head: str = "") -> str:
    lead = (
        "<p>The bridge was closed on Thursday after engineers found cracks in its beams, the city said in a note.</p>"
    )
    last = "<p>Ferries will run every ten minutes from Friday on, and buses will turn at the fish market, it said.</p>"
    return (
        f"<html><head>{head}</head><body><article><h1>Bridge is closed</h1>{lead}{inside}{last}</article></body></html>"
    )


def texts(story: Story, role: str = "body") -> list[str]:
    return [story.text[slice(*p.span)] for p in story.paragraphs if p.role == role]


def test_captions_stay_as_furniture() -> None:
    story = from_html(
        wrap("<figure><img src=x><figcaption>The mayor at the bridge on Monday.</figcaption></figure>"), id="t"
    )
    assert texts(story, "furniture") == ["The mayor at the bridge on Monday."]
    assert len(texts(story)) == 2


def test_line_breaks_part_paragraphs_and_wrapped_lines_are_joined() -> None:
    story = from_html(
        wrap(
            "<div>“First,” she said.<br>“Then the second thing,” she said, “which is longer<br>than the line.”"
            "<br><br>Third.</div>"
        ),
        id="t",
    )
    assert texts(story)[1:-1] == [
        "“First,” she said.",
        "“Then the second thing,” she said, “which is longer than the line.”",
        "Third.",
    ]


def test_white_space_and_invisible_characters() -> None:
    story = from_html(
        wrap("<p>A  very\n\tlong&nbsp;word: har\u00adbour\u200b and <b>bold</b><i>er</i> things, he said.</p>"), id="t"
    )
    assert texts(story)[1] == "A very long word: harbour and bolder things, he said."


def test_links_that_are_no_addresses_are_dropped() -> None:
    hrefs = ["javascript:x", "mailto:a@b.example", "#top", "data:text/html,x", "http://", "//cdn.example/x", "/rel"]
    inside = (
        "<p>" + " ".join(f'<a href="{h}">word{i}</a>' for i, h in enumerate(hrefs)) + " and many other words here.</p>"
    )
    story = from_html(wrap(inside), id="t", url="https://paper.example/a/b")
    assert [link.url for link in story.links] == ["https://cdn.example/x", "https://paper.example/rel"]


def test_a_badge_below_the_article_counts_and_carries_its_links() -> None:
    page_ = wrap("").replace(
        "</article>", '<p class="check">Fact checked by <a href="https://c.example/1">Ana Ruiz</a></p></article>'
    )
    story = from_html(page_, id="t")
    assert [(b.checker, b.evidence) for b in story.badges] == [("Ana Ruiz", ("https://c.example/1",))]
    assert story.text[slice(*story.badges[0].span)] == "Fact checked by Ana Ruiz"


def test_a_name_that_only_the_metadata_gives_has_no_span() -> None:
    story = from_html(wrap("", '<meta name="author" content="Mona Castellan">'), id="t")
    assert story.byline is not None
    assert (story.byline.name, story.byline.span) == ("Mona Castellan", None)


@pytest.mark.parametrize(
    "author", ["admin", "https://paper.example/author/1", "desk@paper.example", "The Quay Lantern"]
)
def test_what_is_no_author(author: str) -> None:
    head = f'<meta name="author" content="{author}"><meta property="og:site_name" content="The Quay Lantern">'
    assert from_html(wrap("", head), id="t").byline is None


def test_a_canonical_address_of_another_site_is_not_believed() -> None:
    head = '<link rel="canonical" href="https://bigpaper.example.com/story">'
    assert from_html(wrap("", head), id="t", url="https://mirror.example.net/x").url == "https://mirror.example.net/x"
    assert (
        from_html(wrap("", head), id="t", url="https://m.bigpaper.example.com/x").url
        == "https://bigpaper.example.com/story"
    )
    assert from_html(wrap("", head), id="t").url == "https://bigpaper.example.com/story"


def test_a_day_that_the_page_does_not_say_is_asked_for() -> None:
    story = from_html(wrap(""), id="t")
    assert story.published is None
    assert any("--published" in w for w in story.warnings)
    assert from_html(wrap(""), id="t", published="2020-01-02").published == "2020-01-02"


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Bridge closed - The Quay Lantern", "Bridge closed"),
        ("Bridge closed | Quay Lantern", "Bridge closed"),
        ("Bridge closed | Local | quaylantern.example", "Bridge closed | Local"),
        ("The Quay Lantern: Bridge closed", "The Quay Lantern: Bridge closed"),
        ("Quay Lantern - Bridge closed", "Bridge closed"),
        ("Bridge - and ferry - closed", "Bridge - and ferry - closed"),
        ("Anti-war march", "Anti-war march"),
    ],
)
def test_titles_lose_the_outlets_name(title: str, want: str) -> None:
    assert without_outlet(title, "The Quay Lantern", "quaylantern.example") == want


@pytest.mark.parametrize(
    "empty", ["", "   ", "<html></html>", "<html><body><script>x()</script></body></html>", "<!-- x -->"]
)
def test_a_page_without_text_is_refused(empty: str) -> None:
    with pytest.raises(InputError, match=r"has no text|is empty|cannot be read"):
        from_html(empty, id="t")


def test_a_fragment_is_the_article_alone() -> None:
    fragment = (
        "<p>First, he said.</p><p>Fact checked by Ana Ruiz</p><p>Then more.</p><figcaption>A bridge.</figcaption>"
    )
    story = from_html(fragment, id="t", fragment=True, headline="Bridge")
    assert [p.role for p in story.paragraphs] == ["headline", "body", "badge", "body", "furniture"]
    assert texts(story, "headline") == ["Bridge"]


def test_the_same_page_gives_the_same_story() -> None:
    assert page("wordpress") == page("wordpress")
