"""Statements of the latest version of each story, and whom they come from: copies of the reading, for search."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from whence.desk.models.story import Story, Version

__all__ = ["Source", "Statement"]


class Source(models.Model):
    """Whoever statements are attributed to, across stories: one label and kind, one page."""

    label = models.CharField(_("label"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20)
    naming = models.CharField(_("naming"), max_length=12)
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [models.UniqueConstraint(fields=["label", "kind", "naming"], name="one_source")]
        ordering = ("label",)

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Address of the source's page."""
        return reverse("source", args=[self.slug])


class Statement(models.Model):
    """A statement of a version of a story."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="statements")
    story = models.ForeignKey(Story, models.CASCADE, related_name="all_statements")
    mark = models.CharField(max_length=20)  # the statement's id in the reading
    number = models.PositiveIntegerField()  # its place, from 1
    current = models.BooleanField(default=True, db_index=True)  # whether its version is the latest
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    voice = models.CharField(_("voice"), max_length=10)
    quote = models.CharField(_("quote"), max_length=10, blank=True)
    act = models.CharField(_("speech act"), max_length=12)
    naming = models.CharField(_("naming"), max_length=12, blank=True)
    disputed = models.BooleanField(default=False)
    sources = models.ManyToManyField(Source, related_name="statements", blank=True)
    checked = models.BooleanField(default=False)
    fact_checks = models.JSONField(default=list, blank=True)  # matches with published fact-checks, best first

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [models.UniqueConstraint(fields=["version", "mark"], name="statement_of_version")]
        indexes = [models.Index(fields=["current", "voice"]), models.Index(fields=["story", "current", "number"])]
        ordering = ("version", "number")

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Address of the statement on its story's page."""
        return f"{self.story.get_absolute_url()}#s{self.number}"
