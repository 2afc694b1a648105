"""What is new, for feeds and webhooks: statements, notes, statuses, corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from whence.desk import config
from whence.desk.models import Appeal, Note, Statement, StatusChange, Story
from whence.desk.search import about
from whence.desk.services import facts
from whence.desk.services.records import absolute, status_word
from whence.records.change import Change, ChangeKind
from whence.records.note_status import STATUS_WORDS

__all__ = ["MOST", "Wanted", "latest", "note_change", "status_change"]

MOST = 50
"""Changes in a feed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a follower wants.

    Args:
        kinds: of changes; all where there is none.
        outlet: slug of an outlet, or "".
        source: slug of a source, or "".
        topic: words that a story holds in its headline or in one of its statements (desk/search.py), or "".
        before: only what happened earlier, or None.
    """

    kinds: tuple[ChangeKind, ...] = ()
    outlet: str = ""
    source: str = ""
    topic: str = ""
    before: datetime | None = None

    def of_story(self, path: str) -> Q:
        """Return the filter on a story that rows lead to by a path of Django's lookups."""
        found = Q(**{f"{path}hidden": False})
        if self.outlet:
            found &= Q(**{f"{path}outlet__slug": self.outlet})
        if self.topic:
            try:
                found &= about(self.topic, path)
            except ValueError:  # a topic without a word is nothing that a story holds
                found &= Q(pk__in=[])
        return found

    def until(self, rows: QuerySet[Any], field: str) -> QuerySet[Any]:
        """Return the rows before the time, the latest first."""
        if self.before is not None:
            rows = rows.filter(**{f"{field}__lt": self.before})
        return rows.order_by(f"-{field}", "-pk")[:MOST]


def latest(wanted: Wanted) -> list[Change]:
    """Return what is new, the latest first, at most MOST.

    Args:
        wanted: what a follower wants.
    """
    makers: dict[ChangeKind, Callable[[Wanted], Iterable[Change]]] = {
        "statement": _statements,
        "note": _notes,
        "status": _statuses,
        "correction": _corrections,
    }
    found = [change for kind in wanted.kinds or tuple(makers) for change in makers[kind](wanted)]
    found.sort(key=lambda change: (change.at, change.id), reverse=True)
    return found[:MOST]


def _id(kind: str, number: object) -> str:
    host = facts.origin().split("/")[0].split(":")[0]
    return f"tag:{host},2026:{kind}:{number}"


def _statements(wanted: Wanted) -> Iterable[Change]:
    rows = Statement.objects.filter(wanted.of_story("story__"), current=True)
    if wanted.source:
        rows = rows.filter(sources__slug=wanted.source)
    rows = rows.select_related("story__outlet", "version").prefetch_related("sources")
    for one in wanted.until(rows, "version__fetched"):
        labels = tuple(source.label for source in one.sources.all())
        who = ", ".join(labels) or _("the outlet’s own voice")
        yield Change(
            id=_id("statement", one.pk),
            kind="statement",
            title=_line(f"{who}: {one.text}"),
            text=one.text,
            url=absolute(one.get_absolute_url()),
            at=facts.stamp(one.version.fetched),
            outlet=_outlet(one.story),
            sources=labels,
        )


def _shown_notes(wanted: Wanted, path: str) -> Q:
    found = wanted.of_story(f"{path}story__") & Q(**{f"{path}hidden": False, f"{path}withdrawn": None})
    if wanted.source:
        found &= Q(**{f"{path}anchors__statement__sources__slug": wanted.source})
    return found


def _notes(wanted: Wanted) -> Iterable[Change]:
    rows = Note.objects.filter(_shown_notes(wanted, "")).distinct().select_related("author", "story__outlet")
    return map(note_change, wanted.until(rows, "created"))


def note_change(note: Note) -> Change:
    """Return the news that a note was written.

    Args:
        note: one that stands.
    """
    return Change(
        id=_id("note", note.pk),
        kind="note",
        title=_line(_("Note by %(alias)s on “%(title)s”") % {"alias": note.author.alias, "title": note.story}),
        text=note.text,
        url=absolute(note.get_absolute_url()),
        at=facts.stamp(note.created),
        author=note.author.alias,
        outlet=_outlet(note.story),
    )


def _statuses(wanted: Wanted) -> Iterable[Change]:
    rows = StatusChange.objects.filter(_shown_notes(wanted, "note__")).distinct()
    return map(status_change, wanted.until(rows.select_related("note__author", "note__story__outlet"), "at"))


def status_change(change: StatusChange) -> Change:
    """Return the news that a note's status has changed."""
    note = change.note
    words = STATUS_WORDS[status_word(change.after)]
    return Change(
        id=_id("status", change.pk),
        kind="status",
        title=_line(f"{words} – {note.story}"),
        text=note.text if not note.hidden and note.withdrawn is None else words,
        url=absolute(note.get_absolute_url()),
        at=facts.stamp(change.at),
        author=note.author.alias,
        outlet=_outlet(note.story),
    )


def _corrections(wanted: Wanted) -> Iterable[Change]:
    rows = Appeal.objects.exclude(state=Appeal.State.OPEN).filter(
        (Q(note__isnull=False) & wanted.of_story("note__story__"))
        | (Q(story__isnull=False) & wanted.of_story("story__"))
    )
    if wanted.source:
        rows = rows.filter(note__anchors__statement__sources__slug=wanted.source).distinct()
    for one in wanted.until(rows.select_related("note__story__outlet", "story__outlet"), "answered"):
        target = one.note or one.story
        story = one.note.story if one.note else one.story
        if target is None or story is None or one.answered is None:
            continue
        yield Change(
            id=_id("correction", one.pk),
            kind="correction",
            title=_line(f"{one.name}: {one.get_state_display()} – {story}"),
            text=f"{one.text}\n\n{one.answer}",
            url=absolute(target.get_absolute_url()),
            at=facts.stamp(one.answered),
            author=one.name,
            outlet=_outlet(story),
        )


def _outlet(story: Story) -> str:
    return story.outlet.name if story.outlet else ""


def _line(text: str) -> str:
    text = " ".join(text.split())
    return (text if len(text) <= 160 else text[:159].rstrip() + "…") or config.get().name
