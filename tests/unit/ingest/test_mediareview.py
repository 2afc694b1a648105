"""MediaReview is read as ClaimReview."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from whence.ingest.mediareview import CATEGORIES, with_media_reviews
from whence.match.claimreview import Entry, Refusal, read_reviews

REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "MediaReview",
    "url": "https://checks.example/crane-film",
    "datePublished": "2026-03-05",
    "author": {"@type": "Organization", "name": "Clearwater Checks"},
    "mediaAuthenticityCategory": "https://schema.org/DecontextualizedContent",
    "originalMediaContextDescription": "The film is of a crane elsewhere, in 2019.",
    "itemReviewed": {
        "@type": "MediaReviewItem",
        "creator": {"@type": "Person", "name": "A passer-by"},
        "interpretedAsClaim": {"@type": "Claim", "description": "A film shows the crane in Veldhaven falling"},
        "mediaItemAppearance": [
            {
                "@type": "VideoObjectSnapshot",
                "description": "A crane falls",
                "accessedOnUrl": "https://social.example/1",
                "contentUrl": "https://social.example/1.mp4",
            }
        ],
    },
}


def read(document: Any) -> list[Entry | Refusal]:
    return list(read_reviews(with_media_reviews(document), "x"))


def test_a_media_review_is_a_fact_check_of_the_claim_that_it_makes() -> None:
    (entry,) = read(REVIEW)
    assert isinstance(entry, Entry)
    check = entry.factcheck
    assert check.claim == "A film shows the crane in Veldhaven falling"
    assert (check.rating, check.verdict) == ("Missing context", "mixed")
    assert (check.publisher, check.url, check.claimant) == (
        "Clearwater Checks",
        "https://checks.example/crane-film",
        "A passer-by",
    )
    assert check.appearances == ("https://social.example/1", "https://social.example/1.mp4")
    assert check.published == "2026-03-05"


def test_without_a_claim_what_the_medium_shows_counts() -> None:
    item = {k: v for k, v in REVIEW["itemReviewed"].items() if k != "interpretedAsClaim"}
    (entry,) = read(REVIEW | {"itemReviewed": item})
    assert isinstance(entry, Entry)
    assert entry.factcheck.claim == "A crane falls"
    (refusal,) = read(REVIEW | {"itemReviewed": None})
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "no-claim"


def test_lists_strings_and_prefixes_are_put_up_with() -> None:
    odd = REVIEW | {
        "@type": ["schema:MediaReview"],
        "mediaAuthenticityCategory": ["TransformedContent", "schema:StagedContent", "Something new"],
        "itemReviewed": [{"interpretedAsClaim": "The crane fell", "mediaItemAppearance": "https://social.example/2"}],
    }
    (entry,) = read({"@graph": [odd]})
    assert isinstance(entry, Entry)
    assert entry.factcheck.claim == "The crane fell"
    assert entry.factcheck.rating == "Transformed, Staged, Something new"
    both = [REVIEW, {"@type": "ClaimReview", "url": "https://c.example/", "claimReviewed": "x", "author": "y"}]
    assert len(read(both)) == 2


def test_what_is_no_media_review_stays_as_it_is() -> None:
    document = {"@type": "ClaimReview", "claimReviewed": "x", "a": [1, None, {"b": "MediaReview"}]}
    assert with_media_reviews(document) == document
    deep: Any = REVIEW
    for _ in range(5_000):
        deep = [deep]
    assert with_media_reviews(deep)
    assert all(words and words[0].isupper() for words in CATEGORIES.values())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*REVIEW, *REVIEW["itemReviewed"], "name", "@value", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(fields=st.dictionaries(st.sampled_from([*REVIEW, "reviewRating"]), VALUES, max_size=6))
def test_any_value_is_put_up_with(fields: dict[str, Any]) -> None:
    found = with_media_reviews(fields | {"@type": "MediaReview"})
    assert found["@type"] == "ClaimReview"
    list(read_reviews(found, "x"))
