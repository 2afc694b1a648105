"""Rows as records: what the desk publishes, exports and logs is made here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from django.db.models import Q
from django.urls import reverse

from whence.desk import config
from whence.desk.models import Anchor, LogSubject, ModerationAct, Note, NoteScore, Story, Version
from whence.desk.services import facts
from whence.ledger import evidence_of
from whence.records.anchor import Anchor as AnchorRecord
from whence.records.evidence import Evidence
from whence.records.moderation import Act
from whence.records.moderation import ModerationAct as ActRecord
from whence.records.note import Classification, NoteRating, PublicNote
from whence.records.note_status import NoteStatus, SideCounts
from whence.records.rating import STATUSES
from whence.records.rating import Status as StatusWord
from whence.records.story_record import StoryRecord

__all__ = [
    "NOTE_PARTS",
    "absolute",
    "act_record",
    "note_status",
    "public_note",
    "record_url",
    "status_word",
    "story_record",
    "version_record",
]

NOTE_PARTS = ("anchors", "evidence", "acts")
"""What public_note reads beside a note's row; for prefetch_related, with select_related of author and story."""

_SAYS: tuple[Classification, ...] = get_args(Classification)
_ACTS: dict[str, Act] = {
    ModerationAct.Act.HIDE_NOTE: "hide",
    ModerationAct.Act.SHOW_NOTE: "restore",
    ModerationAct.Act.HIDE_STORY: "hide",
    ModerationAct.Act.SHOW_STORY: "restore",
    ModerationAct.Act.BLOCK: "block",
    ModerationAct.Act.UNBLOCK: "unblock",
    ModerationAct.Act.DISCOUNT: "discount",
    ModerationAct.Act.RECOUNT: "recount",
    ModerationAct.Act.UPHOLD: "uphold",
    ModerationAct.Act.DISMISS: "dismiss",
}


def absolute(path: str) -> str:
    """Return a path of the desk as an address."""
    return config.get().url + path


def public_note(note: Note) -> PublicNote:
    """Return a note as everybody may see it; anchors, evidence and story are read with it.

    Args:
        note: saved, with its anchors and evidence.

    Raises:
        ValueError: as PublicNote.
    """
    # In one order always: the log commits to it.
    anchors = sorted(note.anchors.all(), key=lambda anchor: anchor.pk)
    evidence = sorted(note.evidence.all(), key=lambda one: one.pk)
    # Notes on a story that the law had removed quote it: they go with it.
    removed = not note.text or note.story.state == Story.State.REMOVED
    return PublicNote(
        id=str(note.pk),
        story=note.story.key,
        statements=tuple(dict.fromkeys(anchor.mark for anchor in anchors)),
        text="" if removed else note.text,
        classification=_says(note.says),
        reasons=tuple(note.reasons),
        sources=() if removed else tuple(one.url for one in evidence),
        author=note.author.alias,
        created=facts.stamp(note.created),
        url=absolute(note.get_absolute_url()),
        claimant="" if removed else note.claimant,
        claim_date=note.claim_date or None if not removed else None,
        first_appearance="" if removed else note.first_appearance,
        rating=NoteRating(note.verdict) if note.verdict and not removed else None,
        anchors=() if removed else tuple(map(_anchor, anchors)),
        orphaned=bool(anchors) and all(anchor.orphaned for anchor in anchors),
        withdrawn=note.withdrawn is not None,
        hidden=_why_hidden(note) if note.hidden and not removed else "",
        removed=removed,
        salt="" if removed else bytes(note.salt).hex(),
    )


def _says(word: str) -> Classification:
    for known in _SAYS:
        if known == word:
            return known
    raise ValueError(f"a note says {', '.join(_SAYS)}, not {word!r}")


def _anchor(anchor: Anchor) -> AnchorRecord:
    return AnchorRecord(anchor.start, anchor.end, anchor.exact, anchor.prefix, anchor.suffix)


def _why_hidden(note: Note) -> str:
    acts = [act for act in note.acts.all() if act.act == ModerationAct.Act.HIDE_NOTE]
    return max(acts, key=lambda act: act.pk).reason if acts else "hidden by a moderator"


