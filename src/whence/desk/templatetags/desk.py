"""Filters of the desk's templates."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import template

from whence.desk import telling, vocabulary, words
from whence.desk.models import Note, NoteScore, Statement
from whence.publish.safe import safe_url

__all__ = ["register"]

register = template.Library()

_MARKS = "“”„«»‹›‘’'\""


@register.filter
def state(note: Note) -> str:
    """Return a note's state: hidden, withdrawn, or the status that its ratings make it."""
    if note.hidden:
        return "hidden"
    if note.withdrawn:
        return "withdrawn"
    try:
        return note.score.status
    except NoteScore.DoesNotExist:
        return "needs-more-ratings"


@register.filter
def state_words(value: str) -> str:
    """Return what readers are told of a state."""
    return words.state_words(value)


@register.filter
def reason(value: str) -> str:
    """Return a reason of a note or rating in words."""
    for vocabularies in (
        vocabulary.MISLEADING_REASONS,
        vocabulary.NOT_MISLEADING_REASONS,
        vocabulary.HELPFUL_TAGS,
        vocabulary.NOT_HELPFUL_TAGS,
    ):
        if value in vocabularies:
            return str(vocabularies[value])
    return value


@register.filter
def act(value: str) -> str:
    """Return a speech act as a verb."""
    return words.act(value)


@register.filter
def kind(value: str) -> str:
    """Return what a source is."""
    return words.kind(value)


@register.filter
def say(value: str) -> str:
    """Return words of the library in the page's language."""
    return words.say(value)


@register.filter
def host(url: str) -> str:
    """Return the host of an address, without its www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@register.filter
def web(url: str) -> bool:
    """Return whether an address may stand in a link."""
    return safe_url(url) is not None


@register.filter
def interval(score: NoteScore, threshold: float) -> dict[str, str]:
    """Return the places of a score, its interval and the threshold on a line from 0 to 100.

    Args:
        score: with its score; the line runs from -0.2 to 1.2, and what lies outside is drawn at its end.
        threshold: that the interval's low end must reach.
    """

    def place(value: float | None) -> float:
        return min(100.0, max(0.0, ((value or 0.0) + 0.2) / 1.4 * 100))

    low = place(score.low if score.low is not None else score.score)
    high = place(score.high if score.high is not None else score.score)
    numbers = {
        "low": low,
        "width": max(high - low, 0.5),
        "score": max(place(score.score) - 0.5, 0.0),
        "threshold": place(threshold),
    }
    return {name: f"{number:.1f}" for name, number in numbers.items()}


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: str | int | None) -> str:
    """Return the page's own query with some parameters changed; None takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return "?" + query.urlencode() if query else "?"


@register.filter
def shade(statement: Statement) -> str:
    """Return whose voice a kept statement is in, as the library marks it: named, unnamed, nobody or own."""
    if statement.voice == "own":
        return "own"
    return {"named": "named", "unnamed": "unnamed"}.get(statement.naming, "nobody")


@register.filter
def voice(value: str) -> str:
    """Return whose voice a shade is, in words."""
    return words.voice(value)


@register.filter
def when(iso: str) -> str:
    """Return an ISO 8601 time of any precision as the page's language writes it."""
    return words.when(iso)


@register.filter
def trouble(says: str) -> telling.Told:
    """Return why something failed, in the page's language where it can be said in it."""
    return telling.trouble(says)


@register.filter
def quoted(text: str) -> bool:
    """Return whether a text begins with a quotation mark of its own, so that the page sets none around it."""
    return text[:1] in _MARKS and bool(text)
