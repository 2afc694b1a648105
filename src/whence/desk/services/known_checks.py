"""Published fact-checks that speak to a story's statements, from the desk's own store or the user's."""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence.desk import caching, config
from whence.desk.models import Statement, Story
from whence.desk.services import counts, facts
from whence.errors import WhenceError
from whence.match.place import default_store
from whence.records.parse import reading_from_dict

if TYPE_CHECKING:
    from whence.matching import Matcher
    from whence.records.claim import Match

__all__ = ["match_story", "store_path"]

_log = logging.getLogger("whence.desk.checks")
_MOST = 3  # checks of each statement


def store_path() -> Path | None:
    """Return the store of fact-checks: the desk's own, else the user's, else None."""
    for path in (config.get().home / "factchecks.sqlite", default_store()):
        if path.is_file():
            return path
    return None


def match_story(pk: int) -> int:
    """Look for published fact-checks of each statement of a story's latest version.

    Without a store, or with one that cannot be used, statements stay without any, and the log says so once a store.

    Args:
        pk: of the story.

    Returns:
        To how many statements a fact-check speaks.
    """
    path = store_path()
    version = Story.objects.get(pk=pk).versions.order_by("-number").only("reading", "number").first()
    if path is None or version is None:
        return 0
    try:
        found = _matcher(path, path.stat().st_mtime_ns).reading(reading_from_dict(json.loads(version.reading)), k=_MOST)
    except WhenceError as failure:
        _log.warning("fact-checks in %s are not used: %s", path, failure)
        return 0
    with facts.writing():
        rows = list(Statement.objects.select_for_update().filter(version=version))
        for row in rows:
            row.fact_checks = [_row(match) for match in found.get(row.mark, [])]
        Statement.objects.bulk_update(rows, ["fact_checks"])
        counts.recount([pk])
        caching.bump(Story.objects.values_list("key", flat=True).get(pk=pk))
    return sum(bool(row.fact_checks) for row in rows)


@lru_cache(maxsize=1)
def _matcher(path: Path, changed: int) -> Matcher:
    from whence.matching import Matcher

    return Matcher.open(path)


def _row(match: Match) -> dict[str, Any]:
    """A match without the check's text: what pages show, as Match.to_dict has it."""
    check = match.factcheck
    shown = {
        "claim": check.claim[:500],
        "url": check.url,
        "publisher": check.publisher,
        "rating": check.rating[:200],
        "language": check.language,
        "published": check.published,
    }
    return {"factcheck": shown, "score": round(match.score, 3), "stance": match.stance}
