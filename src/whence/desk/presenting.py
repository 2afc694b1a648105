"""A version of a story as its page shows it: the reading, statement by statement, with notes where they belong."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from whence.desk import telling, words
from whence.desk.caching import remembered
from whence.desk.models import Note, Source, Version
from whence.desk.templatetags.desk import state
from whence.publish.dates import timeline
from whence.publish.facts import SHADES, UNSURE, count, shade, steps
from whence.publish.html.markup import Markup
from whence.publish.html.pieces import quoted
from whence.publish.html.sections import bars
from whence.publish.html.story import story_blocks
from whence.publish.index import Index
from whence.records import Paragraph, Reading, Statement
from whence.records.parse import reading_from_dict

__all__ = ["Card", "Shown", "notes_of", "shown", "statement_state"]

_ORDER = ("helpful", "needs-more-ratings", "not-helpful")


def statement_state(states: Iterable[str]) -> str:
    """Return a statement's state from those of its notes; a note that is hidden or withdrawn counts for nothing.

    Args:
        states: of templatetags.desk.state.
    """
    found = set(states)
    return next((name for name in _ORDER if name in found), "none")


@dataclass(frozen=True)
class _Fixed:
    """What of a version's page never changes, in one language."""

    reading: Reading
    blocks: tuple[tuple[Paragraph, SafeString], ...]
    facts: tuple[tuple[Statement, str, SafeString], ...]
    parts: Mapping[str, Any]


@dataclass
class Card:
    """One statement on the page.

    Attributes:
        number: its place in the text, from 1.
        shade: whose voice it is in.
        facts: what the reading says of it, as HTML.
        notes: on it, those shown first.
        others: notes that are not shown to all, and stand with this statement.
        elsewhere: notes that are not shown to all, and stand with an earlier statement, with its number.
        state: of it.
        checks: published fact-checks that match it.
    """

    statement: Statement
    number: int
    shade: str
    facts: SafeString
    notes: list[Note] = field(default_factory=list)
    others: list[Note] = field(default_factory=list)
    elsewhere: list[tuple[Note, int]] = field(default_factory=list)
    state: str = "none"
    checks: Sequence[Mapping[str, Any]] = ()


@dataclass
class Shown:
    """A version of a story, ready for the template.

    Attributes:
        blocks: the story's paragraphs as HTML, each with the shown notes that stand after it.
        cards: its statements.
        counts: number of statements by state, in the order in which they are told.
        lost: notes on words that this version does not hold, and that are shown; `lost_others` are not shown to all.
    """

    fixed: _Fixed
    blocks: list[tuple[SafeString, list[tuple[Note, list[int]]]]]
    cards: list[Card]
    counts: list[tuple[str, int]]
    lost: list[Note]
    lost_others: list[Note]

    @property
    def parts(self) -> Mapping[str, Any]:
        """Findings, disputes, sources, times, the counts of voices, the picture."""
        return self.fixed.parts


def _safe(markup: Markup) -> SafeString:
    """Take over what publish/html has escaped already."""
    return mark_safe(str(markup))  # noqa: S308


def _fixed(version: Version) -> _Fixed:
    reading = reading_from_dict(json.loads(version.reading))
    index = Index(reading)
    # The page's own title repeats the headline: it is set again only where something in it is marked.
    blocks = tuple(
        (paragraph, _safe(block))
        for paragraph, block in story_blocks(reading, say=words.say)
        if paragraph.role != "headline" or "<span" in block
    )
    facts = []
    for number, statement in enumerate(reading.statements, 1):
        kind = shade(statement)
        context = {
            "s": statement,
            "number": number,
            "shade": kind,
            "words": _safe(quoted(reading, statement.content)),
            "steps": steps(reading, statement),
            "cue": _safe(quoted(reading, [statement.cue])) if statement.cue else None,
            "figures": [_safe(quoted(reading, [f.span])) for f in statement.figures],
            "times": [(_safe(quoted(reading, [t.span])), t.value) for t in statement.times],
            "hedges": [_safe(quoted(reading, [span])) for span in statement.hedges],
            "distancing": [_safe(quoted(reading, [span])) for span in statement.distancing],
            "loaded": [_safe(quoted(reading, [span])) for span in statement.loaded],
            "denied_by": [index.numbers[i] for i in index.denied_by.get(statement.id, ())],
            "denies": [index.numbers[i] for i in index.denies.get(statement.id, ())],
            "inner": [index.numbers[i.id] for i in index.inner.get(statement.id, ())],
            "parent": index.numbers.get(statement.parent or ""),
            "unsure": statement.confidence < UNSURE,
        }
        facts.append((statement, kind, mark_safe(render_to_string("desk/_facts.html", context))))  # noqa: S308
    return _Fixed(reading, blocks, tuple(facts), _parts(index))


