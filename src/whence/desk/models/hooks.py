"""Addresses that want to be told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from whence.publish.webhook import new_webhook_secret

__all__ = ["Webhook"]


class Webhook(models.Model):
    """An address to which signed messages go when a status changes or a note is written."""

    owner = models.ForeignKey("desk.User", models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=2000)
    secret = models.CharField(max_length=64, default=new_webhook_secret)
    events = models.JSONField(default=list)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    failures = models.PositiveIntegerField(_("failures"), default=0)
    last_trouble = models.CharField(_("last trouble"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url
