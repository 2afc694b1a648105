"""Gzip up to a limit."""

from __future__ import annotations

import gzip

import pytest

from whence.errors import FormatError
from whence.ingest.gzipped import unpacked


@pytest.mark.parametrize(("size", "limit", "left"), [(0, 5, 0), (5, 5, 5), (6, 5, 6), (1_000_000, 5, 6)])
def test_no_more_than_one_byte_beyond_the_limit(size: int, limit: int, left: int) -> None:
    assert unpacked(gzip.compress(b"x" * size), "a.gz", limit) == b"x" * left


@pytest.mark.parametrize(
    "data", [b"", b"no gzip", gzip.compress(b"a page")[:-6], gzip.compress(b"a page")[:12] + b"\xff" * 20]
)
def test_what_is_damaged_is_refused_by_name(data: bytes) -> None:
    if data == b"":
        assert unpacked(data, "a.gz", 9) == b""
        return
    with pytest.raises(FormatError, match="a.gz cannot be unpacked: it is damaged"):
        unpacked(data, "a.gz", 9)
