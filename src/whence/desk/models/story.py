"""Stories and what stood on their pages, version by version."""

from __future__ import annotations

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

__all__ = ["Byline", "Outlet", "Story", "Version", "new_key", "new_salt"]

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike


def new_key() -> str:
    """Return the public name of a new story: ten letters, random, so that nobody can count or guess them."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def new_salt() -> bytes:
    """Return the 16 random bytes of a commitment in the public log."""
    return secrets.token_bytes(16)


class Outlet(models.Model):
    """Who published a story."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the outlet's page."""
        return reverse("outlet", args=[self.slug])


class Byline(models.Model):
    """Who signed a story."""

    name = models.CharField(_("name"), max_length=200)
    outlet = models.ForeignKey(Outlet, models.CASCADE, null=True, blank=True, related_name="bylines")
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [models.UniqueConstraint(fields=["name", "outlet"], name="byline_of_outlet")]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the byline's page."""
        return reverse("byline", args=[self.slug])


class Story(models.Model):
    """One published article; its versions hold what stood on the page when."""

    class State(models.TextChoices):
        """Where a story stands."""

        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")
        REMOVED = "removed", _("removed")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    url = models.URLField(_("address"), max_length=2000, null=True, blank=True, unique=True)
    title = models.CharField(_("headline"), max_length=500, blank=True)
    outlet = models.ForeignKey(Outlet, models.SET_NULL, null=True, blank=True, related_name="stories")
    byline = models.ForeignKey(Byline, models.SET_NULL, null=True, blank=True, related_name="stories")
    published = models.CharField(_("published"), max_length=40, blank=True)  # ISO 8601, as the page gives it
    language = models.CharField(_("language"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    trouble = models.CharField(_("why it could not be read"), max_length=500, blank=True)
    given = models.TextField(_("text as it was given"), blank=True)  # a pasted text, until it is read
    added = models.DateTimeField(_("added"), auto_now_add=True, db_index=True)
    changed = models.DateTimeField(_("last change"), auto_now=True, db_index=True)
    added_by = models.ForeignKey("desk.User", models.SET_NULL, null=True, blank=True, related_name="stories")
    hidden = models.BooleanField(_("hidden"), default=False)
    looked = models.DateTimeField(_("last looked at"), null=True, db_index=True, editable=False)
    # Counted by services/counts.py whenever something changes, so that lists need no joins.
    statements = models.PositiveIntegerField(_("statements"), default=0)
    # Statements that a shown note or a matched fact-check speaks to.
    checked = models.PositiveIntegerField(_("checked"), default=0)
    notes_shown = models.PositiveIntegerField(_("notes shown"), default=0)
    notes_all = models.PositiveIntegerField(_("notes"), default=0)
    unnamed = models.PositiveIntegerField(default=0)
    disputed = models.PositiveIntegerField(default=0)
    single_origin = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ("-added", "-pk")

    def __str__(self) -> str:
        return self.title or self.url or self.key

    def get_absolute_url(self) -> str:
        """Address of the story's page."""
        return reverse("story", args=[self.key])


class Version(models.Model):
    """What stood on the page at one time, and its reading."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"), default=1)
    fetched = models.DateTimeField(_("fetched"), auto_now_add=True)
    text = models.TextField(_("text"))
    reading = models.TextField(_("reading"))  # JSON, version 1 of the contract, as it was made
    reasons = models.BinaryField(_("reasons"), default=b"", editable=False)  # of its labels; services/reasons.py
    reader = models.CharField(_("reader"), max_length=200)  # version and hashes of the weights
    snapshot = models.BinaryField(_("snapshot"))  # WARC record, compressed
    snapshot_hash = models.CharField(max_length=64)  # SHA-256 of `snapshot`, hexadecimal
    reading_hash = models.CharField(max_length=64)
    snapshot_salt = models.BinaryField(default=new_salt)
    reading_salt = models.BinaryField(default=new_salt)
    snapshot_commitment = models.CharField(max_length=71, blank=True)  # as the public log has them; they outlive
    reading_commitment = models.CharField(max_length=71, blank=True)  # a removal by law
    entry = models.PositiveBigIntegerField(null=True)  # place of its first entry in the public log

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="version_of_story")]
        ordering = ("story", "-number")

    def __str__(self) -> str:
        return f"{self.story} ({self.number})"
