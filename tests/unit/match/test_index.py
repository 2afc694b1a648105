"""The index: what it finds, adds, removes and saves."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from whence.errors import FormatError, RangeError
from whence.match.agreement import stance
from whence.match.index import Index
from whence.match.lexical import Field
from whence.match.values import values
from whence.match.vectors import Vectors
from whence.records.claim import FactCheck

CHECKS = (
    FactCheck("statue", "The mayor of Velden spent 3 million crowns on a statue.", title="Did a statue cost 3m?"),
    FactCheck("cats", "Cats can see in the dark."),
    FactCheck("flu", "Drinking sea water cures the flu.", body="A post says that sea water cures flu."),
)


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index()
    made.add(CHECKS)
    return made


def test_finds_the_claim_in_other_words(index: Index) -> None:
    found = index.search(["Velden's mayor paid three million crowns for that statue", "cats see at night"], threshold=0)
    assert [matches[0].factcheck.id for matches in found] == ["statue", "cats"]


def test_alone_and_among_others_a_text_has_the_same_matches(index: Index) -> None:
    texts = [check.claim for check in CHECKS]
    assert index.search(texts, threshold=0) == [index.search([text], threshold=0)[0] for text in texts]


def test_bodies_are_not_kept(index: Index) -> None:
    assert index.search(["sea water cures flu"], threshold=0)[0][0].factcheck.body == ""


def test_grown_and_shrunk_is_as_built_at_once(tmp_path: Path) -> None:
    grown = Index()
    grown.add([FactCheck("gone", "The moon is made of cheese."), FactCheck("statue", "An older wording.")])
    grown.remove(["gone", "unknown"])
    for check in CHECKS:
        grown.add([check])
    at_once = Index(stamp="7")
    at_once.add(CHECKS)
    at_once.save(tmp_path / "index")
    loaded = Index.load(tmp_path / "index")
    assert loaded.stamp == "7"
    texts = ["the statue cost 3,000,000 crowns", "no flu by sea water"]
    assert grown.search(texts, threshold=0) == loaded.search(texts, threshold=0) == at_once.search(texts, threshold=0)


def test_the_best_of_a_few_is_not_found_because_it_is_the_best(index: Index) -> None:
    assert index.search(["The harbour of Ostmark is closed to ferries this week"]) == [[]]
    assert index.search(["The mayor spent 3 million crowns on a statue"])[0][0].factcheck.id == "statue"


def test_the_claimant_is_searched_for_too() -> None:
    claim = "Taxes were cut by half."
    made = Index()
    made.add([FactCheck("a", claim, claimant="Tomas Erling"), FactCheck("b", claim, claimant="Oona Bretting")])
    found = made.search(["Bretting says that taxes were halved", "Erling says that taxes were halved"], threshold=0)
    assert [matches[0].factcheck.id for matches in found] == ["b", "a"]


def test_damage_is_told(tmp_path: Path) -> None:
    made = Index()
    made.add(CHECKS)
    made.save(tmp_path / "index")
    (tmp_path / "index" / "terms.txt").write_text("cut short")
    with pytest.raises(FormatError, match="build it again"):
        Index.load(tmp_path / "index")


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FormatError, match="something else"):
        Index().save(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_ranges(index: Index) -> None:
    with pytest.raises(RangeError, match="1 or more; got 0"):
        index.search(["x"], k=0)
    with pytest.raises(RangeError, match="got 2"):
        index.search(["x"], threshold=2)


@pytest.mark.parametrize(
    ("query", "claim", "expected"),
    [
        ("The mayor spent 300 million crowns", "The mayor spent 3 million crowns.", "different-figure"),
        ("The mayor spent 3,000,000 crowns", "The mayor spent three million crowns.", "same"),
        ("Sea water does not cure the flu", "Sea water cures the flu", "denial"),
        ("Sea water cures the flu", "Sea water cures the flu", "same"),
    ],
)
def test_stance(query: str, claim: str, expected: str) -> None:
    assert stance(query, claim) == expected


def test_values() -> None:
    assert [(v.value, v.unit) for v in values("In 2016 it cost $4,300, twenty-five percent of 2bn")] == [
        (4300.0, "$"),
        (25.0, "%"),
        (2e9, ""),
    ]


def test_rarer_words_weigh_more() -> None:
    field = Field()
    field.add([[1, 2], [1, 3], [1, 3]])
    scores = field.scores([2, 3], np.ones(3, bool), 1.0)
    assert scores[0] > scores[1] == scores[2] > 0


def test_products_are_near_the_exact_ones() -> None:
    drawn = np.random.default_rng(5).normal(size=(40, 384)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    held = Vectors.empty(384)
    for row in drawn:
        held.add(row[None])
    assert np.abs(held.products(drawn) - drawn @ drawn.T).max() < 0.01


def test_many_texts_are_found_as_one_by_one(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Index.__module__], "_QUERIES", 2)
    texts = [check.claim for check in CHECKS] * 3
    expected = [index.search([text], threshold=0)[0] for text in texts]
    assert index.search(texts, threshold=0) == expected
    alone = Index(threads=1)
    alone.add(CHECKS)
    assert alone.search(texts, threshold=0) == expected


def test_described_without_an_answer_is_as_if_it_were_not_there(index: Index) -> None:
    text = "sea water cures flu"
    shrunk = Index()
    shrunk.add(check for check in CHECKS if check.id != "flu")
    ((ids, features),) = index.described([text], without=[["flu"]])
    ((expected, others),) = shrunk.described([text])
    assert ids == expected
    assert features == pytest.approx(others, abs=1e-6)
    assert index.search([text], threshold=0)[0][0].factcheck.id == "flu"


FEW = (
    FactCheck("tram", "The new tram line in Kellmark cost 240 million crowns."),
    FactCheck("swim", "Two in three pupils in Ostra cannot swim."),
    FactCheck("dam", "The dam at Lower Fenn leaked for nine days before anyone was told."),
    FactCheck("pay", "Nurses in Velden earn less than bus drivers."),
    FactCheck("night", "Cats can see in the dark."),
    FactCheck("flu", "Drinking sea water cures the flu."),
)


@pytest.fixture(scope="module")
def few() -> Index:
    made = Index()
    made.add(FEW)
    return made


@pytest.mark.parametrize(
    "text",
    [
        "About 30,000 people ride the tram in Kellmark every day",
        "Ostra will close four of its swimming pools next year",
        "The dam at Lower Fenn was built by 600 workers in 1931",
        "Velden has 1,200 nurses, twice as many as ten years ago",
        "Our cats sleep sixteen hours a day",
        "The flu closed twelve schools in January",
    ],
)
def test_another_claim_on_the_matter_of_the_only_check_is_not_found(few: Index, text: str) -> None:
    assert few.search([text]) == [[]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kellmark paid 240 million for its tram line", "tram"),
        ("most children at school in Ostra are unable to swim, a teacher said", "swim"),
        ("water had been leaking from the Lower Fenn dam for nine days when people heard of it", "dam"),
        ("a nurse in Velden makes less money than somebody who drives a bus", "pay"),
        ("cats see at night", "night"),
        ("sea water is a cure for flu", "flu"),
    ],
)
def test_the_same_claim_in_other_words_is_found_among_few(few: Index, text: str, expected: str) -> None:
    assert few.search([text])[0][0].factcheck.id == expected
