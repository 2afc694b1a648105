"""Something new on a desk, as feeds and webhooks tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

__all__ = ["CHANGES", "Change", "ChangeKind"]

ChangeKind = Literal["statement", "note", "status", "correction"]
CHANGES: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class Change:
    """A new statement, note, status or correction.

    Args:
        id: unique and lasting: an http(s) or tag URI.
        kind: what it is.
        title: one line.
        text: a few sentences; plain text.
        url: page that shows it, http(s).
        at: when it happened, ISO 8601 in UTC, ending in Z.
        author: an alias, or "".
        outlet: of the story, or "".
        sources: labels of the sources of the statements, for filters.
        topics: labels, for filters.

    Raises:
        ValueError: When the kind is unknown, or id, title, url or time is missing.
    """

    id: str
    kind: ChangeKind
    title: str
    text: str
    url: str
    at: str
    author: str = ""
    outlet: str = ""
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in CHANGES:
            raise ValueError(f"a change is one of {', '.join(CHANGES)}; got {self.kind!r}")
        if not self.id or not self.title.strip() or not self.url or not self.at.endswith("Z"):
            raise ValueError(
                f"a change has an id, a title, a page and a time ending in Z; one is missing in {self.id!r}"
            )

    def about(self, outlet: str = "", source: str = "", topic: str = "") -> bool:
        """Whether a reader who follows an outlet, a source or a topic wants it; an empty filter lets all through."""
        return (
            (not outlet or outlet.casefold() == self.outlet.casefold())
            and (not source or source.casefold() in map(str.casefold, self.sources))
            and (not topic or topic.casefold() in map(str.casefold, self.topics))
        )

    def to_dict(self) -> dict[str, Any]:
        """The change as a JSON object."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "text": self.text,
            "url": self.url,
            "at": self.at,
            "author": self.author,
            "outlet": self.outlet,
            "sources": list(self.sources),
            "topics": list(self.topics),
        }
