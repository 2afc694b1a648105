"""Stories: added by anybody, fetched and read by the worker, kept version by version."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

import whence
from whence.desk.models import Byline, Outlet, Source, Statement, Story, User, Version
from whence.desk.services import again, anchors, counts, facts, reasons, records, snapshots
from whence.errors import InputError, WhenceError
from whence.ledger import commitment
from whence.ledger.facts import reading_fact, story_fact
from whence.records import Reading

__all__ = ["add_text", "add_url", "read_story"]

_LONGEST = 400_000  # characters of a pasted text


def add_url(url: str, by: User | None = None) -> Story:
    """Add the story at an address, or return the one that is there.

    Args:
        url: http or https.
        by: who added it, or None.

    Returns:
        The story; a new one waits to be read.

    Raises:
        InputError: when it is no http(s) address.
    """
    url = url.strip()
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 2000:
        raise InputError(
            "a story's address begins with http:// or https:// and has at most 2,000 characters: this has not"
        )
    url = parts._replace(fragment="").geturl()
    with transaction.atomic():
        story, made = Story.objects.get_or_create(url=url, defaults={"added_by": by})
        if made:
            _enqueue(story)
        else:
            again.asked_for(story)
    return story


def add_text(text: str, *, outlet: str | None = None, published: str | None = None, by: User | None = None) -> Story:
    """Add a story by its text.

    Args:
        text: headline first, then paragraphs between blank lines; at most 400,000 characters.
        outlet: its name, or None.
        published: ISO 8601, or None.
        by: who added it, or None.

    Raises:
        InputError: when the text is empty or too long, or the day is none.
    """
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # which PostgreSQL cannot hold
    if len(text) > _LONGEST:
        raise InputError(f"a story has at most {_LONGEST:,} characters, this one {len(text):,}: shorten it")
    parsed, _ = snapshots.of_text(text, outlet=outlet, published=published, url=None)  # refuses what cannot be read
    with transaction.atomic():
        story = Story.objects.create(
            given=text, added_by=by, published=published or "", outlet=_outlet(outlet), title=_headline(parsed)
        )
        _enqueue(story)
    return story


def _headline(story: whence.Story) -> str:
    span = story.headline
    return " ".join(story.text[slice(*span)].split())[:500] if span else ""


def _enqueue(story: Story) -> None:
    """Queue the reading within the transaction that adds the story: no crash leaves a story that nobody reads."""
    from whence.desk import tasks

    tasks.read_story.enqueue(story.pk)


def read_story(pk: int) -> Version | None:
    """Fetch and read a story; a page that says something new becomes a new version.

    Args:
        pk: the story's.

    Returns:
        Its new version, or None where nothing changed or it could not be read (Story.trouble says why).
    """
    story = Story.objects.get(pk=pk)
    if story.state == Story.State.REMOVED:
        return None
    Story.objects.filter(pk=pk).update(looked=timezone.now())
    try:
        if story.given:
            parsed, snapshot = snapshots.of_text(
                story.given,
                outlet=story.outlet.name if story.outlet else None,
                published=story.published or None,
                url=None,
            )
        else:
            parsed, snapshot = snapshots.of_page(story.url or "")
        latest = story.versions.order_by("-number").first()
        if latest is not None and latest.text == parsed.text:
            return None
        reading = whence.read(parsed)
    except WhenceError as failure:
        if not story.versions.exists():
            Story.objects.filter(pk=pk).update(state=Story.State.FAILED, trouble=str(failure)[:500])
        return None
    return store(story, reading, snapshot)


@facts.writing()
def store(story: Story, reading: Reading, snapshot: bytes) -> Version:
    """Keep a reading as the story's next version, with its entries in the public log.

    Args:
        story: the story.
        reading: of the page as it is now.
        snapshot: the page's WARC record.
    """
    from whence.publish import to_json

    story = Story.objects.select_for_update().get(pk=story.pk)
    latest = story.versions.order_by("-number").first()
    if latest is not None and latest.text == reading.story.text:
        return latest  # A task that was done twice, or two workers at once: the page says nothing new.
    number = (latest.number if latest else 0) + 1
    text = to_json(reading, indent=None)
    version = Version(
        story=story,
        number=number,
        text=reading.story.text,
        reading=text,
        reasons=reasons.packed(reading),
        reader=reader_name(),
        snapshot=snapshot,
        snapshot_hash=hashlib.sha256(snapshot).hexdigest(),
        reading_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
    version.snapshot_commitment = commitment(bytes(version.snapshot_salt), snapshot)
    version.reading_commitment = commitment(bytes(version.reading_salt), text.encode())
    told = reading.story
    story.title = _headline(told) or story.title
    story.outlet = _outlet(told.outlet) or story.outlet
    story.byline = _byline(told.byline.name, story.outlet) if told.byline else story.byline
    story.published = told.published or story.published
    story.language = told.language or ""
    story.state = Story.State.READ
    story.trouble = ""
    story.statements = len(reading.statements)
    sources = {s.id: s for s in reading.sources}
    story.unnamed = sum(
        any(sources[i].naming != "named" for i in s.source_ids) for s in reading.statements if s.voice == "attributed"
    )
    story.disputed = len(reading.disputes)
    story.single_origin = any(f.id == "single-source" for f in reading.findings)
    known = records.version_record(story, version)
    page, read = story_fact(known, facts.stamp()), reading_fact(known, facts.stamp())
    version.entry = facts.record_all((one.kind, {**one.body, "version": number}) for one in (page, read))
    version.save()
    story.all_statements.filter(current=True).update(current=False)
    _statements(version, reading)
    story.save()
    anchors.follow(story, version)
    counts.recount([story.pk])
    from whence.desk import tasks

    tasks.match_story.enqueue(story.pk)
    return version


@lru_cache(maxsize=1)
def reader_name() -> str:
    """Return what read a story: whence's version and the hash of its weights."""
    from whence.models.weights import packaged

    weights = ", ".join(f"{w.name} sha256:{w.sha256[:16]}" for w in packaged() if w.name.startswith("attribution"))
    return f"whence/{whence.__version__} ({weights})"


