"""Lines of matches on their way to a terminal, with the words set apart that agree."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

from whence.publish.checks import STANCE_WORDS, VERDICT_WORDS, byline, claimed, marked, rated
from whence.publish.safe import printable, safe_url
from whence.publish.wrap import lines
from whence.records.claim import Match

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["INDENT", "Lines"]

_WIDEST = 100
INDENT = 11
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


class Lines:
    """Lines on their way to a console."""

    def __init__(self, *, colour: bool, width: int | None, encoding: str) -> None:
        from rich.console import Console

        self._out = io.TextIOWrapper(io.BytesIO(), encoding, "replace", newline="")
        console = Console(
            file=self._out,
            width=width or shutil.get_terminal_size((80, 24)).columns,
            force_terminal=colour,
            no_color=None if colour else True,
            color_system="auto" if colour else None,
            legacy_windows=False,
        )
        self.console = console
        self.colour = colour
        self.width = max(40, min(console.width, _WIDEST))
        self.encoding = (console.encoding or "utf-8").lower()
        try:
            "“”…".encode(self.encoding)
            self.wide = True
        except (UnicodeEncodeError, LookupError):
            self.wide = False

    def text(self) -> str:
        """All that was put down."""
        self._out.seek(0)
        return self._out.read()

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def address(self, url: str, indent: int) -> None:
        """An address on a line of its own, unbroken, so that it can be opened."""
        shown = safe_url(url) or self.safe(url)
        self.console.print(" " * indent + shown, style="dim", soft_wrap=True, markup=False, highlight=False)

    def safe(self, text: str) -> str:
        """Text that this terminal can show and that cannot act on it."""
        shown = " ".join(printable(text).split())
        return shown if self.wide else shown.translate(_PLAIN).encode(self.encoding, "replace").decode(self.encoding)

    def put(self, text: Text | str, indent: int = 0, style: str = "", *, lead: str = "", lead_style: str = "") -> None:
        """Print a text broken at white space, with a mark at the left of its first line."""
        from rich.text import Text

        given = text if isinstance(text, Text) else Text(text, style)
        for i, (start, end) in enumerate(lines(given.plain, max(20, self.width - indent))):
            line = Text(f"{lead:<{indent}}" if not i and lead else " " * indent, lead_style if not i else "")
            line.append_text(given[start:end])
            self.console.print(line, soft_wrap=True)

    def words(self, pieces: Sequence[tuple[str, bool]]) -> Text:
        """A text with the words that agree set apart: underlined where the terminal can, else in brackets.

        Args:
            pieces: as `checks.marked` cuts it.
        """
        from rich.text import Text

        out = Text("“" if self.wide else '"')
        for piece, agrees in pieces:
            shown = printable(piece) if self.wide else self.safe(f"|{piece}|")[1:-1]
            if agrees and self.colour:
                out.append(shown, "bold underline")
            else:
                out.append(f"[{shown}]" if agrees else shown)
        out.append("”" if self.wide else '"')
        return out

    def match(self, number: int, match: Match, explain: bool) -> None:
        """One match: verdict, publisher and date, the claim, what to beware of, where to read it."""
        from rich.text import Text

        check = match.factcheck
        head = Text(self.safe(f"“{rated(check)}”" if check.rating else rated(check)), "bold")
        if check.verdict != "other" and VERDICT_WORDS[check.verdict] != check.rating.lower():
            head.append(f" ({VERDICT_WORDS[check.verdict]})", "dim")
        head.append(" " + self.safe(f"– {byline(check)}"))
        self.put(head, INDENT, lead=f"{number:>3}  {match.score:.2f}")
        self.put(self.words(marked(check.claim, match.agreements, "claim")), INDENT)
        if STANCE_WORDS[match.stance]:
            self.put(f"! {STANCE_WORDS[match.stance]}", INDENT, "color(166)")
        if said := claimed(check):
            self.put(self.safe(said), INDENT, "dim")
        if check.url:
            self.address(check.url, INDENT)
        if explain:
            for reason in match.reasons:
                self.put(self.safe(f"{reason.weight:+.2f} {reason.text}"), INDENT, "dim")
