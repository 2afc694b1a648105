"""Findings: observations about a story's sourcing, each with the words that show it.

They count and name; they do not judge, and none says that anything is true or false. Each stands at most once in a
reading, in the order of `RULES`. docs/reference/findings.md says when each holds.
"""

from __future__ import annotations

from collections.abc import Callable

from whence.read.component import Component
from whence.read.document import Document
from whence.read.finding_rules import (
    badge_without_record,
    byline_out_of_beat,
    disputed,
    headline_rests_on_unnamed,
    numbers_disagree,
    own_voice_loaded,
    quote_unattributed,
    relay,
    single_source,
    undated,
)
from whence.records import Finding

__all__ = ["FINDINGS", "RULES"]

RULES: tuple[tuple[str, Callable[[Document], Finding | None]], ...] = (
    ("headline-rests-on-unnamed", headline_rests_on_unnamed.find),
    ("badge-without-record", badge_without_record.find),
    ("relay", relay.find),
    ("single-source", single_source.find),
    ("disputed", disputed.find),
    ("own-voice-loaded", own_voice_loaded.find),
    ("numbers-disagree", numbers_disagree.find),
    ("quote-unattributed", quote_unattributed.find),
    ("byline-out-of-beat", byline_out_of_beat.find),
    ("undated", undated.find),
)
"""Every finding's id and rule, in the order in which a reading has them."""


def _apply(doc: Document) -> None:
    doc.findings = []
    for name, find in RULES:
        finding = find(doc)
        if finding:
            doc.findings.append(finding)
            doc.explain(name, f"finding={name}", "findings", f"rule {name}", evidence=finding.evidence)


FINDINGS = Component(
    "findings",
    frozenset(
        {
            "story",
            "published",
            "sentences",
            "drafts",
            "draft.id",
            "draft.sources",
            "draft.chain",
            "draft.quote",
            "draft.act",
            "draft.hedges",
            "draft.loaded",
            "draft.figures",
            "draft.times",
            "relays",
            "relay.source",
            "disputes",
            "headline_support",
        }
    ),
    frozenset({"findings"}),
    _apply,
)
"""Fills `findings`."""