def _statements(version: Version, reading: Reading) -> None:
    disputed = {i for d in reading.disputes for i in (d.claim, d.denial)}
    known = {s.id: s for s in reading.sources}
    rows = [
        Statement(
            version=version,
            story_id=version.story_id,
            mark=s.id,
            number=number,
            start=s.span[0],
            end=s.span[1],
            text=" … ".join(" ".join(reading.story.text[a:b].split()) for a, b in s.content),
            voice=s.voice,
            quote=s.quote or "",
            act=s.act,
            naming=known[s.source_ids[0]].naming if s.source_ids else "",
            disputed=s.id in disputed,
        )
        for number, s in enumerate(reading.statements, 1)
    ]
    kept = Statement.objects.bulk_create(rows)
    pages = {s.id: _source(s.label, s.kind, s.naming) for s in reading.sources}
    through = Statement.sources.through
    through.objects.bulk_create(
        [
            through(statement_id=row.pk, source_id=pages[i].pk)
            for row, s in zip(kept, reading.statements, strict=True)
            for i in dict.fromkeys(s.source_ids)
        ],
        ignore_conflicts=True,
    )


def _source(label: str, kind: str, naming: str) -> Source:
    label = " ".join(label.split())[:300]
    found = Source.objects.filter(label=label, kind=kind, naming=naming).first()
    return found or Source.objects.create(
        label=label, kind=kind, naming=naming, slug=_slug(Source, label, f"{kind} {naming}")
    )


def _outlet(name: str | None) -> Outlet | None:
    if not name or not name.strip():
        return None
    name = " ".join(name.split())[:200]
    return Outlet.objects.filter(name=name).first() or Outlet.objects.create(name=name, slug=_slug(Outlet, name))


def _byline(name: str, outlet: Outlet | None) -> Byline:
    name = " ".join(name.split())[:200]
    found = Byline.objects.filter(name=name, outlet=outlet).first()
    return found or Byline.objects.create(
        name=name, outlet=outlet, slug=_slug(Byline, name, outlet.name if outlet else "")
    )


def _slug(model: type[Outlet] | type[Byline] | type[Source], name: str, more: str = "") -> str:
    """Return a slug that nobody has: the name's, and where that is empty or taken, with some digits of its hash."""
    plain = slugify(name)[:60].strip("-")
    if plain and not model._default_manager.filter(slug=plain).exists():
        return plain
    digits = hashlib.sha256(f"{name}\x1f{more}".encode()).hexdigest()[:8]
    return f"{plain}-{digits}".strip("-")
