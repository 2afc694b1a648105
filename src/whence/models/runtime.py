"""A packaged model on disk: its card's figures checked, its weights run by onnxruntime on CPU."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from whence.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FORMAT = 2  # of config.json
_SLOW = ["SkipLayerNormFusion"]
"""What onnxruntime had better not do to a graph: sum and norm fused take many times as long as the two apart."""
_REMEDY = "reinstall whence, or rebuild the weights with `make train` or `make train-claims`"


class Model:
    """A model: a tokenizer, settings, and a session.

    Args:
        session: An onnxruntime session.
        tokenizer: The tokenizer of its word pieces.
        config: The content of config.json.
    """

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, config: Mapping[str, Any]) -> None:
        self._session = session
        self.tokenizer = tokenizer
        self.config = config

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Model:
        """Load a model from its folder.

        Args:
            folder: Holds model.onnx, tokenizer.json and config.json.
            threads: Threads for one window, 1 or more; results do not depend on them.

        Returns:
            The model.

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
        settings.intra_op_num_threads = threads
        settings.inter_op_num_threads = 1
        settings.log_severity_level = 3
        # Threads that spin while they wait cost more than they bring when a batch of stories keeps all cores busy.
        settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                settings,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=_SLOW,
            )
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise ModelError(f"cannot load the model in {folder}: {error}; {_REMEDY}") from error
        return cls(session, tokenizer, config)

    def run(self, **inputs: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Run the model once.

        One window at a time: int8 activations are scaled by the largest value in the batch, so that neighbours, or
        their padding, would change the result.

        Args:
            inputs: The graph's inputs by name, as config.json or the model card describes them.

        Returns:
            Its first output.
        """
        scores: npt.NDArray[np.float32] = self._session.run(None, inputs)[0]
        return scores


def check_hash(path: Path, expected: str) -> None:
    """Check that a file is the one its card names.

    Args:
        path: The file.
        expected: Its SHA-256 in hexadecimal.

    Raises:
        ModelError: When the file is absent or another.
    """
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(f"no model file at {path}: {_REMEDY}") from error
    if found != expected:
        raise ModelError(
            f"{path} is not the file its card names (sha256 {found[:12]}…, not {expected[:12]}…): {_REMEDY}"
        )


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
