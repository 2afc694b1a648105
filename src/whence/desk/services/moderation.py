"""What moderators do: every act has a public reason and is in the public log, in one transaction with its effect."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from whence.desk.caching import bump
from whence.desk.models import Anchor, Evidence, ModerationAct, Note, Report, Statement, Story, User, Version
from whence.desk.services import counts, facts, records
from whence.errors import InputError
from whence.ledger import Entry
from whence.ledger.facts import moderation_fact, removal_fact

__all__ = [
    "NotAllowed",
    "block",
    "discount",
    "hide_note",
    "hide_story",
    "insist_on_moderator",
    "record_act",
    "recount",
    "remove_note",
    "remove_story",
    "report",
    "settle",
    "show_note",
    "show_story",
    "unblock",
]

_Act = ModerationAct.Act
REPORT_REASONS = ("abuse", "private", "law", "spam", "other")


class NotAllowed(InputError):
    """Somebody who is no moderator tried to act as one."""


def insist_on_moderator(by: User) -> None:
    """Refuse whoever is no moderator.

    Raises:
        NotAllowed: when somebody is none, or no longer.
    """
    if not (by.is_active and by.is_staff) or by.blocked:
        raise NotAllowed("only moderators do this, and this account is none")


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not 3 <= len(text) <= 500:
        raise InputError(f"a moderator's act has a public reason of 3 to 500 characters: this one has {len(text)}")
    return text


def record_act(act: ModerationAct) -> ModerationAct:
    """Keep an act with its entry in the public log, in the transaction that is open.

    Args:
        act: not saved yet.
    """
    insist_on_moderator(act.by)
    act.reason = _reason(act.reason)
    act.at = timezone.now()
    act.save()
    known = records.act_record(act)
    if known is not None:
        act.entry = facts.append([moderation_fact(known)])
        act.save(update_fields=["entry"])
    return act


@facts.writing()
def hide_note(by: User, note: Note, reason: str) -> ModerationAct:
    """Hide a note: its page says that, and why, in its stead.

    Args:
        by: a moderator.
        note: any.
        reason: for everybody, 3 to 500 characters.

    Raises:
        NotAllowed: when `by` is no moderator.
        InputError: when the reason is too short or too long.
    """
    return _note_hidden(by, note, reason, hidden=True)


@facts.writing()
def show_note(by: User, note: Note, reason: str) -> ModerationAct:
    """Show a hidden note again; arguments and errors as for hide_note."""
    return _note_hidden(by, note, reason, hidden=False)


def _note_hidden(by: User, note: Note, reason: str, *, hidden: bool) -> ModerationAct:
    note = Note.objects.select_for_update().get(pk=note.pk)
    if not note.text and not hidden:
        raise InputError("a removed note cannot be shown again: its text is gone")
    act = record_act(ModerationAct(act=_Act.HIDE_NOTE if hidden else _Act.SHOW_NOTE, by=by, note=note, reason=reason))
    note.hidden = hidden
    note.save(update_fields=["hidden"])
    counts.recount([note.story_id])
    return act


@facts.writing()
def hide_story(by: User, story: Story, reason: str) -> ModerationAct:
    """Hide a story from lists and searches, and its page behind the reason; its record stays.

    Args and errors as for hide_note.
    """
    return _story_hidden(by, story, reason, hidden=True)


@facts.writing()
def show_story(by: User, story: Story, reason: str) -> ModerationAct:
    """Show a hidden story again; arguments and errors as for hide_note."""
    return _story_hidden(by, story, reason, hidden=False)


def _story_hidden(by: User, story: Story, reason: str, *, hidden: bool) -> ModerationAct:
    story = Story.objects.select_for_update().get(pk=story.pk)
    kind = _Act.HIDE_STORY if hidden else _Act.SHOW_STORY
    act = record_act(ModerationAct(act=kind, by=by, story=story, reason=reason))
    story.hidden = hidden
    story.save(update_fields=["hidden", "changed"])
    bump()
    return act


@facts.writing()
def block(by: User, person: User, until: datetime, reason: str) -> ModerationAct:
    """Keep a contributor from changing anything until a time; what they wrote and rated before counts on.

    Args:
        by: a moderator.
        person: no moderator themselves, unless `by` is an administrator.
        until: in the future.
        reason: for everybody, 3 to 500 characters.

    Raises:
        NotAllowed: when `by` is no moderator, or blocks one, or themselves.
        InputError: when the time has passed or the reason does not do.
    """
    insist_on_moderator(by)
    if person.pk == by.pk or (person.is_staff and not by.is_superuser):
        raise NotAllowed("moderators block neither themselves nor one another: ask an administrator")
    if until <= timezone.now():
        raise InputError("a block ends in the future: choose a later day")
    person = User.objects.select_for_update().get(pk=person.pk)
    act = record_act(ModerationAct(act=_Act.BLOCK, by=by, person=person, reason=reason))
    person.blocked_until, person.blocked_reason = until, act.reason
    person.save(update_fields=["blocked_until", "blocked_reason"])
    return act


@facts.writing()
def unblock(by: User, person: User, reason: str) -> ModerationAct:
    """Lift a block.

    Args and errors as for hide_note.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    act = record_act(ModerationAct(act=_Act.UNBLOCK, by=by, person=person, reason=reason))
    person.blocked_until, person.blocked_reason = None, ""
    person.save(update_fields=["blocked_until", "blocked_reason"])
    return act


