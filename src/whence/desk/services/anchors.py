"""Finding a note's passage again when its story's page has changed.

A passage is found by its exact words (W3C TextQuoteSelector) and by what stands around them; its position decides only
between places that agree in both. A passage whose words are gone, or stand where nothing around them agrees, is
orphaned: a note is never attached to a sentence that merely looks like the one it was written on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whence.desk.models import Anchor, Statement, Story, Version
from whence.records.anchor import AROUND, anchor_of
from whence.records.anchor import Anchor as Passage

__all__ = ["DISTINCT", "Place", "find", "follow", "on_statement"]

DISTINCT = 60
"""Characters from which a passage that stands once in a text is known by its words alone."""

_MOST = 200  # places of the same words that are looked at; a page that has more is no article


def on_statement(statement: Statement) -> Anchor:
    """Return an anchor, not saved, on a statement of the latest version.

    Args:
        statement: with its version.
    """
    passage = anchor_of(statement.version.text, statement.start, statement.end)
    return Anchor(
        version=statement.version,
        mark=statement.mark,
        statement=statement,
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        start=passage.start,
        end=passage.end,
    )


@dataclass(frozen=True)
class Place:
    """Where a passage stands in another version.

    Args:
        start: in code points.
        unchanged: whether what stands around it is what stood there.
    """

    start: int
    unchanged: bool


def find(text: str, passage: Passage) -> Place | None:
    """Return where a passage stands in another version of its text, or None where it cannot be told.

    The words must be there exactly. Where what stood before and behind them stands there still, that is the place; of
    several such places only the passage's own position is taken. Where one of the two was changed, the place must be
    the only one that agrees with the other. Where both were, the words must be long (`DISTINCT`) and stand there once.

    Args:
        text: of the other version.
        passage: as it was.
    """
    places = list(_places(text, passage.exact))
    if len(places) == _MOST:
        return None
    scores = {at: _before(text, at, passage) + _behind(text, at, passage) for at in places}
    for agreement in (2, 1):
        agreeing = [at for at in places if scores[at] == agreement]
        if len(agreeing) == 1:
            return Place(agreeing[0], agreement == 2)
        if agreeing:
            return Place(passage.start, True) if agreement == 2 and passage.start in agreeing else None
    return Place(places[0], False) if len(places) == 1 and len(passage.exact) >= DISTINCT else None


def _places(text: str, exact: str) -> Iterator[int]:
    at = -1
    for _ in range(_MOST):
        at = text.find(exact, at + 1)
        if at < 0:
            return
        yield at


def _before(text: str, at: int, passage: Passage) -> bool:
    if len(passage.prefix) < AROUND and at != len(passage.prefix):
        return False  # The text began here, and does no more: few characters, or none, would agree with too much.
    return text.endswith(passage.prefix, 0, at)


def _behind(text: str, at: int, passage: Passage) -> bool:
    end = at + len(passage.exact)
    if len(passage.suffix) < AROUND and end + len(passage.suffix) != len(text):
        return False
    return text.startswith(passage.suffix, end)


def follow(story: Story, version: Version) -> int:
    """Attach the notes of a story to its latest version, within the transaction that stores it.

    Args:
        story: the story.
        version: its latest, with its statements.

    Returns:
        How many anchors are orphaned.
    """
    statements = list(version.statements.prefetch_related("sources"))
    anchors = list(Anchor.objects.filter(note__story=story))
    written_on = {
        (s.version_id, s.mark): s
        for s in Statement.objects.filter(version__in={a.version_id for a in anchors}).prefetch_related("sources")
    }
    for anchor in anchors:
        passage = Passage(anchor.start, anchor.end, anchor.exact, anchor.prefix, anchor.suffix)
        place = find(version.text, passage)
        now = None if place is None else _statement(statements, place, len(anchor.exact))
        before = written_on.get((anchor.version_id, anchor.mark))
        if now and place and before and not _said_alike(before, now, unchanged=place.unchanged):
            now = None
        anchor.statement, anchor.orphaned = now, now is None
    Anchor.objects.bulk_update(anchors, ["statement", "orphaned"])
    return sum(anchor.orphaned for anchor in anchors)


def _said_alike(before: Statement, now: Statement, *, unchanged: bool) -> bool:
    """Whether the same words are still said in the same way: what was asserted and is now denied is something else.

    Where something around the words was changed, those who say them must be the same too.
    """
    if (before.voice, before.act) != (now.voice, now.act):
        return False
    return unchanged or {s.pk for s in before.sources.all()} == {s.pk for s in now.sources.all()}


def _statement(statements: list[Statement], place: Place, length: int) -> Statement | None:
    """The statement that a passage is now.

    Where all around it is as it was, another reader may have cut the text elsewhere: the least statement that holds the
    passage is meant. Else it must be the passage and no more, lest words that now begin "nobody believes that" be it.
    """
    end = place.start + length
    holding = [s for s in statements if s.start <= place.start and s.end >= end]
    least = min(holding, key=lambda s: (s.end - s.start, s.number), default=None)
    return least if least and (place.unchanged or (least.start, least.end) == (place.start, end)) else None
