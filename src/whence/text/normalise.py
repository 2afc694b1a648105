"""One spelling for the signs that mean the same, character for character, so that offsets hold."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["fold", "plain"]

_DOUBLE = "“”„‟″＂«»〝〞"
_SINGLE = "‘’‚‛′＇ʼ`´‹›"
_DASH = "‐‑‒−﹣－"
_SPACE = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

_PLAIN = tuple(
    (odd, usual) for signs, usual in ((_DOUBLE, '"'), (_SINGLE, "'"), (_DASH, "-"), (_SPACE, " ")) for odd in signs
)


@lru_cache(maxsize=16)  # Several components ask for the same story's, one after the other.
def plain(text: str) -> str:
    """The text with straight quotation marks, plain hyphens and plain spaces.

    Dashes between words (en and em dash) stay: they mean something else than a hyphen.

    Returns:
        A text of the same length, so that spans of one are spans of the other.
    """
    for odd, usual in _PLAIN:
        if odd in text:  # Looking for a sign is many times faster than asking what each sign is to become.
            text = text.replace(odd, usual)
    return text


def fold(text: str) -> str:
    """The text as `plain` has it, in lower case where that keeps the length.

    Returns:
        A text of the same length: a letter whose lower case is longer ("İ") stays as it is.
    """
    low = plain(text).lower()
    if len(low) == len(text):
        return low
    return "".join(lower if len(lower := c.lower()) == 1 else c for c in plain(text))
