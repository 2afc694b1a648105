"""Fact-checks as ClaimReview again, for others to read."""

from __future__ import annotations

from typing import Any

from whence.records.claim import FactCheck

__all__ = ["to_claim_review"]


def to_claim_review(factcheck: FactCheck) -> dict[str, Any]:
    """A fact-check as a ClaimReview object of schema.org; what is not known is left out.

    The rating is the publisher's own words. The common scale's verdict has no place in ClaimReview and is not written.
    """
    reviewed: dict[str, Any] = {"@type": "Claim"}
    if factcheck.claimant:
        reviewed["author"] = {"@type": "Thing", "name": factcheck.claimant}
    if factcheck.claim_date:
        reviewed["datePublished"] = factcheck.claim_date
    if factcheck.appearances:
        reviewed["appearance"] = [{"@type": "CreativeWork", "url": url} for url in factcheck.appearances]
    out: dict[str, Any] = {"@type": "ClaimReview", "claimReviewed": factcheck.claim}
    for key, value in (
        ("url", factcheck.url),
        ("name", factcheck.title),
        ("datePublished", factcheck.published),
        ("inLanguage", factcheck.language),
    ):
        if value:
            out[key] = value
    out["author"] = {"@type": "Organization", "name": factcheck.publisher}
    out["itemReviewed"] = reviewed
    if factcheck.rating:
        out["reviewRating"] = {"@type": "Rating", "alternateName": factcheck.rating}
    return out
