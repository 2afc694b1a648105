"""Fact-checks that speak to statements: beside each statement, and all of them in one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from whence.publish.checks import STANCE_WORDS, VERDICT_WORDS, Matched, byline, claimed, marked, none_found, rated
from whence.publish.html.markup import Markup, tag
from whence.publish.html.pieces import to_statement
from whence.publish.index import Index
from whence.publish.safe import safe_url
from whence.records.claim import Agreement, Match

__all__ = ["check", "checked", "checks", "words_in_common"]


def words_in_common(text: str, agreements: Sequence[Agreement], side: Literal["query", "claim"]) -> Markup:
    """A statement or a claim, with the words marked that both have."""
    pieces = marked(text, agreements, side)
    return tag("q", *(tag("mark", piece) if agrees else piece for piece, agrees in pieces), dir="auto")


def check(match: Match) -> Markup:
    """One fact-check: its publisher's verdict, who and when, the claim, and what to beware of."""
    found = match.factcheck
    url = safe_url(found.url)
    who = tag("bdi", byline(found))
    place = VERDICT_WORDS[found.verdict]
    scale = (
        None
        if found.verdict == "other" or place == found.rating.lower()
        else tag("span", f" ({place})", class_="scale")
    )
    return tag(
        "div",
        tag(
            "p",
            tag("b", tag("q", rated(found), dir="auto") if found.rating else rated(found)),
            scale,
            " – ",
            tag("a", who, href=url, rel="noopener noreferrer") if url else who,
            class_=f"verdict {found.verdict}",
        ),
        tag("p", words_in_common(found.claim, match.agreements, "claim"), lang=found.language or None, class_="claim"),
        tag("p", STANCE_WORDS[match.stance], class_="beware") if STANCE_WORDS[match.stance] else None,
        tag(
            "p",
            f"score {match.score:.2f}",
            f" · {said}" if (said := claimed(found)) else None,
            class_="score",
        ),
        _why(match),
        class_="check",
    )


def _why(match: Match) -> Markup | None:
    if not match.reasons:
        return None
    rows = [tag("li", tag("b", f"{r.weight:+.2f}"), " ", tag("span", r.text, dir="auto")) for r in match.reasons]
    return tag("details", tag("summary", "Why this score"), tag("ul", rows), class_="why")


def checks(matches: Sequence[Match], heading: Literal["h3", "h4"]) -> Markup | None:
    """The fact-checks of one statement; None where there are none."""
    if not matches:
        return None
    return tag(
        "section", tag(heading, "Checked before"), tag("ol", *(tag("li", check(m)) for m in matches)), class_="checks"
    )


def checked(index: Index, matched: Matched) -> Markup:
    """Every statement of a story that has been checked before, each with its nearest fact-check."""
    rows = []
    for statement in index.reading.statements:
        matches = matched.by_statement.get(statement.id)
        if not matches:
            continue
        more = len(matches) - 1
        rows.append(
            tag(
                "li",
                tag(
                    "p",
                    to_statement(statement.id, index),
                    " ",
                    words_in_common(index.reading.text(*statement.content), matches[0].agreements, "query"),
                    class_="short",
                ),
                check(matches[0]),
                tag("p", f"and {more} more, with the statement’s facts", class_="about") if more else None,
            )
        )
    if rows:
        say = (
            f"{len(rows)} of {len(index.reading.statements)} statements have been checked before: of {matched.size:,} "
            f"fact-checks these score {matched.threshold:.2f} or more. The verdicts are their publishers’."
        )
    else:
        say = f"{none_found(matched.size, matched.threshold, None)}.".capitalize()
    return tag(
        "section",
        tag("h2", "Checked before"),
        tag("p", say, class_="about"),
        tag("ol", rows) if rows else None,
        class_="checked",
        aria_label="Checked before",
    )
