"""Words that matching treats in a way of their own."""

from __future__ import annotations

__all__ = ["DENIALS", "MONTHS", "NEGATIONS", "NUMBER_WORDS", "SCALES", "WEAK"]

NEGATIONS = frozenset(
    """not no never none nobody nothing nowhere neither nor without cannot cant wont dont doesnt didnt isnt arent wasnt
    werent hasnt havent hadnt wouldnt couldnt shouldnt aint hardly""".split()
)
"""Words that turn a sentence into its opposite, without apostrophes; besides, every word that ends in "n't"."""

DENIALS = frozenset(
    """false falsely untrue fake hoax debunked debunk debunks bogus fabricated lie lies myth misinformation denies deny
    denied denying refutes refuted rejects rejected disputes disputed rumour rumor rumours rumors baseless unfounded
    incorrect wrong""".split()
)
"""Words that say that something else is not so."""

_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL)},
    **{word: 10.0 * value for value, word in enumerate(_TENS, start=2)},
    "dozen": 12.0,
    "half": 0.5,
}
"""Words that are numbers, and their values."""

SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
"""Words that multiply the number before them."""

MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr jun jul aug
    sept sep oct nov dec""".split()
)

WEAK = frozenset(
    """a an the and or but if of in on at to for from by with as is are was were be been being has have had do does did
    will would can could should may might must it its this that these those there here he she they we you i his her
    their our your my me him them us who whom which what when where why how than then so such too very just also about
    into over under out up down off again more most some any all each other own same s t am says said say""".split()
)
"""Words that carry little of what a sentence says."""
