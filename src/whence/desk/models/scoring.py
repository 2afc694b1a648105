"""Scores of notes, run by run."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from whence.desk.models.note import Note

__all__ = ["NoteScore", "ScoringRun", "Status", "StatusChange"]


class Status(models.TextChoices):
    """Statuses of a note."""

    HELPFUL = "helpful", _("Shown: people who disagree found it helpful")
    NOT_HELPFUL = "not-helpful", _("Not shown")
    NEEDS_MORE_RATINGS = "needs-more-ratings", _("Needs more ratings")


class ScoringRun(models.Model):
    """One scoring of all ratings."""

    started = models.DateTimeField(_("started"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True)
    counted = models.PositiveBigIntegerField()  # entries of the public log that counted
    ratings = models.PositiveIntegerField(_("ratings"), default=0)
    raters = models.PositiveIntegerField(_("raters"), default=0)
    scorer = models.CharField(_("scorer"), max_length=40)
    parameters = models.JSONField(default=dict)
    divided = models.BooleanField(_("divided"), default=False)  # whether the ratings show a divide
    summary = models.JSONField(default=dict)
    entry = models.PositiveBigIntegerField(null=True)  # place of the entry of the run in the public log

    class Meta:
        verbose_name = _("scoring")
        verbose_name_plural = _("scorings")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}: {self.ratings} ratings"


class NoteScore(models.Model):
    """A note's present scores."""

    note = models.OneToOneField(Note, models.CASCADE, related_name="score")
    run = models.ForeignKey(ScoringRun, models.PROTECT, related_name="scores")
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, db_index=True)
    reason = models.CharField(max_length=200, blank=True)
    score = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    factor = models.FloatField(null=True)
    ratings = models.PositiveIntegerField(_("ratings"), default=0)
    sides = models.JSONField(default=list)  # ratings, mean, helpful, somewhat, not: of either side
    entry = models.PositiveBigIntegerField(null=True)  # place of the status in the public log

    def __str__(self) -> str:
        return f"{self.note_id}: {self.status}"


class StatusChange(models.Model):
    """A status that differs from the one before."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="history")
    run = models.ForeignKey(ScoringRun, models.PROTECT, related_name="changes")
    at = models.DateTimeField(db_index=True)
    before = models.CharField(max_length=20, choices=Status.choices, blank=True)
    after = models.CharField(max_length=20, choices=Status.choices)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.note_id}: {self.before} → {self.after}"
