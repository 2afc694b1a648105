"""Two versions of a passage side by side, with the words that changed marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from whence.publish.html.markup import Markup, join, tag, words
from whence.records.trace_view import EdgeView, PassageView

__all__ = ["changes", "side_by_side", "side_section"]

# A space of its own would match every other space, and make the comparison quadratic.
_TOKEN = re.compile(r"\S+\s*|\s+")
_MOST = 3000
"""Words of a passage beyond which both versions are shown without their differences: comparing takes too long."""


def changes(theirs: str, mine: str) -> tuple[Markup, Markup]:
    """Both versions, what was dropped from the one and added to the other marked.

    Args:
        theirs: the earlier words.
        mine: the later words.

    Returns:
        The earlier version with `del`, the later one with `ins`.
    """
    old, new = _TOKEN.findall(theirs), _TOKEN.findall(mine)
    if max(len(old), len(new)) > _MOST:
        return words(theirs), words(mine)
    left: list[Markup] = []
    right: list[Markup] = []
    matcher = SequenceMatcher(None, [_key(w) for w in old], [_key(w) for w in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        before, after = "".join(old[a:b]), "".join(new[c:d])
        same = kind == "equal"
        left.append(words(before) if same or not before.strip() else tag("del", before))
        right.append(words(after) if same or not after.strip() else tag("ins", after))
    return join(left), join(right)


def _key(token: str) -> str:
    return token.strip()


def side_by_side(edge: EdgeView, mine: str, theirs: str) -> Markup:
    """All passages of an edge, the parent's words on the left; quotations are set apart from copied prose."""
    prose = [p for p in edge.passages if not p.quotation]
    quotes = [p for p in edge.passages if p.quotation]
    heading = tag("div", tag("h4", tag("bdi", theirs)), tag("h4", tag("bdi", mine)), class_="two names")
    apart = tag("h4", "Quotations both have (not copying)", class_="soft") if quotes and prose else None
    more = None
    if edge.more_passages:
        many = "passage is" if edge.more_passages == 1 else "passages are"
        more = tag("p", f"{edge.more_passages:,} further {many} in the tables only.", class_="soft")
    shown = [[_pair(p, mine, theirs) for p in some] for some in (prose, quotes)]
    return join(heading, shown[0], apart, shown[1], more)


def side_section(edges: Sequence[Markup], left: str | None = None) -> Markup | None:
    """The section that shows edges with the words of both sides; `left` says what it lacks. None without edges."""
    if not edges:
        return None
    said = "Left the page it was taken from; words dropped are struck through, words added underlined."
    return tag(
        "section",
        tag("h2", "Side by side"),
        tag("p", said, class_="soft"),
        edges,
        tag("p", left, class_="soft") if left else None,
    )


def _pair(passage: PassageView, mine: str, theirs: str) -> Markup:
    left, right = changes(passage.theirs.strip(), passage.mine.strip())
    kind = "two quote" if passage.quotation else "two"
    # On a phone the two stand one below the other, and each says whose it is.
    return tag(
        "div",
        tag("p", left, class_="words", dir="auto", data_who=theirs),
        tag("p", right, class_="words", dir="auto", data_who=mine),
        class_=kind,
    )
