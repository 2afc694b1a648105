"""Sentences as vectors, by a small transformer (models/claims/MODEL_CARD.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

import whence.models
from whence.errors import ModelError
from whence.models.runtime import check_hash
from whence.text.normalise import plain

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = ["FORMAT", "PACKAGED", "Encoder"]

FORMAT = 1  # of config.json
PACKAGED = Path(whence.models.__path__[0]) / "claims"
_REMEDY = "reinstall whence, or rebuild the weights with `make train-claims`"
_CHARACTERS = 4000  # of a text are looked at; the first 128 word pieces are nearly always among them

_QUOTE = re.compile(r"(?<![^\W_])'+|'+(?![^\W_])")  # what is no apostrophe inside a word


class Encoder:
    """Texts to vectors of length 1: the closer two texts are in what they say, the greater their scalar product.

    Args:
        session: An onnxruntime session; ids (1, pieces) to vector (width,).
        tokenizer: The tokenizer of its word pieces.
        config: The content of config.json.
        threads: How many texts to encode at a time, 1 or more; results do not depend on it.
    """

    def __init__(
        self, session: InferenceSession, tokenizer: Tokenizer, config: Mapping[str, Any], threads: int
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._threads = threads
        self.config = config
        self.width: int = config["width"]
        self.limit: int = config["pieces"]
        self._end: int = tokenizer.token_to_id("[SEP]")  # type: ignore[assignment]  # the tokenizer, whose hash is checked, has it

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
        if threads < 1:
            raise ValueError(f"threads must be 1 or more, got {threads}")
        config = read_config(folder)
        for name, expected in config["files"].items():
            check_hash(folder / name, expected)
        import onnxruntime
        from tokenizers import Tokenizer

        settings = onnxruntime.SessionOptions()
        # Texts are short: it pays to have a thread for each text, not several for one.
        settings.intra_op_num_threads = 1
        settings.inter_op_num_threads = 1
        settings.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), settings, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise ModelError(f"cannot load the model in {folder}: {error}; {_REMEDY}") from error
        return cls(session, tokenizer, config, threads)

    @staticmethod
    @lru_cache(maxsize=1)
    def packaged() -> Encoder:
        """The encoder that comes with whence, loaded once.

        Raises:
            ModelError: When its files are not whole.
        """
        return Encoder.load(PACKAGED)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the vectors of some texts.

        One text at a time: int8 activations are scaled by the largest value in a batch, so that neighbours, or their
        padding, would change a result.

        Args:
            texts: Any texts; what goes beyond 128 word pieces is not looked at.

        Returns:
            Vectors of length 1; shape (texts, width), float32.
        """
        vectors = np.zeros((len(texts), self.width), np.float32)
        # The style of quotation marks says nothing: two claims that differ in it alone have one vector.
        rows = self._tokenizer.encode_batch([_QUOTE.sub('"', plain(text[:_CHARACTERS])) for text in texts])

        def encode(index: int) -> None:
            ids = rows[index].ids
            if len(ids) > self.limit:
                ids = [*ids[: self.limit - 1], self._end]
            feed = {"ids": np.array([ids], dtype=np.int64)}
            vectors[index] = self._session.run(["vector"], feed)[0]

        if self._threads == 1 or len(texts) == 1:
            for index in range(len(texts)):
                encode(index)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(encode, range(len(texts))))
        return vectors


def read_config(folder: Path) -> dict[str, Any]:
    """Read the settings of a model.

    Args:
        folder: Holds config.json.

    Raises:
        ModelError: When there is none, or one of another format.
    """
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no readable config.json in {folder}: {_REMEDY}") from error
    if config.get("format") != FORMAT:
        raise ModelError(
            f"the model in {folder} has format {config.get('format')}, this whence reads {FORMAT}: {_REMEDY}"
        )
    return config
