"""Lines by themselves: badges, bylines, names, furniture."""

from __future__ import annotations

import pytest

from whence.ingest.badges import badge_line
from whence.ingest.byline import about_line, bio_name, bio_role, is_credit, signature
from whence.ingest.furniture import is_furniture, is_kicker
from whence.ingest.names import is_name


@pytest.mark.parametrize(
    ("line", "checker"),
    [
        ("Fact checked by The Quay Lantern Desk", "The Quay Lantern Desk"),
        ("Fact-checked by: Ana Ruiz", "Ana Ruiz"),
        ("✓ Fact-Checked", None),
        ("FACT CHECKED", None),
        ("This article has been fact-checked.", None),
        ("Medically reviewed by Dr. Samuel Okoro, MD on November 8, 2020", "Dr. Samuel Okoro, MD"),
        ("Reviewed by our editors", "our editors"),
        ("Verified by Lantern Check | 3 March 2021", "Lantern Check"),
        ("Peer-reviewed by two referees", "two referees"),
        ("Expert reviewed and approved content", None),
        ("Fact checker: Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_badges(line: str, checker: str | None) -> None:
    found = badge_line(line)
    assert found is not None
    assert found.checker == checker
    if found.span is not None:
        assert line[slice(*found.span)] == checker


@pytest.mark.parametrize(
    "line",
    [
        "Fact check: no, the bridge did not fall last night",
        "Verified by independent monitors, the figures show that exports fell.",
        "Reviewed by the court, the law was struck down.",
        "The claims were fact checked by the Lantern",
        "Reviewed",
        "Fact checks are rare in the region, the report says.",
        "Verified accounts were taken over on Monday.",
    ],
)
def test_sentences_about_checking_are_no_badges(line: str) -> None:
    assert badge_line(line) is None


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("By Jane Doe", "Jane Doe", None),
        ("By Jane Doe, Science Editor", "Jane Doe", "Science Editor"),
        ("by JANE DOE | 12 March 2021 | 3 min read", "JANE DOE", None),
        ("Written by: Ludwig van der Berg", "Ludwig van der Berg", None),
        ("By Jane Doe and Omar al-Hadi in Amman", "Jane Doe and Omar al-Hadi", None),
        ("By Jane Doe, John Roe and Ann Poe", "Jane Doe, John Roe and Ann Poe", None),
        ("— Jane Doe", "Jane Doe", None),
        ("By our science staff", "our science staff", None),
        ("By AFP", "AFP", None),
        ("March 12, 2021 by Mona Castellan", "Mona Castellan", None),
        ("By Seán Ó’Néill, staff writer", "Seán Ó’Néill", "staff writer"),
    ],
)
def test_signatures(line: str, name: str, role: str | None) -> None:
    found = signature(line)
    assert found is not None
    assert found.name == name
    assert line[slice(*found.span)] == name
    assert found.role == role


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the town was empty.",
        "By the time help came, it was late",
        "By Christmas",
        "Jane Doe",
        "By Jane Doe it was said that nobody knew, and the house stood empty for years after that night.",
        "By 2030",
        "",
        "— and then silence",
        "Author unknown to police, the letter was burnt.",
    ],
)
def test_what_signs_nothing(line: str) -> None:
    assert signature(line) is None


def test_a_bare_name_signs_only_where_it_may() -> None:
    assert signature("Jane Doe") is None
    found = signature("Jane Doe", bare=True)
    assert found is not None
    assert found.name == "Jane Doe"
    assert signature("Nothing helped", bare=True) is None
    assert signature("Helsinki", bare=True) is None


@pytest.mark.parametrize(
    ("line", "name", "articles"),
    [
        ("About Jane Doe 123 Articles", "Jane Doe", 123),
        ("About Jane Doe 14,989 articles", "Jane Doe", 14989),
        ("About Jane Doe", "Jane Doe", None),
        ("About the author", None, None),
        ("View all posts by Jane Doe →", "Jane Doe", None),
        ("312 Articles", None, 312),
        ("41 stories by Jane Doe", "Jane Doe", 41),
    ],
)
def test_author_boxes(line: str, name: str | None, articles: int | None) -> None:
    found = about_line(line)
    assert found is not None
    assert (found.name, found.articles) == (name, articles)
    if found.span is not None:
        assert line[slice(*found.span)] == name


@pytest.mark.parametrize(
    "line", ["About 300 people came", "About time", "About half of them left", "All by herself", "40 posts burnt"]
)
def test_what_is_no_author_box(line: str) -> None:
    assert about_line(line) is None


def test_biographies() -> None:
    assert bio_name("Jane Doe is a reporter covering the port.", None) == "Jane Doe"
    assert bio_name("I am a baker who writes about bread.", "Jane Doe") == "Jane Doe"
    assert bio_name("I am a baker who writes about bread.", None) is None
    assert bio_name("Jane Doe is the mayor of the town.", None) is None
    assert bio_name("Jane lives by the sea.", "Jane Doe") is None
    assert bio_name("Jane is happy by the sea.", "Jane Doe") == "Jane Doe"
    assert bio_role("I am an amateur astronomer interested in comets.") == "amateur astronomer"
    assert bio_role("Jane Doe is a science reporter for the Lantern.") == "science reporter"
    assert bio_role("She loves the sea.") is None


def test_credits() -> None:
    assert is_credit("(Reporting by Jane Doe in Lima; Editing by John Roe)")
    assert is_credit("Jane Doe contributed to this report.")
    assert not is_credit("Reporting from the front is hard, she said.")


@pytest.mark.parametrize(
    "name", ["Jane Doe", "J. R. Doe", "Ibn al-Farid", "Núñez", "Mary-Jane O’Neill", "Ursula K. von der Alm"]
)
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text", ["", "the town", "The Town", "Jane said", "Jane Doe 3", "Jane de", "A B C D E F G H", "jane doe"]
)
def test_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Share this article",
        "Share on Facebook",
        "Tweet Share Email",
        "Read more: Ferry fares to rise",
        "RELATED: Ten things to know",
        "Sign up for our newsletter to get the day's news",
        "This site uses cookies to improve your visit.",
        "Photo: Ana Ruiz / Quay Pictures",
        "(Photo by Ana Ruiz/Quay Images)",
        "A man crosses the bridge. (AP Photo/Ana Ruiz)",
        "14 Comments",
        "Leave a comment",
        "3 min read",
        "Story continues below",
        "© 2021 The Quay Lantern",
        "All rights reserved.",
        "* * *",
        "———",
        "https://example.org/a/b",
        "Tags: harbour, bridge",
        "Follow us on Twitter for more.",
        "Getty Images",
        "You may also like",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ferry runs again.",
        "Press TV reports:",
        "Share prices fell on Monday.",
        "Copyright law was changed in May.",
        "The lender bought Getty Images.",
        "Comments by the minister angered many.",
        "Watch makers are worried.",
        "Read more books, the teacher said.",
        "Related charges were dropped.",
        "Support for the party fell by half.",
        "Photo identification will be needed at the polls.",
        "Search teams found the boat at noon.",
        "“No comment.”",
        "42",
    ],
)
def test_sentences_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)


def test_kickers() -> None:
    assert is_kicker("EXCLUSIVE")
    assert is_kicker("World news")
    assert not is_kicker("Ferry runs again")
    assert not is_kicker("STOP!")
