"""Names taken out before the encoder sees them: who is spoken of cannot change who is found to say what.

A run of words that make one name, with its titles, initials, particles and full stops ("Sen. Maria de la Cruz",
"U.S."), becomes one piece, the same for all names. What is a name is decided by form: a word with a capital letter
where English sets none, or one that nobody writes without. There is no list of names; the words known as ordinary come
from the lower-case words of the training texts (docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["LONGEST_RUN", "PLAIN_FORM", "Masker"]

LONGEST_RUN = 16
"""Words: a longer run of capitals is no name, and is cut."""

_KEPT = 1 << 15
"""Words of which is remembered what sort they are."""

_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
_MONTHS = """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec"""
_CLOSED = frozenset(
    f"""a an the this that these those each every either neither some any no none all both half such what which whose
    who whom whoever whatever i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his
    himself she her hers herself it its itself they them their theirs themselves one ones someone somebody something
    anyone anybody anything everyone everybody everything nobody nothing and or but nor yet so if unless because since
    while although though whereas until till than as whether when whenever where wherever why how of in on at by for
    from with without within into onto to toward towards upon over under above below between among against during
    before after about around across along through throughout behind beside besides beyond near off out up down per
    despite amid amongst via like unlike except is are was were be been being am do does did done have has had having
    will would shall should can could may might must not n t s re ve ll d m there here then now just also only even
    still again too very more most much many few less least other others another own same further ever never always
    often once twice according however meanwhile instead indeed perhaps maybe yes well oh okay ok mr mrs ms
    {_DAYS} {_MONTHS}""".split()
) - {"mr", "mrs", "ms"}
_MONTH_WORDS = frozenset(_MONTHS.split())
_ACRONYMS = frozenset(("US", "WHO", "IT"))  # which in capitals are none of the words above
_SHORTENED = frozenset(
    """mr mrs ms dr sen sens rep reps gov govs gen col lt maj capt cmdr adm sgt cpl pvt rev hon prof pres jr sr st mt ft
    inc corp co ltd bros atty messrs supt det insp fr""".split()
)
_PARTICLES = frozenset("al au el de del della di da du van von der den bin ibn abu ben ul la le los las dos".split())
_LEADING = _PARTICLES - frozenset(("au", "la", "le", "los", "las", "den", "dos", "ben"))
_OPENERS = frozenset("\"“‘«‹'’:;(—–[•*|/…")
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_HYPHENS = frozenset("-‐‑")
_APOSTROPHES = frozenset("'’‘")

# Words that differ only by the sex of who is spoken of, in one form each: the encoder sees that form.
PLAIN_FORM = {
    "he": "she", "him": "her", "his": "her", "hers": "her", "himself": "herself",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "spokeswomen": "spokesmen", "chairwoman": "chairman",
    "congresswoman": "congressman", "councilwoman": "councilman", "businesswoman": "businessman",
    "policewoman": "policeman", "policewomen": "policemen", "actress": "actor", "actresses": "actors",
    "woman": "man", "women": "men", "girl": "boy", "girls": "boys", "lady": "gentleman", "ladies": "gentlemen",
    "mother": "father", "mothers": "fathers", "mom": "dad", "wife": "husband", "wives": "husbands",
    "daughter": "son", "daughters": "sons", "sister": "brother", "sisters": "brothers", "aunt": "uncle",
    "niece": "nephew", "grandmother": "grandfather", "queen": "king", "princess": "prince", "female": "male",
    "widow": "widower", "girlfriend": "boyfriend", "heroine": "hero", "hostess": "host", "waitress": "waiter",
}  # fmt: skip

# Kinds of words.
_LOWER, _CLOSED_KIND, _MONTH, _ACRONYM, _ORDINARY, _SHOUTED, _DOUBTFUL, _NAME, _LETTER = range(9)


class Masker:
    """Finds the names in a list of words.

    Args:
        ordinary: words that stand in lower case far more often than not, in lower case.
        doubtful: words that are ordinary, and often part of names ("house"), in lower case.
    """

    def __init__(self, ordinary: Iterable[str], doubtful: Iterable[str]) -> None:
        self._ordinary = frozenset(ordinary)
        self._doubtful = frozenset(doubtful)
        self._kinds: dict[str, int] = {}

    def names(self, words: Sequence[str], block: Sequence[int], glued: Sequence[bool]) -> list[int]:
        """Mark the names.

        Args:
            words: normalised words, none empty.
            block: the paragraph of each, ascending.
            glued: whether each follows the word before it without a space.

        Returns:
            For each word 0 when it stands for itself, 1 when it begins a name, 2 when it goes on with one.
        """
        kinds = self._kinds_of(words)
        marks: list[int] = []
        first = 0
        count = len(words)
        while first < count:
            last = first + 1
            while last < count and block[last] == block[first]:
                last += 1
            marks += _runs(
                words[first:last],
                glued[first:last],
                _capitals(words[first:last], glued[first:last], kinds[first:last]),
            )
            first = last
        return marks

    def _kinds_of(self, words: Sequence[str]) -> list[int]:
        if len(self._kinds) > _KEPT:
            self._kinds = {}
        known = self._kinds
        for word in words:
            if word not in known:
                known[word] = self._kind(word)
        return [known[word] for word in words]

    def _kind(self, word: str) -> int:
        lower = word.lower()
        if lower == word or not word[0].isalpha():
            return _LOWER
        if word in _ACRONYMS:
            return _ACRONYM
        if len(word) == 1 and word not in "AI":
            return _LETTER
        if lower in _CLOSED:
            return _MONTH if lower in _MONTH_WORDS else _CLOSED_KIND
        if word[0].islower():
            return _NAME  # "eBay"
        if lower in self._doubtful:
            return _DOUBTFUL
        if lower in self._ordinary or self._inflected(lower):
            return _SHOUTED if word.isupper() else _ORDINARY
        return _NAME

    def _inflected(self, lower: str) -> bool:
        """Whether a word is a known one with -ing, -ed or -ly: the forms that open sentences."""
        for ending in ("ing", "ed", "ly"):
            if lower.endswith(ending) and len(lower) > len(ending) + 2:
                stem = lower[: -len(ending)]
                forms = [stem, stem + "e"] if stem[-1] != stem[-2] else [stem, stem + "e", stem[:-1]]
                return any(form in self._ordinary for form in forms)
        return False


def _capitals(words: Sequence[str], glued: Sequence[bool], kinds: Sequence[int]) -> list[bool]:
    """Say for each word of a paragraph whether its capital letter makes it part of a name."""
    # Where most ordinary words have capitals, as in a headline, a capital says nothing.
    high = sum(1 for i, kind in enumerate(kinds) if i and kind in (_ORDINARY, _SHOUTED))
    low = sum(1 for word, kind in zip(words, kinds, strict=True) if kind == _LOWER and len(word) > 3 and word.isalpha())
    titled = high > low
    shouted = titled and not any(word.islower() for word in words)
    masked = [False] * len(words)
    if_next: list[int] = []
    ended = True
    before = ""
    for i, (word, kind) in enumerate(zip(words, kinds, strict=True)):
        opens = i == 0 or (ended and not glued[i]) or (before in _OPENERS) or (before in _HYPHENS and not glued[i])
        if kind == _NAME:
            masked[i] = True
        elif kind == _ACRONYM:
            masked[i] = not shouted
        elif kind == _MONTH:
            following = words[i + 1] if i + 1 < len(words) else ""
            masked[i] = bool(i) and masked[i - 1] and not glued[i] and not titled and not following[:1].isdigit()
        elif kind == _LETTER:
            masked[i] = not (opens or titled) or (i + 1 < len(words) and words[i + 1] == "." and glued[i + 1])
        elif kind == _ORDINARY:
            masked[i] = not (opens or titled)
        elif kind == _DOUBTFUL:
            masked[i] = not (opens or titled)
            if not masked[i]:
                if_next.append(i)
        if kind == _LOWER and word in _ENDS:
            ended = not (word == "." and glued[i] and i > 0 and _shortened(before))
        elif not (word in _CLOSERS and glued[i]):
            ended = False
        before = word
    for i in reversed(if_next):
        masked[i] = i + 1 < len(words) and masked[i + 1]
    return masked


def _shortened(word: str) -> bool:
    """Whether a full stop behind this word belongs to it."""
    return (len(word) == 1 and word.isupper()) or (word[0].isupper() and word.lower() in _SHORTENED)


def _runs(words: Sequence[str], glued: Sequence[bool], masked: Sequence[bool]) -> list[int]:
    """Join the words of each name of a paragraph, with what stands between them."""
    count = len(words)
    marks = [0] * count
    i = 0
    while i < count:
        if not masked[i] and not (words[i] in _LEADING and _particle(words, glued, masked, i) > i):
            i += 1
            continue
        end = i + 1 if masked[i] else _particle(words, glued, masked, i)
        while end < count and end - i < LONGEST_RUN:
            longer = _longer(words, glued, masked, end)
            if longer == end:
                break
            end = longer
        marks[i] = 1
        marks[i + 1 : end] = [2] * (end - i - 1)
        i = end
    return marks


def _longer(words: Sequence[str], glued: Sequence[bool], masked: Sequence[bool], end: int) -> int:
    """Return where a name that has reached `end` goes on to, or `end`."""
    if masked[end]:
        return end + 1
    word = words[end]
    more = end + 1 < len(words)
    if word == "." and glued[end] and _shortened(words[end - 1]):
        if more and masked[end + 1]:
            return end + 2
        # "the U.S. government": the stop ends no sentence where small letters or a comma follow.
        initials = len(words[end - 1]) == 1 and end > 1 and words[end - 2] == "."
        if initials and more and (glued[end + 1] or not words[end + 1][0].isupper()):
            return end + 1
        return end
    if more and glued[end] and glued[end + 1] and (word in _HYPHENS or word in _APOSTROPHES):
        if masked[end + 1]:
            return end + 2
        following = _particle(words, glued, masked, end + 1)
        return following if following > end + 1 else end
    if word == "&" and more and masked[end + 1]:
        return end + 2
    if word in _PARTICLES:
        return _particle(words, glued, masked, end)
    return end


def _particle(words: Sequence[str], glued: Sequence[bool], masked: Sequence[bool], at: int) -> int:
    """Return where a name goes on to behind its particles ("von der Leyen", "al-Sayed"), or `at`."""
    end = at
    while end < len(words) and end - at < 3 and words[end] in _PARTICLES:
        end += 1
    if end + 1 < len(words) and words[end] in _HYPHENS and glued[end] and glued[end + 1]:
        end += 1
    return end + 1 if end < len(words) and masked[end] else at
