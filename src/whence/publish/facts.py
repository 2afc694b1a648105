"""What every format says in the same words: whose voice a statement is in, its way to the page, the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whence.records import Act, Comparator, Figure, Kind, Reading, Source, Span, Statement

__all__ = [
    "ACT_WORDS",
    "COMPARATOR_WORDS",
    "KIND_WORDS",
    "SHADES",
    "SHADE_WORDS",
    "UNSURE",
    "Counts",
    "Shade",
    "Step",
    "count",
    "figure_words",
    "finding_title",
    "heading",
    "number_words",
    "relays",
    "shade",
    "speakers",
    "steps",
]

Shade = Literal["named", "unnamed", "nobody", "own"]
SHADES: tuple[Shade, ...] = ("named", "unnamed", "nobody", "own")

UNSURE = 0.3
"""Statements of less confidence than this bear a question mark: those of which content, source and voice together are
more likely wrong than right by more than two to one."""

SHADE_WORDS: dict[Shade, str] = {
    "named": "named source",
    "unnamed": "unnamed source",
    "nobody": "attributed to nobody in particular",
    "own": "the outlet’s own voice",
}

ACT_WORDS: dict[Act, str] = {
    "assert": "asserts",
    "deny": "denies",
    "accuse": "accuses",
    "condemn": "condemns",
    "praise": "praises",
    "demand": "demands",
    "warn": "warns",
    "promise": "promises",
    "predict": "predicts",
    "ask": "asks",
    "decline": "declines",
}

KIND_WORDS: dict[Kind, str] = {
    "person": "person",
    "group": "group of people",
    "organisation": "organisation",
    "state": "state",
    "outlet": "news outlet",
    "document": "document",
    "unknown": "kind not known",
}

COMPARATOR_WORDS: dict[Comparator, str] = {
    "exactly": "",
    "more": "more than",
    "less": "less than",
    "at-least": "at least",
    "at-most": "at most",
    "about": "about",
    "nearly": "nearly",
    "between": "between",
}

_FINDING_TITLES = {
    "headline-rests-on-unnamed": "The headline rests on unnamed sources",
    "badge-without-record": "A badge without a record",
    "relay": "Told through another outlet",
    "single-source": "One source carries the story",
    "disputed": "Disputed",
    "own-voice-loaded": "Loaded words in the outlet’s own voice",
    "numbers-disagree": "Numbers disagree",
    "quote-unattributed": "A quotation without a speaker",
    "byline-out-of-beat": "Byline outside its beat",
    "undated": "Times that cannot be dated",
}

_CURRENCIES = "$£€¥₹₽₩₪₺₴₦"


def shade(statement: Statement) -> Shade:
    """Whose voice a statement is in, as every display marks it.

    Returns:
        `own`; or, for an attributed statement, `named` if any of its sources is named, else `unnamed` if any is
        unnamed, else `nobody`.
    """
    if statement.voice == "own":
        return "own"
    namings = {s.naming for s in statement.sources}
    if "named" in namings:
        return "named"
    return "unnamed" if "unnamed" in namings else "nobody"


def relays(statement: Statement) -> tuple[Source, ...]:
    """Those in a statement's chain who passed it on: whoever stands after the last of its own sources."""
    own = set(statement.source_ids)
    last = max((i for i, s in enumerate(statement.chain) if s.id in own), default=-1)
    return statement.chain[last + 1 :]


@dataclass(frozen=True, slots=True)
class Step:
    """One station on a statement's way to the page; `source` is None for the page itself and for nobody.

    Args:
        part: `with` is a source that speaks together with the one before it.
    """

    label: str
    part: Literal["origin", "with", "relay", "page"]
    source: Source | None = None


def steps(reading: Reading, statement: Statement) -> tuple[Step, ...]:
    """A statement's way to the page, origin first and the page last.

    A statement without a chain starts at its sources, in its outlet's own voice at the page itself.
    """
    own = set(statement.source_ids)
    passed_on = {s.id for s in relays(statement)}
    out: list[Step] = []
    for source in statement.chain or statement.sources:
        before = out[-1].source if out else None
        together = source.id in own and before is not None and before.id in own
        first = not out and source.id not in passed_on
        out.append(Step(source.label, "with" if together else "origin" if first else "relay", source))
    if statement.voice == "attributed" and not any(s.part == "origin" for s in out):
        out.insert(0, Step("nobody in particular", "origin"))
    out.append(Step(reading.story.outlet or "this page", "page"))
    return tuple(out)


def speakers(statement: Statement) -> str:
    """Who says a statement, as one line."""
    if statement.voice == "own":
        return "the outlet’s own voice"
    return ", ".join(s.label for s in statement.sources) or "nobody in particular"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many statements a reading has, by voice, and how many came through another outlet.

    Args:
        relayed: statements with an outlet other than the page's own in their chain.
    """

    statements: int
    shades: dict[Shade, int]
    relayed: int

    def sentence(self) -> str:
        """The counts in words: neutral, and no score."""
        parts = [f"{self.shades[k]} {words}" for k, words in self.phrases() if self.shades[k]]
        total = f"{self.statements} statement{'' if self.statements == 1 else 's'}"
        text = f"{total}: {', '.join(parts)}" if parts else total
        if self.relayed:
            text += f"; {self.relayed} came through {'another outlet' if self.relayed == 1 else 'other outlets'}"
        return text + "."

    def phrases(self) -> tuple[tuple[Shade, str], ...]:
        """What follows each number in `sentence`."""

        def plural(key: Shade, one: str, many: str) -> str:
            return one if self.shades[key] == 1 else many

        return (
            ("named", "attributed to " + plural("named", "a named source", "named sources")),
            ("unnamed", "to " + plural("unnamed", "an unnamed source", "unnamed sources")),
            ("nobody", "to nobody in particular"),
            ("own", "in the outlet’s own voice"),
        )


def count(reading: Reading) -> Counts:
    """Count a reading's statements by voice."""
    shades: dict[Shade, int] = dict.fromkeys(SHADES, 0)
    for s in reading.statements:
        shades[shade(s)] += 1
    own = (reading.story.outlet or "").casefold()
    relayed = sum(
        any(s.kind == "outlet" and s.label.casefold() != own for s in statement.chain)
        for statement in reading.statements
    )
    return Counts(len(reading.statements), shades, relayed)


def number_words(value: float) -> str:
    """A number as a reader expects it: thousands in groups, no needless decimals."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def figure_words(figure: Figure) -> str:
    """A figure in words, its comparison first: "more than 40 people"."""
    values = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    unit = figure.unit or ""
    numbers = " and ".join(unit + number_words(v) if unit in _CURRENCIES else number_words(v) for v in values)
    tail = "" if unit in _CURRENCIES else unit if unit == "%" else f" {unit}"
    return f"{COMPARATOR_WORDS[figure.comparator]} {numbers}{tail}".strip()


def finding_title(id: str) -> str:
    """A finding's kind as a reader's heading."""
    return _FINDING_TITLES.get(id, id.replace("-", " ").capitalize())


def heading(reading: Reading) -> str:
    """What to call the story: its headline, else its id, else "Untitled story"."""
    headline: Sequence[Span] = [reading.story.headline] if reading.story.headline else []
    return " ".join(reading.text(*headline).split()) or reading.story.id or "Untitled story"
