"""A record's words compared with the entries of the log that it rests on."""

from __future__ import annotations

from whence.errors import FormatError, VerificationError
from whence.ledger.facts import moderation_fact, salted
from whence.records.moderation import ModerationAct
from whence.records.note import PublicNote
from whence.records.story_record import StoryRecord
from whence.verification.storyfacts import StoryFacts

__all__ = ["compare_fields"]


def compare_fields(record: StoryRecord, facts: StoryFacts) -> None:
    """Compare everything that a record says with its entries.

    Args:
        record: hostile.
        facts: of the record's own entries, which were proven to be in the log.

    Raises:
        VerificationError: names the first thing that the entries do not bear out.
    """
    _story(record, facts)
    logged, said = set(facts.notes), {note.id for note in record.notes}
    if said - logged:
        raise VerificationError(f"no entry of the record bears out note {min(said - logged)[:80]}: it was added")
    if logged - said:
        note = min(logged - said)
        raise VerificationError(f"the record leaves out note {note[:80]}, which is entry {facts.notes[note][0]}")
    for written in record.notes:
        _note(written, facts)
    _statuses(record, facts)
    acts = [_encoded(act) for act in record.moderation]
    for number, (place, entry) in enumerate(facts.acts):
        if number >= len(acts) or entry.encode() != acts[number]:
            raise VerificationError(f"the record's moderation is not the log's: see entry {place}")
    if len(acts) > len(facts.acts):
        raise VerificationError("the record's moderation holds an act that none of its entries bears out")


def _story(record: StoryRecord, facts: StoryFacts) -> None:
    if facts.story is None or facts.reading is None:
        missing = "story" if facts.story is None else "reading"
        raise VerificationError(f"no entry of the record is the {missing} {record.id[:80]!r}: it was left out")
    place, entry = facts.story
    if record.salt:
        if _salted(record.salt, record.page()) != entry.body["page"]:
            raise VerificationError(
                f"address, title, outlet or date of the story are not those that entry {place} commits to: "
                "the record was made to speak of another page"
            )
    elif place not in facts.removed:
        raise VerificationError(f"the record lacks the salt of its story, and no entry says that entry {place} is gone")
    elif any(record.page().values()):
        raise VerificationError(f"entry {place} was removed by law, and the record still describes the page")
    if record.snapshot != entry.body["snapshot"]:
        raise VerificationError(f"the record's snapshot of the page is not that of entry {place}")
    place, entry = facts.reading
    for name, said in (
        ("reading", record.reading),
        ("reader", record.reader),
        ("statements", record.statements),
    ):
        if entry.body[name] != said:
            raise VerificationError(
                f"the record gives {name} as {said!s:.80}, and entry {place} has {entry.body[name]!s:.80}"
            )


def _note(note: PublicNote, facts: StoryFacts) -> None:
    place, entry = facts.notes[note.id]
    for name, said in (
        ("author", note.author),
        ("statements", list(note.statements)),
        ("classification", note.classification),
        ("reasons", list(note.reasons)),
    ):
        if entry.body.get(name) != said:
            raise VerificationError(
                f"note {note.id[:80]}: the record gives its {name} as {said!s:.80}, and entry {place} has "
                f"{entry.body.get(name)!s:.80}"
            )
    if note.created != entry.at:
        raise VerificationError(f"note {note.id[:80]} was written {entry.at} (entry {place}), not {note.created[:40]}")
    if note.removed != (place in facts.removed):
        says = (
            "no entry says that the law had it removed" if note.removed else "the log says that it was removed by law"
        )
        raise VerificationError(f"note {note.id[:80]} (entry {place}): {says}, and the record differs")
    if note.removed and (note.salt or any(note.content().values())):
        raise VerificationError(f"note {note.id[:80]} was removed by law, and the record still holds some of it")
    if not note.removed and _salted(note.salt, note.content()) != entry.body["content"]:
        raise VerificationError(
            f"the text, sources or verdict of note {note.id[:80]} are not those that entry {place} commits to: they "
            "were changed"
        )
    if note.orphaned and (facts.reading is None or facts.reading[0] < place):
        raise VerificationError(
            f"note {note.id[:80]} is said to have lost its words, but the story was not read again since entry {place}"
        )
    if note.withdrawn != (note.id in facts.withdrawn):
        says = "an entry says that it was withdrawn" if not note.withdrawn else "no entry says that it was withdrawn"
        raise VerificationError(f"note {note.id[:80]}: {says}, and the record differs")
    if not note.removed and note.hidden != facts.hidden(note.id):
        was = facts.hidden(note.id)
        raise VerificationError(
            f"note {note.id[:80]}: the log has it {f'hidden ({was[:80]})' if was else 'not hidden'}, the record "
            f"{f'hidden ({note.hidden[:80]})' if note.hidden else 'not hidden'}"
        )


def _statuses(record: StoryRecord, facts: StoryFacts) -> None:
    for status in record.statuses:
        if status.note not in facts.statuses:
            raise VerificationError(f"no entry of the record bears out the status of note {status.note[:80]}")
        place, entry = facts.statuses[status.note]
        if status.status != entry.body["status"]:
            raise VerificationError(
                f"the record gives the status of note {status.note[:80]} as {status.status}, and entry {place} has "
                f"{entry.body['status']!s:.40}"
            )
        # A later run that left the status as it was logs no status, but a run: its numbers are the record's then.
        runs = [entry, *(run for at, run in facts.runs if at > place)]
        said = (status.scorer, dict(status.parameters), status.counted, status.computed)
        if said not in [(run.body["scorer"], run.body["parameters"], run.body["ratings"], run.at) for run in runs]:
            raise VerificationError(
                f"the record has the status of note {status.note[:80]} from a run of {status.computed[:40]} over "
                f"{status.counted} entries, and neither entry {place} nor a later run bears that out"
            )
    if missing := set(facts.statuses) - {status.note for status in record.statuses}:
        note = min(missing)
        raise VerificationError(
            f"the record leaves out the status of note {note[:80]}, which is entry {facts.statuses[note][0]}"
        )


def _encoded(act: ModerationAct) -> bytes:
    try:
        return moderation_fact(act).encode()
    except FormatError as failure:
        raise VerificationError(f"the record: {failure}") from None


def _salted(salt: str, value: object) -> str:
    try:
        return salted(salt, value)
    except FormatError as failure:
        raise VerificationError(f"the record: {failure}") from None
