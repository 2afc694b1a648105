"""What the tools answer: flat, quotable, and with the words of the page beside every label."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Check", "Checks", "Note", "Notes", "Said", "Saying", "StoryNotes", "StoryRead"]


@dataclass(frozen=True)
class Said:
    """A statement of a story.

    Attributes:
        id: in this reading.
        reads: who does what with which words, in one line: 'Norvik Lifting denies: “that the crane was …”'.
        words: of the story, exactly; pieces joined by " … ".
        said_by: who says so, as the story names them; empty for the outlet's own voice and where nobody is named.
        voice: whose voice it is in: a named source, an unnamed one, nobody in particular, or the outlet's own.
        through: outlets that passed it on, in order.
        act: what its speaker does: asserts, denies, accuses and so on.
        disputed_by: ids of statements that deny it, or that it denies.
        confidence: 0 to 1, how sure the reader is of words, source and voice together.
    """

    id: str
    reads: str
    words: str
    said_by: list[str]
    voice: str
    through: list[str]
    act: str
    disputed_by: list[str]
    confidence: float


@dataclass(frozen=True)
class StoryRead:
    """A story, read: who says each thing.

    Attributes:
        title: its headline.
        outlet, published, url: as far as they are known.
        counts: a sentence that sums up whose voices it is in.
        statements: in text order.
        left_out: how many further statements there are.
        findings: observations about its sourcing.
        about: how to use this.
    """

    title: str
    outlet: str
    published: str
    url: str
    counts: str
    statements: list[Said]
    left_out: int
    findings: list[str]
    about: str


@dataclass(frozen=True)
class Saying:
    """The statements of a story that share words with those asked about, best first."""

    title: str
    url: str
    found: list[Said]
    about: str


@dataclass(frozen=True)
class Check:
    """A published fact-check that speaks to a claim.

    Attributes:
        claim: the claim that was checked, in the publisher's words.
        rating: the publisher's verdict, in its own words.
        publisher, published, url: who checked, when, and where it can be read.
        stance: whether the claim asked about says the same, denies it, or says it with another figure.
        score: 0 to 1, how well the two match.
    """

    claim: str
    rating: str
    publisher: str
    published: str
    url: str
    stance: str
    score: float


@dataclass(frozen=True)
class Checks:
    """The fact-checks that speak to a claim, best first; searched says among how many."""

    found: list[Check]
    searched: int
    about: str


@dataclass(frozen=True)
class Note:
    """A community's note.

    Attributes:
        text: what it says.
        finds: misleading, not-misleading or needs-context.
        state: what readers are told of it.
        sources: addresses that bear it out.
        about: the words of the story it is about.
        url: its page.
    """

    text: str
    finds: str
    state: str
    sources: list[str]
    about: list[str]
    url: str


@dataclass(frozen=True)
class StoryNotes:
    """A story's record.

    Attributes:
        title, outlet, story_url: of the story.
        badge: the line of its badge.
        record: address of the record.
        notes: those that stand; shown ones first.
        verified: whether its proofs hold, in words.
    """

    title: str
    outlet: str
    story_url: str
    badge: str
    record: str
    notes: list[Note]
    verified: str


@dataclass(frozen=True)
class Notes:
    """The records of a story; none where no community on hand has it."""

    found: list[StoryNotes]
    about: str
