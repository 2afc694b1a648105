from __future__ import annotations

import io
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.publish import json_line, to_json, write_json_lines
from whence.records import Figure, Reading, Statement, Story


def test_it_is_the_contract(reading: Reading) -> None:
    assert json.loads(to_json(reading)) == reading.to_dict()
    assert json.loads(to_json(reading, explain=True)) == reading.to_dict(explain=True)
    assert list(json.loads(to_json(reading))) == [
        "version",
        "reader",
        "story",
        "sources",
        "statements",
        "disputes",
        "findings",
    ]


def test_text_stays_readable(reading: Reading) -> None:
    assert "سامي حداد" in to_json(reading)
    assert "🏗️" in to_json(reading)


@given(st.text(st.characters(codec=None)), st.sampled_from([None, 0, 2]))
def test_any_text_survives_and_can_be_encoded(text: str, indent: int | None) -> None:
    # A high half beside a low half reads back as the one character that the two make.
    whole = json.loads(json.dumps(text))
    written = to_json(Reading(Story(text)), indent=indent)
    assert json.loads(written.encode())["story"]["text"] == whole


@given(st.text(st.characters(codec=None)))
def test_a_line_is_one_line_by_every_rule(text: str) -> None:
    assert len(json_line(Reading(Story(text))).splitlines()) == 1


def test_lines_are_written_as_they_come(reading: Reading) -> None:
    out = io.StringIO()
    assert write_json_lines(iter([reading, reading]), out) == 2
    first, second = out.getvalue().splitlines()
    assert first == second
    assert json.loads(first) == reading.to_dict()


def test_what_json_cannot_say_is_an_error() -> None:
    bad = Reading(Story("x"), (), (Statement("st1", ((0, 1),), figures=(Figure((0, 1), math.inf),)),))
    with pytest.raises(ValueError, match="JSON"):
        to_json(bad)
