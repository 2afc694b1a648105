"""ClaimReview as it is found on pages: repaired where that needs no guess, refused with the reason where it does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.match.claimreview import Context, Entry, Refusal, fact_check_id, read_reviews, url_key

PAGE = Context(url="https://plumb.example/checks/bridge/", publisher="The Plumb Line", language="en")
GOOD: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://plumb.example/checks/bridge",
    "datePublished": "2024-03-12T08:00:00Z",
    "claimReviewed": "The bridge was closed for three years.",
    "author": {"@type": "Organization", "name": "The Plumb Line"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Tomas Erling"},
        "datePublished": "2024-03-01",
        "appearance": [{"@type": "CreativeWork", "url": "https://radio.example/talk"}],
        "firstAppearance": {"@id": "https://radio.example/first"},
    },
    "reviewRating": {
        "@type": "Rating", "ratingValue": "1", "bestRating": "5", "worstRating": "1", "alternateName": "False",
    },
}  # fmt: skip


def changed(**values: Any) -> dict[str, Any]:
    return {k: v for k, v in {**GOOD, **values}.items() if v is not ...}


def one(document: Any, context: Context = PAGE) -> Entry:
    (found,) = read_reviews(document, "page", context)
    assert isinstance(found, Entry), found
    return found


def refused(document: Any, context: Context = PAGE) -> Refusal:
    (found,) = read_reviews(document, "page", context)
    assert isinstance(found, Refusal), found
    return found


def test_a_sound_review_is_read_whole() -> None:
    entry = one(GOOD)
    check = entry.factcheck
    assert check.claim == "The bridge was closed for three years."
    assert check.url == "https://plumb.example/checks/bridge"
    assert (check.publisher, check.rating, check.verdict) == ("The Plumb Line", "False", "false")
    assert (check.claimant, check.claim_date, check.published) == ("Tomas Erling", "2024-03-01", "2024-03-12")
    assert check.appearances == ("https://radio.example/first", "https://radio.example/talk")
    assert check.language == "en"
    assert entry.repairs == ()


@pytest.mark.parametrize(
    "document",
    [
        [GOOD],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, GOOD]},
        {"@type": "NewsArticle", "review": GOOD},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": GOOD}]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [GOOD]}]},
        changed(**{"@type": ["Review", "ClaimReview"]}),
        changed(**{"@type": "http://schema.org/ClaimReview"}),
        changed(**{"@type": "claimReview"}),
        {f"schema:{k}" if k[0] != "@" else k: v for k, v in GOOD.items()},
        [GOOD, GOOD],
    ],
)
def test_it_is_found_wherever_it_stands_and_once(document: Any) -> None:
    assert one(document).factcheck == one(GOOD).factcheck


def test_references_in_a_graph_are_followed_also_where_they_are_cyclic() -> None:
    graph = {
        "@graph": [
            changed(itemReviewed={"@id": "#claim"}, author={"@id": "#us"}),
            {"@id": "#claim", "@type": "Claim", "author": {"@id": "#who"}, "appearance": {"@id": "#claim"}},
            {"@id": "#who", "@type": "Person", "name": "Oona Bretting", "knows": {"@id": "#claim"}},
            {"@id": "#us", "@type": "Organization", "name": "Lantern Desk", "publisher": {"@id": "#us"}},
            {"@id": "#a", "sameAs": {"@id": "#b"}},
            {"@id": "#b", "sameAs": {"@id": "#a"}},
        ]
    }
    check = one(graph).factcheck
    assert (check.claimant, check.publisher) == ("Oona Bretting", "Lantern Desk")


def test_a_reference_to_itself_ends() -> None:
    loop = {"@graph": [changed(author={"@id": "#x"}), {"@id": "#x"}, {"@id": "#y"}]}
    assert one(loop).factcheck.publisher == "The Plumb Line"


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (changed(claimReviewed=..., itemReviewed=...), "no-claim"),
        (changed(claimReviewed="   "), "no-claim"),
        (changed(claimReviewed="<p> </p>", itemReviewed=...), "no-claim"),
        (changed(claimReviewed={"wrong": 1}, itemReviewed={"@type": "Person", "name": "Tomas"}), "no-claim"),
        (changed(claimReviewed="x" * 5000), "too-long"),
        ({"@type": "NewsArticle", "headline": "x"}, "no-review"),
        ([], "no-review"),
        (None, "no-review"),
        ("text", "no-review"),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_the_reason(document: Any, rule: str) -> None:
    got = refused(document)
    assert got.rule == rule
    assert got.reason


def test_nobody_stands_for_a_review_without_publisher_and_address() -> None:
    assert refused(changed(author=..., url=...), Context()).rule == "no-publisher"


def test_the_claim_may_stand_in_what_was_reviewed() -> None:
    entry = one(changed(claimReviewed=..., itemReviewed={"@type": "Claim", "text": "The bridge is safe."}))
    assert entry.factcheck.claim == "The bridge is safe."
    assert "the claim stood in itemReviewed" in entry.repairs


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/checks/other", "https://plumb.example/checks/other"),
        ("other", "https://plumb.example/checks/bridge/other"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ({"@type": "WebPage", "@id": "https://plumb.example/p"}, "https://plumb.example/p"),
        (["", "https://plumb.example/p"], "https://plumb.example/p"),
        ("javascript:alert(1)", "https://plumb.example/checks/bridge/"),
        ("https://plumb.example/a b", "https://plumb.example/checks/bridge/"),
        ("http://[broken", "https://plumb.example/checks/bridge/"),
        (42, "https://plumb.example/checks/bridge/42"),
    ],
)
def test_addresses_are_made_absolute_or_left_out(url: Any, expected: str) -> None:
    assert one(changed(url=url)).factcheck.url == expected


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<p>The <b>bridge</b> was&nbsp;closed</p>", "The bridge was closed"),
        ("&lt;i&gt;It&amp;#39;s closed&lt;/i&gt;", "It's closed"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<script>alert('no')</script>It is <style>b{}</style>closed", "It is closed"),
        ("<script>never closed", "never closed"),
        ("closed\x1b[31m\u202e\x07 now\x00", "closed[31m\u202e now"),
        ("The cafÃ© isnâ€™t closed", "The café isn’t closed"),
        ({"@value": "Le pont est fermé", "@language": "fr"}, "Le pont est fermé"),
        (["", None, "It is closed"], "It is closed"),
        (7, "7"),
    ],
)
def test_text_is_clean(raw: Any, clean: str) -> None:
    assert one(changed(claimReviewed=raw)).factcheck.claim == clean


@pytest.mark.parametrize(
    ("rating", "verdict", "said"),
    [
        ({"alternateName": "Pants on Fire!"}, "false", "Pants on Fire!"),
        ({"alternateName": "Mostly False: the bridge reopened"}, "mostly-false", "Mostly False: the bridge reopened"),
        ({"alternateName": "Not true"}, "false", "Not true"),
        ({"alternateName": "<b>Half true</b>"}, "mixed", "Half true"),
        ({"alternateName": "No evidence"}, "unproven", "No evidence"),
        ({"alternateName": "Satire"}, "satire", "Satire"),
        ({"alternateName": "Three Pinocchios"}, "mostly-false", "Three Pinocchios"),
        ({"alternateName": "Engañoso"}, "mixed", "Engañoso"),
        ({"alternateName": "FALSCH"}, "false", "FALSCH"),
        ({"alternateName": "Vrai"}, "true", "Vrai"),
        ({"alternateName": "زائف"}, "false", "زائف"),
        ({"alternateName": "錯誤"}, "false", "錯誤"),
        ({"alternateName": "True or false?"}, "other", "True or false?"),
        ({"alternateName": "Gorse"}, "other", "Gorse"),
        ({"alternateName": "Gorse", "ratingValue": 1, "bestRating": 5, "worstRating": 1}, "false", "Gorse"),
        ({"alternateName": "Gorse", "ratingValue": 1}, "other", "Gorse"),
        ({"ratingValue": 5}, "true", "5 on a scale from 1 (worst) to 5 (best)"),
        ({"ratingValue": "2", "bestRating": "10", "worstRating": "0"}, "mostly-false", None),
        ({"ratingValue": 9, "bestRating": 5, "worstRating": 1}, "other", None),
        ({"ratingValue": "False"}, "false", "False"),
        ({"ratingValue": True}, "other", ""),
        ("Mostly true", "mostly-true", "Mostly true"),
        (3, "mixed", None),
        (["", {"alternateName": "True"}], "true", "True"),
        (None, "other", ""),
    ],
)
def test_ratings_are_kept_as_given_and_placed(rating: Any, verdict: str, said: str | None) -> None:
    check = one(changed(reviewRating=rating)).factcheck
    assert check.verdict == verdict
    assert said is None or check.rating == said


def test_an_upside_down_scale_is_read_the_right_way_and_named() -> None:
    entry = one(changed(reviewRating={"ratingValue": 1, "bestRating": 1, "worstRating": 5}))
    assert entry.factcheck.verdict == "true"
    assert "its scale is upside down: the worst rating is above the best" in entry.repairs


def test_words_count_where_the_number_says_the_opposite() -> None:
    rating = {"alternateName": "True", "ratingValue": 1, "bestRating": 5, "worstRating": 1}
    entry = one(changed(reviewRating=rating))
    assert entry.factcheck.verdict == "true"
    assert "its number contradicts its words: the words count" in entry.repairs


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-3-2T10:00", "2024-03-02"),
        ("20240312", "2024-03-12"),
        ("12 March 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("2024", "2024"),
        ("03/04/2024", None),
        ("2024-13-45", None),
        ("soon", None),
        (["2024-03-12"], "2024-03-12"),
        ({"@type": "Date", "@value": "2024-03-12"}, "2024-03-12"),
    ],
)
def test_dates_have_one_meaning_or_none(raw: Any, day: str | None) -> None:
    entry = one(changed(datePublished=raw))
    assert entry.factcheck.published == day
    assert ("a date that cannot be read" in entry.repairs) == (day is None)


def test_flat_records_and_answers_of_the_api_are_read_too() -> None:
    row = {
        "Claim": "The bridge is safe.",
        "Fact checker": "Lantern Desk",
        "Verdict": "False",
        "Review date": "2024-01-02",
    }
    check = one(row, Context()).factcheck
    assert (check.publisher, check.verdict, check.published) == ("Lantern Desk", "false", "2024-01-02")
    answer = {
        "claims": [
            {
                "text": "The bridge is safe.",
                "claimant": "A post",
                "claimReview": [
                    {"publisher": {"name": "Lantern Desk", "site": "l.example"}, "url": "https://l.example/1",
                     "textualRating": "Misleading", "reviewDate": "2024-01-02T00:00:00Z", "languageCode": "en"}
                ],
            }
        ]
    }  # fmt: skip
    check = one(answer, Context()).factcheck
    assert (check.claim, check.claimant, check.rating, check.url) == (
        "The bridge is safe.", "A post", "Misleading", "https://l.example/1",
    )  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "http://www.plumb.example/checks/bridge/",
        "https://plumb.example/checks/bridge?utm_source=x&fbclid=1#top",
        "HTTPS://PLUMB.example/checks/bridge",
    ],
)
def test_one_page_has_one_key_however_it_is_written(url: str) -> None:
    assert url_key(url) == url_key("https://plumb.example/checks/bridge")
    assert fact_check_id(url, "", "The bridge was closed!") == fact_check_id(
        "https://plumb.example/checks/bridge", "x", "the  bridge was “closed”"
    )


def test_a_page_s_own_query_stays() -> None:
    assert url_key("https://p.example/?id=1") != url_key("https://p.example/?id=2")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*GOOD, "name", "@id"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(GOOD)), anything, max_size=6))
def test_wrong_types_anywhere_are_read_or_refused(values: dict[str, Any]) -> None:
    for found in read_reviews({**GOOD, **values, "@type": "ClaimReview"}, "page", PAGE):
        if isinstance(found, Entry):
            assert found.factcheck.claim
            assert found.factcheck.publisher
            assert found.factcheck.url.startswith("http")


@given(anything)
def test_any_document_gives_something(document: Any) -> None:
    assert list(read_reviews(document, "page", PAGE))
