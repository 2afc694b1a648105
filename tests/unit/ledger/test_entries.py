"""Entries have one form, bundles hold them, commitments hide what they commit to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import FormatError
from whence.ledger.bundles import MOST_BYTES, pack, unpack
from whence.ledger.entries import KINDS, Entry, commitment

NOW = "2026-03-04T05:06:07Z"
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-1e15, 1e15)
    # A surrogate by itself has no UTF-8 form, and so no canonical one.
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=("Cs",)), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


def rating(**more: object) -> Entry:
    return Entry("rating", NOW, {"note": "n1", "rater": "heron", "helpful": "helpful", **more})


def test_the_form_is_canonical_json() -> None:
    assert rating(tags=[]).encode() == (
        b'{"at":"2026-03-04T05:06:07Z","body":{"helpful":"helpful","note":"n1","rater":"heron","tags":[]},'
        b'"kind":"rating","v":1}'
    )


def test_numbers_are_written_as_the_rfc_shows() -> None:
    # RFC 8785, section 3.2.2: the example's numbers.
    body = rating(numbers=[333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001]).encode()
    assert b'"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]' in body


@given(values)
def test_a_fact_is_read_back_as_it_was(value: object) -> None:
    entry = rating(value=value)
    again = Entry.decode(entry.encode())
    assert again.encode() == entry.encode()
    assert json.loads(again.encode())["body"].keys() == entry.body.keys()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "fields at, body, kind and v"),
        (b'{"at":"2026Z","body":{},"kind":"rating"}', "fields at, body, kind and v"),
        (b'{"at":"2026Z","body":{},"kind":"rating","v":2}', "fields at, body, kind and v"),
        (b'{"at":1,"body":{},"kind":"rating","v":1}', "strings"),
        (b'{"at":"2026Z","body":{},"kind":"gossip","v":1}', "kind is one of"),
        (b'{"at":"2026Z","body":{},"kind":"rating","v":1}', "needs the field 'note'"),
        (b'{"at":"2026","body":{"new":"x"},"kind":"key","v":1}', "ends in Z"),
        (b'{"v":1,"at":"2026Z","body":{"new":"x"},"kind":"key"}', "canonical form"),
        (b'{"at":"2026Z","body":{"new":"x", "b":1},"kind":"key","v":1}', "canonical form"),
        (b'{"at":"2026Z","body":{"new":"x"},"body":{"new":"x"},"kind":"key","v":1}', "canonical form"),
        (b'{"at":"2026Z","body":{"a":9007199254740993,"new":"x"},"kind":"key","v":1}', "canonical form"),
    ],
)
def test_what_is_no_entry_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        Entry.decode(data)


def test_an_entry_too_long_or_without_a_form_is_refused() -> None:
    with pytest.raises(FormatError, match="at most 65535 bytes"):
        rating(text="x" * 65_535).encode()
    with pytest.raises(FormatError, match="canonical form"):
        rating(number=float("nan")).encode()


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_needs_its_fields(kind: str) -> None:
    body = dict.fromkeys(KINDS[kind], "x")
    assert Entry.decode(Entry(kind, NOW, body).encode()).kind == kind
    del body[KINDS[kind][0]]
    with pytest.raises(FormatError, match="needs the field"):
        Entry(kind, NOW, body)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_are_read_back(entries: list[bytes]) -> None:
    assert unpack(pack(entries), len(entries)) == entries


def test_damaged_bundles_are_refused() -> None:
    bundle = pack([b"one", b"two"])
    for data, expected in ((bundle[:-1], 2), (bundle[:6], 2), (bundle, 1), (bundle, 3), (b"", 1)):
        with pytest.raises(FormatError, match="bundle"):
            unpack(data, expected)
    with pytest.raises(ValueError, match="at most"):
        pack([b"x" * (MOST_BYTES + 1)])


def test_a_commitment_depends_on_salt_and_text() -> None:
    salt = bytes(16)
    assert commitment(salt, b"text") == commitment(salt, b"text")
    assert len({commitment(salt, b"text"), commitment(salt, b"Text"), commitment(b"x" * 16, b"text")}) == 3
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(b"", b"text")
