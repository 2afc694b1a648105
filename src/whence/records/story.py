"""A story: one published article, as text with what is known about its page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

__all__ = ["ROLES", "Badge", "Byline", "Link", "Paragraph", "Role", "Span", "Story"]

Span = tuple[int, int]
"""`(start, end)`, `0 <= start <= end <= len(text)`, in Unicode code points."""

Role = Literal["headline", "badge", "body", "byline", "furniture"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the story's text; `quoted` where the page sets it as a block quotation."""

    span: Span
    role: Role
    quoted: bool = False

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"a paragraph's role is one of {', '.join(ROLES)}; got {self.role!r}")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who signs the story; `articles` is the article count that the page itself boasts of."""

    name: str
    role: str | None = None
    articles: int | None = None
    span: Span | None = None
    about: Span | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A line that says the story was checked; `evidence` are the links that it carries."""

    span: Span
    checker: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink over some of the story's text."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Story:
    """One published article.

    All spans are `(start, end)` code point offsets into `text`. Paragraphs are in text order and do not overlap.

    Args:
        text: the article; for plain text input the file's own decoded text, unchanged.
        headline: where the headline stands in `text`, if it has one.
        published: ISO 8601 date or date-time of publication as the page or the caller gives it, or None.
        id: a name for messages and batches (a path, a URL or a record's id).
    """

    text: str
    headline: Span | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    byline: Byline | None = None
    badges: tuple[Badge, ...] = ()
    links: tuple[Link, ...] = ()
    id: str = ""
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        at = 0
        for p in self.paragraphs:
            if not at <= p.span[0] < p.span[1] <= len(self.text):
                raise ValueError(
                    f"paragraph spans are in order, not empty and inside the text of {len(self.text)} characters; "
                    f"got {p.span} after {at}"
                )
            at = p.span[1]

    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are the article itself."""
        return tuple(p for p in self.paragraphs if p.role == "body")

    def to_dict(self) -> dict[str, Any]:
        """The story as the JSON contract's `story` object (DESIGN.md, "The reading")."""
        byline = self.byline
        return {
            "id": self.id,
            "text": self.text,
            "headline": list(self.headline) if self.headline else None,
            "paragraphs": [{"span": list(p.span), "role": p.role} for p in self.paragraphs],
            "outlet": self.outlet,
            "url": self.url,
            "published": self.published,
            "language": self.language,
            "byline": None
            if byline is None
            else {
                "name": byline.name,
                "role": byline.role,
                "articles": byline.articles,
                "span": list(byline.span) if byline.span else None,
            },
            "badges": [{"span": list(b.span), "checker": b.checker, "evidence": list(b.evidence)} for b in self.badges],
            "links": [{"span": list(link.span), "url": link.url} for link in self.links],
        }
