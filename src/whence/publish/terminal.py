"""A reading in a terminal: the same facts with colour and without, in 80 columns and in any other width."""

from __future__ import annotations

import io
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whence.publish.dates import date_words
from whence.publish.facts import (
    ACT_WORDS,
    KIND_WORDS,
    SHADES,
    UNSURE,
    Shade,
    count,
    figure_words,
    finding_title,
    heading,
    shade,
    speakers,
    steps,
)
from whence.publish.index import Index
from whence.publish.paragraphs import paragraphs
from whence.publish.safe import printable
from whence.publish.segments import Layer, nest, split
from whence.publish.wrap import lines
from whence.records import Explanation, Paragraph, Reading, Span, Statement

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["terminal_text", "to_terminal"]

# Mid-tones of the 256: each keeps a contrast above 3.5 on black and on white. Older terminals get their nearest.
_STYLES: dict[Shade, str] = {"named": "color(33)", "unnamed": "color(166)", "nobody": "color(133)", "own": ""}
_KEY: dict[Shade, str] = {"named": "named", "unnamed": "unnamed", "nobody": "nobody in particular", "own": "own voice"}
_MARGIN = 9
_WIDEST = 100
_INDENT = 6


@dataclass(frozen=True, slots=True)
class _Glyphs:
    """The marks that stand for a voice, in the characters that the terminal can show."""

    shades: dict[Shade, str]
    arrow: str
    more: str
    dot: str
    quotes: tuple[str, str]


_UNICODE = _Glyphs({"named": "●", "unnamed": "○", "nobody": "◌", "own": "▪"}, " → ", "…", " · ", ("“", "”"))
_ASCII = _Glyphs({"named": "*", "unnamed": "=", "nobody": "~", "own": "-"}, " > ", "...", "; ", ('"', '"'))


_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "→": ">", "·": ";"})


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A statement's words within one paragraph, of which a line can be printed without a break."""

    number: int
    shade: Shade
    first: bool
    last: bool


