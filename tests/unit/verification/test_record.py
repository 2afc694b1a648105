"""A story's record holds; and every way to make it say something else is caught and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.verification import community as made
from whence.errors import FormatError, VerificationError
from whence.ledger import Checkpoint, Entry, FolderStorage, Log, Signer, Verifier, evidence_of
from whence.ledger.bundles import pack, unpack
from whence.ledger.facts import moderation_fact, note_fact, rating_fact, run_fact, status_fact
from whence.ledger.notes import parse, sign
from whence.publish.record_json import read_record, to_record_json
from whence.records.moderation import ModerationAct
from whence.records.story_record import StoryRecord
from whence.verification import VerifiedRecord, verify_log, verify_record
from whence.verification.scoring import SCORER

KEY = made.SIGNER.verifier
Value = dict[str, Any]


class Files:
    """A log in memory, to copy and tamper with."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        return self.files.get(path)

    def commit(self, files: dict[str, bytes], checkpoint: bytes, obsolete: object = ()) -> None:
        self.files |= files | {"checkpoint": checkpoint}

    def writing(self) -> Files:
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def copy(self) -> Files:
        found = Files()
        found.files = dict(self.files)
        return found


FILES = Files()
COMMUNITY, RECORD = made.community(FILES)
VALUE: Value = json.loads(to_record_json(RECORD))


def verified(value: Value, files: Files | None = FILES, key: Verifier | None = KEY) -> VerifiedRecord:
    record = read_record(json.dumps(value).encode())
    return verify_record(record, None if files is None else files.get, key)


def fresh() -> Value:
    copy: Value = json.loads(json.dumps(VALUE))
    return copy


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


# Tampering with the record: every change must be named.


def note_of(value: Value, note: str) -> Value:
    return next(one for one in value["notes"] if one["id"] == note)


def status_of(value: Value, note: str) -> Value:
    return next(one for one in value["statuses"] if one["note"] == note)


def entry_of(value: Value, index: int) -> Value:
    return next(one for one in value["evidence"]["entries"] if one["index"] == index)


def claim_more(v: Value) -> None:
    v["badge"] = "5 of 5 statements checked, 2 notes shown"


def fewer_statements(v: Value) -> None:
    v["statements"], v["badge"] = 2, "2 of 2 statements checked, 2 notes shown"


def other_page(v: Value) -> None:
    v["story_url"] = "https://rival.example/crane"


def other_snapshot(v: Value) -> None:
    v["snapshot"] = "sha256:" + 64 * "0"


def other_reader(v: Value) -> None:
    v["reader"] = "another reader"


def reword(v: Value) -> None:
    note_of(v, "n0")["text"] += " Or so they say."


def other_source(v: Value) -> None:
    note_of(v, "n0")["sources"] = ["https://propaganda.example/"]


def soften_verdict(v: Value) -> None:
    note_of(v, "n0")["rating"] = {"name": "True", "value": 5, "worst": 1, "best": 5}


def other_author(v: Value) -> None:
    note_of(v, "n0")["author"] = "wren"


def on_more_statements(v: Value) -> None:
    note_of(v, "n0")["statements"] = ["st1", "st2", "st3"]
    v["badge"] = "3 of 5 statements checked, 2 notes shown"


def other_finding(v: Value) -> None:
    note_of(v, "n0")["classification"] = "needs-context"


def backdate(v: Value) -> None:
    note_of(v, "n0")["created"] = "2025-01-01T00:00:00Z"


def unhide(v: Value) -> None:
    note_of(v, "n4")["hidden"] = ""


def other_reason_for_hiding(v: Value) -> None:
    note_of(v, "n4")["hidden"] = "rude"


def hide_in_silence(v: Value) -> None:
    note_of(v, "n0")["hidden"] = "spam"
    v["badge"] = "2 of 5 statements checked, 1 note shown"


def bring_back(v: Value) -> None:
    note_of(v, "n5")["withdrawn"] = False


def take_back(v: Value) -> None:
    note_of(v, "n3")["withdrawn"] = True
    v["badge"] = "2 of 5 statements checked, 1 note shown"


def remove_in_silence(v: Value) -> None:
    note = note_of(v, "n3")
    note |= {"text": "", "sources": [], "removed": True}
    v["badge"] = "2 of 5 statements checked, 1 note shown"


def drop_note(v: Value) -> None:
    v["notes"] = [one for one in v["notes"] if one["id"] != "n1"]
    v["statuses"] = [one for one in v["statuses"] if one["note"] != "n1"]
    v["badge"] = "2 of 5 statements checked, 2 notes shown"


def drop_note_and_entries(v: Value) -> None:
    drop_note(v)
    gone = [one for one in v["evidence"]["entries"] if '"note":"n1"' in one["entry"]]
    v["evidence"]["entries"] = [one for one in v["evidence"]["entries"] if one not in gone]


def add_note(v: Value) -> None:
    v["notes"].append(note_of(v, "n0") | {"id": "n9"})


def flip_status(v: Value) -> None:
    status_of(v, "n1")["status"] = "helpful"
    v["badge"] = "2 of 5 statements checked, 3 notes shown"


def drop_status(v: Value) -> None:
    v["statuses"] = [one for one in v["statuses"] if one["note"] != "n1"]


def other_run(v: Value) -> None:
    status_of(v, "n0")["counted"] = 99


def other_score(v: Value) -> None:
    status_of(v, "n0")["score"] = 0.99


def other_sides(v: Value) -> None:
    status_of(v, "n0")["sides"][0]["helpful"] += 1


def drop_act(v: Value) -> None:
    del v["moderation"][0]


def add_act(v: Value) -> None:
    v["moderation"].append(v["moderation"][0])


