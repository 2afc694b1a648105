"""The inflected forms of English verbs and nouns, for lexicons that list base forms."""

from __future__ import annotations

__all__ = ["forms"]

_DOUBLES = frozenset("bdglmnpt")
_VOWELS = frozenset("aeiou")


def forms(base: str) -> tuple[str, ...]:
    """The regular forms of a base: itself, with -s, -ed and -ing.

    A base that ends in "+" doubles its last consonant ("slam+": slams, slammed, slamming); only the first word of a
    phrase is inflected ("lash out": lashed out). Irregular forms are to be listed beside the base.

    Args:
        base: lower case, one or more words.

    Returns:
        The forms, without repetition, the base first.
    """
    head, _, rest = base.partition(" ")
    doubled = head.endswith("+")
    head = head.rstrip("+")
    stem = head + head[-1] if doubled and head[-1] in _DOUBLES else head
    if head.endswith("e"):
        ed, ing = head + "d", head[:-1] + "ing"
    elif head.endswith("y") and head[-2:-1] not in _VOWELS:
        ed, ing = head[:-1] + "ied", head + "ing"
    else:
        ed, ing = stem + "ed", stem + "ing"
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        s = head[:-1] + "ies"
    elif head.endswith(("s", "x", "z", "ch", "sh")):
        s = head + "es"
    else:
        s = head + "s"
    tail = f" {rest}" if rest else ""
    return tuple(dict.fromkeys(f"{form}{tail}" for form in (head, s, ed, ing)))
