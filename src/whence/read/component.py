"""What a component of the reading pipeline is, and the check that components fit together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whence.errors import PipelineError
from whence.read.document import Document

__all__ = ["Component", "check", "run"]


@dataclass(frozen=True, slots=True)
class Component:
    """A named step that reads some fields of a document and fills others.

    Args:
        name: as it stands in explanations and error messages.
        requires: the fields it reads; dotted for a draft's field ("draft.sources").
        assigns: the fields it fills.
        apply: does the work, in place.
    """

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]
    apply: Callable[[Document], None]


def check(components: Sequence[Component], given: frozenset[str] = frozenset({"story", "published"})) -> None:
    """Make sure that every component finds what it requires.

    Raises:
        PipelineError: a component requires a field that no earlier one assigns.
    """
    have = set(given)
    for c in components:
        missing = sorted(c.requires - have)
        if missing:
            raise PipelineError(
                f"component {c.name!r} requires {', '.join(missing)}, which no component before it assigns: "
                "put the one that does in front of it"
            )
        have |= c.assigns


def run(components: Sequence[Component], document: Document) -> None:
    """Apply components in order, in place."""
    for c in components:
        c.apply(document)
