"""A shown note as ClaimReview of schema.org: what Fact Check Explorer and other aggregators read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whence.publish.json import dump
from whence.publish.safe import safe_url, scalar
from whence.records.note import PublicNote
from whence.records.story_record import StoryRecord

__all__ = ["Publisher", "json_ld_script", "note_review", "rated_notes"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """The organisation in whose name a desk publishes.

    Args:
        name: never empty.
        url: its address, or "".

    Raises:
        ValueError: When the name is empty.
    """

    name: str
    url: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a publisher has a name; got an empty one")

    def to_dict(self) -> dict[str, Any]:
        """The publisher as an Organization of schema.org."""
        found: dict[str, Any] = {"@type": "Organization", "name": self.name}
        if url := safe_url(self.url):
            found["url"] = url
        return found


def rated_notes(record: StoryRecord) -> tuple[PublicNote, ...]:
    """The notes of a story that can be exchanged as ClaimReview: shown, with a verdict, a page and a claim."""
    return tuple(note for note in record.shown if note.rating is not None and safe_url(note.url) and _claim(note))


def note_review(record: StoryRecord, note: PublicNote, publisher: Publisher) -> dict[str, Any]:
    """A note as a ClaimReview with its context, for the note's own page: one page, one ClaimReview.

    Its author is the desk, under whose rules the note was shown. What is not known is left out.

    Args:
        record: the note's story.
        note: one of `rated_notes(record)`.
        publisher: the desk.

    Returns:
        JSON-ready values.

    Raises:
        ValueError: the note is not shown, or has no verdict, no page or no claim.
    """
    if note not in rated_notes(record) or note.rating is None:
        raise ValueError(f"ClaimReview is for a shown note with a verdict, a page and a claim: note {note.id} is none")
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": note.rating.name}
    if note.rating.value is not None:
        rating |= {
            "ratingValue": note.rating.value,
            "worstRating": note.rating.worst,
            "bestRating": note.rating.best,
        }
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": note.url,
        "claimReviewed": _claim(note),
        "datePublished": note.created[:10],
        "author": publisher.to_dict(),
        "reviewRating": rating,
        "itemReviewed": _reviewed(record, note),
        "reviewBody": note.text,
    }
    if note.language:
        found["inLanguage"] = note.language
    sources = [url for url in map(safe_url, note.sources) if url]
    if sources:
        found["citation"] = sources
    return found


def json_ld_script(value: dict[str, Any]) -> str:
    """The element that puts JSON-LD into a page; nothing in the value can end it early.

    Args:
        value: JSON-ready.
    """
    text = dump(value, None).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{text}</script>'


def _claim(note: PublicNote) -> str:
    words = note.claim or " … ".join(anchor.exact for anchor in note.anchors)
    return scalar(" ".join(words.split()))


def _reviewed(record: StoryRecord, note: PublicNote) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Claim"}
    if note.claimant:
        found["author"] = {"@type": "Thing", "name": note.claimant}
    if note.claim_date:
        found["datePublished"] = note.claim_date
    story = safe_url(record.story_url)
    first = safe_url(note.first_appearance)
    if story and story != first:
        found["appearance"] = [_work(record, story)]
    if first:
        found["firstAppearance"] = _work(record, first) if first == story else {"@type": "CreativeWork", "url": first}
    return found


def _work(record: StoryRecord, url: str) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "NewsArticle", "url": url}
    if record.title:
        work["headline"] = record.title
    if record.published:
        work["datePublished"] = record.published
    if record.outlet:
        work["publisher"] = {"@type": "Organization", "name": record.outlet}
    return work
