"""A reading in each of the formats of `whence read`, as text for the eye or as bytes for a file."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whence.records import Reading

__all__ = ["FORMATS", "Packer", "Page", "render"]

FORMATS = ("text", "json", "html", "annotation", "brat", "jsonl", "parquet")


def render(reading: Reading, format: str, *, explain: bool = False, terminal: bool = False) -> str:
    """A reading in one of the text formats.

    Args:
        format: one of `FORMATS`, without parquet.
        explain: also say why every label is what it is (text and JSON).
        terminal: colour may be used: the text goes to a terminal as it is.
    """
    from whence import publish

    if format == "text":
        encoding = sys.stdout.encoding if terminal else "utf-8"
        return publish.terminal_text(reading, explain=explain, colour=terminal, encoding=encoding)
    if format == "json":
        return publish.to_json(reading, explain=explain) + "\n"
    if format == "jsonl":
        return publish.to_json(reading, explain=explain, indent=None) + "\n"
    if format == "html":
        return publish.to_html(reading)
    if format == "annotation":
        return publish.to_annotation_json(reading) + "\n"
    return publish.to_brat(reading)


@dataclass(frozen=True, slots=True)
class Page:
    """What a story comes to in a batch: bytes, made where it was read, so that nothing larger goes between processes.

    Args:
        data: the reading in its format; for Parquet, its rows as an Arrow message.
        beside: for brat, the text that the offsets are into.
    """

    data: bytes
    beside: bytes = b""


@dataclass(frozen=True, slots=True)
class Packer:
    """Makes the page of a reading, in whatever process it is called.

    Args:
        format: one of `FORMATS`.
        explain: also say why every label is what it is.
    """

    format: str
    explain: bool = False

    def __call__(self, reading: Reading) -> Page:
        """The page of a reading."""
        if self.format == "parquet":
            from whence.publish.arrow import row_batch

            return Page(row_batch(reading).serialize().to_pybytes())
        data = render(reading, self.format, explain=self.explain).encode()
        if self.format != "brat":
            return Page(data)
        from whence.publish.safe import scalar

        return Page(data, scalar(reading.story.text).encode())
