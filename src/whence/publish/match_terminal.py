"""Matches in a terminal: what was checked before, by whom, with what verdict, and which words agree."""

from __future__ import annotations

from collections.abc import Sequence

from whence.publish.checks import Matched, marked, none_found
from whence.publish.facts import heading
from whence.publish.index import Index
from whence.publish.match_lines import Lines
from whence.records import Reading
from whence.records.claim import Match

__all__ = ["matches_text", "story_matches_text"]


def _counted(count: int, size: int, threshold: float) -> str:
    noun = "fact-check matches" if count == 1 else "fact-checks match"
    return f"{count} {noun} (scored {threshold:.2f} or more, of {size:,})"


def matches_text(
    text: str,
    matches: Sequence[Match],
    *,
    size: int,
    threshold: float,
    nearest: float | None = None,
    explain: bool = False,
    colour: bool = False,
    width: int | None = None,
    encoding: str = "utf-8",
) -> str:
    """The matches of one claim, for a terminal.

    Args:
        text: the claim.
        matches: best first.
        size: how many fact-checks were searched.
        threshold: the score below which nothing counted as found.
        nearest: where nothing was found, the best score that there was.
        explain: also what spoke for each match and against it.
        colour, width, encoding: as for `terminal_text`.
    """
    page = Lines(colour=colour, width=width, encoding=encoding)
    if not matches:
        page.put(page.safe(none_found(size, threshold, nearest)))
        return page.text()
    page.put(page.safe(_counted(len(matches), size, threshold)))
    for number, match in enumerate(matches, 1):
        page.blank()
        page.match(number, match, explain)
    return page.text()


def story_matches_text(
    reading: Reading,
    matched: Matched,
    *,
    explain: bool = False,
    colour: bool = False,
    width: int | None = None,
    encoding: str = "utf-8",
) -> str:
    """The matches of a story's statements, for a terminal: each statement that has any, with them."""
    page = Lines(colour=colour, width=width, encoding=encoding)
    page.put(page.safe(heading(reading)), style="bold")
    count = len(matched.by_statement)
    total = len(reading.statements)
    if not count:
        page.put(f"{total} statements; {none_found(matched.size, matched.threshold, None)}")
        return page.text()
    page.put(
        f"{count} of {total} statements have been checked before (scored {matched.threshold:.2f} or more, "
        f"of {matched.size:,} fact-checks)"
    )
    numbers = Index(reading).numbers
    for statement in reading.statements:
        matches = matched.by_statement.get(statement.id)
        if not matches:
            continue
        page.blank()
        words = reading.text(*statement.content)
        page.put(
            page.words(marked(words, matches[0].agreements, "query")),
            5,
            lead=f"{numbers[statement.id]:>3}",
            lead_style="bold",
        )
        for number, match in enumerate(matches, 1):
            page.match(number, match, explain)
    return page.text()