class _Page:
    """One reading on its way to a console."""

    def __init__(self, reading: Reading, console: Console) -> None:
        self.reading = reading
        self.console = console
        self.width = max(30, min(console.width, _WIDEST))
        self.index = Index(reading)
        self.numbers = self.index.numbers
        self.encoding = (console.encoding or "utf-8").lower()
        try:
            "●○◌▪→…“”·".encode(self.encoding)
            self.glyphs = _UNICODE
        except (UnicodeEncodeError, LookupError):
            self.glyphs = _ASCII

    # Words

    def safe(self, text: str) -> str:
        """Text that this terminal can show and that cannot act on it."""
        shown = printable(text)
        if self.glyphs is _ASCII:
            shown = shown.translate(_PLAIN).encode(self.encoding, "replace").decode(self.encoding)
        return shown

    def quote(self, *spans: Span, width: int | None = None) -> str:
        """Words of the story in quotation marks, cut to a width where one is given."""
        from rich.cells import cell_len, set_cell_size

        words = f" {self.glyphs.more} ".join(
            " ".join(self.safe(self.reading.story.text[a:b]).split()) for a, b in spans
        )
        opening, closing = ("", "") if words[:1] in {"“", "„", "«", '"'} else self.glyphs.quotes
        if width is not None and cell_len(words) > width - 2:
            words = set_cell_size(words, width - 2 - len(self.glyphs.more)).rstrip() + self.glyphs.more
        return f"{opening}{words}{closing}"

    def mark(self, statement: Statement) -> str:
        """A statement's number and the mark of its voice."""
        doubt = "?" if statement.confidence < UNSURE else ""
        return f"{self.numbers[statement.id]}{self.glyphs.shades[shade(statement)]}{doubt}"

    # Lines

    def put(
        self, text: Text | str, indent: int = 0, style: str = "", *, hang: int = 0, lead: tuple[str, str] = ("", "")
    ) -> None:
        """Print a text broken at white space.

        Args:
            hang: further columns before every line but the first.
            lead: a mark, and its style, to stand at the right of the first line's indent.
        """
        from rich.text import Text

        plain = text.plain if isinstance(text, Text) else text
        for i, (start, end) in enumerate(lines(plain, max(10, self.width - indent - hang))):
            line = Text(" " * (indent + hang) if i else "")
            if not i:
                line.append(f"{lead[0]} ".rjust(indent) if lead[0] else " " * indent, lead[1])
            # A slice of a Text takes as long as the Text is; a string's words need none.
            line.append_text(text[start:end] if isinstance(text, Text) else Text(text[start:end], style))
            self.console.print(line, soft_wrap=True)

    def title(self, text: str) -> None:
        """A section's heading."""
        self.console.print()
        self.put(text.upper(), style="bold")

    # The story

    def fragments(self, shown: list[Paragraph]) -> list[list[Layer[_Fragment]]]:
        """Each paragraph's statements, cut at its ends: what is bracketed on the page."""
        text = self.reading.story.text
        blocks = [p.span for p in shown]
        out: list[list[Layer[_Fragment]]] = [[] for _ in blocks]
        for number, statement in enumerate(self.reading.statements, 1):
            cut = [(i, span) for piece in statement.content for i, span in split(piece, blocks)]
            cut = [(i, (a, b)) for i, (a, b) in cut if text[a:b].strip()]
            for place, (i, span) in enumerate(cut):
                mark = _Fragment(number, shade(statement), place == 0, place == len(cut) - 1)
                out[i].append(Layer(span, mark))
        return out

    def paragraph(self, paragraph: Paragraph, layers: list[Layer[_Fragment]]) -> None:
        """A paragraph with each statement in brackets, and in the margin the numbers of those that begin in a line."""
        from rich.text import Text

        words = Text()
        begins: list[tuple[int, str]] = []
        base = {"headline": "bold", "byline": "dim", "furniture": "dim", "badge": "dim"}.get(paragraph.role, "")
        for (start, end), stack in nest(paragraph.span, layers):
            for layer in stack:
                mark = layer.mark
                if layer.span[0] == start:
                    if mark.first:
                        begins.append((len(words), self.mark(self.reading.statements[mark.number - 1])))
                    glyph = self.glyphs.shades[mark.shade] if mark.first else self.glyphs.more
                    words.append(f"[{glyph}", f"bold {_STYLES[mark.shade]}".strip())
            style = _STYLES[stack[-1].mark.shade] if stack else ""
            words.append(self.safe(self.reading.story.text[start:end]), f"{base} {style}".strip())
            for layer in reversed(stack):
                if layer.span[1] == end:
                    closing = "]" if layer.mark.last else f"{self.glyphs.more}]"
                    words.append(closing, f"bold {_STYLES[layer.mark.shade]}".strip())
        if paragraph.role not in {"body", "headline"}:
            words.append(f" ({paragraph.role})", "dim")
        bar = "| " if paragraph.quoted else ""
        broken = lines(words.plain, max(10, self.width - _MARGIN - len(bar)))
        # Cut up in one go: slice by slice, a paragraph of a whole book would take hours.
        cut = words.divide([edge for line in broken for edge in line])[1::2]
        waiting = deque(begins)
        for (_, end), piece in zip(broken, cut, strict=True):
            here = []
            while waiting and waiting[0][0] < end:
                here.append(waiting.popleft()[1])
            # More numbers than the margin holds go on lines of their own, before the line they belong to.
            rows: list[str] = []
            for label in here:
                if rows and len(rows[-1]) + 1 + len(label) < _MARGIN:
                    rows[-1] += f" {label}"
                else:
                    rows.append(label)
            for row in rows[:-1]:
                self.console.print(Text(row.rjust(_MARGIN - 1), "dim"), soft_wrap=True)
            line = Text().append((rows[-1] if rows else "").rjust(_MARGIN - 1) + " ", "dim")
            line.append(bar)
            line.append_text(piece)
            self.console.print(line, soft_wrap=True)

    def story(self) -> None:
        """The head of the page and the story."""
        story = self.reading.story
        about = [story.outlet or "outlet not known"]
        about.append(date_words(story.published) if story.published else "date not known")
        about += [story.url] if story.url else []
        self.put(self.safe(heading(self.reading)), style="bold")
        self.put(self.safe(self.glyphs.dot.join(about)), style="dim")
        self.put(self.safe(count(self.reading).sentence()))
        key = "  ".join(f"{self.glyphs.shades[s]} {_KEY[s]}" for s in SHADES)
        self.put(f"{key}  ? low confidence", style="dim")
        self.title("Story")
        shown = list(paragraphs(story))
        for paragraph, layers in zip(shown, self.fragments(shown), strict=True):
            self.console.print()
            self.paragraph(paragraph, layers)

    # What is said of it

    def statement(self, statement: Statement, explain: bool) -> None:
        """One statement: its way, its words, its labels."""
        g = self.glyphs
        way = ""
        for step in steps(self.reading, statement):
            way += (" & " if step.part == "with" else g.arrow if way else "") + step.label
        self.put(self.safe(way), _INDENT, "bold", hang=2, lead=(self.mark(statement), _STYLES[shade(statement)]))
        self.put(self.quote(*statement.content, width=self.width - _INDENT), _INDENT)
        self.put(g.dot.join(self.labels(statement)), _INDENT)
        if explain:
            self.why(self.index.why(statement.id), _INDENT)

    def labels(self, statement: Statement) -> Iterator[str]:
        """The labels that a statement has, each as a few words."""
        yield ACT_WORDS[statement.act]
        if statement.quote:
            yield statement.quote
        if statement.cue:
            yield f"cue {self.quote(statement.cue)}"
        for name, spans in (
            ("hedged", statement.hedges),
            ("kept at a distance", statement.distancing),
            ("loaded", statement.loaded),
        ):
            if spans:
                yield f"{name} " + ", ".join(self.quote(s) for s in spans)
        for figure in statement.figures:
            said, means = self.quote(figure.span), self.safe(figure_words(figure))
            yield f"figure {said}" if means in said else f"figure {said} = {means}"
        for time in statement.times:
            yield f"time {self.quote(time.span)} = {self.safe(time.value) if time.value else 'not known'}"
        if statement.parent in self.numbers:
            yield f"stands in {self.numbers[statement.parent]}"
        for name, table in (("denied in", self.index.denied_by), ("denies", self.index.denies)):
            if statement.id in table:
                yield f"{name} {', '.join(str(self.numbers[id]) for id in table[statement.id])}"
        yield f"confidence {statement.confidence:.2f}"

    def why(self, explanations: Iterable[Explanation], indent: int) -> None:
        """Why labels are what they are."""
        for e in explanations:
            score = "" if e.score is None else f" ({e.score:.2f})"
            words = f" {self.quote(*e.evidence)}" if e.evidence else ""
            why = f"why {self.safe(e.label)}: {self.safe(e.component)}, {self.safe(e.rule)}{score}{words}"
            self.put(why, indent, "dim", hang=4)

    def sources(self, explain: bool) -> None:
        """Every source, with how many statements rest on it and how many came through it."""
        from rich.text import Text

        self.title("Sources")
        for source, says, passed in self.index.resting_on():
            kind: Shade = "nobody" if source.naming == "unspecified" else source.naming
            head = Text(self.safe(source.label), "bold")
            about = [source.naming, KIND_WORDS[source.kind], *(x for x in (source.role, source.affiliation) if x)]
            head.append(self.safe(f" ({', '.join(about)})"), "dim")
            self.put(head, _INDENT, hang=2, lead=(self.glyphs.shades[kind], _STYLES[kind]))
            facts = [f"{name} {len(st)}: {', '.join(self.mark(s) for s in st)}" if st else f"{name} 0" for name, st in
                     (("says", says), ("through it", passed))]  # fmt: skip
            self.put(self.glyphs.dot.join(facts), _INDENT)
            if explain:
                self.why(self.index.why(source.id), _INDENT)

    def disputes(self) -> None:
        """Each claim and its denial."""
        pairs = self.index.disputes()
        if not pairs:
            return
        self.title("Disputes")
        for claim, denial in pairs:
            for word, statement in (("", claim), ("denied in ", denial)):
                who = self.safe(speakers(statement))
                self.put(f"{word}{self.mark(statement)} {who}: {self.quote(*statement.content)}", 2, hang=4)

    def findings(self, explain: bool) -> None:
        """Every finding with the words that show it."""
        if not self.reading.findings:
            return
        self.title("Findings")
        for finding in self.reading.findings:
            self.put(self.safe(finding_title(finding.id)), 2, "bold")
            self.put(self.safe(finding.says), 4)
            for span in finding.evidence:
                self.put(self.quote(span), 4, "dim", hang=2)
            known = [str(self.numbers[i]) for i in finding.statements if i in self.numbers]
            if known:
                self.put(f"statements {', '.join(known)}", 4, "dim", hang=2)
            if explain:
                self.why(self.index.why(finding.id), 4)


