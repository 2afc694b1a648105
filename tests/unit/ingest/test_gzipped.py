"""Gzip up to a limit."""

from __future__ import annotations

import gzip

import pytest

from whence.errors import FormatError
from whence.ingest.gzipped import unpacked


@pytest.mark.parametrize(("size", "limit", "left"), [(0, 5, 0), (5, 5, 5), (6, 5, 6), (1_000_000, 5, 6)])
def test_no_more_than_one_byte_beyond_the_limit(size: int, limit: int, left: int) -> None:
    assert unpacked(gzip.compress(b"x" * size, mtime=0), "a.gz", limit) == b"x" * left


@pytest.mark.parametrize(
    "data",
    [b"no gzip", gzip.compress(b"a page", mtime=0)[:-6], gzip.compress(bytes(range(200)), mtime=0)[:40]],
    ids=["other", "short", "cut"],
)
def test_what_is_damaged_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"a\.gz cannot be unpacked: it is damaged"):
        unpacked(data, "a.gz", 900)
