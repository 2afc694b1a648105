"""MediaReview, schema.org's markup for checks of pictures, films and sound, in the form of ClaimReview.

Source: https://schema.org/MediaReview, and the categories of https://schema.org/MediaManipulationRatingEnumeration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["CATEGORIES", "with_media_reviews"]

CATEGORIES = {
    "originalmediacontent": "Original",
    "originalcontent": "Original",
    "authenticcontent": "Original",
    "decontextualizedcontent": "Missing context",
    "missingcontext": "Missing context",
    "croppedcontent": "Edited or cropped",
    "editedorcroppedcontent": "Edited or cropped",
    "transformedcontent": "Transformed",
    "imitatedcontent": "Imitated",
    "stagedcontent": "Staged",
    "satireorparodycontent": "Satire or parody",
}
"""The words of each category, which become the rating: a category says how a medium was handled."""

_DEPTH = 60
_WORKS = 50  # appearances of one medium that are read


def with_media_reviews(document: Any) -> Any:
    """Turn every MediaReview of a JSON-LD document into a ClaimReview; the rest stays as it is.

    The claim is the one that the medium is understood to make (`interpretedAsClaim`), or else what the medium is said
    to show. A review of which neither is known keeps no claim, and whoever reads ClaimReview refuses it by that rule.

    Args:
        document: JSON values, hostile; deeper than 60 levels they are left as they are.

    Returns:
        JSON values; the document itself where no MediaReview is in it.
    """
    return _walk(document, 0)


def _walk(value: Any, depth: int) -> Any:
    if depth > _DEPTH:
        return value
    if isinstance(value, list):
        return [_walk(one, depth + 1) for one in value]
    if not isinstance(value, Mapping):
        return value
    if "mediareview" in (_bare(kind) for kind in _many(value.get("@type"))):
        return _as_claim_review(value)
    return {key: _walk(one, depth + 1) for key, one in value.items()}


def _as_claim_review(review: Mapping[str, Any]) -> dict[str, Any]:
    item = _object(review.get("itemReviewed"))
    claim = _object(item.get("interpretedAsClaim"))
    works = [_object(one) for one in _many(item.get("mediaItemAppearance"))[:_WORKS]]
    words = next(
        filter(
            None,
            [_text(claim.get(key)) for key in ("description", "text", "name", "claimReviewed")]
            + [_text(work.get(key)) for work in works for key in ("description", "caption", "name")],
        ),
        "",
    )
    addresses = [_text(work.get(key)) for work in works for key in ("accessedOnUrl", "url", "contentUrl")]
    reviewed: dict[str, Any] = {"@type": "Claim", **{k: v for k, v in claim.items() if k != "@type"}}
    reviewed.setdefault("author", item.get("creator"))
    reviewed["appearance"] = [
        *_many(claim.get("appearance")),
        *({"@type": "CreativeWork", "url": address} for address in dict.fromkeys(addresses) if address),
    ]
    found = {key: one for key, one in review.items() if key not in ("mediaAuthenticityCategory", "itemReviewed")}
    found |= {"@type": "ClaimReview", "itemReviewed": {k: v for k, v in reviewed.items() if v}}
    if words:
        found.setdefault("claimReviewed", words)
    rating = _object(review.get("reviewRating"))
    categories = [_text(one) for one in _many(review.get("mediaAuthenticityCategory"))]
    named = [CATEGORIES.get(_bare(one), one) for one in categories if one]
    if not rating.get("alternateName") and named:
        found["reviewRating"] = {"@type": "Rating", **rating, "alternateName": ", ".join(dict.fromkeys(named))}
    return found


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _object(value: Any) -> Mapping[str, Any]:
    """The first object of a value that may be a list, or a string where an object belongs."""
    for one in _many(value):
        if isinstance(one, Mapping):
            return one
        if isinstance(one, str) and one.strip():
            return {"name": one}
    return {}


def _text(value: Any) -> str:
    """The first words of a value that may be a list, or an object with a value of its own."""
    for one in _many(value):
        words = one.get("@value") or one.get("@id") or one.get("name") if isinstance(one, Mapping) else one
        if isinstance(words, str) and words.strip():
            return words.strip()
    return ""


def _bare(name: Any) -> str:
    """A type's or category's name without schema.org's prefix, in lower case."""
    return str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].strip().casefold() if isinstance(name, str) else ""
