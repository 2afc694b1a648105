"""What reading a document gives: fact-checks with what was mended, and what was refused with the reason."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from whence.records.claim import FactCheck

__all__ = ["REFUSALS", "Context", "Entry", "Refusal", "fact_check_id", "url_key"]

REFUSALS = {
    "unreadable": "it could not be read",
    "no-review": "it holds no ClaimReview",
    "no-claim": "it does not say which claim was checked",
    "no-publisher": "nobody stands for the verdict: neither a publisher nor an address",
    "too-long": "the claim is too long to be one",
}
"""Why something is refused: the name under which refusals are counted, and what it means."""

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref|ref_src|cmpid|ocid|xtor)\Z", re.IGNORECASE)
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the page or file that a document stands in; used where the document itself does not say.

    Args:
        url: the page's address; relative links are resolved against it.
        publisher, language, title, published: as the page says, or the caller.
    """

    url: str = ""
    publisher: str = ""
    language: str = ""
    title: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact-check that was read.

    Args:
        factcheck: the fact-check.
        rating_position: 0..1 from worst to best as the publisher's numbers say, or None.
        repairs: what was mended, a few words each.
    """

    factcheck: FactCheck
    rating_position: float | None = None
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not taken: its name, which of `REFUSALS` it is, and the reason in words."""

    name: str
    rule: str
    reason: str

    def __post_init__(self) -> None:
        if self.rule not in REFUSALS:
            raise ValueError(f"a refusal is one of {', '.join(REFUSALS)}; got {self.rule!r}")


def url_key(url: str) -> str:
    """An address without what does not change the page: scheme, "www.", fragment, tracking parameters, final slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("amp.")
        kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    except ValueError:
        return url.strip()
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(sorted(kept))}" if kept else "")


def fact_check_id(url: str, publisher: str, claim: str) -> str:
    """The id of a fact-check: the same page and claim, however they are written, have the same one.

    Returns:
        16 hexadecimal digits of the SHA-256 of the page's key (the publisher's name where there is none) and the
        claim's letters and digits in lower case.
    """
    where = url_key(url) if url else publisher.casefold()
    words = " ".join("".join(c if c.isalnum() else " " for c in claim.casefold()).split())
    return hashlib.sha256(f"{where}\n{words or claim}".encode("utf-8", "replace")).hexdigest()[:_DIGITS]
