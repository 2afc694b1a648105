"""Documents from marked-up text, so that a test shows its story and its annotation in one place.

The text is plain lines, one paragraph a line (blank lines between are ignored), with tags around words::

    # The headline
    badge: Fact checked by our readers
    [s:The mayor] [c:said] [x:the bridge was safe]. Nobody was hurt.
    [s1:Ana Ruiz] [c1=deny:denied] [x1:[s2:the mayor]'s [c2:claim] [x2:that she was late]].
    by: Jo Lind

A tag is `[kind number = value : words]`; number and value may be left out.

===== ============================================== =======================================================
kind  words are                                      value
===== ============================================== =======================================================
s     a source                                       key of the source, where two mentions are one source
c     a cue                                          the speech act of the statement (assert if left out)
x     a piece of a statement's content
o     another mention of a source (an outlet, say)   key of the source
f     a figure                                       `value/comparator/unit`, or `low-high/between/unit`
t     a time                                         its ISO 8601 value; an empty value is an unresolved one
h d l hedge, distancing, loaded words
e     an entity                                      its label, ORG if left out
===== ============================================== =======================================================

Pieces with the same number are one statement anywhere in the paragraph; pieces without a number are one statement a
sentence. A sentence in which nobody is tagged is a statement in the outlet's own voice. Ids are given out in text
order, outer before inner: st1, st2, ...; in the order of first mention sources are s1, s2, ...
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from whence.read.annotations import TaggedSpan
from whence.read.document import Document, Draft
from whence.records import (
    Act,
    Badge,
    Byline,
    Comparator,
    Figure,
    Kind,
    Paragraph,
    Quote,
    Role,
    Source,
    Span,
    Story,
    Time,
)

__all__ = ["build", "key_of", "resolve_relays"]

_OPEN = re.compile(r"\[([scxofthdle])(\d*)(?:=([^:\]\[]*))?:")
_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s|$)")
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|No|vs|[A-Z](?:\.[A-Z])*)\.$")
_SMALL = frozenset({"a", "an", "the", "its", "his", "her", "their", "mr", "mrs", "ms", "dr"})
_COUNTS = frozenset({"two", "three", "several", "some", "many"})
_ROLES: dict[str, Role] = {"# ": "headline", "badge: ": "badge", "by: ": "byline", "furniture: ": "furniture"}


@dataclass(frozen=True)
class _Tag:
    kind: str
    number: str
    value: str | None
    span: Span


def key_of(words: str) -> str:
    """The key under which a source is known: its words without article, title and bracketed acronym, in lower case."""
    bare = re.sub(r"\s*\([^)]*\)", "", words).strip(" ,.")
    parts = bare.casefold().split()
    while len(parts) > 1 and parts[0] in _SMALL:
        parts.pop(0)
    return " ".join(parts).removesuffix("'s").removesuffix("’s")


def _parse(line: str, at: int) -> tuple[str, list[_Tag]]:
    """Take the tags out of a line that begins at offset `at`."""
    text: list[str] = []
    length = 0
    tags: list[_Tag] = []
    stack: list[tuple[str, str, str | None, int]] = []
    i = 0
    while i < len(line):
        opened = _OPEN.match(line, i)
        if opened:
            stack.append((opened[1], opened[2], opened[3], at + length))
            i = opened.end()
        elif line[i] == "]" and stack:
            kind, number, value, start = stack.pop()
            tags.append(_Tag(kind, number, value, (start, at + length)))
            i += 1
        else:
            text.append(line[i])
            length += 1
            i += 1
    if stack:
        raise ValueError(f"a tag is not closed in {line!r}")
    return "".join(text), sorted(tags, key=lambda t: (t.span[0], -t.span[1]))


def _sentences(text: str, at: int) -> list[Span]:
    out: list[Span] = []
    start = 0
    for m in _END.finditer(text):
        if _ABBREVIATION.search(text, max(0, start, m.start() - 12), m.start() + 1):
            continue
        out.append((at + start, at + m.end()))
        start = m.end()
        while start < len(text) and text[start].isspace():
            start += 1
    if start < len(text):
        out.append((at + start, at + len(text)))
    return out


def _number(text: str) -> float | int:
    return float(text) if "." in text or "e" in text else int(text)


def _figure(tag: _Tag) -> Figure:
    value, comparator, unit = [*(tag.value or "").split("/"), "", ""][:3]
    if comparator == "between":
        low, high = value.split("-")
        return Figure(tag.span, (_number(low), _number(high)), "between", unit or None)
    return Figure(tag.span, _number(value), cast(Comparator, comparator or "exactly"), unit or None)


def _quote(words: Iterable[str]) -> Quote:
    pieces = [w.strip(" ,.") for w in words]
    if all(len(p) > 1 and p[0] in "\"“‘'" and p[-1] in "\"”’'" for p in pieces):
        return "direct"
    return "mixed" if any(mark in p for p in pieces for mark in '"“”') else "indirect"


class _Sources:
    """Sources by key, numbered by first mention once all are known."""

    def __init__(self, text: str, kinds: Mapping[str, Kind], unnamed: frozenset[str]) -> None:
        self._text, self._kinds, self._unnamed = text, kinds, unnamed
        self._mentions: dict[str, list[Span]] = {}
        self._made: dict[str, Source] = {}

    def mention(self, key: str, span: Span) -> str:
        self._mentions.setdefault(key, []).append(span)
        return key

    def finish(self) -> None:
        for key, spans in sorted(self._mentions.items(), key=lambda kv: min(kv[1])):
            label = max((self._text[a:b] for a, b in spans), key=len)
            first = label.split()[0].casefold()
            rest = label.split()[1:] if first in _SMALL | _COUNTS else label.split()
            named = key not in self._unnamed and any(w[:1].isupper() and not w.isupper() for w in rest)
            self._made[key] = Source(
                id=f"s{len(self._made) + 1}",
                label=label,
                naming="named" if named or key in self._kinds else "unnamed",
                kind=self._kinds.get(key, "unknown"),
                mentions=tuple(sorted(set(spans))),
            )

    def __getitem__(self, key: str) -> Source:
        return self._made[key]

    def all(self) -> list[Source]:
        return list(self._made.values())


def _inside(span: Span, pieces: Iterable[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in pieces)


def build(
    marked: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    about: str | None = None,
    articles: int | None = None,
    evidence: Iterable[str] = (),
    kinds: Mapping[str, Kind] | None = None,
    unnamed: Iterable[str] = (),
) -> Document:
    """Build a document as it stands when all components before the one under test have run.

    Args:
        marked: the story, marked up as the module's docstring says.
        outlet: the page's own outlet.
        published: ISO 8601 date.
        about: what the byline says of its author; it is put on a byline line of its own.
        articles: the article count of the byline.
        evidence: links of the badge.
        kinds: kind of a source, by key; a source listed here is named.
        unnamed: keys of sources that are unnamed although they hold a capital ("a French diplomat").
    """
    text = ""
    paragraphs: list[Paragraph] = []
    tags: list[tuple[int, _Tag]] = []
    lines = [line.strip() for line in marked.strip().splitlines() if line.strip()]
    if about is not None:
        lines.append(f"by: {about}")
    for line in lines:
        role: Role = "body"
        prefixed = ""
        for prefix, named in _ROLES.items():
            if line.startswith(prefix):
                role, prefixed = named, prefix
        if text:
            text += "\n\n"
        at = len(text)
        plain, found = _parse(line[len(prefixed) :], at)
        text += plain
        tags += [(len(paragraphs), t) for t in found]
        paragraphs.append(Paragraph((at, len(text)), role))
    first = {role: next((p.span for p in paragraphs if p.role == role), None) for role in ("headline", "badge")}
    signed = [p.span for p in paragraphs if p.role == "byline"]
    byline = None
    if signed or articles is not None:
        name = signed[0] if signed and not (about is not None and len(signed) == 1) else None
        byline = Byline(
            name=text[name[0] : name[1]] if name else "Jo Lind",
            articles=articles,
            span=name,
            about=signed[-1] if about is not None else None,
        )
    story = Story(
        text=text,
        headline=first["headline"],
        paragraphs=tuple(paragraphs),
        outlet=outlet,
        published=published,
        byline=byline,
        badges=(Badge(first["badge"], evidence=tuple(evidence)),) if first["badge"] else (),
    )
    doc = Document(story, published=date.fromisoformat(published) if published else None)
    for p in paragraphs:
        if p.role in ("headline", "body"):
            doc.sentences += _sentences(text[p.span[0] : p.span[1]], p.span[0])
    _fill(doc, tags, _Sources(text, kinds or {}, frozenset(unnamed)))
    return doc


def _fill(doc: Document, tags: list[tuple[int, _Tag]], sources: _Sources) -> None:
    """Make drafts, sources and entities of the tags."""
    groups: dict[tuple[int, str], list[_Tag]] = {}
    for paragraph, tag in tags:
        if tag.kind in "scx":
            place = f"n{tag.number}" if tag.number else f"at{doc.sentence_of(tag.span[0])[0]}"
            groups.setdefault((paragraph, place), []).append(tag)
        if tag.kind in "so":
            sources.mention(tag.value or key_of(doc.words(tag.span)), tag.span)
        if tag.kind == "e":
            doc.entities.append(TaggedSpan(tag.span, tag.value or "ORG", 1.0))
    sources.finish()
    for group in groups.values():
        content = tuple(t.span for t in group if t.kind == "x")
        if not content:
            raise ValueError(f"a statement has no content: {[doc.words(t.span) for t in group]}")
        said_by = [t for t in group if t.kind == "s"]
        cues = [t for t in group if t.kind == "c"]
        keys = list(dict.fromkeys(t.value or key_of(doc.words(t.span)) for t in said_by))
        doc.drafts.append(
            Draft(
                content=content,
                source=tuple(t.span for t in said_by),
                cue=tuple(t.span for t in cues),
                voice="attributed",
                sources=tuple(sources[k] for k in keys),
                quote=_quote(doc.words(s) for s in content),
                act=cast(Act, next((t.value for t in cues if t.value), "assert")),
            )
        )
    headline = doc.story.headline or (0, 0)
    for sentence in doc.sentences:
        taken = any(sentence[0] <= s[0] < sentence[1] for d in doc.drafts for s in d.content)
        if not taken and not headline[0] <= sentence[0] < headline[1]:
            end = sentence[1] - 1 if doc.words(sentence)[-1] in ".!?" else sentence[1]
            doc.drafts.append(Draft(content=((sentence[0], end),), origin="sentences"))
    doc.drafts.sort(key=lambda d: (d.span[0], -d.span[1]))
    for n, draft in enumerate(doc.drafts, 1):
        draft.id = f"st{n}"
        size = draft.span[1] - draft.span[0]
        longer = [o for o in doc.drafts if o.span[1] - o.span[0] > size]
        around = [o for o in longer if all(_inside(s, o.content) for s in draft.content)]
        draft.parent = min(around, key=lambda o: o.span[1] - o.span[0], default=None)
    for _, tag in tags:
        if tag.kind in "fthdl":
            _hang(doc, tag)
    doc.sources = sources.all()


def _hang(doc: Document, tag: _Tag) -> None:
    """Give a figure, a time or a marked word to the innermost statement around it."""
    near = [d for d in doc.drafts if _inside(tag.span, d.content)] or [
        d for d in doc.drafts if d.extent[0] <= tag.span[0] and tag.span[1] <= doc.sentence_of(d.extent[1] - 1)[1]
    ]
    if not near:
        raise ValueError(f"no statement holds {doc.words(tag.span)!r}")
    draft = min(near, key=lambda d: d.span[1] - d.span[0])
    if tag.kind == "f":
        draft.figures += (_figure(tag),)
    elif tag.kind == "t":
        draft.times += (Time(tag.span, tag.value or None),)
    else:
        name = {"h": "hedges", "d": "distancing", "l": "loaded"}[tag.kind]
        setattr(draft, name, (*getattr(draft, name), tag.span))


def resolve_relays(doc: Document) -> None:
    """Give each relay its source, as the sources component does: the one with the same key, or else a new outlet.

    A draft whose source the relays have put in another's place gets that source, too.
    """
    known = {key_of(doc.words(m)): s for s in doc.sources for m in s.mentions}
    for relay in doc.relays:
        key = key_of(doc.words(relay.outlet))
        if key not in known:
            words = doc.words(relay.outlet)
            known[key] = Source(f"s{len(doc.sources) + 1}", words, "named", "outlet", mentions=(relay.outlet,))
            doc.sources.append(known[key])
        relay.source = known[key]
    for draft in doc.drafts:
        named = [doc.words(s) for s in draft.source]
        if named and not any(m in draft.source for s in draft.sources for m in s.mentions):
            key = key_of(named[0])
            if key not in known:
                known[key] = Source(f"s{len(doc.sources) + 1}", named[0], "unnamed", mentions=draft.source[:1])
                doc.sources.append(known[key])
            draft.sources = (known[key],)
