"""Readings made by hand, for every format's tests."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from hypothesis import settings

from whence.records import Reading

# How long an example takes says more about the machine than about the code.
settings.register_profile("publish", deadline=None)
settings.load_profile("publish")

HERE = Path(__file__).parent


# Tests run in import mode "importlib", in which test modules cannot import one another by name.
@pytest.fixture(scope="session")
def reading() -> Reading:
    """One of everything that a display must cope with."""
    found: Reading = runpy.run_path(str(HERE / "sample.py"))["sample"]()
    return found


@pytest.fixture(scope="session")
def hostile() -> Reading:
    """A reading in which every text tries to break out of its place."""
    found: Reading = runpy.run_path(str(HERE / "hostile.py"))["hostile"]()
    return found
