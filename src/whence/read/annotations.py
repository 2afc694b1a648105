"""What the tagger hands to the components that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from whence.text.offsets import Span

__all__ = ["Attribution", "TaggedSpan", "Tagging", "Token"]


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A labelled span; `label` is source, cue or content, or PERSON, ORG, PLACE or GROUP; `score` lies in 0..1."""

    span: Span
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark with its part of speech (Penn tags, coarsened; see the model card)."""

    span: Span
    pos: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content that belong together, each as pieces in text order; `score` lies in 0..1.

    The source may be empty (nobody is named), the cue may be empty (a quotation that stands alone). `laid_out` where
    the page's layout shows it, not its wording: then it is taken as it stands.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    laid_out: bool = False


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that the model sees in some blocks of a text, everything in text order."""

    spans: tuple[TaggedSpan, ...] = ()
    entities: tuple[TaggedSpan, ...] = ()
    tokens: tuple[Token, ...] = ()
    attributions: tuple[Attribution, ...] = ()
