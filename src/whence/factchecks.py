"""Fact-checks from pages, feeds and tables into a store: ingest and match put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whence.ingest.documents import Document
    from whence.ingest.policy import Policy
    from whence.match.claimreview import Context, Entry, Refusal
    from whence.match.store import Added, Store

__all__ = ["Gathered", "gather"]

_BATCH = 500  # checks that are written at a time
_EXAMPLES = 5  # refusals of each kind that are kept

Pages = Callable[[int, int, str], None]


@dataclass
class Gathered:
    """What came of adding some sources to a store.

    Args:
        new, updated, unchanged, older, withdrawn: as in `whence.match.store.Added`.
        refused: how often each rule of `whence.match.claimreview.REFUSALS` refused something.
        repaired: what was mended, and how often.
        examples: the first refusals of each rule.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    examples: list[Refusal] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many fact-checks were read, whether they were new or not."""
        return self.new + self.updated + self.unchanged + self.older

    def count(self, added: Added) -> None:
        """Add what became of some checks."""
        self.new += added.new
        self.updated += added.updated
        self.unchanged += added.unchanged
        self.older += added.older
        self.withdrawn += added.withdrawn
        self.repaired.update(added.repaired)

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal."""
        self.refused[refusal.rule] += 1
        if self.refused[refusal.rule] <= _EXAMPLES:
            self.examples.append(refusal)


def gather(
    store: Store,
    sources: Iterable[str | Path],
    *,
    publisher: str = "",
    language: str = "",
    offline: bool = False,
    pages: int = 500,
    refresh: bool = False,
    policy: Policy | None = None,
    pause: float = 0.5,
    progress: Pages | None = None,
) -> Gathered:
    """Read fact-checks from sources and put them into a store.

    Args:
        store: where they go; what was read stays, whatever happens later.
        sources: paths, folders, globs or URLs of pages, data feeds, sitemaps, feeds and tables.
        publisher, language: used where a fact-check does not say itself.
        offline: refuse URLs instead of fetching them.
        pages: pages of sitemaps and feeds that are fetched at most.
        refresh: fetch listed pages again that were read before and have not changed since.
        policy: what may be fetched; by default public addresses, up to 100 MB each.
        pause: seconds between two pages of one site.
        progress: told, before a page is fetched, how many were, how many are due at most, and the URL.

    Returns:
        What came of it. A bad source never raises: it is counted as refused.

    Raises:
        RangeError: `pages` is out of range.
        InputError: the store cannot be written.
    """
    from whence.ingest.documents import load_documents
    from whence.ingest.failure import Failure
    from whence.match.claimreview import Refusal

    out = Gathered()
    run = _Run(store, out, publisher, language)

    def wanted(url: str, changed: str | None) -> bool:
        if not refresh and store.seen(url, changed):
            return False
        run.due = (url, changed)
        return True

    found = load_documents(
        [str(s) for s in sources],
        offline=offline,
        pages=pages,
        pause=pause,
        wanted=wanted,
        progress=progress,
        **({} if policy is None else {"policy": policy}),
    )
    try:
        for document in found:
            if isinstance(document, Failure):
                out.refuse(Refusal(document.id, "unreadable", document.reason))
            else:
                run.take(document)
    finally:
        run.flush()
    return out


class _Run:
    """Writes what is read: a page's checks at once, those of lists in batches."""

    def __init__(self, store: Store, out: Gathered, publisher: str, language: str) -> None:
        self.store = store
        self.out = out
        self.publisher = publisher
        self.language = language
        self.due: tuple[str, str | None] | None = None
        """The listed page that is being read, with its date of change."""
        self._waiting: list[Entry] = []

    def take(self, document: Document) -> None:
        from whence.ingest.mediareview import with_media_reviews
        from whence.match.claimreview import Refusal, read_reviews

        entries: list[Entry] = []
        for found in read_reviews(with_media_reviews(document.value), document.name, self._context(document)):
            if isinstance(found, Refusal):
                self.out.refuse(found)
            else:
                entries.append(found)
        self.out.repaired.update(document.repairs if entries else ())
        if not document.is_page:
            self._waiting += entries
            if len(self._waiting) >= _BATCH:
                self.flush()
            return
        if entries:
            self.out.count(self.store.add(entries, origin=document.page.url or document.name, whole=True))
        if self.due is not None:
            self.store.mark([self.due])
            self.due = None

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            self.out.count(self.store.add(self._waiting))
            self._waiting = []

    def _context(self, document: Document) -> Context:
        from whence.match.claimreview import Context

        page = document.page
        return Context(
            url=page.url or "",
            publisher=self.publisher or page.outlet or "",
            language=page.language or self.language,
            title=page.headline or "",
            published=page.published,
        )
