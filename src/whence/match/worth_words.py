"""Words by which check-worthiness tells claims from opinions, promises and predictions."""

from __future__ import annotations

import re

__all__ = ["CAUSE", "COMPARISON", "FUTURE", "OPINION", "PAST", "SWEEPING"]


def _any(*phrases: str) -> re.Pattern[str]:
    words = "|".join(p.replace(" ", r"\s+") for group in phrases for p in group.split("|"))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


COMPARISON = _any(
    "more|less|fewer|most|least|higher|lower|highest|lowest|larger|largest|smaller|smallest|bigger|biggest|greater",
    "greatest|worse|worst|better|best|faster|fastest|slower|older|oldest|younger|youngest|richest|poorest|cheaper|cheapest",
    "longer|longest|shorter|shortest|earlier|later|stronger|strongest|weaker|safer|safest|deadliest|costliest",
    "twice|double|doubled|triple|tripled|halved|half as|times as|times the|record|unprecedented|on record",
    "the first|the only|the last|for the first time|increased|decreased|rose|risen|fell|fallen|grew|grown|dropped",
    "soared|plunged|declined|surged|outpaced|exceeds?|exceeded|compared with|compared to|than",
)
SWEEPING = _any(
    "all|every|everyone|everybody|everything|always|never|none|nobody|no one|nothing|no other|not a single|any|entire",
    "the whole|nowhere|majority|not one|zero|without exception|completely|totally",
)
CAUSE = _any(
    "because|caused|causes|causing|due to|led to|leads to|leading to|results? in|resulted in|resulting in|as a result",
    "thanks to|blamed|blames|responsible for|killed by|driven by|triggered|prompted|sparked|stems? from|stemmed from",
    "created|destroyed|cost us|costs|so that",
)
FUTURE = _any(
    "will|won't|won’t|shall|'ll|’ll|going to|gonna|would|may|might|could|plans? to|intends? to|aims? to|expects? to",
    "is expected to|are expected to|is likely to|are likely to|about to|tomorrow|next (?:week|month|year|spring)",
)
OPINION = _any(
    "should|shouldn't|shouldn’t|must|ought to|deserves?|wonderful|terrible|awful|great|beautiful|amazing|disgraceful",
    "shameful|outrageous|ridiculous|absurd|brilliant|horrible|proud|glad|sorry|sad|thank|thanks|let's|let’s|please",
)
PAST = _any(
    r"was|were|had|has|have|did|been|went|took|made|came|gave|told|saw|found|won|lost|said|voted|paid|built|sent",
    r"left|spent|held|met|kept|brought|bought|sold|began|became|led|ran|cut|hit|shot|died|fought|broke|wrote|got",
    r"put|set|struck|sank",
    r"[a-z]{3,20}ed",
)
