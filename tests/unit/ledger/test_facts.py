"""Records become entries: what is public for ever, and what the log only commits itself to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.verification.community import SALT, note, page
from whence.errors import FormatError, InputError
from whence.ledger import KINDS, Entry, FolderStorage, Log, Signer, canonical, evidence_of, facts, holds
from whence.ledger.notes import parse
from whence.records.moderation import ModerationAct
from whence.records.note_status import NoteStatus

AT = "2026-03-04T05:06:07Z"


def every() -> list[Entry]:
    """A fact of every kind but a key."""
    status = NoteStatus("n1", "helpful", 0.9, 0.8, 0.95, scorer="s/1", counted=3, computed=AT)
    return [
        facts.story_fact(page(), AT),
        facts.reading_fact(page(), AT),
        facts.note_fact(note(1)),
        facts.withdrawal_fact("n1", AT),
        facts.rating_fact("n1", "heron", "helpful", AT, ("helpfulClear",)),
        facts.status_fact(status),
        facts.run_fact("s/1", {"seed": 1}, 3, {"n1": "helpful"}, AT),
        facts.moderation_fact(ModerationAct("note:n1", "hide", "spam", "owl", AT)),
        facts.correction_fact("note:n1", "outlet", "sha256:00", AT, "7"),
        facts.removal_fact(2, "court order", AT),
    ]


def test_there_is_a_function_for_every_kind() -> None:
    assert [entry.kind for entry in every()] == [kind for kind in KINDS if kind != "key"]
    for entry in every():
        assert Entry.decode(entry.encode()) == entry


def test_no_text_is_in_the_log() -> None:
    written = b"\n".join(entry.encode() for entry in every()).decode()
    one = note(1)
    for text in (one.text, *one.sources, one.claim, one.claimant, "False", page().title, page().story_url, "Courier"):
        assert text not in written
    assert one.salt not in written
    assert SALT not in written


def test_a_commitment_binds_every_part_of_the_content() -> None:
    base = facts.note_fact(note(1)).body["content"]
    changed = [
        note(1, text="Another."),
        note(1, sources=("https://other.example/",)),
        note(1, claim="Another."),
        note(1, rating=None),
        note(1, language="de"),
        note(1, anchors=()),
        note(1, salt="f" * 32),
    ]
    assert len({base, *(facts.note_fact(one).body["content"] for one in changed)}) == len(changed) + 1
    shown = replace(note(1), hidden="spam", withdrawn=True, orphaned=True, url="")
    assert facts.note_fact(shown).body["content"] == base


def test_the_words_of_a_rating() -> None:
    for level, word in (("somewhat-helpful", "somewhat"), ("not-helpful", "not"), ("withdrawn", "withdrawn")):
        assert facts.rating_fact("n1", "heron", level, AT).body["helpful"] == word
    with pytest.raises(FormatError, match="not 'great'"):
        facts.rating_fact("n1", "heron", "great", AT)


@given(st.binary() | st.text().filter(lambda t: t.isprintable()))
def test_salts_are_fresh_and_commitments_hold(value: bytes | str) -> None:
    salt = facts.new_salt()
    assert len(salt) == 32
    assert salt != facts.new_salt()
    assert facts.salted(salt, value) == facts.salted(salt, value) != facts.salted(facts.new_salt(), value)


def test_what_is_no_salt_or_no_json_is_refused() -> None:
    for salt in ("", "00", "x" * 32, "0" * 34):
        with pytest.raises(FormatError, match="32 hexadecimal digits"):
            facts.salted(salt, b"")
    with pytest.raises(FormatError, match="canonical form"):
        canonical({"a": float("nan")})


def test_the_digest_does_not_see_notes_that_need_ratings() -> None:
    assert facts.statuses_digest({"a": "helpful", "b": "needs-more-ratings"}) == facts.statuses_digest({"a": "helpful"})
    assert facts.statuses_digest({"a": "helpful"}) != facts.statuses_digest({"a": "not-helpful"})


def test_evidence_proves_its_entries(tmp_path: Path) -> None:
    signer = Signer("example.org/log", bytes(range(32)))
    log = Log(FolderStorage(tmp_path), signer)
    log.append(every())
    found = evidence_of(log, [7, 2, 7], url="https://example.org/log", key=str(signer.verifier))
    assert [one.index for one in found.entries] == [2, 7]
    head = log.checkpoint()
    assert parse(found.checkpoint.encode()).text == head.text
    for one in found.entries:
        assert one.entry.encode() == every()[one.index].encode()
        proof = [bytes.fromhex(word) for word in one.proof]
        assert holds(head.root, head.size, one.entry.encode(), one.index, proof)
    with pytest.raises(InputError, match="entries 0 to 9, not 10"):
        evidence_of(log, [10], url="", key="")
