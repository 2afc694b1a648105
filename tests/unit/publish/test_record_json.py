"""A record's file is read strictly."""

from __future__ import annotations

import pytest

from tests.unit.verification.community import note, page
from whence.errors import FormatError
from whence.publish.record_json import MOST_BYTES, read_record, to_record_json

TEXT = to_record_json(page(notes=(note(0), note(1))))


def test_a_record_comes_back() -> None:
    assert read_record(TEXT.encode()) == page(notes=(note(0), note(1)))
    assert to_record_json(read_record(TEXT.encode())) == TEXT
    assert TEXT.endswith("}\n")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is JSON"),
        (b"\xff", "is JSON"),
        (b"[]", "is a JSON object; got list"),
        (b"{}", "'badge' is missing or too many"),
        (TEXT.encode().replace(b'"gone": false', b'"gone": NaN'), "is JSON"),
        (TEXT.encode().replace(b'"gone": false', b'"gone": false, "gone": true'), "each key once"),
        (TEXT.encode().replace(b'"gone": false', b'"gone": 0'), "gone is bool; got 0"),
        (b'{"a":' * 100_000, "is JSON"),
        (b" " * (MOST_BYTES + 1), "at most 16777216 bytes"),
    ],
)
def test_what_is_no_record_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        read_record(data)
