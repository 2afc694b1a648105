"""What stands around the story: the counts, the findings, the disputes, the sources, the timeline."""

from __future__ import annotations

from collections.abc import Iterator

from whence.publish.dates import date_words, starts, timeline
from whence.publish.facts import (
    KIND_WORDS,
    SHADE_WORDS,
    SHADES,
    UNSURE,
    Shade,
    count,
    finding_title,
    shade,
)
from whence.publish.html.markup import Markup, join, tag
from whence.publish.html.pieces import quoted, said, to_statement, why
from whence.publish.index import Index
from whence.publish.segments import Layer, nest
from whence.records import Reading, Statement

__all__ = ["bars", "disputes", "findings", "legend", "sources", "strip", "summary", "times"]

_HEIGHT: dict[Shade, int] = {"named": 24, "unnamed": 17, "nobody": 11, "own": 5}
_WIDTH = 1000


def summary(reading: Reading) -> Markup:
    """The counts as a sentence; each voice's words are set as the story sets that voice."""
    counts = count(reading)
    parts = [
        tag("span", f"{counts.shades[kind]} {words}", class_=f"s {kind}")
        for kind, words in counts.phrases()
        if counts.shades[kind]
    ]
    total = f"{counts.statements} statement{'' if counts.statements == 1 else 's'}"
    tail = None
    if counts.relayed:
        tail = f"; {counts.relayed} came through {'another outlet' if counts.relayed == 1 else 'other outlets'}"
    listed = join(*(join(", " if i else ": ", part) for i, part in enumerate(parts)))
    return tag("p", tag("b", total), listed, tail, ".", class_="sum")


def legend(reading: Reading) -> Markup:
    """The four voices, as the story sets them, and the sign for doubt where the story has it."""
    items = [tag("li", tag("span", SHADE_WORDS[kind], class_=f"s {kind}"), class_=kind) for kind in SHADES]
    if any(s.confidence < UNSURE for s in reading.statements):
        items.append(tag("li", "? ", tag("span", f"confidence below {UNSURE}")))
    return tag("ul", items, class_="legend", aria_label="How voices are marked")


