"""Every way to make a record say something else is caught and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.verification.honest import VALUE, Value, fresh, verified
from whence.errors import FormatError, VerificationError
from whence.ledger import Checkpoint, Signer
from whence.ledger.notes import sign


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


def other_why(v: Value) -> None:
    status_of(v, "n1")["reason"] = "clear of one half, on both sides"


def other_factor(v: Value) -> None:
    status_of(v, "n1")["factor"] = 0.01


def lose_words(v: Value) -> None:
    note_of(v, "n3")["orphaned"] = True
    v["badge"] = "2 of 5 statements checked, 1 note shown"


def fill_removed(v: Value) -> None:
    note_of(v, "n2")["sources"] = ["https://shop.example/"]


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
    (other_why, "says of the status of note n1 “clear of one half, on both sides”, and the ratings say “"),
    (other_factor, "gives the factor of note n1 as 0.0100, and the ratings make it"),
    (lose_words, "note n3 is said to have lost its words, but the story was not read again since entry 5"),
    (fill_removed, "note n2 was removed by law, and the record still holds some of it"),
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
