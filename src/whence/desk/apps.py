"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

__all__ = ["DeskConfig"]


class DeskConfig(AppConfig):
    """Name and label of the application."""

    name = "whence.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """Connect what keeps pages and search up to date, and what migrations do not make."""
        from whence.desk import search, shared, signals

        post_migrate.connect(shared.make, sender=self, dispatch_uid="desk-shared")
        signals.connect()
        search.connect()
