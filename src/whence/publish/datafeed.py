"""All of a desk's reviews as one DataFeed of schema.org, written piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whence.publish.json import dump
from whence.publish.note_review import Publisher, note_review, rated_notes
from whence.records.story_record import StoryRecord

__all__ = ["data_feed"]


def data_feed(records: Iterable[StoryRecord], publisher: Publisher, updated: str) -> Iterator[str]:
    """A DataFeed of the ClaimReviews of every shown note with a verdict.

    Args:
        records: in the order in which they are written; memory does not grow with their number.
        publisher: the desk.
        updated: when the latest of them changed, ISO 8601.

    Yields:
        Pieces of JSON text; together one document that ends in a newline.
    """
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": f"Fact-checks of {publisher.name}",
        "dateModified": updated,
        "provider": publisher.to_dict(),
    }
    yield dump(head, None)[:-1] + ',"dataFeedElement":['
    between = "\n"
    for record in records:
        for note in rated_notes(record):
            review = note_review(record, note, publisher)
            del review["@context"]
            item = {
                "@type": "DataFeedItem",
                "url": note.url,
                "dateCreated": note.created,
                "dateModified": record.status(note.id).computed or note.created,
                "item": [review],
            }
            yield between + dump(item, None)
            between = ",\n"
    yield "\n]}\n"
