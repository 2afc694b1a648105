"""The fact-checks that speak to claims, as one HTML page."""

from __future__ import annotations

from collections.abc import Sequence

from whence.publish.checks import none_found
from whence.publish.html.checks import check, words_in_common
from whence.publish.html.frame import document
from whence.publish.html.markup import join, tag
from whence.records.claim import Match

__all__ = ["matches_to_html"]


def matches_to_html(
    text: str, matches: Sequence[Match], *, size: int, threshold: float, nearest: float | None = None
) -> str:
    """The matches of one claim as a self-contained HTML file without script.

    Args:
        text: the claim.
        matches: best first.
        size: how many fact-checks were searched.
        threshold: the score below which nothing counted as found.
        nearest: where nothing was found, the best score that there was.
    """
    if matches:
        noun = "fact-check speaks" if len(matches) == 1 else "fact-checks speak"
        say = f"{len(matches)} {noun} to it, of {size:,}; each scores {threshold:.2f} or more."
    else:
        say = none_found(size, threshold, nearest).capitalize() + "."
    claim = words_in_common(text, matches[0].agreements, "query") if matches else tag("q", text, dir="auto")
    items = [tag("li", check(m)) for m in matches]
    body = join(
        tag(
            "header",
            tag("p", tag("b", "whence"), tag("span", "has this been checked before?"), class_="brand"),
            tag("h1", claim),
            tag("p", say, class_="sum"),
            class_="top",
        ),
        tag(
            "main",
            tag("section", tag("h2", "Fact-checks"), tag("ol", items), class_="checked") if items else None,
        ),
        tag(
            "footer",
            tag(
                "p",
                "Verdicts are their publishers’, in their words; the common scale in brackets is ours. A score says "
                "how many of ten such matches are right, not whether a claim is.",
            ),
        ),
    )
    return document("Checked before?", body)
