"""Sources: whoever a statement is attributed to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from whence.records.story import Span

__all__ = ["KINDS", "NAMINGS", "Kind", "Naming", "Source"]

Naming = Literal["named", "unnamed", "unspecified"]
Kind = Literal["person", "group", "organisation", "state", "outlet", "document", "unknown"]
NAMINGS: tuple[Naming, ...] = get_args(Naming)
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Source:
    """Someone or something that speaks in a story, with every place where the story refers to them.

    Args:
        id: unique in its reading, stable for the same input ("s1", "s2", … by first mention).
        label: the fullest way in which the story names the source.
        naming: `named`, `unnamed` ("a diplomatic source") or `unspecified` (nobody is said to speak).
        mentions: spans that refer to the source, in text order, without overlaps.
        role: what the story says the source is ("French academic and Syria expert"), its own words.
        affiliation: the body the source speaks for, in the story's own words.
    """

    id: str
    label: str
    naming: Naming
    kind: Kind = "unknown"
    role: str | None = None
    affiliation: str | None = None
    mentions: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if self.naming not in NAMINGS:
            raise ValueError(f"naming is one of {', '.join(NAMINGS)}; got {self.naming!r}")
        if self.kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}; got {self.kind!r}")

    def to_dict(self) -> dict[str, Any]:
        """The source as the JSON contract has it (DESIGN.md, "The reading")."""
        return {
            "id": self.id,
            "label": self.label,
            "naming": self.naming,
            "kind": self.kind,
            "role": self.role,
            "affiliation": self.affiliation,
            "mentions": [list(m) for m in self.mentions],
        }