def reword_act(v: Value) -> None:
    v["moderation"][3]["reason"] = "no reason"


def drop_removal(v: Value) -> None:
    v["evidence"]["entries"].remove(entry_of(v, 134))


def hide_act_and_entry(v: Value) -> None:
    del v["moderation"][3]
    v["evidence"]["entries"].remove(entry_of(v, 131))


def forge_entry(v: Value) -> None:
    one = entry_of(v, 2)
    one["entry"] = one["entry"].replace('"author":"heron"', '"author":"wren"')
    note_of(v, "n0")["author"] = "wren"


def move_entry(v: Value) -> None:
    v["evidence"]["entries"][2]["index"], v["evidence"]["entries"][3]["index"] = 3, 2


def renumber_entry(v: Value) -> None:
    entry_of(v, 134)["index"] = 132


def cut_proof(v: Value) -> None:
    entry_of(v, 2)["proof"].pop()


def change_proof(v: Value) -> None:
    entry_of(v, 2)["proof"][0] = 64 * "0"


def unhex_proof(v: Value) -> None:
    entry_of(v, 2)["proof"][0] = "no hash"


def loosen_entry(v: Value) -> None:
    entry_of(v, 2)["entry"] += " "


def forge_checkpoint(v: Value) -> None:
    head = Checkpoint("desk.example/log", 143, bytes(32))
    v["evidence"]["checkpoint"] = str(sign(head.text, [Signer("desk.example/log", bytes(32))]))


def resize_checkpoint(v: Value) -> None:
    v["evidence"]["checkpoint"] = v["evidence"]["checkpoint"].replace("\n143\n", "\n144\n")


def other_key(v: Value) -> None:
    v["evidence"]["key"] = str(Signer("desk.example/log", bytes(32)).verifier)


def no_evidence(v: Value) -> None:
    v["evidence"] = None


TAMPERED = [
    (claim_more, "the badge says '5 of 5 statements checked, 2 notes shown', but the notes make it '2 of 5"),
    (fewer_statements, "the record gives statements as 2, and entry 1 has 5"),
    (other_page, "not those that entry 0 commits to: the record was made to speak of another page"),
    (other_snapshot, "snapshot of the page is not that of entry 0"),
    (other_reader, "the record gives reader as another reader, and entry 1 has"),
    (reword, "text, sources or verdict of note n0 are not those that entry 2 commits to"),
    (other_source, "text, sources or verdict of note n0 are not those that entry 2 commits to"),
    (soften_verdict, "text, sources or verdict of note n0 are not those that entry 2 commits to"),
    (other_author, "note n0: the record gives its author as wren, and entry 2 has heron"),
    (on_more_statements, "note n0: the record gives its statements as"),
    (other_finding, "note n0: the record gives its classification as needs-context, and entry 2 has misleading"),
    (backdate, "note n0 was written 2026-03-04T05:00:00Z .entry 2., not 2025"),
    (unhide, "note n4: the log has it hidden .spam: it advertises a shop., the record not hidden"),
    (other_reason_for_hiding, "note n4: the log has it hidden .spam.*, the record hidden .rude."),
    (hide_in_silence, "note n0: the log has it not hidden, the record hidden .spam."),
    (bring_back, "note n5: an entry says that it was withdrawn, and the record differs"),
    (take_back, "note n3: no entry says that it was withdrawn, and the record differs"),
    (remove_in_silence, "note n3 .entry 5.: no entry says that the law had it removed"),
    (drop_note, "leaves out note n1, which is entry 3"),
    (drop_note_and_entries, "leaves out the note n1, which is entry 3 of the log"),
    (add_note, "no entry of the record bears out note n9: it was added"),
    (flip_status, "the status of note n1 as helpful, and entry 136 has needs-more-ratings"),
    (drop_status, "leaves out the status of note n1, which is entry 136"),
    (other_run, "from a run of 2026-03-04T05:30:00Z over 99 entries, and neither entry 135 nor a later run"),
    (other_score, "entry 1[34].: the score of note n0 is given as 0.99, but the ratings among the first 135 entries"),
    (other_sides, "counts 16 ratings of note n0, by side"),
    (drop_act, "moderation is not the log's: see entry 128"),
    (add_act, "holds an act that none of its entries bears out"),
    (reword_act, "moderation is not the log's: see entry 131"),
    (drop_removal, "note n2 .entry 4.: no entry says that the law had it removed"),
    (hide_act_and_entry, "leaves out the act “block” on contributor:wren, which is entry 131 of the log"),
    (forge_entry, "entry 2 is not in the log: its proof does not lead to the root of the checkpoint's 143 entries"),
    (move_entry, "entries are not in the order of the log: see entry 2"),
    (renumber_entry, "entries are not in the order of the log: see entry 132"),
    (cut_proof, "entry 2 is not in the log"),
    (change_proof, "entry 2 is not in the log"),
    (unhex_proof, "entry 2: a proof is made of hexadecimal hashes, not of 'no hash'"),
    (loosen_entry, "entry 2 of the record: an entry of the log is not in canonical form"),
    (forge_checkpoint, "none of the log's known keys signed the checkpoint"),
    (resize_checkpoint, "the signature of desk.example/log does not hold: the note was changed or forged"),
    (other_key, "the record names the key .*, and the log's key is desk.example/log"),
    (no_evidence, "the record has no evidence"),
]


@pytest.mark.parametrize(("tamper", "says"), TAMPERED, ids=lambda one: getattr(one, "__name__", ""))
def test_a_changed_record_is_caught_and_the_change_named(tamper: Callable[[Value], None], says: str) -> None:
    value = fresh()
    tamper(value)
    assert value != VALUE
    with pytest.raises((VerificationError, FormatError), match=says):
        verified(value)


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
