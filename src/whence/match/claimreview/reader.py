"""ClaimReview out of a document: repaired where it can be without guessing, refused with the reason where not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from whence.match.claimreview.entry import Context, Entry, Refusal, fact_check_id
from whence.match.claimreview.nodes import Graph, types
from whence.match.claimreview.ratings import place
from whence.match.claimreview.rows import from_row, is_answer, is_row, rows_of_answer
from whence.match.claimreview.values import address, day, first, language, number, strings, text
from whence.records.claim import FactCheck

__all__ = ["read_reviews"]

_CLAIM_LONGEST = 4_000  # characters; a speech is no claim
_BODY = 1_500  # characters of an article's text that are kept
_SHORT = 300  # characters of a name or rating
_APPEARANCES = 50
_NOWHERE = Context()


def read_reviews(document: Any, name: str, context: Context = _NOWHERE) -> Iterator[Entry | Refusal]:
    """Read the fact-checks of a document.

    Args:
        document: JSON-LD (one object or several, `@graph`, a DataFeed or its elements), the items of a page's microdata
            in the same shape, a flat record (`claim`, `url`, `publisher`, `rating`, …), or an answer of Google's Fact
            Check Tools API.
        name: what to call it in refusals.
        context: where it stands.

    Yields:
        An `Entry` for each claim that was reviewed, in the document's order, or a `Refusal`; at least one of them.
    """
    if is_answer(document):
        for row in rows_of_answer(document):
            yield from_row(row, name, context)
        return
    if is_row(document):
        yield from_row(document, name, context)
        return
    graph = Graph(document)
    count = 0
    seen: set[str] = set()
    for node in graph.of_type("ClaimReview"):
        count += 1
        found = _review(node, graph, name if count == 1 else f"{name}#{count}", context)
        # A page often says the same twice, in JSON-LD and in microdata.
        if isinstance(found, Entry):
            if found.factcheck.id in seen:
                continue
            seen.add(found.factcheck.id)
        yield found
    if graph.cut:
        yield Refusal(name, "unreadable", "the document has more objects than are read: give its parts one by one")
    elif not count:
        yield Refusal(name, "no-review", "no ClaimReview is in it")


def _review(node: dict[str, Any], graph: Graph, name: str, context: Context) -> Entry | Refusal:
    repairs: list[str] = []

    def of(*keys: str, at: Any = node) -> Any:
        return graph.look_up(first(at, *keys))

    reviewed = of("itemReviewed")
    reviewed = next((r for r in reviewed if isinstance(r, dict)), {}) if isinstance(reviewed, list) else reviewed
    base = context.url or None
    url = address(of("url", "mainEntityOfPage", "@id"), base)
    if not url and context.url:
        url = context.url
        repairs.append("it has no address of its own: the page's counts")
    elif url and base and not _absolute(of("url", "mainEntityOfPage", "@id")):
        repairs.append("a relative address")
    claim = text(of("claimReviewed"))
    if not claim:
        # Where the property is missing the reviewed Claim often bears the words itself.
        claim = text(reviewed, "text", "description", "name", "headline") if _is_claim(reviewed) else ""
        if claim:
            repairs.append("the claim stood in itemReviewed")
    if not claim:
        return Refusal(name, "no-claim", "it has no claimReviewed, nor a Claim with words in itemReviewed")
    if len(claim) > _CLAIM_LONGEST:
        return Refusal(
            name, "too-long", f"its claim has {len(claim)} characters, more than the {_CLAIM_LONGEST} of a claim"
        )
    if claim != " ".join((strings(of("claimReviewed")) or [claim])[0].split()):
        repairs.append("markup or escapes in the claim")
    publisher = _name(of("author"), graph) or _name(of("publisher", "sourceOrganization"), graph) or context.publisher
    if not publisher and url:
        publisher = (urlsplit(url).hostname or "").removeprefix("www.")
        repairs.append("it has no publisher: its site counts")
    if not publisher:
        return Refusal(name, "no-publisher", "it has neither an author, a publisher nor an address")
    given = of("reviewRating")
    given = next((g for g in given if g), None) if isinstance(given, list) else given
    words = text(of("alternateName", "name", "ratingExplanation", at=given))[:_SHORT]
    value = number(of("ratingValue", at=given))
    if not isinstance(given, dict):
        plain = text(given)
        words, value = (plain[:_SHORT], None) if number(plain) is None else ("", number(plain))
        if plain:
            repairs.append("the rating was no Rating but a plain value")
    elif not words and value is None:
        words = text(of("ratingValue", at=given))[:_SHORT]  # words where a number belongs
        if words:
            repairs.append("the rating's words stood where its number belongs")
    rating = place(words, value, number(of("bestRating", at=given)), number(of("worstRating", at=given)))
    if not rating.words:
        repairs.append("it gives no rating")
    published = day(of("datePublished", "dateCreated")) or day(context.published)
    claim_date = day(of("datePublished", "dateCreated", "dateModified", at=reviewed))
    for said, got in ((of("datePublished"), published), (of("datePublished", at=reviewed), claim_date)):
        if text(said) and got is None:
            repairs.append("a date that cannot be read")
    factcheck = FactCheck(
        id=fact_check_id(url, publisher, claim),
        claim=claim,
        url=url,
        publisher=publisher[:_SHORT],
        rating=rating.words,
        verdict=rating.verdict,
        language=language(of("inLanguage")) or context.language,
        claim_date=claim_date,
        claimant=_name(of("author", "creator", at=reviewed), graph)[:_SHORT],
        published=published,
        appearances=_appearances(reviewed, graph, base),
        title=(text(of("headline", "name")) or context.title)[:_SHORT],
        body=text(of("reviewBody", "articleBody", "description"))[:_BODY],
    )
    return Entry(factcheck, rating.position, (*repairs, *rating.repairs))


def _is_claim(value: Any) -> bool:
    """Whether what was reviewed is itself a claim, or a work that was quoted, and not a person or a thing."""
    return isinstance(value, str) or (
        isinstance(value, dict)
        and ("Claim" in types(value) or bool({"CreativeWork", "SocialMediaPosting", "Quotation"} & set(types(value))))
    )


def _name(value: Any, graph: Graph) -> str:
    """The name of whoever stands in a value; several names between commas, an address gives none."""
    values = value if isinstance(value, list) else [value]
    names: dict[str, None] = {}
    for one in values[:10]:
        at = graph.look_up(one)
        said = text(at, "name", "legalName", "alternateName")
        if said and not said.startswith(("http://", "https://")):
            names[said] = None
    return ", ".join(names)


def _absolute(value: Any) -> bool:
    return any("://" in raw[:12] for raw in strings(value, "url", "@id", "contentUrl"))


def _appearances(reviewed: Any, graph: Graph, base: str | None) -> tuple[str, ...]:
    """The addresses at which the claim appeared, each once."""
    out: dict[str, None] = {}
    for key in ("firstAppearance", "appearance", "sameAs", "url"):
        found = graph.look_up(first(reviewed, key))
        for one in (found if isinstance(found, list) else [found])[:_APPEARANCES]:
            if url := address(graph.look_up(one), base):
                out[url] = None
    return tuple(out)[:_APPEARANCES]
