"""People: known to all by an alias, to the desk by an address if they give one."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["User"]


class User(AbstractUser):
    """A contributor. The username is the alias under which notes and ratings are public; nothing else of a person is.

    Rate before write: `rating_impact` counts what their ratings foretold, `writing_impact` what became of their notes;
    services/standing.py computes both after each scoring and says what follows from them.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    rating_impact = models.IntegerField(_("rating impact"), default=0)
    writing_impact = models.IntegerField(_("writing impact"), default=0)
    may_write = models.BooleanField(_("may write notes"), default=False)
    notes_a_day = models.PositiveSmallIntegerField(_("notes a day"), default=0)
    factor = models.FloatField(_("viewpoint"), null=True, editable=False)  # of the last scoring; never shown
    blocked_until = models.DateTimeField(_("blocked until"), null=True, blank=True)
    blocked_reason = models.CharField(_("reason of the block"), max_length=500, blank=True)
    discounted = models.BooleanField(_("ratings set aside"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    @property
    def alias(self) -> str:
        """The public name."""
        return self.username

    @property
    def blocked(self) -> bool:
        """Whether a moderator's block is in force."""
        return self.blocked_until is not None and self.blocked_until > timezone.now()
