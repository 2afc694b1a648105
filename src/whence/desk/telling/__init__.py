"""The library's sentences in the page's language: what findings say, why labels are what they are, what failed."""

from __future__ import annotations

from django.utils.translation import gettext

from whence.desk.telling import troubles
from whence.desk.telling.findings import CONDITIONS, FINDINGS
from whence.desk.telling.forms import Told
from whence.desk.telling.labels import Label, label
from whence.desk.telling.reasons import REASONS

__all__ = ["Label", "Told", "condition", "finding", "label", "reason", "trouble"]


def finding(says: str, labels: tuple[str, ...] = ()) -> Told:
    """Return what a finding says.

    Args:
        says: as the library says it.
        labels: of the reading's sources, so that an "and" within a name stays one.
    """
    return FINDINGS.tell(says, labels)


def condition(id: str) -> str:
    """Return when a finding holds, "" for one that is not known."""
    return gettext(CONDITIONS[id]) if id in CONDITIONS else ""


def reason(rule: str) -> Told:
    """Return the rule of an explanation."""
    return REASONS.tell(rule)


def trouble(says: str) -> Told:
    """Return why something could not be fetched or read."""
    return troubles.tell(says)
