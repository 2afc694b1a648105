"""Texts with names exchanged, and where each place of the one lies in the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.swaps.names import COUNTRIES, FEMALE, MALE, NOUNS, OUTLETS, PARTIES, PRONOUNS, UNIONS, UNLIKE
from whence.read.annotations import Token
from whence.text.offsets import Span

KINDS = ("countries", "parties", "outlets", "first names", "first names, other gender", "pronouns")

_WORD = re.compile(r"[A-Za-z]+")
_LONGER = re.compile(r" (?!(?:And|Or|In|To|For|From|With|On|At|Is|Are|Says|Over|After|As|Will|Has|But)\b)[A-Z]\w*")
"""A word behind a country's name that belongs to a longer name; in a headline small words have capitals, too."""


@dataclass(frozen=True)
class Exchange:
    """A text with some pieces replaced.

    Args:
        old: the text.
        pieces: spans of the old text and what stands there instead, in order, without overlaps.
    """

    old: str
    pieces: tuple[tuple[Span, str], ...]

    def __post_init__(self) -> None:
        starts, shifts, shift = [0], [0], 0
        parts, at = [], 0
        for (start, end), put in self.pieces:
            parts += [self.old[at:start], put]
            at = end
            shift += len(put) - (end - start)
            starts.append(end)
            shifts.append(shift)
        object.__setattr__(self, "new", "".join((*parts, self.old[at:])))
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_shifts", shifts)

    new: str = ""

    def place(self, at: int, *, end: bool = False) -> int:
        """Where an offset of the old text lies in the new one; inside a replaced piece, at its start or end."""
        i = bisect_right(self._starts, at) - 1  # type: ignore[attr-defined]
        if i < len(self.pieces):
            (start, stop), put = self.pieces[i]
            if start < at < stop:
                moved: int = start + self._shifts[i] + (len(put) if end else 0)  # type: ignore[attr-defined]
                return moved
        return at + int(self._shifts[i])  # type: ignore[attr-defined]

    def span(self, span: Span) -> Span:
        """Where a span of the old text lies in the new one."""
        return self.place(span[0]), self.place(span[1], end=True)

    def back(self) -> Exchange:
        """The exchange that undoes this one."""
        pieces = [((self.place(a), self.place(a) + len(put)), self.old[a:b]) for (a, b), put in self.pieces]
        return Exchange(self.new, tuple(pieces))


def exchange(kind: str, text: str, tokens: Sequence[Token], seed: int) -> Exchange | None:
    """Exchange the names of one kind, all of them in the same way.

    Args:
        kind: one of KINDS.
        tokens: the text's words with their parts of speech: "her" is two words.
        seed: chooses where there is a choice.

    Returns:
        None where the text has nothing of the kind.
    """
    rng = Random(seed)
    pos = {t.span[0]: t.pos for t in tokens}
    if kind == "countries":
        found = _replaced(text, _countries(text, rng), _alone)
    elif kind == "parties":
        found = _replaced(text, _parties(), lambda t, s: True, _party_word)
    elif kind == "outlets":
        found = _replaced(text, _both(OUTLETS), lambda t, s: t[s[1] : s[1] + 1] != "-")
    elif kind == "first names":
        found = _replaced(text, _first_names(text, rng, other=False), _before_surname)
    elif kind == "first names, other gender":
        names = _first_names(text, rng, other=True)
        found = sorted([*_replaced(text, names, _before_surname), *_gendered(text, pos)] if names else [])
    else:
        found = _gendered(text, pos)
    return Exchange(text, tuple(_articles(text, found))) if found else None


