"""Fact-checks as flat records: rows of a table, lines of JSON, our own exports, answers of Google's API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from whence.match.claimreview.entry import Context, Entry, Refusal, fact_check_id
from whence.match.claimreview.ratings import place
from whence.match.claimreview.values import address, clean, day, language, number, strings, text
from whence.records.claim import VERDICTS, FactCheck

__all__ = ["COLUMNS", "from_row", "is_answer", "is_row", "rows_of_answer"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "claim": ("claim", "claimreviewed", "claimtext", "statement", "claims", "text", "ruledclaim"),
    "url": ("url", "link", "reviewurl", "factcheckurl", "articleurl", "sourceurl"),
    "publisher": ("publisher", "factchecker", "organization", "organisation", "site", "reviewer", "source", "outlet"),
    "rating": ("rating", "textualrating", "verdict", "conclusion", "label", "truthrating", "ruling", "alternatename"),
    "value": ("ratingvalue",),
    "best": ("bestrating",),
    "worst": ("worstrating",),
    "language": ("language", "languagecode", "lang", "inlanguage"),
    "claim_date": ("claimdate", "dateofclaim", "statementdate"),
    "claimant": ("claimant", "speaker", "claimauthor", "saidby", "who"),
    "published": ("published", "reviewdate", "datepublished", "date", "factcheckdate", "publishedat"),
    "appearances": ("appearances", "appearance", "claimurl", "claimlinks", "originalclaimurl"),
    "title": ("title", "headline", "reviewtitle"),
    "body": ("body", "reviewbody", "articlebody", "content", "summary"),
}
"""Our fields, and the columns under which a table may hold them (letters and digits alone, in lower case)."""

_CLAIM_LONGEST = 4_000
_SHORT = 300
_BODY = 1_500
_FORMULA = ("'=", "'+", "'-", "'@")


def _key(name: object) -> str:
    return "".join(c for c in str(name).lower() if c.isalnum())


def is_row(document: Any) -> bool:
    """Whether a document is a flat record that names a claim, and no JSON-LD."""
    if not isinstance(document, Mapping) or "@type" in document or "@graph" in document or "@context" in document:
        return False
    keys = {_key(k) for k in document}
    return bool(keys & set(COLUMNS["claim"])) and not {"datafeedelement", "item"} & keys


def is_answer(document: Any) -> bool:
    """Whether a document is a claim, or a list of claims, as Google's Fact Check Tools API answers."""
    one = document.get("claims") if isinstance(document, Mapping) and "claims" in document else document
    one = one[0] if isinstance(one, list) and one else one
    return isinstance(one, Mapping) and isinstance(one.get("claimReview"), list) and "text" in one


def rows_of_answer(document: Any) -> Iterator[dict[str, Any]]:
    """The reviews of such an answer as flat records."""
    claims = document.get("claims", document) if isinstance(document, Mapping) else document
    for claim in claims if isinstance(claims, list) else [claims]:
        for review in claim.get("claimReview") or () if isinstance(claim, Mapping) else ():
            if isinstance(review, Mapping):
                publisher = review.get("publisher")
                yield {
                    **{k: v for k, v in review.items() if k != "publisher"},
                    "claim": claim.get("text"),
                    "claimant": claim.get("claimant"),
                    "claimDate": claim.get("claimDate"),
                    "publisher": text(publisher, "name", "site"),
                }


def from_row(row: Mapping[str, Any], name: str, context: Context) -> Entry | Refusal:
    """Read a flat record.

    Args:
        row: values by column; which column is what `COLUMNS` says.
        name: what to call it in a refusal.
        context: used where the record does not say.

    Returns:
        The fact-check, or why it is none.
    """
    fields: dict[str, Any] = {}
    columns = {_key(k): v for k, v in row.items() if v not in (None, "", [])}
    for field, names in COLUMNS.items():
        found = next((columns[n] for n in names if n in columns), None)
        if isinstance(found, str) and found.startswith(_FORMULA):
            found = found[1:]  # our own guard against spreadsheets that run what they open
        fields[field] = found
    claim = text(fields["claim"])
    if not claim:
        return Refusal(
            name, "no-claim", "the record has no claim: it stands in a column such as claim or claimReviewed"
        )
    if len(claim) > _CLAIM_LONGEST:
        return Refusal(
            name, "too-long", f"its claim has {len(claim)} characters, more than the {_CLAIM_LONGEST} of a claim"
        )
    repairs: list[str] = []
    raw = strings(fields["claim"])
    if raw and claim != " ".join(raw[0].split()):
        repairs.append("markup or escapes in the claim")
    url = address(fields["url"], context.url or None)
    if text(fields["url"]) and not url:
        repairs.append("an address that is none")
    publisher = text(fields["publisher"], "name") or context.publisher
    if publisher.startswith(("http://", "https://")):
        publisher = urlsplit(publisher).netloc.removeprefix("www.")
    if not publisher and url:
        publisher = (urlsplit(url).hostname or "").removeprefix("www.")
        repairs.append("it has no publisher: its site counts")
    if not publisher:
        return Refusal(name, "no-publisher", "the record has neither a publisher nor an address")
    words, value = text(fields["rating"], "alternateName", "name")[:_SHORT], number(fields["value"])
    if value is None and number(words) is not None:
        words, value = "", number(words)
    rating = place(words, value, number(fields["best"]), number(fields["worst"]))
    # Our own exports hold the place on the common scale beside the rating.
    own = columns.get("verdict") if "rating" in columns else None
    verdict = next((v for v in VERDICTS if v == own), rating.verdict)
    factcheck = FactCheck(
        id=fact_check_id(url, publisher, claim),
        claim=claim,
        url=url,
        publisher=publisher[:_SHORT],
        rating=rating.words,
        verdict=verdict,
        language=language(fields["language"]) or context.language,
        claim_date=day(fields["claim_date"]),
        claimant=text(fields["claimant"], "name")[:_SHORT],
        published=day(fields["published"]) or day(context.published),
        appearances=_addresses(fields["appearances"], context.url or None),
        title=(text(fields["title"]) or context.title)[:_SHORT],
        body=text(fields["body"])[:_BODY],
    )
    return Entry(factcheck, rating.position, (*repairs, *rating.repairs))


def _addresses(value: Any, base: str | None) -> tuple[str, ...]:
    found = (address(part, base) for raw in strings(value, "url") for part in clean(raw).split())
    return tuple(dict.fromkeys(url for url in found if url))
