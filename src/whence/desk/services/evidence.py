"""The pages on which notes rest, kept as they were when a note was written."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from whence.desk.models import Evidence
from whence.desk.services import snapshots
from whence.errors import WhenceError
from whence.ingest.fetch import Fetcher
from whence.ingest.open import fetch_page, story_of

__all__ = ["KEPT", "archive"]

KEPT = 100_000
"""Characters of a page's text that are kept; the hash is of all its bytes."""


def archive(pk: int) -> bool:
    """Fetch a note's link and keep its text; a page that is kept is left as it is.

    Args:
        pk: of the link.

    Returns:
        Whether there is a text; `Evidence.trouble` says why not.
    """
    evidence = Evidence.objects.filter(pk=pk).select_related("note__story").first()
    if evidence is None or evidence.archived_at is not None:
        return evidence is not None and bool(evidence.archived)
    try:
        page = fetch_page(evidence.url, Fetcher(snapshots.policy()))
        evidence.hash = hashlib.sha256(page.body).hexdigest()
        evidence.archived_at = timezone.now()
        evidence.trouble = ""
        story = story_of(page.body, page.url, url=page.url, charset=page.charset)
        evidence.archived = story.text[:KEPT].replace("\0", "")
        headline = story.text[slice(*story.headline)] if story.headline else ""
        evidence.title = " ".join(headline.split())[:500].replace("\0", "")
    except WhenceError as failure:
        evidence.trouble = str(failure)[:300].replace("\0", "")
    evidence.save()
    return bool(evidence.archived)
