from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.publish import BRAT_CONFIGURATION, to_brat
from whence.records import Reading, Statement, Story


@dataclass
class Standoff:
    """What a reader of brat's format finds in a file."""

    spans: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    equivalent: list[list[str]] = field(default_factory=list)


def parse(written: str) -> Standoff:
    out = Standoff()
    assert written == "" or written.endswith("\n")
    for line in written.split("\n")[:-1]:
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            head, _, words = rest.partition("\t")
            kind, _, places = head.partition(" ")
            parts = [(int(a), int(b)) for a, b in (p.split(" ") for p in places.split(";"))]
            assert key not in out.spans
            out.spans[key] = (kind, parts, words)
        elif key.startswith("R"):
            match = re.fullmatch(r"(\w+) Arg1:(T\d+) Arg2:(T\d+)", rest)
            assert match
            out.relations.append((match[1], match[2], match[3]))
        elif key.startswith("E"):
            out.events.append(dict(part.split(":") for part in rest.split(" ")))
        elif key.startswith("A"):
            name, about, value = rest.split(" ")
            out.attributes.append((name, about, value))
        elif key == "*":
            out.equivalent.append(rest.split(" ")[1:])
        else:
            assert re.match(r"#\d+\tAnnotatorNotes T\d+\t", line)
    return out


@pytest.fixture
def standoff(reading: Reading) -> Standoff:
    return parse(to_brat(reading))


def check(standoff: Standoff, text: str) -> None:
    for _, parts, words in standoff.spans.values():
        assert " ".join(text[a:b] for a, b in parts) == words
        assert "\n" not in words
        assert "\r" not in words
        assert all(a < b for a, b in parts)
        assert parts == sorted(parts)
    named = set(standoff.spans)
    for _, first, second in standoff.relations:
        assert {first, second} <= named
    for event in standoff.events:
        assert set(event.values()) <= named
    for _, about, _ in standoff.attributes:
        assert about in named


def test_every_span_reads_back_as_its_words(standoff: Standoff, reading: Reading) -> None:
    check(standoff, reading.story.text)


def statements(standoff: Standoff) -> dict[str, str]:
    """Key of each statement's span, by its words."""
    return {words: key for key, (kind, _, words) in standoff.spans.items() if kind == "Statement"}


def test_discontinuous_content_and_line_breaks_are_fragments(standoff: Standoff) -> None:
    by_words = statements(standoff)
    crane = by_words["“The crane,” “had not been inspected since 2016.”"]
    assert len(standoff.spans[crane][1]) == 2
    quote = by_words["“We heard it crack. Then it fell,”"]
    assert len(standoff.spans[quote][1]) == 2


def test_attributions_are_events_on_their_cues(standoff: Standoff) -> None:
    assert len(standoff.events) == 7
    event = next(e for e in standoff.events if standoff.spans[e["Attribution"]][2] == "denied")
    assert standoff.spans[event["Source"]][2] == "The company, Norvik Lifting"
    assert standoff.spans[event["Content"]][2] == "that the crane was never inspected"


def test_relations_say_who_passed_on_what_stands_in_what_and_who_denies(standoff: Standoff) -> None:
    words = {k: v[2] for k, v in standoff.spans.items()}
    found = {(kind, words[a], words[b]) for kind, a, b in standoff.relations}
    assert ("In", "the cable was likely to snap", "the operator had told them the cable was likely to snap") in found
    assert (
        "Denies",
        "that the crane was never inspected",
        "“The crane,” “had not been inspected since 2016.”",
    ) in found
    assert ("Through", "“We heard it crack. Then it fell,”", "Radio Kestrel") in found
    assert ("Of", "between 12 and 15", "that between 12 and 15 so-called “safety officers” had left the site") in found


def test_attributes_and_mentions(standoff: Standoff) -> None:
    headline = statements(standoff)["Harbour crane ‘was never inspected’ before collapse in Veldhaven"]
    assert {("Voice", headline, "nobody"), ("Quote", headline, "mixed"), ("Act", headline, "assert")} <= set(
        standoff.attributes
    )
    assert [[standoff.spans[k][2] for k in group] for group in standoff.equivalent] == [
        ["Radio Kestrel", "Radio Kestrel"],
        ["Two dock workers", "them"],
    ]


def test_the_configuration_knows_every_type_that_is_written(standoff: Standoff) -> None:
    kinds = {kind for kind, _, _ in standoff.spans.values()} | {kind for kind, _, _ in standoff.relations}
    kinds |= {name for name, _, _ in standoff.attributes} | {"Attribution"}
    assert all(re.search(rf"^{kind}\b", BRAT_CONFIGURATION, re.MULTILINE) for kind in kinds)


@given(st.text("ab \n\r\t😀", min_size=1, max_size=30), st.data())
def test_any_span_reads_back(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
    content = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    reading = Reading(Story(text), (), (Statement("st1", content),))
    standoff = parse(to_brat(reading))
    check(standoff, text)
    visible = [c for a, b in content for c in text[a:b] if not c.isspace()]
    shown = [c for _, _, words in standoff.spans.values() for c in words if not c.isspace()]
    assert shown == visible
