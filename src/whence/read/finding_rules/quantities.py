"""What a figure counts, as far as a verb or noun beside it tells: the dead, the hurt, those who came, who was on board.

"The fire killed 12 people" and "the death toll was 19" count the same, in words that share no stem. Each matter has the
words that tell it; a figure belongs to one where such a word stands in the same clause.
"""

from __future__ import annotations

import re
from functools import cache

from whence.read.wording import stem

__all__ = ["PEOPLE", "matter_of"]

_MATTERS: dict[str, str] = {
    "dead": "die dead death deaths kill killed fatality fatalities slain perish toll",
    "hurt": "injure injured injury injuries hurt wound wounded casualties",
    "missing": "missing unaccounted",
    "held": "arrest arrested arrests detain detained detention",
    "came": "attend attended attendance march marched rally rallied turnout demonstrate demonstrated",
    "aboard": "aboard carry carrying passenger passengers",
    "homeless": "displace displaced evacuate evacuated evacuation homeless",
    "jobs": "redundant redundancies layoff layoffs sacked dismissed",
}
_PHRASES = (
    (re.compile(r"\b(?:took|taken|take|taking|takes) part\b|\bturned out\b|\bturn out\b", re.IGNORECASE), "attend"),
    (re.compile(r"\bon board\b", re.IGNORECASE), "aboard"),
    (re.compile(r"\blost (?:their|his|her) li(?:fe|ves)\b|\blives (?:were )?lost\b", re.IGNORECASE), "killed"),
    (re.compile(r"\b(?:unaccounted for|not been found)\b", re.IGNORECASE), "missing"),
)
_WORD = re.compile(r"[a-z]{3,20}", re.IGNORECASE)
PEOPLE = frozenset(
    stem(form)
    for w in "people person man woman child men women children passenger resident civilian worker victim protester "
    "demonstrator marcher visitor soldier fighter villager patient inmate migrant refugee others souls".split()
    for form in (w, f"{w}s")  # Two stems: "soldier" and "soldiers" lose different endings.
)
"""Stems of units that are people: "260 people" may be "212 passengers"."""


@cache
def _index() -> dict[str, str]:
    return {stem(w): name for name, words in _MATTERS.items() for w in words.split()}


def matter_of(words: str) -> str | None:
    """The matter that the words around a figure tell, or None where they tell none or more than one.

    Args:
        words: the clause around the figure, without it.
    """
    for pattern, plain in _PHRASES:
        words = pattern.sub(plain, words)
    found = {_index()[s] for w in _WORD.findall(words) if (s := stem(w)) in _index()}
    return found.pop() if len(found) == 1 else None
