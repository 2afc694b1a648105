"""ClaimReview: fact-checks out of what publishers put on their pages, in their feeds and in tables."""

from whence.match.claimreview.entry import REFUSALS, Context, Entry, Refusal, fact_check_id, url_key
from whence.match.claimreview.reader import read_reviews

__all__ = [
    "REFUSALS",
    "Context",
    "Entry",
    "Refusal",
    "fact_check_id",
    "read_reviews",
    "url_key",
]
