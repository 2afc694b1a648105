"""Which notes people who usually disagree agree on: from ratings to scores and statuses.

`fit` scores a community's ratings in memory; `score_files` scores Community Notes' public files;
`BridgingFactorisation` is the factorisation by itself. Names load when first used, so that importing this needs neither
numba nor polars.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whence.consensus.api import BridgingFactorisation, Consensus, fit
    from whence.consensus.explaining import Explanation, explain
    from whence.consensus.prescoring import Settings
    from whence.consensus.reading import Inputs, read
    from whence.consensus.scoring import Scores, score, score_files
    from whence.consensus.simulation import Scenario, simulate

__all__ = [
    "BridgingFactorisation",
    "Consensus",
    "Explanation",
    "Inputs",
    "Scenario",
    "Scores",
    "Settings",
    "explain",
    "fit",
    "read",
    "score",
    "score_files",
    "simulate",
]

_HOME = {
    "BridgingFactorisation": "api",
    "Consensus": "api",
    "Explanation": "explaining",
    "Inputs": "reading",
    "Scenario": "simulation",
    "Scores": "scoring",
    "Settings": "prescoring",
    "explain": "explaining",
    "fit": "api",
    "read": "reading",
    "score": "scoring",
    "score_files": "scoring",
    "simulate": "simulation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
