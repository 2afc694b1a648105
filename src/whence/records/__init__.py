"""The values that the stages hand to one another: frozen, typed, standard library only."""

from whence.records.reading import VERSION, Explanation, Reading
from whence.records.source import KINDS, NAMINGS, Kind, Naming, Source
from whence.records.statement import (
    ACTS,
    COMPARATORS,
    QUOTES,
    VOICES,
    Act,
    Comparator,
    Dispute,
    Figure,
    Finding,
    Quote,
    Statement,
    Time,
    Voice,
)
from whence.records.story import ROLES, Badge, Byline, Link, Paragraph, Role, Span, Story

__all__ = [
    "ACTS",
    "COMPARATORS",
    "KINDS",
    "NAMINGS",
    "QUOTES",
    "ROLES",
    "VERSION",
    "VOICES",
    "Act",
    "Badge",
    "Byline",
    "Comparator",
    "Dispute",
    "Explanation",
    "Figure",
    "Finding",
    "Kind",
    "Link",
    "Naming",
    "Paragraph",
    "Quote",
    "Reading",
    "Role",
    "Source",
    "Span",
    "Statement",
    "Story",
    "Time",
    "Voice",
]
