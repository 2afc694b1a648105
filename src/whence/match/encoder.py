"""Sentences as vectors, by a small transformer (models/claims/MODEL_CARD.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

import whence.models
from whence.models.runtime import Model
from whence.text.normalise import plain

__all__ = ["PACKAGED", "Encoder"]

PACKAGED = Path(whence.models.__path__[0]) / "claims"
_CHARACTERS = 4000  # of a text are looked at; the first 128 word pieces are nearly always among them

_QUOTE = re.compile(r"(?<![^\W_])'+|'+(?![^\W_])")  # what is no apostrophe inside a word


class Encoder:
    """Texts to vectors of length 1: the closer two texts are in what they say, the greater their scalar product.

    Args:
        model: Its graph takes ids (1, pieces) and gives the vector (width,).
        threads: How many texts to encode at a time, 1 or more; results do not depend on it.

    Raises:
        ValueError: When threads is below 1.
    """

    def __init__(self, model: Model, threads: int = 2) -> None:
        if threads < 1:
            raise ValueError(f"threads must be 1 or more, got {threads}")
        self._model = model
        self._threads = threads
        self.config = model.config
        self.width: int = model.config["width"]
        self.limit: int = model.config["pieces"]
        self._end: int = model.tokenizer.token_to_id("[SEP]")  # type: ignore[assignment]  # the tokenizer, whose hash is checked, has it

    @classmethod
    def load(cls, folder: Path, threads: int = 2) -> Encoder:
        """Load an encoder from its folder.

        Args:
            folder: Holds model.onnx, tokenizer.json and config.json.
            threads: How many texts to encode at a time, 1 or more.

        Returns:
            The encoder.

        Raises:
            ModelError: When a file is absent, unreadable, of another format, or not the one config.json names.
            ValueError: When threads is below 1.
        """
        # Texts are short: it pays to have a thread for each text, not several for one.
        return cls(Model.load(folder, threads=1), threads)

    @staticmethod
    @lru_cache(maxsize=1)
    def packaged() -> Encoder:
        """The encoder that comes with whence, loaded once.

        Raises:
            ModelError: When its files are not whole.
        """
        return Encoder.load(PACKAGED)

    def encode(self, texts: Sequence[str], threads: int | None = None) -> npt.NDArray[np.float32]:
        """Return the vectors of some texts.

        One text at a time: int8 activations are scaled by the largest value in a batch, so that neighbours, or their
        padding, would change a result.

        Args:
            texts: Any texts; what goes beyond 128 word pieces is not looked at.
            threads: How many texts to encode at a time, 1 or more; by default as the encoder was told.

        Returns:
            Vectors of length 1; shape (texts, width), float32.
        """
        vectors = np.zeros((len(texts), self.width), np.float32)
        # The style of quotation marks says nothing: two claims that differ in it alone have one vector.
        rows = self._model.tokenizer.encode_batch([_QUOTE.sub('"', plain(text[:_CHARACTERS])) for text in texts])

        def encode(index: int) -> None:
            ids = rows[index].ids
            if len(ids) > self.limit:
                ids = [*ids[: self.limit - 1], self._end]
            vectors[index] = self._model.run(ids=np.array([ids], dtype=np.int64))

        threads = min(threads or self._threads, len(texts))
        if threads <= 1:
            for index in range(len(texts)):
                encode(index)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(encode, range(len(texts))))
        return vectors
