"""Addresses that want to be told."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Webhook"]


def _secret() -> str:
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """An address to which signed messages go when a status changes or a note is written."""

    owner = models.ForeignKey("desk.User", models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=2000)
    secret = models.CharField(max_length=64, default=_secret)
    events = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveIntegerField(default=0)
    last_trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url