def _both(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {a: b for pair in pairs for a, b in (pair, pair[::-1])}


def _replaced(
    text: str,
    table: Mapping[str, str],
    fits: Callable[[str, Span], bool],
    form: Callable[[str, Span, str], str] = lambda text, span, put: put,
) -> list[tuple[Span, str]]:
    if not table:
        return []
    words = "|".join(re.escape(w) for w in sorted(table, key=lambda w: (-len(w), w)))
    pattern = re.compile(rf"(?<![\w&.’'-])(?:{words})(?![\w&])")
    found = []
    for m in pattern.finditer(text):
        put = form(text, m.span(), table[m.group()])
        if fits(text, m.span()) and put != m.group():
            found.append((m.span(), put))
    return found


def _alone(text: str, span: Span) -> bool:
    """Whether a country's name is not a part of a longer name ("New Mexico", "Bank of America", "Washington Post")."""
    before = re.search(r"([A-Z][\w.]*|\bof) $", text[max(0, span[0] - 24) : span[0]])
    part = before is not None and (before[1] != "of" or re.search(r"[A-Z]\w+ of $", text[: span[0]][-24:]) is not None)
    return not part and _LONGER.match(text[span[1] : span[1] + 12]) is None


def _countries(text: str, rng: Random) -> dict[str, str]:
    """Two countries of the story for each other, or its one for another."""
    for table in (UNIONS, COUNTRIES, UNLIKE):
        counts = {row: sum(len(re.findall(rf"\b{re.escape(w)}(?!\w)", text)) for w in row) for row in table}
        here = sorted((r for r in table if counts[r]), key=lambda r: -counts[r])
        if here:
            one = here[0]
            other = here[1] if len(here) > 1 else rng.choice([r for r in table if r != one])
            return _both(list(zip(one, other, strict=True)))
    return {}


def _parties() -> dict[str, str]:
    return {**_both(PARTIES), "Republican": "Democrat", "Democrat": "Republican", "Democratic": "Republican"}


_NO_NOUN = re.compile(r" (?:and|or|who|in|of|to|for|is|was|said|says|from|has|had|have|are|were|but)\b| [^A-Za-z]|[^ ]")


def _party_word(text: str, span: Span, put: str) -> str:
    """“Republican” before a noun is “Democratic”."""
    behind = text[span[1] : span[1] + 12]
    return "Democratic" if put == "Democrat" and behind and not _NO_NOUN.match(behind) else put


def _before_surname(text: str, span: Span) -> bool:
    return re.match(r" (?:[A-Z]\. )?[A-Z][a-z]", text[span[1] : span[1] + 8]) is not None


def _first_names(text: str, rng: Random, *, other: bool) -> dict[str, str]:
    words = set(_WORD.findall(text))
    table: dict[str, str] = {}
    for names, others in ((MALE, FEMALE), (FEMALE, MALE)):
        pool = [n for n in (others if other else names) if n not in words]
        rng.shuffle(pool)
        for name in names:
            if name in words and name not in table and pool:
                table[name] = pool.pop()
    return table


def _gendered(text: str, pos: Mapping[int, str]) -> list[tuple[Span, str]]:
    """All pronouns and nouns that show a gender, turned to the other."""
    table = {**_both(PRONOUNS), **_both(NOUNS), "mr": "ms", "ms": "mr", "mrs": "mr", "his": "her", "him": "her"}
    table |= {"hers": "his", "her": "his"}
    found = []
    for m in re.finditer(r"(?<![\w-])(?:[Hh]e['’][sd]|[Ss]he['’][sd]|[A-Za-z]+)(?![\w-])", text):
        low = m.group().lower()
        put = table.get(low)
        if put is None or (m.group() != low and m.group() != low.capitalize()):
            continue
        if low == "her" and not pos.get(m.start(), "").endswith("$"):
            put = "him"
        if low == "his" and not pos.get(m.start(), "PRP$").endswith("$"):
            put = "hers"
        found.append((m.span(), put.capitalize() if m.group()[0].isupper() else put))
    return found


def _articles(text: str, found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The pieces, with “a” and “an” before them as the new words want it."""
    out: list[tuple[Span, str]] = []
    for span, put in found:
        article = re.search(r"(?<![\w’'])([Aa])(n?) $", text[max(0, span[0] - 4) : span[0]])
        wants = put[0] in "AEIOaeio" or (put[0] == "U" and put[1:2] not in "KSn.")
        if article and wants != bool(article[2]) and (text[span[0]] in "AEIOUaeiou") != wants:
            put_here = f"{article[1]}{'n' if wants else ''} {put}"
            out.append(((span[0] - len(article.group()), span[1]), put_here))
        else:
            out.append((span, put))
    return out
