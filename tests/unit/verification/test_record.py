"""A story's record holds with its log; a log that was changed under it, or signed lies, are caught and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.verification import community as made
from tests.unit.verification.honest import COMMUNITY, FILES, KEY, RECORD, VALUE, Files, verified
from whence.errors import VerificationError
from whence.ledger import Checkpoint, Entry, FolderStorage, Log, Signer, evidence_of
from whence.ledger.bundles import pack, unpack
from whence.ledger.facts import moderation_fact, note_fact, rating_fact, run_fact, status_fact
from whence.ledger.notes import parse, sign
from whence.publish.record_json import to_record_json
from whence.records.moderation import ModerationAct
from whence.records.story_record import StoryRecord
from whence.verification import verify_log, verify_record
from whence.verification.scoring import SCORER


def test_an_untouched_record_holds_with_the_log_and_without() -> None:
    found = verified(VALUE)
    assert (found.proven, found.size, found.recomputed, found.ratings, found.newer) == (20, 143, 6, 119, 0)
    assert found.head is not None
    assert found.head.size == 143
    assert found.record == RECORD
    offline = verified(VALUE, None, None)
    assert (offline.head, offline.named, offline.proven) == (None, True, 20)


def test_the_badge_counts_what_stands() -> None:
    # n2 was removed, n4 hidden, n5 withdrawn; n0, n1 and n3 stand, on st1 and st2; n0 and n3 are helpful.
    assert RECORD.badge().line == "2 of 5 statements checked, 2 notes shown"


def test_a_badge_survives_the_story() -> None:
    files = FILES.copy()
    log = Log(files, made.SIGNER)
    log.append([Entry("removal", made.at(40), {"target": 0, "ground": "court order 13/2026"})])
    blank = {"story_url": "", "title": "", "outlet": "", "published": "", "salt": "", "gone": True}
    places = [one.index for one in RECORD.evidence.entries] if RECORD.evidence else []
    gone = StoryRecord.from_dict(
        replace(RECORD, **blank, evidence=evidence_of(log, [*places, 143], url="", key=str(KEY))).to_dict()
    )
    found = verify_record(gone, files.get, KEY)
    assert found.record.badge().line == RECORD.badge().line
    assert "crane" not in to_record_json(gone).split('"id": "crane"')[0]
    with pytest.raises(VerificationError, match="entry 0 was removed by law, and the record still describes the page"):
        verify_record(replace(gone, title="Crane"), files.get, KEY)


# Tampering with the log under an honest record.


def roll_back(files: Files) -> None:
    files.files.clear()
    Log(files, made.SIGNER).append(COMMUNITY.entries[:100])


def rewrite(files: Files) -> None:
    files.files.clear()
    first = rating_fact("n1", "r00", "not", made.at(10))
    Log(files, made.SIGNER).append([*COMMUNITY.entries[:25], first, *COMMUNITY.entries[26:]])


def another_log(files: Files) -> None:
    files.files.clear()
    Log(files, Signer("rival.example/log", bytes(32))).append(COMMUNITY.entries)


def flip_rating(files: Files) -> None:
    path = "tile/entries/000.p/143"
    rows = unpack(files.files[path], 143)
    assert b'"helpful":"not"' in rows[26]
    rows[26] = rows[26].replace(b'"helpful":"not"', b'"helpful":"helpful"')
    files.files[path] = pack(rows)


def lose_tile(files: Files) -> None:
    del files.files["tile/0/000.p/143"]


def lose_checkpoint(files: Files) -> None:
    del files.files["checkpoint"]


def unsigned(files: Files) -> None:
    head = parse(files.files["checkpoint"]).text
    files.files["checkpoint"] = str(sign(head, [Signer("desk.example/log", bytes(32))])).encode()


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (roll_back, "rolled back: the record was made when it had 143 entries, and now it has 100"),
        (rewrite, "did not grow from the record's checkpoint: its first 143 entries are others now"),
        (another_log, "the record is of the log desk.example/log, and this is rival.example/log"),
        (flip_rating, "entry 26 is not the one that tile/0/000.p/143 has the hash of"),
        (lose_tile, "lacks tile/0/000.p/143"),
        (lose_checkpoint, "the log has no checkpoint"),
        (unsigned, "not signed by the log's present key"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_changed_log_is_caught_and_the_change_named(tamper: Callable[[Files], None], says: str) -> None:
    files = FILES.copy()
    tamper(files)
    with pytest.raises(VerificationError, match=says):
        verified(VALUE, files)


# An operator who signs what does not follow.


def signed(entries: list[Entry]) -> Files:
    files = Files()
    Log(files, made.SIGNER).append(entries)
    return files


def test_a_status_that_does_not_follow_is_caught_though_it_is_signed() -> None:
    entries = list(COMMUNITY.entries)
    entries[136] = Entry("status", entries[136].at, entries[136].body | {"status": "helpful"})
    files = signed(entries)
    statuses = tuple(replace(s, status="helpful") if s.note == "n1" else s for s in RECORD.statuses)
    places = [one.index for one in RECORD.evidence.entries] if RECORD.evidence else []
    evidence = evidence_of(Log(files, made.SIGNER), places, url="", key=str(KEY))
    record = replace(RECORD, statuses=statuses, evidence=evidence)
    assert verify_record(record, None, KEY).record.badge().shown == 3
    with pytest.raises(VerificationError, match="entry 136: the status of note n1 is given as helpful, but the rat"):
        verify_record(record, files.get, KEY)


def test_a_run_that_leaves_a_status_as_it_was_is_caught() -> None:
    made_now = made.Community(Log(FILES.copy(), made.SIGNER), entries=list(COMMUNITY.entries))
    made_now.append([rating_fact("n1", f"r{r:02d}", "helpful", made.at(41)) for r in range(made.RATERS)])
    counted = len(made_now.entries)
    statuses = {**made_now.scored(counted).statuses}
    run = run_fact(SCORER, dict(made.PARAMETERS), counted, statuses, made.at(42))
    assert statuses["n1"] == "helpful"
    with pytest.raises(VerificationError, match=r"a run: the log leaves the status of note n1 at needs-more-ratings"):
        verify_log(signed([*made_now.entries, run]).get, KEY)
    turned = status_fact(made_now.status(made_now.scored(counted), "n1", counted, made.at(42)))
    assert verify_log(signed([*made_now.entries, turned, run]).get, KEY).recomputed == 7
    other = Entry("run", run.at, run.body | {"statuses": "sha256:" + 64 * "0"})
    with pytest.raises(VerificationError, match="its digest of all statuses is not that of the statuses"):
        verify_log(signed([*made_now.entries, turned, other]).get, KEY)


def test_a_discounted_rater_does_not_count() -> None:
    entries = [entry for entry in COMMUNITY.entries if entry.body.get("act") != "discount"]
    missing = [Entry(e.kind, e.at, {**e.body, "ratings": 134}) if e.kind in ("status", "run") else e for e in entries]
    with pytest.raises(VerificationError, match="the score of note n0 is given as"):
        verify_log(signed(missing).get, KEY)


def test_what_is_newer_is_counted_and_not_held_against_the_record() -> None:
    files = FILES.copy()
    log = Log(files, made.SIGNER)
    act = ModerationAct("note:n0", "hide", "it names a private person", "owl", made.at(50))
    elsewhere = replace(act, target="note:n6")
    log.append(
        [moderation_fact(act), moderation_fact(elsewhere), note_fact(made.note(7)), note_fact(made.note(8, "bridge"))]
    )
    found = verified(VALUE, files)
    assert found.newer == 2
    assert found.head is not None
    assert found.head.size == 147


def test_a_rotated_key_is_followed_from_the_first() -> None:
    files = FILES.copy()
    log = Log(files, made.SIGNER)
    second = Signer("desk.example/log", bytes(reversed(range(32))))
    log.rotate(second, made.at(55))
    log.append([rating_fact("n6", "r98", "helpful", made.at(56))])
    places = [one.index for one in RECORD.evidence.entries] if RECORD.evidence else []
    record = replace(RECORD, evidence=evidence_of(log, [*places, 143], url="", key=str(KEY)))
    assert verify_record(record, files.get, KEY).size == 145
    without = replace(RECORD, evidence=evidence_of(log, places, url="", key=str(KEY)))
    with pytest.raises(VerificationError, match="none of the log's known keys signed"):
        verify_record(without, files.get, KEY)


def test_a_checkpoint_kept_earlier_is_compared() -> None:
    kept = Checkpoint.of(parse(FILES.files["checkpoint"]))
    assert verify_record(RECORD, FILES.get, KEY, kept).head == kept
    with pytest.raises(VerificationError, match="rewritten"):
        verify_record(RECORD, FILES.get, KEY, Checkpoint(kept.origin, 100, bytes(32)))
    with pytest.raises(VerificationError, match="rolled back"):
        verify_record(RECORD, FILES.get, KEY, Checkpoint(kept.origin, 1000, bytes(32)))


def test_a_note_cannot_move_to_another_story() -> None:
    moved = note_fact(replace(made.OTHER, id="n0"))
    files = signed([*COMMUNITY.entries, moved])
    with pytest.raises(VerificationError, match="note n0 moves to another story"):
        verified(VALUE, files)


def test_the_folder_s_log_is_the_same(tmp_path: Path) -> None:
    _, record = made.community(FolderStorage(tmp_path))
    assert record == RECORD
