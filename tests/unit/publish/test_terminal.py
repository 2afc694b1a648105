from __future__ import annotations

import io
import re
import unicodedata

import pytest
from rich.cells import cell_len
from rich.console import Console

from whence.publish import terminal_text, to_terminal
from whence.records import Reading, Story


@pytest.fixture
def plain(reading: Reading) -> str:
    return terminal_text(reading, width=80)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_words_of_each_statement_stand_in_brackets_with_its_voice(plain: str) -> None:
    story = flat(plain.partition("STATEMENTS")[0])
    assert "[◌Harbour crane ‘was never inspected’ before collapse in Veldhaven]" in story
    assert "[●“The crane,”…] harbour master Mara Ilves said, […“had not been inspected since 2016.”]" in re.sub(
        r" \d+[●○◌▪]\?? ", " ", story
    )
    assert "[○the operator had told them [○the cable was" in story
    assert "likely to snap]]. [▪The disastrous decision" in story


def test_the_margin_names_the_statements_that_begin_in_a_line(plain: str) -> None:
    story = plain.partition("STATEMENTS")[0].splitlines()
    begun = [m for line in story for m in re.findall(r"(?<![\w.])(\d+)[●○◌▪]", line[:9])]
    assert begun == [str(n) for n in range(1, 11)]
    line = next(x for x in story if "Two dock workers" in x)
    assert line[:9].split() == ["4○", "5○"]


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(reading: Reading, width: int) -> None:
    text = terminal_text(reading, width=width, explain=True)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_all_facts_are_there_without_colour(plain: str, reading: Reading) -> None:
    text = flat(plain)
    for fact in (
        "the operator → Two dock workers → Radio Kestrel → The Northern Courier",
        "warns · indirect · cue “had told” · hedged “likely” · stands in 4 · confidence 0.72",
        "figure “at least three people” = at least 3 people",
        "time “on Thursday” = not known",
        "kept at a distance “so-called”",
        "loaded “disastrous”",
        "denied in 7● Norvik Lifting",
        "says 0 · through it 4: 4○, 5○, 6▪, 9○",
        "Mara Ilves (named, person, harbour master)",
        "10 statements: 3 attributed to named sources",
        "14 March 2024",
    ):
        assert fact in text, fact
    for finding in reading.findings:
        assert finding.says in text


def test_colour_only_repeats(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = terminal_text(reading, width=80, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == terminal_text(reading, width=80)


def test_no_color_is_honoured(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    codes = {
        c for m in re.findall(r"\x1b\[([0-9;]*)m", terminal_text(reading, width=80, colour=True)) for c in m.split(";")
    }
    assert codes <= {"", "0", "1", "2"}


def test_explanations_are_shown_when_asked_for(reading: Reading, plain: str) -> None:
    text = flat(terminal_text(reading, width=80, explain=True))
    assert "why act=accuse: acts, negated duty “had not been inspected”" in text
    assert "why voice=attributed: tagger, attribution-1 (0.93)" in text
    assert "why act" not in flat(plain)


def test_a_terminal_that_knows_only_ascii_gets_the_same_facts(reading: Reading) -> None:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, "ascii", write_through=True), width=80, color_system=None)
    to_terminal(reading, console)
    text = flat(raw.getvalue().decode("ascii"))
    assert "the operator > Two dock workers > Radio Kestrel > The Northern Courier" in text
    assert "[=the operator had told them [=the cable was" in text


def test_hostile_text_cannot_act_on_the_terminal(hostile: Reading) -> None:
    text = terminal_text(hostile, width=80, explain=True)
    acting = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c != "\n"}
    assert not acting
    assert "<U+001B>" in text
    assert "<U+202E>" in text


def test_a_reading_of_almost_nothing() -> None:
    assert "0 statements." in terminal_text(Reading(Story("x")), width=80)
