"""Why a reading's labels are what they are, kept beside it: its own JSON and hash hold the labels alone."""

from __future__ import annotations

import json
import zlib

from whence.desk.models import Version
from whence.publish.json import dump
from whence.records import Reading
from whence.records.parse import reading_from_dict

__all__ = ["explained", "packed"]


def packed(reading: Reading) -> bytes:
    """Return a reading's explanations as JSON, compressed; they are three times as long as the reading without them."""
    return zlib.compress(dump([one.to_dict() for one in reading.explanations], None).encode(), 6)


def explained(version: Version) -> Reading:
    """Return a version's reading with its explanations; with none where they were not kept.

    Args:
        version: with its reading and reasons.
    """
    reasons = json.loads(zlib.decompress(version.reasons)) if version.reasons else []
    return reading_from_dict({**json.loads(version.reading), "explanations": reasons})