def note_status(score: NoteScore) -> NoteStatus:
    """Return a note's present status; its run is read with it.

    Args:
        score: of the last run that saw the note.
    """
    run = score.run
    first, second = [*map(_side, score.sides), SideCounts(), SideCounts()][:2]
    return NoteStatus(
        note=str(score.note_id),
        status=status_word(score.status),
        score=score.score,
        low=score.low,
        high=score.high,
        factor=score.factor,
        sides=(first, second),
        ratings=score.ratings,
        reason=score.reason,
        scorer=run.scorer,
        parameters=tuple(sorted(run.parameters.items())),
        counted=run.counted,
        computed=facts.stamp(run.finished or run.started),
    )


def status_word(word: str) -> StatusWord:
    """Return a row's status as one of the records' words.

    Raises:
        ValueError: when it is none.
    """
    for known in STATUSES:
        if known == word:
            return known
    raise ValueError(f"a status is one of {', '.join(STATUSES)}, not {word!r}")


def _side(side: dict[str, int]) -> SideCounts:
    return SideCounts(side.get("helpful", 0), side.get("somewhat", 0), side.get("not", 0))


def act_record(act: ModerationAct) -> ActRecord | None:
    """Return a moderator's act, or None for a removal, of which the log has an entry of another kind.

    Args:
        act: with its story, note and person.
    """
    if act.act not in _ACTS:
        return None
    return ActRecord(act.target, _ACTS[act.act], act.reason, act.by.alias, facts.stamp(act.at))


def version_record(story: Story, version: Version) -> StoryRecord:
    """Return what the log says of a version of a story, without its notes.

    Args:
        story: as its page describes it.
        version: with salts, snapshot and reading.
    """
    salt = bytes(version.snapshot_salt).hex()
    return StoryRecord(
        id=story.key,
        url=record_url(story),
        statements=story.statements,
        story_url=story.url or "",
        title=story.title,
        outlet=story.outlet.name if story.outlet else "",
        published=story.published,
        salt=salt,
        snapshot=version.snapshot_commitment,
        reading=version.reading_commitment,
        reader=version.reader,
    )


def story_record(story: Story, *, evidence: bool = True) -> StoryRecord:
    """Return everything that the desk has published about a story; one that was removed is `gone`.

    Args:
        story: any; a hidden one too, since its record says why.
        evidence: whether to prove that the log holds it.
    """
    version = story.versions.order_by("-number").defer("text", "reading", "reasons", "snapshot").first()
    notes = list(story.notes.order_by("pk").select_related("author", "story").prefetch_related(*NOTE_PARTS))
    scores = list(NoteScore.objects.filter(note__story=story).select_related("run").order_by("note_id"))
    authors = {note.author.alias for note in notes}
    acts = list(
        ModerationAct.objects.filter(
            Q(story=story) | Q(note__story=story) | Q(person__username__in=authors)
            | Q(appeal__story=story) | Q(appeal__note__story=story)
        )
        .select_related("story", "person", "by", "note")
        .order_by("pk")
    )  # fmt: skip
    gone = story.state == Story.State.REMOVED
    base = (
        version_record(story, version)
        if version
        else StoryRecord(id=story.key, url=record_url(story), statements=story.statements)
    )
    subjects = {
        f"story:{story.key}",
        "key",
        *(f"note:{note.pk}" for note in notes),
        *(f"contributor:{alias}" for alias in authors),
        *(act.target for act in acts),
    }
    return replace(
        base,
        salt="" if gone else base.salt,
        notes=tuple(map(public_note, notes)),
        statuses=tuple(map(note_status, scores)),
        moderation=tuple(one for one in map(act_record, acts) if one is not None),
        updated=facts.stamp(),
        gone=gone,
        evidence=_evidence(subjects, {score.run.entry for score in scores}) if evidence else None,
    )


def _evidence(subjects: Iterable[str], runs: Iterable[int | None]) -> Evidence | None:
    log = facts.log()
    places = list(LogSubject.objects.filter(subject__in=list(subjects)).values_list("place", flat=True))
    places += [place for place in runs if place is not None]
    return evidence_of(log, places, url=absolute("/log"), key=facts.first_key()) if places else None


def record_url(story: Story) -> str:
    """Address of a story's record."""
    return absolute(reverse("record", args=[story.key]))
