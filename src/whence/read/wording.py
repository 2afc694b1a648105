"""How much two pieces of a story say in the same words: light stems, weighted by how rare they are in the story.

The weight of a stem is its inverse sentence frequency, idf(s) = ln((1 + N) / (1 + n_s)) + 1 of N sentences, n_s of
which hold the stem: what every sentence of a story is about tells little about whether two of them say the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["FUNCTION_WORDS", "NEGATION", "Wording", "stem", "stems"]

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")

FUNCTION_WORDS = frozenset(
    "a about above after again against all also although am an and any are as at be because been before being below"
    " between both but by can could did do does doing done down during each either even ever every few for from"
    " further get gets getting got had has have having he her here hers herself him himself his how however i if in"
    " into is it its itself just let like made make makes making may me might more most much must my myself no nor"
    " not now of off on once one only onto or other our ours out over own per rather s same say says said shall she"
    " should since so some still such t than that the their theirs them themselves then there these they this those"
    " though through to too toward towards under until up upon us very was we were what when where whether which"
    " while who whom whose why will with within without would yet you your yours told tell tells according added"
    " mr mrs ms dr new".split()
)
"""Words that carry no matter of their own."""

NEGATION = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|neither|nor|without|cannot|fake|false|falsely|untrue|\w+n[’']t)\b",
    re.IGNORECASE,
)
"""Words that turn a proposition round."""

_IRREGULAR = {
    "took": "take", "taken": "take", "gave": "give", "given": "give", "knew": "know", "known": "know",
    "sold": "sell", "bought": "buy", "paid": "pay", "met": "meet", "held": "hold", "left": "leave", "led": "lead",
    "lost": "lose", "kept": "keep", "sent": "send", "spent": "spend", "broke": "break", "broken": "break",
    "stole": "steal", "stolen": "steal", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak",
    "went": "go", "gone": "go", "came": "come", "hid": "hide", "hidden": "hide", "shot": "shoot", "fought": "fight",
    "ran": "run", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "grew": "grow",
    "grown": "grow", "built": "build", "brought": "bring", "caught": "catch", "drove": "drive", "driven": "drive",
    "struck": "strike", "stuck": "stick", "won": "win", "withdrew": "withdraw", "withdrawn": "withdraw",
    "died": "die", "dies": "die", "dying": "die", "dead": "die", "deaths": "die", "death": "die", "lied": "lie",
    "lying": "lie", "lies": "lie", "children": "child", "men": "man", "women": "woman", "people": "person",
    "killed": "kill", "made": "make", "found": "find", "fled": "flee", "threw": "throw", "thrown": "throw",
    "chose": "choose", "chosen": "choose", "began": "begin", "begun": "begin", "saw": "see", "seen": "see",
    "u.s": "us", "britain": "british", "france": "french", "germany": "german", "spain": "spanish",
}  # fmt: skip
_SUFFIXES = (
    "fulness", "ations", "ation", "ments", "ment", "ities", "ingly", "edly", "ings", "ing", "ions", "ion", "ized",
    "ised", "izes", "ises", "iers", "ies", "ied", "ers", "er", "ors", "or", "ed", "es", "ly", "al", "ity", "s", "e",
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A word without its inflection, roughly: "dumping", "dumped" and "dumps" are one stem.

    Two passes, so that "builders" and "building" meet; nothing shorter than three letters is left.
    """
    low = word.casefold().replace("’", "'").removesuffix("'s").rstrip("'")
    low = _IRREGULAR.get(low, low)
    for _ in range(2):
        for suffix in _SUFFIXES:
            if low.endswith(suffix) and len(low) - len(suffix) >= 3:
                low = low[: -len(suffix)]
                break
    if len(low) > 3 and low[-1] == low[-2] and low[-1] not in "aeiouls":
        low = low[:-1]
    return low[:-1] + "i" if low.endswith("y") and len(low) > 3 else low


def stems(text: str) -> list[str]:
    """The stems of a text's content words, in order."""
    return list(_stems(text))


@lru_cache(maxsize=1 << 11)  # Several components ask for those of the same statements and sentences.
def _stems(text: str) -> tuple[str, ...]:
    return tuple(s for w in _WORD.findall(text) if (s := _content(w)))


@lru_cache(maxsize=1 << 14)
def _content(word: str) -> str:
    """The stem of a content word; empty for a word without matter of its own."""
    function = word.casefold().replace("’", "'") in FUNCTION_WORDS or not (len(word) > 1 or word.isdigit())
    return "" if function or NEGATION.fullmatch(word) else stem(word)


class Wording:
    """Weighs the words of one story.

    Args:
        sentences: its sentences.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for sentence in sentences:
            counts.update(set(stems(sentence)))
            total += 1
        self._counts, self._total = counts, total

    def weight(self, stem: str) -> float:
        """The inverse sentence frequency of a stem, at least about 1."""
        return math.log((1 + self._total) / (1 + min(self._counts[stem], self._total))) + 1

    def covered(self, part: Iterable[str], whole: Iterable[str]) -> float:
        """How much of `part` stands in `whole`: the share, by weight, of its distinct stems, 0..1."""
        wanted, there = set(part), set(whole)
        # A set has no order that holds from one run to the next: the sum must not depend on it.
        total = math.fsum(map(self.weight, wanted))
        return math.fsum(map(self.weight, wanted & there)) / total if total else 0.0
