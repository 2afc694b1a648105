"""Where a statement stands in a version of a story's text, so that a note can find it again in the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whence.records.shape import shaped

__all__ = ["AROUND", "Anchor", "anchor_of"]

AROUND = 32
"""Characters of prefix and suffix that an anchor keeps."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage by its position and by its words (the selectors of the W3C Web Annotation model).

    Args:
        start: of the passage in the story's text, in code points.
        end: after its last character.
        exact: the passage itself.
        prefix: up to 32 characters before it.
        suffix: up to 32 characters after it.

    Raises:
        ValueError: When the positions do not span the passage.
    """

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.exact or self.start < 0 or self.end - self.start != len(self.exact):
            raise ValueError(
                f"an anchor spans its words: {len(self.exact)} characters cannot stand at {self.start} to {self.end}"
            )

    def to_dict(self) -> dict[str, Any]:
        """The anchor as a JSON object."""
        return {
            "start": self.start,
            "end": self.end,
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Anchor:
        """The anchor of a JSON object that `to_dict` made.

        Raises:
            ValueError: When it is not one.
        """
        given = shaped(values, "an anchor", start=int, end=int, exact=str, prefix=str, suffix=str)
        return cls(**given)


def anchor_of(text: str, start: int, end: int) -> Anchor:
    """The anchor of a passage.

    Args:
        text: the story's.
        start: of the passage, in code points.
        end: after its last character; more than start.

    Raises:
        ValueError: When the passage is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"a passage lies inside its text of {len(text)} characters; got {start} to {end}")
    return Anchor(start, end, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND])
