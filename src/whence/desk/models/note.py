"""Notes: somebody's check of one or several statements."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from whence.desk.models.statement import Statement
from whence.desk.models.story import Story, Version, new_salt

__all__ = ["Anchor", "Evidence", "Note"]


class Note(models.Model):
    """A note. Its number is the `noteId` of the public data."""

    class Says(models.TextChoices):
        """What a note says of the statements (Community Notes' classification, and one more)."""

        MISLEADING = "misleading", _("misleading")
        NOT_MISLEADING = "not-misleading", _("not misleading")
        NEEDS_CONTEXT = "needs-context", _("needs context")

    story = models.ForeignKey(Story, models.CASCADE, related_name="notes")
    author = models.ForeignKey("desk.User", models.PROTECT, related_name="notes")
    says = models.CharField(_("says"), max_length=15, choices=Says.choices)
    reasons = models.JSONField(_("reasons"), default=list)  # words of vocabulary.py
    text = models.TextField(_("text"), max_length=2000)
    verdict = models.CharField(_("rating in a word"), max_length=80, blank=True)  # ClaimReview's alternateName
    # As it was when the note was written: the public log commits to it, whatever becomes of the story.
    claimant = models.CharField(_("who made the claim"), max_length=300, blank=True)
    claim_date = models.CharField(_("when the claim was made"), max_length=40, blank=True)
    first_appearance = models.URLField(_("where the claim appeared"), max_length=2000, blank=True)
    salt = models.BinaryField(default=new_salt)
    created = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    hidden = models.BooleanField(_("hidden by a moderator"), default=False)
    entry = models.PositiveBigIntegerField(null=True)  # its place in the public log
    withdrawal_entry = models.PositiveBigIntegerField(null=True)  # and that of its withdrawal

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Address of the note's own page, its record."""
        return reverse("note", args=[self.pk])


class Anchor(models.Model):
    """Where a note is fixed: a quotation with what stands around it (W3C TextQuoteSelector, TextPositionSelector)."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="anchors")
    version = models.ForeignKey(Version, models.CASCADE)  # the version it was written on
    mark = models.CharField(max_length=20, default="")  # the statement's id in that version
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, related_name="anchors")  # in the latest
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    orphaned = models.BooleanField(default=False)  # the latest version does not say this any more

    class Meta:
        ordering = ("pk",)  # the public log commits to them in this order

    def __str__(self) -> str:
        return self.exact[:80]


class Evidence(models.Model):
    """A link on which a note rests, with the linked page's text as it was then."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="evidence")
    url = models.URLField(max_length=2000)
    title = models.CharField(max_length=500, blank=True)
    archived = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)
    trouble = models.CharField(max_length=300, blank=True)  # why nothing could be archived

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)  # the public log commits to them in this order

    def __str__(self) -> str:
        return self.url
