"""A strict validator of JSON-LD against the part of schema.org (release 29) that fact-checks use.

Written down from https://schema.org/ClaimReview and the pages it leads to: for each type its properties, and for each
property what its value may be. Whatever is not listed is refused, so that a misspelt property cannot pass.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

THING = {"name": "Text", "url": "URL"}
CREATIVE_WORK = THING | {
    "author": "Organization|Person|Thing",
    "citation": "Text|URL",
    "dateModified": "Date|DateTime",
    "datePublished": "Date|DateTime",
    "headline": "Text",
    "inLanguage": "Text",
    "provider": "Organization",
    "publisher": "Organization",
}
TYPES: dict[str, dict[str, str]] = {
    "Thing": THING,
    "Organization": THING,
    "Person": THING,
    "CreativeWork": CREATIVE_WORK,
    "NewsArticle": CREATIVE_WORK,
    "Claim": CREATIVE_WORK | {"appearance": "CreativeWork|NewsArticle", "firstAppearance": "CreativeWork|NewsArticle"},
    "Rating": THING
    | {"alternateName": "Text", "ratingValue": "Number", "worstRating": "Number", "bestRating": "Number"},
    "ClaimReview": CREATIVE_WORK
    | {"claimReviewed": "Text", "itemReviewed": "Claim", "reviewRating": "Rating", "reviewBody": "Text"},
    "DataFeed": CREATIVE_WORK | {"dataFeedElement": "DataFeedItem"},
    "DataFeedItem": THING | {"dateCreated": "DateTime", "dateModified": "DateTime", "item": "ClaimReview"},
}
MANY = {"appearance", "citation", "dataFeedElement", "item"}
REQUIRED = {  # what Google's documentation of fact-check markup requires of each
    "ClaimReview": {"claimReviewed", "reviewRating", "url"},
    "Rating": {"alternateName"},
    "DataFeed": {"dataFeedElement", "dateModified"},
    "DataFeedItem": {"item"},
}
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def validate(document: Any) -> None:
    """Assert that a document is valid JSON-LD of schema.org."""
    assert document["@context"] == "https://schema.org"
    _thing({key: value for key, value in document.items() if key != "@context"})


def _thing(value: Any) -> str:
    assert isinstance(value, dict), value
    kind = value["@type"]
    assert kind in TYPES, kind
    assert set(value) - {"@type"} <= set(TYPES[kind]), f"{kind} has no {set(value) - {'@type'} - set(TYPES[kind])}"
    assert REQUIRED.get(kind, set()) <= set(value), f"{kind} lacks {REQUIRED[kind] - set(value)}"
    for name, one in value.items():
        if name == "@type":
            continue
        values = one if isinstance(one, list) else [one]
        assert name in MANY or not isinstance(one, list), f"{kind}.{name} is one value"
        for part in values:
            assert any(_fits(part, allowed) for allowed in TYPES[kind][name].split("|")), f"{kind}.{name}: {part!r}"
    return str(kind)


def _fits(value: Any, kind: str) -> bool:
    if kind == "Text":
        return isinstance(value, str) and bool(value.strip())
    if kind == "URL":
        return isinstance(value, str) and urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).netloc)
    if kind == "Number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("Date", "DateTime"):
        return isinstance(value, str) and bool((DATE if kind == "Date" else DATE_TIME).fullmatch(value))
    return isinstance(value, dict) and value.get("@type") == kind and _thing(value) == kind