def _parts(index: Index) -> dict[str, Any]:
    reading = index.reading
    label = words.say("The story from first word to last, by voice: the taller, the more is known of who speaks.")
    picture = bars(reading, label)

    def short(statement: Statement) -> dict[str, Any]:
        return {
            "number": index.numbers[statement.id],
            "shade": shade(statement),
            "who": [source.label for source in statement.sources],
            "words": _safe(quoted(reading, statement.content)),
        }

    labels = tuple({source.label: None for source in reading.sources})
    findings = [
        {
            "number": number,
            "title": words.finding(finding.id),
            "says": telling.finding(finding.says, labels),
            "evidence": [
                (f"f{number}e{place}", _safe(quoted(reading, [span])))
                for place, span in enumerate(finding.evidence, 1)
                if reading.story.text[slice(*span)].strip()
            ],
            "statements": [
                (index.numbers[id], shade(index.statement(id))) for id in finding.statements if id in index.numbers
            ],
        }
        for number, finding in enumerate(reading.findings, 1)
    ]
    pages = {(p.label, p.kind, p.naming): p.get_absolute_url() for p in Source.objects.filter(label__in=labels)}
    sources = [
        {
            "source": source,
            "page": pages.get((source.label, source.kind, source.naming)),
            "says": [short(statement) for statement in says],
            "passed": [(index.numbers[statement.id], shade(statement)) for statement in passed],
        }
        for source, says, passed in index.resting_on()
    ]
    return {
        "summary": words.sentence(count(reading)),
        "picture": _safe(picture) if picture else None,
        "shades": [(kind, words.voice(kind)) for kind in SHADES],
        "unsure": any(s.confidence < UNSURE for s in reading.statements),
        "findings": findings,
        "disputes": [(short(claim), short(denial)) for claim, denial in index.disputes()],
        "sources": sources,
        "badges": [
            {"words": reading.text(badge.span), "checker": badge.checker, "evidence": badge.evidence}
            for badge in reading.story.badges
        ],
        "timeline": [
            {
                "value": moment.value,
                "published": moment.published,
                "named": [
                    (index.numbers[s.id], shade(s), _safe(quoted(reading, [time.span]))) for s, time in moment.named
                ],
            }
            for moment in timeline(reading)
        ],
        "language": reading.story.language or "",
        "title": " ".join(reading.text(reading.story.headline).split()) if reading.story.headline else "",
    }


def notes_of(version: Version) -> list[Note]:
    """Return the notes on a version's story that stand, oldest first, with all that their display needs."""
    return list(
        version.story.notes.filter(withdrawn=None)
        .select_related("author", "score", "story")
        .prefetch_related("evidence", "anchors__statement")
        .order_by("pk")
    )


def shown(version: Version, notes: Sequence[Note]) -> Shown:
    """Put a version and the notes on its story together.

    Args:
        version: of the story.
        notes: of notes_of.
    """
    fixed: _Fixed = remembered(
        ("version", version.pk, version.reading_hash, get_language()), lambda: _fixed(version), most=64
    )
    on: dict[str, list[Note]] = defaultdict(list)
    lost = []
    for note in notes:
        marks = _marks(note, version)
        for mark in marks:
            on[mark].append(note)
        if not marks and not note.hidden:
            lost.append(note)
    checks = dict(version.statements.values_list("mark", "fact_checks"))
    cards = []
    placed: dict[int, int] = {}
    for number, (statement, kind, facts) in enumerate(fixed.facts, 1):
        here = sorted(on.get(statement.id, ()), key=_rank)
        told = statement_state(state(note) for note in here)
        card = Card(statement, number, kind, facts, here, state=told, checks=checks.get(statement.id, ()))
        for note in here:
            if state(note) in ("needs-more-ratings", "not-helpful"):
                at = placed.setdefault(note.pk, number)
                if at == number:
                    card.others.append(note)
                else:
                    card.elsewhere.append((note, at))
        cards.append(card)
    tally = [(name, sum(card.state == name for card in cards)) for name in (*_ORDER, "none")]
    told_lost = [note for note in lost if state(note) == "helpful"]
    others = [note for note in lost if state(note) != "helpful"]
    return Shown(fixed, _blocks(fixed, cards), cards, [(name, n) for name, n in tally if n], told_lost, others)


def _rank(note: Note) -> tuple[int, int]:
    told = state(note)
    return (_ORDER.index(told) if told in _ORDER else len(_ORDER)), note.pk


def _marks(note: Note, version: Version) -> list[str]:
    """Return the statements of a version that a note is on: never a lookalike, only where it is anchored."""
    marks = []
    for anchor in note.anchors.all():
        if anchor.statement is not None and anchor.statement.version_id == version.pk and not anchor.orphaned:
            marks.append(anchor.statement.mark)
        elif anchor.version_id == version.pk and anchor.mark:
            marks.append(anchor.mark)
    return list(dict.fromkeys(marks))


def _blocks(fixed: _Fixed, cards: Sequence[Card]) -> list[tuple[SafeString, list[tuple[Note, list[int]]]]]:
    """Set each shown note after the paragraph in which the first of its statements ends."""
    after: dict[int, list[tuple[Note, list[int]]]] = defaultdict(list)
    numbers: dict[int, list[int]] = defaultdict(list)
    for card in cards:
        for note in card.notes:
            if state(note) != "helpful":
                continue
            first = note.pk not in numbers
            numbers[note.pk].append(card.number)
            if first:
                end = card.statement.span[1]
                places = [i for i, (paragraph, _) in enumerate(fixed.blocks) if paragraph.span[0] < end]
                after[places[-1] if places else 0].append((note, numbers[note.pk]))
    return [(block, after.get(i, [])) for i, (_, block) in enumerate(fixed.blocks)]
