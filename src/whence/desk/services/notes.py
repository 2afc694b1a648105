"""Notes: written by those who may, on statements as they stand, with links that bear them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from whence.desk.models import Evidence, Note, Statement, Story, User
from whence.desk.services import anchors, counts, facts, records, standing, webhooks
from whence.desk.vocabulary import MISLEADING_REASONS, NOT_MISLEADING_REASONS
from whence.errors import InputError
from whence.ledger.facts import note_fact, withdrawal_fact

__all__ = [
    "LONGEST",
    "MOST_SOURCES",
    "MOST_STATEMENTS",
    "SHORTEST",
    "Draft",
    "check",
    "clean_sources",
    "reasons_of",
    "withdraw",
    "write",
]

SHORTEST, LONGEST = 20, 2000  # characters of a note's text
MOST_SOURCES = 10
MOST_STATEMENTS = 10


def reasons_of(says: str) -> dict[str, str]:
    """Return the reasons that a note may give, by their public words, with what the form shows.

    Args:
        says: what the note says; one that needs context gives the reasons of a misleading one.
    """
    known = NOT_MISLEADING_REASONS if says == Note.Says.NOT_MISLEADING else MISLEADING_REASONS
    return {word: str(shown) for word, shown in known.items()}


def clean_sources(lines: Sequence[str]) -> list[str]:
    """Return a note's links without empty lines and repetitions.

    Args:
        lines: http(s) addresses.

    Raises:
        InputError: when there is none, there are too many, or one is none.
    """
    found = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not found:
        raise InputError(_("A note rests on at least one link that bears it out: add one."))
    if len(found) > MOST_SOURCES:
        raise InputError(_("A note has at most %(most)d links: leave the best.") % {"most": MOST_SOURCES})
    for url in found:
        try:
            parts = urlsplit(url)
            good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            good = False
        if not good or len(url) > 2000 or any(c.isspace() or ord(c) < 32 for c in url) or "@" in parts.netloc:
            raise InputError(
                _("A link is a whole address that begins with http:// or https://, unlike “%(url)s”.")
                % {"url": url[:80]}
            )
    return found


@dataclass(frozen=True)
class Draft:
    """A note's parts as they would be written.

    Args:
        statements: in the story's order, with version and sources.
        says, reasons, text, sources, verdict: as in `write`, cleaned.
    """

    statements: list[Statement]
    says: str
    reasons: list[str]
    text: str
    sources: list[str]
    verdict: str


def check(
    *,
    story: Story,
    statements: Sequence[int],
    says: str,
    reasons: Sequence[str],
    text: str,
    sources: Sequence[str],
    verdict: str = "",
) -> Draft:
    """Clean the parts of a note, for a preview or to be written; arguments and errors are those of `write`."""
    if story.hidden or story.state != Story.State.READ:
        raise standing.Refused(_("Notes are written on stories that are there to be read; this one is not."))
    rows = _statements(story, statements)
    if says not in Note.Says.values:
        raise InputError(_("A note says misleading, not misleading or needs context: choose one."))
    reasons = list(dict.fromkeys(reasons))
    if not reasons or any(reason not in reasons_of(says) for reason in reasons):
        raise InputError(_("A note gives at least one reason of those that go with what it says: choose one."))
    verdict = " ".join(verdict.split())
    if len(verdict) > 80:
        raise InputError(_("A rating in a word has at most 80 characters."))
    return Draft(rows, says, reasons, _clean_text(text), clean_sources(sources), verdict)


@facts.writing()
def write(author: User, *, story: Story, **parts: Any) -> Note:
    """Write a note, with its entry in the public log; its links are archived by the worker.

    Args:
        author: who writes.
        story: on which story.
        statements: keys of statements of its latest version; 1 to 10.
        says: one of Note.Says.
        reasons: words of vocabulary.py; 1 or more.
        text: 20 to 2,000 characters.
        sources: http(s) addresses; 1 to 10.
        verdict: a rating in a word or two for ClaimReview, or "".

    Returns:
        The note; the same one where its author has written it already (a form that was sent twice).

    Raises:
        Refused: when the author may not write now, or the story is hidden.
        InputError: when a part cannot be one.
    """
    # The author's row is locked, so that two requests at once cannot both be the day's last note.
    author = User.objects.select_for_update().get(pk=author.pk)
    standing.check_may_act(author)
    story = Story.objects.select_for_update(of=("self",)).select_related("outlet").get(pk=story.pk)
    draft = check(story=story, **parts)
    if twin := _twin(author, story, draft):
        return twin
    standing.check_may_write(author)
    note = Note.objects.create(
        story=story,
        author=author,
        says=draft.says,
        reasons=draft.reasons,
        text=draft.text,
        verdict=draft.verdict,
        claimant=_claimant(draft.statements[0], story),
        claim_date=story.published,
        first_appearance=story.url or "",
    )
    for row in draft.statements:
        anchor = anchors.on_statement(row)
        anchor.note = note
        anchor.save()
    kept = [Evidence.objects.create(note=note, url=url) for url in draft.sources]
    note.entry = facts.append([note_fact(records.public_note(note))])
    note.save(update_fields=["entry"])
    counts.recount([story.pk])
    webhooks.announce_note(note)
    from whence.desk import tasks

    for evidence in kept:
        tasks.archive_evidence.enqueue(evidence.pk)
    return note


def _twin(author: User, story: Story, draft: Draft) -> Note | None:
    keys = {row.pk for row in draft.statements}
    for note in Note.objects.filter(author=author, story=story, text=draft.text, says=draft.says, withdrawn=None):
        if {anchor.statement_id for anchor in note.anchors.all()} == keys:
            return note
    return None


def _clean_text(text: str) -> str:
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if not SHORTEST <= len(text) <= LONGEST:
        raise InputError(
            _("A note has %(least)d to %(most)d characters, this one %(have)d.")
            % {"least": SHORTEST, "most": LONGEST, "have": len(text)}
        )
    if any(ord(c) < 32 and c not in "\n\t" for c in text):
        raise InputError(_("A note is plain text, without control characters."))
    return text


def _statements(story: Story, keys: Sequence[int]) -> list[Statement]:
    if not 1 <= len(set(keys)) <= MOST_STATEMENTS:
        raise InputError(_("A note is on 1 to %(most)d statements: choose them.") % {"most": MOST_STATEMENTS})
    rows = list(
        Statement.objects.filter(pk__in=keys, story=story, current=True)
        .select_related("version")
        .prefetch_related("sources")
        .order_by("number")
    )
    if len(rows) != len(set(keys)):
        raise InputError(_("The story has changed since you opened it: choose the statements again."))
    return rows


def _claimant(statement: Statement, story: Story) -> str:
    """Who made the claim: the statement's source where it is named; the outlet where it speaks in its own voice."""
    if statement.voice == "own":
        return story.outlet.name if story.outlet else ""
    named = [source.label for source in statement.sources.all() if source.naming == "named"]
    return named[0][:300] if named else ""


@facts.writing()
def withdraw(author: User, note: Note) -> None:
    """Take a note back; its record and its ratings stay. Doing it twice is as doing it once.

    Args:
        author: who asks.
        note: to be withdrawn.

    Raises:
        Refused: when somebody else wrote it, or the author is blocked.
    """
    note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    standing.check_may_act(author)
    if note.author_id != author.pk:
        raise standing.Refused(_("Notes are withdrawn by those who wrote them."))
    if note.withdrawn is not None:
        return
    note.withdrawn = timezone.now()
    note.withdrawal_entry = facts.append([withdrawal_fact(str(note.pk), facts.stamp(note.withdrawn))])
    note.save(update_fields=["withdrawn", "withdrawal_entry"])
    counts.recount([note.story_id])
