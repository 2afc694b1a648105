"""Characters that would act on a display instead of standing on it, made visible."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["BIDI", "printable", "safe_url", "scalar"]

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The embeddings, overrides and isolates of Unicode's bidirectional algorithm: they reorder what follows them."""

# C0 and C1 controls (terminal escapes start with one), line and paragraph separators, the bidirectional controls,
# invisible format characters and tags that can carry hidden text, and halves of surrogate pairs.
# The joiners U+200C and U+200D stay: Persian and emoji are spelt with them.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def _name(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"<U+{code:04X}>"


def printable(text: str) -> str:
    """Text for a terminal or an attribute: white space becomes one space a character, acting characters their code.

    Returns:
        The text with, for example, ESC as "<U+001B>"; it holds no line break.
    """
    return _ACTING.sub(_name, text.replace("\r\n", "\n").translate({10: 32, 9: 32, 13: 32}))


def scalar(text: str) -> str:
    """Text that can be encoded: each half of a surrogate pair becomes U+FFFD, so that offsets stay as they are."""
    return _SURROGATE.sub("\ufffd", text)


def safe_url(url: str | None) -> str | None:
    """A URL that may stand in a link, or None.

    Returns:
        The URL itself if it is http or https, names a host and holds no white space or acting character.
    """
    if not url or _ACTING.search(url) or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None
