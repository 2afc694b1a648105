"""Ratings: what contributors think of each other's notes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from whence.desk.models.note import Note

__all__ = ["Rating"]


class Rating(models.Model):
    """A contributor's present rating of a note; the public log holds the earlier ones."""

    class Level(models.TextChoices):
        """How helpful the rater found the note."""

        HELPFUL = "helpful", _("helpful")
        SOMEWHAT = "somewhat", _("somewhat helpful")
        NOT = "not", _("not helpful")

    note = models.ForeignKey(Note, models.CASCADE, related_name="ratings")
    rater = models.ForeignKey("desk.User", models.PROTECT, related_name="ratings")
    level = models.CharField(_("rating"), max_length=10, choices=Level.choices)
    tags = models.JSONField(default=list)  # words of vocabulary.py
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    entry = models.PositiveBigIntegerField(null=True)  # place of the latest entry in the public log

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [models.UniqueConstraint(fields=["note", "rater"], name="one_rating")]
        indexes = [models.Index(fields=["rater", "-created"])]

    def __str__(self) -> str:
        return f"{self.rater}: {self.level}"