def to_terminal(reading: Reading, console: Console, *, explain: bool = False) -> None:
    """Print a reading: the story with its voices marked, the statements, disputes, sources and findings.

    Each statement stands in brackets that begin with its voice's mark, with its number in the margin; colour only
    repeats that. Characters of the story that would act on a terminal are shown by their code.

    Args:
        explain: also print why each label is what it is.
    """
    page = _Page(reading, console)
    page.story()
    if reading.statements:
        page.title("Statements")
        for statement in reading.statements:
            page.statement(statement, explain)
    page.disputes()
    if reading.sources:
        page.sources(explain)
    page.findings(explain)


def terminal_text(
    reading: Reading,
    *,
    explain: bool = False,
    colour: bool = False,
    width: int | None = None,
    encoding: str = "utf-8",
) -> str:
    """What `to_terminal` prints, as text.

    Args:
        explain: also say why each label is what it is.
        colour: colour may be used; the environment (`NO_COLOR`, `TERM`) can still forbid it.
        width: columns, 30 or more; by default the terminal's, or 80 where there is none.
        encoding: what the terminal can show; where that lacks our marks, ASCII stands for them.
    """
    from rich.console import Console

    out = io.TextIOWrapper(io.BytesIO(), encoding, "replace", newline="")
    columns = width or shutil.get_terminal_size((80, 24)).columns
    console = Console(
        file=out,
        width=columns,
        force_terminal=colour,
        no_color=None if colour else True,
        color_system="auto" if colour else None,
        legacy_windows=False,
    )
    to_terminal(reading, console, explain=explain)
    out.seek(0)
    return out.read()
