"""What stands in quotation marks, found in one pass of one pattern: for archives, where no reading is at hand.

`whence.read.quotes` decides the same for a single story with more care; here a million stories wait.
"""

from __future__ import annotations

import re

from whence.text.offsets import Span

__all__ = ["quoted"]

# A mark that can open: one that something other than a letter precedes. Most apostrophes fall away here.
_ANY = re.compile("(?<!\\w)[\"“„«»‘'`]")

# A mark that serves both ends opens where nothing stands before it, and closes where something does. A line may be
# broken inside a quotation; an empty line ends it. Each alternative runs to the next mark of its kind and no further,
# so that the whole takes time linear in the text.
_OPENS = r"(?<![^\s(\[{—–\-/“‘'\"])"
_LINES = r"(?:[^{0}\n]|\n(?![ \t]*\n))*+"
_APOSTROPHE = r"(?<=\w){0}(?=\w)|(?<=[sS]){0}(?= [a-z])"
_QUOTED = re.compile(
    "|".join(
        (
            rf"“(?:{_LINES.format('“”')})(?P<curly>(?:”|(?<=\S)“(?!\w))?)",
            rf'{_OPENS}"(?=\S)(?:{_LINES.format(chr(34))})(?P<straight>(?:(?<=\S)")?)',
            rf"„(?:{_LINES.format('“”„')})[“”]",
            rf"«(?:{_LINES.format('«»')})»",
            rf"{_OPENS}»(?=\S)(?:{_LINES.format('«»')})«",
            rf"``(?:{_LINES.format('`')})(?<=\S)``|``(?:[^`'\n]|'(?!'))*''",
            # A single mark between letters is an apostrophe; one behind an s may be: it closes if nothing later does.
            rf"{_OPENS}‘(?=\w)(?:[^‘’\n]|{_APOSTROPHE.format('’')})*’(?!\w)",
            rf"{_OPENS}'(?=\w)(?!\d0s|\d\d\b|tis\b|twas\b|em\b|til\b|cause\b|n'|n\b|round\b|bout\b)"
            rf"(?:[^'\n]|{_APOSTROPHE.format(chr(39))})*'(?!\w)",
        )
    )
)
_STOP = re.compile(r"[.?!…](?=\s|$)")
_GAP = re.compile(r"\s*")


def quoted(text: str) -> list[Span]:
    """Find what stands in quotation marks: straight, curly, low, single (British) and angle marks.

    A quotation inside another is part of it. One that is opened and not closed reaches to the end of its paragraph
    where it begins the paragraph or the next paragraph opens again (a quotation that goes on), else to the end of its
    sentence.

    Args:
        text: any text.

    Returns:
        Spans with their marks, in order, without overlaps.
    """
    out: list[Span] = []
    at = 0
    while mark := _ANY.search(text, at):
        at = mark.end()
        match = _QUOTED.match(text, mark.start())
        if match is None:
            continue
        start, end = match.span()
        if match["curly"] == "" or match["straight"] == "":
            end = _unclosed(text, start)
        if end - start > 2:
            out.append((start, end))
            at = end
    return out


def _unclosed(text: str, start: int) -> int:
    """Where a quotation ends that is opened and not closed."""
    line = text.find("\n", start)
    stop = len(text) if line < 0 else line
    before = text.rfind("\n", 0, start) + 1
    after = _GAP.match(text, stop)
    at = after.end() if after else stop
    if not text[before:start].strip() or text[at : at + 1] in ("“", '"'):
        return len(text[:stop].rstrip()) if text[stop - 1 : stop].isspace() else stop
    sentence = _STOP.search(text, start, stop)
    return sentence.end() if sentence else stop
