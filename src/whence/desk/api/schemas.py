"""What the API answers with."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema

__all__ = [
    "BadgeOut",
    "ChangeOut",
    "LogOut",
    "NoteOut",
    "NotePage",
    "OutletOut",
    "OutletPage",
    "Problem",
    "SourceOut",
    "SourcePage",
    "StatementOut",
    "StatementPage",
    "StatusOut",
    "StoryOut",
    "StoryPage",
    "VersionOut",
]

Status = Literal["helpful", "not-helpful", "needs-more-ratings"]


class Problem(Schema):
    """What is wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None


class Counts(Schema):
    """Counts of a story; never a score."""

    statements: int
    checked: int = Field(description="statements that a shown note or a published fact-check speaks to")
    notes: int
    notes_shown: int
    unnamed: int = Field(description="attributed statements without a named source")
    disputed: int
    single_origin: bool


class StoryOut(Schema):
    """A story."""

    key: str
    page: str = Field(description="its page on this desk")
    record: str = Field(description="its record, for `whence verify`")
    url: str | None
    title: str
    outlet: str | None
    byline: str | None
    published: str
    language: str
    state: Literal["waiting", "read", "failed", "removed"]
    added: str
    counts: Counts


class VersionOut(Schema):
    """What stood on the page at one time."""

    number: int
    fetched: str
    reader: str
    snapshot: str = Field(description="the public log's commitment to the page's WARC record")
    reading: str = Field(description="the public log's commitment to the reading")
    entry: int | None = Field(description="place of its first entry in the public log")


class StatementOut(Schema):
    """A statement of the latest version of a story."""

    id: str = Field(description="within the story's reading")
    story: str
    page: str
    number: int
    text: str
    voice: str
    quote: str
    act: str
    naming: str
    disputed: bool
    checked: bool
    sources: list[str] = Field(description="labels")
    fact_checks: list[Any] = Field(description="published fact-checks that match, best first")


class SourceOut(Schema):
    """Whoever statements are attributed to."""

    slug: str
    page: str
    label: str
    kind: str
    naming: str
    statements: int


class OutletOut(Schema):
    """Who published stories; counts, never a score."""

    slug: str
    page: str
    name: str
    stories: int


class StatusOut(Schema):
    """A note's status and what it rests on."""

    status: Status
    words: str = Field(description="what readers are told")
    reason: str
    score: float | None
    low: float | None
    high: float | None
    factor: float | None
    ratings: int
    sides: list[dict[str, int]] = Field(description="helpful, somewhat, not: from either side of the divide")
    threshold: float
    scorer: str
    parameters: dict[str, float]
    counted: int = Field(description="entries of the public log whose ratings counted")
    computed: str


class ChangeOut(Schema):
    """A status that differed from the one before."""

    at: str
    before: str
    after: str


class NoteOut(Schema):
    """A note."""

    id: str
    story: str
    page: str
    statements: list[str]
    classification: Literal["misleading", "not-misleading", "needs-context"]
    reasons: list[str]
    text: str = Field(description="empty where the note does not stand")
    sources: list[str]
    verdict: str
    author: str = Field(description="an alias")
    created: str
    withdrawn: bool
    hidden: str = Field(description="a moderator's reason for hiding it, or empty")
    removed: bool
    orphaned: bool = Field(description="its statements are no longer on the page")
    status: Status
    entry: int | None


class BadgeOut(Schema):
    """What a story's badge says."""

    line: str
    statements: int
    checked: int
    shown: int
    record: str
    story: str
    title: str


class LogOut(Schema):
    """The public log."""

    origin: str
    size: int
    root: str = Field(description="of the Merkle tree, base64")
    checkpoint: str = Field(description="the signed note")
    key: str = Field(description="the first verifier key")
    url: str


class StoryPage(Schema):
    """Stories, and where the next are."""

    items: list[StoryOut]
    next: str | None


class StatementPage(Schema):
    """Statements, and where the next are."""

    items: list[StatementOut]
    next: str | None


class SourcePage(Schema):
    """Sources, and where the next are."""

    items: list[SourceOut]
    next: str | None


class OutletPage(Schema):
    """Outlets, and where the next are."""

    items: list[OutletOut]
    next: str | None


class NotePage(Schema):
    """Notes, and where the next are."""

    items: list[NoteOut]
    next: str | None