def bars(reading: Reading, label: str) -> Markup | None:
    """The story from its first character to its last as a picture, each stretch as tall as its voice is named.

    Args:
        label: what the picture shows, in words.
    """
    length = len(reading.story.text)
    if not reading.statements or not length:
        return None
    layers: list[Layer[int]] = [Layer(piece, i) for i, s in enumerate(reading.statements) for piece in s.content]
    drawn = []
    for (start, end), stack in nest((0, length), layers):
        if not stack:
            continue
        index = stack[-1].mark
        kind = shade(reading.statements[index])
        x, width = start * _WIDTH / length, (end - start) * _WIDTH / length
        height = _HEIGHT[kind]
        drawn.append(
            tag(
                "rect",
                x=f"{x:.1f}",
                y=26 - height,
                width=f"{max(width - 1.2, 0.8):.1f}",
                height=height,
                class_=kind,
                data_s=index + 1,
            )
        )
    return tag(
        "svg",
        drawn,
        tag("line", x1=0, y1="26.5", x2=_WIDTH, y2="26.5"),
        viewBox=f"0 0 {_WIDTH} 27",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


def strip(reading: Reading) -> Markup | None:
    """The picture of the story's voices with its caption."""
    label = "The story from first word to last, by voice: the taller, the more is known of who speaks."
    picture = bars(reading, label)
    if picture is None:
        return None
    caption = tag(
        "figcaption", "first word", tag("span", "taller: more is known of who speaks"), tag("span", "last word")
    )
    return tag("figure", picture, caption, class_="strip")


def _numbers(index: Index, ids: tuple[str, ...]) -> Markup | None:
    if not ids:
        return None
    links = [join(" ", to_statement(id, index)) for id in ids]
    return tag("span", "statement" + ("" if len(ids) == 1 else "s"), links, class_="see")


def findings(index: Index) -> Markup | None:
    """Every finding with the words that show it, each linked to its place in the story."""
    reading = index.reading
    if not reading.findings:
        return None
    items = []
    for f, finding in enumerate(reading.findings, 1):
        evidence = [
            tag("li", tag("a", quoted(reading, [span]), href=f"#f{f}e{e}", class_="where"))
            for e, span in enumerate(finding.evidence, 1)
            if reading.story.text[span[0] : span[1]].strip()
        ]
        items.append(
            tag(
                "li",
                tag("h3", finding_title(finding.id)),
                tag("p", finding.says, dir="auto"),
                tag("ul", evidence, class_="evidence") if evidence else None,
                _numbers(index, finding.statements),
                why(index, finding.id),
                id=f"f{f}",
            )
        )
    return tag("section", tag("h2", "Findings"), tag("ol", items), class_="findings", aria_label="Findings")


def _short(index: Index, statement: Statement, who: bool = False) -> Markup:
    speaker = tag("span", said(statement), class_="who") if who else None
    return tag(
        "div",
        to_statement(statement.id, index),
        " ",
        speaker,
        " " if who else None,
        quoted(index.reading, statement.content),
        class_="short",
    )


def disputes(index: Index) -> Markup | None:
    """Each claim beside its denial."""
    rows = []
    for claim, denial in index.disputes():
        sides = [
            tag("div", tag("h3", name), _short(index, statement, who=True))
            for name, statement in (("Claim", claim), ("Denial", denial))
        ]
        rows.append(tag("li", sides))
    return (
        tag("section", tag("h2", "Disputes"), tag("ol", rows), class_="disputes", aria_label="Disputes")
        if rows
        else None
    )


def sources(index: Index) -> Markup | None:
    """Every source with what it says and what came through it, the one that most rests on first."""
    reading = index.reading
    if not reading.sources:
        return None
    items = []
    for source, says, passed in index.resting_on():
        about = [source.naming, KIND_WORDS[source.kind]]
        about += [x for x in (source.role, source.affiliation) if x]
        forms = list(dict.fromkeys(" ".join(reading.story.text[a:b].split()) for a, b in source.mentions))
        forms = [form for form in forms if form != source.label]
        rests = f"{len(says)} statements rest on it" if len(says) > 1 else f"{len(says) or 'no'} statement rests on it"
        items.append(
            tag(
                "li",
                tag(
                    "header",
                    tag("h3", tag("bdi", source.label), class_=f"mark {source.naming}"),
                    tag("p", *(join(" · " if i else None, tag("bdi", a)) for i, a in enumerate(about)), class_="about"),
                    tag("p", tag("b", rests), f"; {len(passed)} came through it" if passed else None, class_="rests"),
                    tag(
                        "p",
                        "also: ",
                        *(join(", " if i else None, tag("q", form, dir="auto")) for i, form in enumerate(forms)),
                        class_="forms",
                    )
                    if forms
                    else None,
                    why(index, source.id),
                ),
                tag("ul", *(tag("li", _short(index, s)) for s in says)) if says else None,
                tag(
                    "p",
                    "Through it: ",
                    *(join(" ", to_statement(s.id, index)) for s in passed),
                    class_="see",
                )
                if passed
                else None,
            )
        )
    title = tag("h2", f"Sources ({len(reading.sources)})")
    return tag("section", title, tag("ol", items), class_="sources", aria_label="Sources")


def _gap(before: str | None, now: str | None) -> str | None:
    first, second = starts(before or ""), starts(now or "")
    if first is None or second is None or first == second:
        return None
    days = (second - first).days
    if days < 60:
        return f"{days} day{'' if days == 1 else 's'} later"
    return f"{round(days / 30.44)} months later" if days < 730 else f"{round(days / 365.25)} years later"


def times(index: Index) -> Markup | None:
    """The dates of the statements and of the publication, earliest first."""
    reading = index.reading
    moments = timeline(reading)
    if not moments:
        return None

    def entries() -> Iterator[Markup]:
        before: str | None = None
        for moment in moments:
            known = date_words(moment.value) if moment.value else "date not known"
            gap = _gap(before, moment.value)
            before = moment.value or before
            rows = [tag("li", to_statement(s.id, index), " ", quoted(reading, [t.span])) for s, t in moment.named]
            if moment.published:
                rows.append(tag("li", "this story is published"))
            yield tag(
                "li",
                tag("span", gap, class_="gap") if gap else None,
                tag("span", known, class_="when", title=moment.value),
                tag("ul", rows),
                class_="published" if moment.published else None if moment.value else "undated",
            )

    gone = None if reading.story.published else tag("p", "The date of publication is not known.", class_="about")
    return tag("section", tag("h2", "Timeline"), gone, tag("ol", entries()), class_="timeline", aria_label="Timeline")
