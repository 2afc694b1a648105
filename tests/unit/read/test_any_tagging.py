"""Whatever the model says of a story, the rules read it: no answer of the model's stops a batch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from whence.ingest import from_text
from whence.models.runtime import Model
from whence.read import Reader
from whence.read.tagger import PACKAGED, TASKS, Tagger

STORY = (
    "Vostria ‘to shut pier’, says mayor\n\n"
    "STENMOUTH (Quill) — The mayor’s office told the Vale Herald’s Ida Colm, 44, that the pier was “safe”. "
    "Officials in Vostria, which borders Leskovia, denied it; according to a report, 12% of it was rotten.\n\n"
    "“We wait,” said Bram Oster’s lawyer. “I said so.”\n\n"
    "— Ann Teel, harbour master\n\n"
    "Q: Who pays?\n\nA: They put the cost at $2m–$3m, and she accused him of lying about it on Monday.\n\n"
    "The minister promised:\n- a new pier;\n- divers in May.\n\n"
    "Radio Solent reports: the U.S. Army’s “so-called” plan, citing two diplomats, was first reported by the BBC."
)


class AnyModel:
    """A model that says something at random of every word."""

    def __init__(self, model: Model, seed: int) -> None:
        self.tokenizer, self.config = model.tokenizer, model.config
        self._random = np.random.default_rng(seed)
        self._columns = sum(int(model.config["tasks"][task]) for task in TASKS)

    def run(self, **inputs: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Scores of each word, drawn anew."""
        drawn = self._random.normal(size=(len(inputs["heads"]), self._columns))
        return (3 * drawn).astype(np.float32)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load(PACKAGED)


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_a_story_is_read_whatever_the_model_says(model: Model, first: int) -> None:
    for seed in range(first, first + 10):
        reader = Reader(tagger=Tagger.of(AnyModel(model, seed)))  # type: ignore[arg-type]
        reading = reader.read(from_text(STORY, id=str(seed), published="2024-05-15"))
        assert reading.statements
        for statement in reading.statements:
            assert all(0 <= start < end <= len(STORY) for start, end in statement.content)
