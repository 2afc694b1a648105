"""Signed notes and checkpoints: published examples, and everything that must be refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import FormatError
from whence.ledger.checkpoints import Checkpoint, read_checkpoint
from whence.ledger.notes import SignedNote, Signer, Verifier, parse, sign

# The example of the format's first implementation (golang.org/x/mod/sumdb/note).
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
# RFC 8032, section 7.1, test 1.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")

SIGNER = Signer("example.org/log", SEED)
ORIGIN = "example.org/log"


def test_the_published_note_is_verified() -> None:
    key = Verifier.parse(PUBLISHED_KEY)
    note = parse(PUBLISHED_NOTE)
    assert note.signed_by([key]) == (key,)
    assert str(key) == PUBLISHED_KEY
    assert str(note).encode() == PUBLISHED_NOTE


def test_the_key_of_the_rfc() -> None:
    assert SIGNER.verifier.public == PUBLIC


def test_a_changed_text_is_refused() -> None:
    note = parse(PUBLISHED_NOTE.replace(b"answer", b"Answer"))
    with pytest.raises(FormatError, match="does not hold"):
        note.signed_by([Verifier.parse(PUBLISHED_KEY)])


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    other = Signer("example.org/other", bytes(32))
    note = sign("text\n", [other, SIGNER])
    assert note.signed_by([SIGNER.verifier]) == (SIGNER.verifier,)
    assert note.signed_by([Signer("example.org/third", bytes(32)).verifier]) == ()


def test_a_key_of_the_same_name_and_another_id_is_unknown() -> None:
    assert sign("text\n", [Signer(ORIGIN, bytes(32))]).signed_by([SIGNER.verifier]) == ()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60), st.integers(1, 3))
def test_what_was_signed_is_read_back(line: str, lines: int) -> None:
    text = f"{line}\n" * lines
    note = sign(text, [SIGNER])
    assert parse(str(note).encode()) == note
    assert note.signed_by([SIGNER.verifier]) == (SIGNER.verifier,)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty line"),
        (b"text only\n", "empty line"),
        (b"\xff\xfe\n\n", "UTF-8"),
        ("text\n\n\u2014 name AAAA".encode(), "no such end"),
        (b"text\n\n- name AAAAAAAAAA==\n", "em dash"),
        ("text\n\n\u2014 name with space AAAA\n".encode(), "em dash"),
        ("text\n\n\u2014 a+b AAAAAAAAAA==\n".encode(), "no plus sign"),
        ("text\n\n\u2014 name not!base64\n".encode(), "base64"),
        ("text\n\n\u2014 name AAAA\n".encode(), "too short"),
        ("te\x00xt\n\n\u2014 name AAAAAAAA\n".encode(), "control characters"),
        (b"x" * 1_000_001, "at most"),
        (b"text\n\n" + "\u2014 name AAAAAAAA\n".encode() * 65, "at most 64 signatures"),
    ],
)
def test_what_is_no_note_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        parse(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name", "form NAME"),
        ("name+00000000+!!", "base64"),
        ("name+00000000+" + base64.b64encode(b"\x02" + bytes(32)).decode(), "Ed25519"),
        ("name+00000000+" + base64.b64encode(b"\x01" + bytes(31)).decode(), "32 bytes"),
        (PUBLISHED_KEY.replace("c74f20a3", "c74f20a4"), "hash of the key"),
        ("two words+c74f20a3+" + PUBLISHED_KEY.rpartition("+")[2], "no space"),
    ],
)
def test_what_is_no_key_is_refused(text: str, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        Verifier.parse(text)


def test_a_public_key_that_is_no_point_verifies_nothing() -> None:
    assert not Verifier(ORIGIN, b"\xff" * 32).verifies("text\n", bytes(64))


def test_the_published_checkpoint_is_read() -> None:
    # The example of C2SP tlog-checkpoint; its key is not published, so its signature is left alone.
    note = parse(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9"
        "nTo+zyWE+xeMcTOAYQ8=\n".encode()
    )
    found = Checkpoint.of(note)
    assert (found.origin, found.size, found.root.hex()[:8]) == ("example.com/behind-the-sofa", 20_852_163, "0ac5186a")
    assert found.text == note.text


def test_a_checkpoint_must_be_signed_and_of_the_log() -> None:
    checkpoint = Checkpoint(ORIGIN, 3, bytes(32))
    data = str(sign(checkpoint.text, [SIGNER])).encode()
    assert read_checkpoint(data, [SIGNER.verifier], ORIGIN) == checkpoint
    with pytest.raises(FormatError, match="of the log"):
        read_checkpoint(data, [SIGNER.verifier], "example.org/other")
    with pytest.raises(FormatError, match="none of the log's known keys"):
        read_checkpoint(data, [Signer(ORIGIN, bytes(32)).verifier])


@pytest.mark.parametrize(
    "text",
    [
        "origin\n3\n",
        "origin\n03\nAAAA\n",
        "origin\n-1\nAAAA\n",
        "origin\n\u0663\nAAAA\n",
        "origin\n3\nnot base64\n",
        "origin\n3\nAAAA\n",
        "origin\n" + "9" * 19 + "\nAAAA\n",
        "\n3\n" + base64.b64encode(bytes(32)).decode() + "\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="checkpoint"):
        Checkpoint.of(SignedNote(text, ()))


def test_extension_lines_are_passed_over() -> None:
    text = Checkpoint(ORIGIN, 3, bytes(32)).text + "extension\n"
    assert Checkpoint.of(SignedNote(text, ())).size == 3
