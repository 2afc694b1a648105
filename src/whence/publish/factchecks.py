"""Fact-checks of a store for the eye and for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from whence.publish.checks import VERDICT_WORDS, byline, rated
from whence.publish.claimreview import to_claim_review
from whence.publish.json import dump
from whence.publish.safe import printable
from whence.records.claim import FactCheck

__all__ = ["export_factchecks", "factcheck_lines"]

_COLUMNS = "id claim url publisher rating verdict language claim_date claimant published appearances title body".split()
_RUN = ("=", "+", "-", "@", "\t", "\r")


def factcheck_lines(check: FactCheck, *, colour: bool = False) -> str:
    """A fact-check as two lines for a terminal: id, verdict, publisher and date; the claim.

    Args:
        check: the fact-check; what in it would act on a terminal is shown by its code.
        colour: the terminal can show bold and faint text.
    """
    place = "" if check.verdict == "other" or VERDICT_WORDS[check.verdict] == check.rating.lower() else check.verdict
    rating = f"“{rated(check)}”" if check.rating else rated(check)
    head = f"{rating}{f' ({place})' if place else ''} – {byline(check)}"
    bold, faint, end = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if colour else ("", "", "")
    claim = " ".join(printable(check.claim).split())
    return f"{faint}{printable(check.id)}{end}  {bold}{' '.join(printable(head).split())}{end}\n{' ' * 18}{claim}"


def export_factchecks(checks: Iterable[FactCheck], format: str) -> Iterator[str]:
    """Fact-checks as text for a file, piece by piece.

    Args:
        checks: in the order in which they are written.
        format: `jsonl` (one record a line), `csv` (one a row; a cell that a spreadsheet would run as a formula begins
            with an apostrophe), or `claimreview` (a DataFeed of schema.org).
    """
    if format == "csv":
        yield _row(_COLUMNS)
        for check in checks:
            record = check.to_dict() | {"appearances": " ".join(check.appearances)}
            yield _row([str(record[c] or "") for c in _COLUMNS])
    elif format == "claimreview":
        yield '{"@context":"https://schema.org","@type":"DataFeed","dataFeedElement":['
        for number, check in enumerate(checks):
            element = {"@type": "DataFeedItem", "url": check.url or None, "item": [to_claim_review(check)]}
            element = {k: v for k, v in element.items() if v is not None}
            yield ("," if number else "") + "\n" + dump(element, None)
        yield "\n]}\n"
    else:
        for check in checks:
            yield dump(check.to_dict(), None) + "\n"


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{c}" if c.startswith(_RUN) else c for c in cells])
    return out.getvalue()