@facts.writing()
def discount(by: User, person: User, reason: str) -> ModerationAct:
    """Set a contributor's ratings aside: from the next scoring on none of them counts, past ones included.

    For accounts that are not somebody's own view: a second one of the same person, one that was sold. It turns
    statuses, so that administrators alone do it, in the public log; anybody can compute what they would be without it.

    Args:
        by: an administrator.
        person: somebody else, whose ratings count.
        reason: for everybody, 3 to 500 characters.

    Raises:
        NotAllowed: when `by` is no administrator, or does it to themselves.
        InputError: when they are set aside already, or the reason does not do.
    """
    return _counting(by, person, reason, counts=False)


@facts.writing()
def recount(by: User, person: User, reason: str) -> ModerationAct:
    """Count a contributor's ratings again, all of them; arguments and errors as for discount."""
    return _counting(by, person, reason, counts=True)


def _counting(by: User, person: User, reason: str, *, counts: bool) -> ModerationAct:
    insist_on_moderator(by)
    if not by.is_superuser or person.pk == by.pk:
        raise NotAllowed("an administrator decides whose ratings count, and not of their own")
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.discounted is not counts:
        raise InputError(f"the ratings of {person.alias} {'count' if counts else 'are set aside'} already")
    kind = _Act.RECOUNT if counts else _Act.DISCOUNT
    act = record_act(ModerationAct(act=kind, by=by, person=person, reason=reason))
    person.discounted = not counts
    person.save(update_fields=["discounted"])
    return act


@facts.writing()
def remove_note(by: User, note: Note, ground: str) -> ModerationAct:
    """Delete a note's text because the law demands it: text and salt go, the log's hash stays and tells nothing.

    Args:
        by: a moderator.
        note: any.
        ground: the law or the order, for everybody; without what is removed.

    Raises:
        NotAllowed, InputError: as for hide_note.
    """
    note = Note.objects.select_for_update().get(pk=note.pk)
    act = record_act(ModerationAct(act=_Act.REMOVE, by=by, note=note, reason=ground))
    _log_removals(act, [note.entry])
    Note.objects.filter(pk=note.pk).update(
        text="", verdict="", salt=b"", claimant="", claim_date="", first_appearance="", hidden=True
    )
    note.evidence.all().delete()
    bump()
    counts.recount([note.story_id])
    return act


@facts.writing()
def remove_story(by: User, story: Story, ground: str) -> ModerationAct:
    """Delete a story's text, snapshots and readings because the law demands it; its counts and its record stay.

    Args and errors as for remove_note.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    act = record_act(ModerationAct(act=_Act.REMOVE, by=by, story=story, reason=ground))
    entries: list[int | None] = []
    for version in story.versions.order_by("number").only("entry"):
        if version.entry is not None:
            entries += [version.entry, version.entry + 1]
    notes = list(story.notes.order_by("pk"))
    # A note's commitment covers the words that it quotes, which go too.
    _log_removals(act, [*entries, *(note.entry for note in notes if note.text)])
    Version.objects.filter(story=story).update(
        text="",
        reading="",
        reasons=b"",
        snapshot=b"",
        snapshot_salt=b"",
        reading_salt=b"",
        snapshot_hash="",
        reading_hash="",
    )
    Anchor.objects.filter(note__story=story).update(exact="", prefix="", suffix="")
    Evidence.objects.filter(note__story=story).update(archived="")
    Note.objects.filter(story=story).update(salt=b"")
    Statement.objects.filter(story=story).update(text="", fact_checks=[])
    Statement.sources.through.objects.filter(statement__story=story).delete()
    Story.objects.filter(pk=story.pk).update(
        state=Story.State.REMOVED,
        title="",
        url=None,
        given="",
        published="",
        trouble=act.reason,
        outlet=None,
        byline=None,
        hidden=True,
    )
    bump()
    return act


def _log_removals(act: ModerationAct, entries: list[int | None]) -> None:
    at = facts.stamp(act.at)
    removals: list[Entry] = [removal_fact(place, act.reason, at) for place in entries if place is not None]
    if removals:
        act.entry = facts.append(removals)
        act.save(update_fields=["entry"])


@facts.writing()
def report(by: User | None, target: Note | Story, reason: str, text: str = "") -> Report:
    """Tell the moderators of a note or story.

    Args:
        by: who reports, or None for a visitor.
        target: what is reported.
        reason: one of REPORT_REASONS.
        text: details, at most 2,000 characters.

    Raises:
        InputError: when the reason is none, or the text too long.
    """
    if reason not in REPORT_REASONS:
        raise InputError(f"a report's reason is one of {', '.join(REPORT_REASONS)}, not {reason[:40]!r}")
    if len(text) > 2000:
        raise InputError(f"a report's details have at most 2,000 characters, these {len(text)}: shorten them")
    note, story = (target, None) if isinstance(target, Note) else (None, target)
    if by is not None:  # Reporting the same thing twice makes it no worse.
        again = Report.objects.filter(by=by, note=note, story=story, settled=None).first()
        if again is not None:
            again.reason, again.text = reason, text
            again.save(update_fields=["reason", "text"])
            return again
    return Report.objects.create(by=by, note=note, story=story, reason=reason, text=text)


@facts.writing()
def settle(by: User, report: Report) -> None:
    """Close a report.

    Args:
        by: a moderator.
        report: any.

    Raises:
        NotAllowed: when `by` is no moderator.
    """
    insist_on_moderator(by)
    Report.objects.filter(pk=report.pk, settled=None).update(settled=timezone.now())
