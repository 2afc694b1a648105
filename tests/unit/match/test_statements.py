"""Statements against statements: same, otherwise, with another figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from whence.errors import FormatError, InputError
from whence.match.archive import read_archive
from whence.match.quantities import pair_quantities, quantities
from whence.match.statements import Asked, echoes
from whence.read.figures import figures
from whence.records.said import Quantity, Said


def asked(text: str, **values: Any) -> Asked:
    return Asked(text, quantities(text, figures(text, (0, len(text)))), **values)


def said(text: str, **values: Any) -> Said:
    return Said(text, quantities=quantities(text, figures(text, (0, len(text)))), **values)


def flat(texts: Any) -> npt.NDArray[np.float32]:
    """An encoder to which all texts are alike, so that words alone decide."""
    return np.full((len(texts), 4), 0.5, np.float32)


def stances(question: Asked, *others: Said) -> dict[str, str]:
    (found,) = echoes([question], others, encode=flat, threshold=0.0)
    return {e.said.text: e.stance for e in found}


@pytest.mark.parametrize(
    ("other", "stance"),
    [
        (said("Some 40 ships wait off the port."), "same"),
        (said("Forty ships are waiting off the port."), "same"),
        (said("About 22 ships wait off the port."), "different-figure"),
        (said("Some 400 ships wait off the port."), "different-figure"),
        (said("No ships wait off the port."), "denial"),
        (said("Ships do not wait off the port."), "denial"),
        (said("ships wait off the port", act="deny"), "denial"),
        (said("It is not so that no ships wait off the port."), "same"),
        (said("no ships wait off the port", act="deny"), "same"),
        (said("The port saw 40 dockers wait for ships."), "same"),
    ],
)
def test_same_other_figure_or_otherwise(other: Said, stance: str) -> None:
    assert stances(asked("40 ships wait off the port."), other) == {other.text: stance}


def test_a_denial_denied_is_the_same() -> None:
    question = asked("ships wait off the port", denies=True)
    assert stances(question, said("No ships wait off the port.")) == {"No ships wait off the port.": "same"}


@pytest.mark.parametrize(
    ("one", "other", "same", "agree"),
    [
        ("at least 14 ships", "31 ships", False, True),
        ("at least 14 ships", "at least 14 ships", True, True),
        ("more than 20 ships", "14 ships", False, False),
        ("about 40 ships", "42 ships", True, True),
        ("between 10 and 20 ships", "15 ships", True, True),
        ("3 million ships", "300 million ships", False, False),
    ],
)
def test_two_figures_for_one_thing(one: str, other: str, same: bool, agree: bool) -> None:
    texts = [f"There were {words} in the harbour." for words in (one, other)]
    here, there = (quantities(t, figures(t, (0, len(t)))) for t in texts)
    (pair,) = pair_quantities(here, there, *texts)
    assert (pair.same, pair.agree) == (same, agree)


def test_figures_of_other_things_are_no_pair() -> None:
    for one, other in (
        ("14 ships were turned back", "31 sailors were turned back"),
        ("wages rose by 5%", "turnout reached 60%"),
    ):
        here, there = (quantities(t, figures(t, (0, len(t)))) for t in (one, other))
        assert pair_quantities(here, there, one, other) == ()


def test_the_most_alike_first_and_the_story_s_own_left_out() -> None:
    archive = [
        said("The weather is fine at the port.", story="a"),
        said("Mines were laid at the harbour mouth in January.", story="b"),
        said("The navy laid mines at the harbour mouth.", story="c"),
        said("The navy laid mines at the harbour mouth.", story="me"),
    ]
    (found,) = echoes(
        [asked("The navy laid mines at the harbour mouth", story="me")], archive, encode=flat, threshold=0
    )
    assert [e.said.story for e in found] == ["c", "b"]
    assert found[0].score == pytest.approx(1.0)
    spans = [archive[2].text[slice(*a.claim)] for a in found[0].agreements]
    assert spans == ["navy", "laid", "mines", "harbour", "mouth"]


def test_many_texts_are_asked_for_in_one_reading_of_the_archive() -> None:
    reads = 0

    def archive() -> Any:
        nonlocal reads
        reads += 1
        yield said("The navy laid mines at the harbour mouth.")

    found = echoes([asked("The navy laid mines"), asked("Bees like lime trees")], archive(), encode=flat)
    assert (len(found[0]), len(found[1]), reads) == (1, 0, 1)


def test_of_very_many_candidates_the_best_stay() -> None:
    many = (said(f"The navy laid {'eggs ' * (n % 7)}mines in bay {n}.") for n in range(21_000))
    last = said("The navy laid mines at the harbour mouth.")
    (found,) = echoes([asked("The navy laid mines at the harbour mouth")], [*many, last], encode=flat, k=1)
    assert found[0].said == last


def test_nothing_asked_and_nothing_there() -> None:
    assert echoes([], [said("x")], encode=flat) == []
    assert echoes([asked("mines were laid")], [], encode=flat) == [[]]
    assert echoes([asked("")], [said("mines were laid")], encode=flat) == [[]]


def test_an_archive_line_becomes_its_statements(tmp_path: Path) -> None:
    text = "Head\n\nHe said 14 ships, among 20, came."
    reading = {
        "story": {"text": text, "id": "x", "url": "https://w.example/", "outlet": "The Wharf", "published": "2024"},
        "sources": [{"id": "s1", "label": "the harbour master"}],
        "statements": [
            {"id": "st1", "content": [[14, 22], [34, 39]], "voice": "attributed", "source_ids": ["s1"], "act": "assert",
             "figures": [{"span": [14, 16], "value": 14, "comparator": "exactly", "unit": "ships"}]},
        ],
    }  # fmt: skip
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps(reading) + "\n\n")
    (found,) = read_archive([path])
    assert (found.text, found.sources, found.outlet) == ("14 ships … came.", ("the harbour master",), "The Wharf")
    assert found.quantities == (Quantity(14, 14, "ships", "14", (0, 2)),)


@pytest.mark.parametrize("line", ["[]", "{}", "no json", '{"story": {"text": 3}, "sources": [], "statements": [1]}'])
def test_what_is_no_archive_is_refused_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(FormatError, match=r"r\.jsonl:1 is no reading"):
        list(read_archive([path]))
    with pytest.raises(InputError, match="cannot be opened"):
        list(read_archive([tmp_path / "none"]))
